"""The form of each scenario can be built from its data."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.errors import QuestionError
from analysis.scenarios.asked import parameter_forms, scenario_named
from graph_schema import Schema
from policy.scenarios import Scenario

DAY = date(2026, 5, 20)


def test_a_form_tells_what_must_be_filled_in_and_what_stands_otherwise(scenarios: dict[str, Scenario]) -> None:
    told = {
        code: [(each.name, each.holds, each.kinds, each.default, each.is_required) for each in forms]
        for code, forms in ((code, parameter_forms(scenario, DAY)) for code, scenario in scenarios.items())
    }
    area, severity = ("area", "node", ("Area",), None, True), ("severity", "severity", (), 0.6, False)
    assert told == {
        "programme_ends": [("programme", "node", ("Programme",), None, True)],
        "price_down": [("product", "node", ("Product",), None, True), ("share", "share", (), None, True)],
        "plant_shuts": [("enterprise", "node", ("Enterprise",), None, True)],
        "road_closes": [
            ("works", "node", ("Infrastructure",), None, False),
            ("area", "node", ("Area",), None, False),
            severity,
        ],
        "epidemic": [area, severity],
        "drought": [area, severity],
    }


def test_works_and_area_of_a_closed_road_are_filled_in_one_for_the_other(scenarios: dict[str, Scenario]) -> None:
    assert [each.one_of for each in parameter_forms(scenarios["road_closes"], DAY)] == ["place", "place", None]


def test_no_cause_that_a_scenario_finds_is_sensitive(schema: Schema, scenarios: dict[str, Scenario]) -> None:
    # A scenario names what happens to a place or a trade; that nobody is told of an illness must stay so.
    found = {cause.cause for scenario in scenarios.values() for cause in scenario.causes}
    assert not [code for code in found if schema.causes[code].is_sensitive]


def test_a_scenario_that_is_not_there_names_those_that_are(scenarios: dict[str, Scenario]) -> None:
    with pytest.raises(QuestionError) as fault:
        scenario_named(scenarios, "meteor")
    assert "price_down" in fault.value.remedy("en")
