"""A named scenario turned into changes, through the graph to the households it touches.

    found = scenario_changes(store, schema, load_scenarios(schema), situation, Asked("price_down", {...}, day))
    effects = what_if(situation, found.changes, level=0.3)

`asked.parameter_forms` is the form that a person fills in, `found.scenario.says` and its ways tell in words what is
changed and by which links, `found.scenario.context` what was published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from analysis.risk.findings import STATUSES, Places
from analysis.scenarios.asked import Asked, Values, scenario_named, values_of
from analysis.scenarios.changes import Changes, FindingRow, findings_rows, pairs_of
from analysis.scenarios.reach import Reached, reached_by
from analysis.scenarios.situation import Situation
from graph_schema import Schema
from graph_store import GraphStore
from policy.scenarios import Scenario, ScenarioCause, ScenarioWay, value_on

_CONFIRMED = STATUSES.index("confirmed")


@dataclass(frozen=True)
class WayCount:
    """A way through the graph, how many households are reached by it, and of how many it is the nearest way."""

    way: ScenarioWay
    household_count: int
    nearest_count: int


@dataclass(frozen=True)
class ScenarioChanges:
    """A scenario as it was filled in, the changes that it makes, and how the households are reached.

    `ways`: in the order of the scenario; their nearest counts sum to the households reached. `nearest`: shape
    (households,), of each household the place of its nearest way in `ways`, -1 where it is not reached; how deep it is
    is the way's depth. `outside_count`: households that are reached and are not of the situation, which no count holds.
    """

    scenario: Scenario
    values: Values
    changes: Changes
    ways: tuple[WayCount, ...]
    nearest: Places
    outside_count: int


def scenario_changes(
    store: GraphStore, schema: Schema, scenarios: Mapping[str, Scenario], situation: Situation, asked: Asked
) -> ScenarioChanges:
    """Return the changes that a scenario makes at the households of the situation.

    Raises QuestionError or SubjectNotFound for a scenario or parameter that is wrong (`values_of`), ParameterError
    where its numbers begin later than the day.
    """
    scenario = scenario_named(scenarios, asked.scenario)
    values = values_of(store, schema, scenario, asked)
    reached = reached_by(store, scenario.reach, values, asked.day)
    return changes_of_reached(situation, scenario, values, reached, asked.day)


def changes_of_reached(
    situation: Situation, scenario: Scenario, values: Values, reached: Reached, day: date
) -> ScenarioChanges:
    """Return the changes at the households that the graph came to.

    Where it came to none, the changes change nothing.
    """
    position = situation.position
    ids = {way.code: reached.ways.get(way.code, frozenset()) for way in scenario.ways}
    places = {code: _places(situation, found) for code, found in ids.items()}
    nearest = np.full(len(position), -1, dtype=np.int64)
    # The last to write is the nearest, and of equally near ones the first of the scenario.
    for number in sorted(range(len(scenario.ways)), key=lambda each: (-scenario.ways[each].depth, -each)):
        nearest[places[scenario.ways[number].code]] = number
    rows: list[FindingRow] = []
    for cause in scenario.causes:
        node = situation.engine.network.node_position(cause.cause)
        severities = _severities(scenario, cause, values, reached, day)
        come_to = frozenset().union(*(ids[way] for way in cause.ways or ids))
        rows.extend(
            (position[each], node, _CONFIRMED, 1.0, severities[each])
            for each in sorted(come_to & severities.keys() & position.keys())
        )
    taken = [
        (position[household_id], situation.measures.position[measure])
        for household_id, measure in reached.ended
        if scenario.takes_help and household_id in position and measure in situation.measures.position
    ]
    nothing = pairs_of([])
    return ScenarioChanges(
        scenario=scenario,
        values=values,
        changes=Changes(
            added=findings_rows(len(position), rows),
            closed=nothing,
            severity_at=nothing,
            severity=np.zeros(0),
            given=nothing,
            taken=pairs_of(taken),
        ),
        ways=tuple(
            WayCount(way, len(places[way.code]), int((nearest == number).sum()))
            for number, way in enumerate(scenario.ways)
        ),
        nearest=nearest,
        outside_count=len(frozenset().union(*ids.values()) - position.keys()),
    )


def _places(situation: Situation, household_ids: frozenset[str]) -> Places:
    position = situation.position
    return np.array(sorted(position[each] for each in household_ids if each in position), dtype=np.int64)


def _severities(
    scenario: Scenario, cause: ScenarioCause, values: Values, reached: Reached, day: date
) -> Mapping[str, float]:
    """Return the severity of a cause by household; a number that was filled in is the same at all."""
    if cause.severity_by in values.numbers:
        share = values.numbers[cause.severity_by]
        shares: Mapping[str, float] = dict.fromkeys(frozenset().union(*reached.ways.values()), share)
    else:
        shares = reached.shares.get(cause.severity_by, {})
    if not cause.severity:
        return shares
    bands = value_on(cause.severity, day, scenario=scenario.code, name=cause.cause)
    return {household_id: bands.severity_at(share) for household_id, share in shares.items()}
