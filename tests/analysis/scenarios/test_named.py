"""The named scenarios on the tiny graph, on both engines; whom they touch was read off its drawing by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from analysis.errors import QuestionError, SubjectNotFound
from analysis.fetch.risk import risk_of_all
from analysis.fetch.scenarios import living_in
from analysis.risk.findings import STATUSES
from analysis.scenarios.asked import Asked, Values
from analysis.scenarios.effects import MeasureEffect
from analysis.scenarios.named import ScenarioChanges, changes_of_reached, scenario_changes
from analysis.scenarios.reach import Reached
from analysis.scenarios.situation import Situation, situation_of
from analysis.scenarios.what_if import what_if
from graph_schema import Schema
from graph_schema.errors import PlumlineError
from graph_store import GraphStore
from policy import ParameterError
from policy.scenarios import Scenario
from tests.one_engine import on_one_engine

Ask = Callable[..., ScenarioChanges]
DAY = date(2026, 5, 20)
Told = Callable[[Situation, ScenarioChanges], set[tuple[str, str, float]]]
Taken = Callable[[Situation, ScenarioChanges], set[tuple[str, str]]]


@pytest.fixture
def ask(tiny_store: GraphStore, schema: Schema, scenarios: dict[str, Scenario]) -> Ask:
    def asked(situation: Situation, scenario: str, day: date = DAY, **parameters: object) -> ScenarioChanges:
        return scenario_changes(tiny_store, schema, scenarios, situation, Asked(scenario, parameters, day))

    return asked


@pytest.fixture
def found() -> Told:
    """Return what tells the findings that come: household, cause, severity."""

    def told(situation: Situation, changes: ScenarioChanges) -> set[tuple[str, str, float]]:
        added = changes.changes.added
        assert set(added.status.tolist()) <= {STATUSES.index("confirmed")}
        return {
            (situation.household_ids[household], situation.engine.network.codes[cause], severity)
            for household, cause, severity in zip(
                added.household.tolist(), added.cause.tolist(), added.severity.tolist(), strict=True
            )
        }

    return told


@pytest.fixture
def taken() -> Taken:
    def told(situation: Situation, changes: ScenarioChanges) -> set[tuple[str, str]]:
        pairs = changes.changes.taken
        return {
            (situation.household_ids[household], situation.measures.code_of[measure])
            for household, measure in zip(pairs.household.tolist(), pairs.other.tolist(), strict=True)
        }

    return told


@pytest.fixture
def counts() -> Callable[[ScenarioChanges], dict[str, tuple[int, int]]]:
    """Return what tells by way how many households are reached, and of how many it is the nearest way."""

    def told(changes: ScenarioChanges) -> dict[str, tuple[int, int]]:
        return {each.way.code: (each.household_count, each.nearest_count) for each in changes.ways}

    return told


def test_the_end_of_a_programme_takes_its_measures_and_is_found_at_those_helped(
    ask: Ask, found: Told, taken: Taken, counts: Callable[..., object], tiny_situation: Callable[..., Situation]
) -> None:
    # Of pr1 only the purchase runs at h1; the other help is planned. All that runs there ends: severity 1.
    situation = tiny_situation()
    told = ask(situation, "programme_ends", programme="pr1")
    assert found(situation, told) == {("h1", "S03", 1.0)}
    assert taken(situation, told) == {("h1", "B36")}
    assert counts(told) == {"help": (1, 1), "help_to_member": (0, 0)}
    effects = what_if(situation, told.changes, level=0.5)
    # 1 - 0.9941 x 0.4 x 0.994609, worked in the decision page on risk.
    assert effects.after[0] == pytest.approx(0.604504, abs=1e-6)
    assert (effects.upward.tolist(), effects.touched_count) == ([0], 1)


def test_help_to_a_member_is_reached_by_way_of_the_member(
    ask: Ask, taken: Taken, counts: Callable[..., object], tiny_situation: Callable[..., Situation]
) -> None:
    situation = tiny_situation()
    told = ask(situation, "programme_ends", programme="pr3")
    assert taken(situation, told) == {("h2", "B25")}
    assert counts(told) == {"help": (0, 0), "help_to_member": (1, 1)}


def test_a_programme_that_helps_nobody_changes_nothing(ask: Ask, tiny_situation: Callable[..., Situation]) -> None:
    situation = tiny_situation()
    told = ask(situation, "programme_ends", programme="pr2")
    assert told.nearest.tolist() == [-1] * 8
    assert what_if(situation, told.changes, level=0.5).touched_count == 0


def test_a_price_falls_for_all_who_sell_the_product_each_by_its_nearest_way(
    ask: Ask, found: Told, counts: Callable[..., object], tiny_situation: Callable[..., Situation]
) -> None:
    # Lots: h1, h2, h7. Own contract: h7. Observed: h1. In c1 or c2, which trade plums: h1, h2, h4, h5; h3 has left.
    situation = tiny_situation()
    told = ask(situation, "price_down", product="green_plum", share=0.3)
    assert found(situation, told) == {(each, "M01", 0.6) for each in ("h1", "h2", "h4", "h5", "h7")}
    assert counts(told) == {"own_lot": (3, 3), "own_contract": (1, 0), "observed": (1, 0), "cooperative": (4, 2)}
    assert told.nearest.tolist() == [0, 0, -1, 3, 3, -1, 0, -1]


@pytest.mark.parametrize(("share", "severity"), [("0.1", 0.2), (0.15, 0.4), (0.49, 0.6), (0.5, 0.8), (1, 1.0)])
def test_the_deeper_the_fall_the_more_severe(
    ask: Ask, found: Told, tiny_situation: Callable[..., Situation], share: object, severity: float
) -> None:
    situation = tiny_situation("h7")
    told = ask(situation, "price_down", product="green_plum", share=share)
    assert found(situation, told) == {("h7", "M01", severity)}
    # The others who sell plums are not among the households asked about: h1, h2, h4, h5.
    assert told.outside_count == 4


def test_a_price_that_falls_is_found_where_a_fall_was_refuted_before(
    ask: Ask, tiny_situation: Callable[..., Situation]
) -> None:
    situation = tiny_situation("h5", found={"h5": [{"cause": "M01", "status": "refuted"}]})
    told = ask(situation, "price_down", product="green_plum", share=1)
    # P(O06) with M01 confirmed and severe: 1 - 0.9941 x 0.4 x 0.994609.
    assert what_if(situation, told.changes, level=0.5).after.tolist() == pytest.approx([0.604504], abs=1e-6)


def test_a_plant_that_shuts_takes_the_buyer_and_the_help_that_it_provides(
    ask: Ask, found: Told, taken: Taken, counts: Callable[..., object], tiny_situation: Callable[..., Situation]
) -> None:
    # e1 buys from c1: h1 has no other buyer; h2 sells to e2 by c2 too, so half of its buyers go.
    situation = tiny_situation()
    told = ask(situation, "plant_shuts", enterprise="e1")
    assert found(situation, told) == {("h1", "M03", 1.0), ("h2", "M03", 0.6)}
    assert taken(situation, told) == {("h1", "B36")}
    assert counts(told) == {"own_contract": (0, 0), "employed_member": (0, 0), "help": (1, 1), "cooperative": (2, 1)}


def test_a_plant_that_shuts_takes_the_work_of_the_members_employed_there(
    ask: Ask, found: Told, counts: Callable[..., object], tiny_situation: Callable[..., Situation]
) -> None:
    # e2 buys from c2 (h2 has e1 beside it, h4 and h5 have no other buyer) and employs the one worker of h7.
    situation = tiny_situation()
    told = ask(situation, "plant_shuts", enterprise="e2")
    assert found(situation, told) == {
        ("h2", "M03", 0.6),
        ("h4", "M03", 1.0),
        ("h5", "M03", 1.0),
        ("h7", "L06", 1.0),
    }
    assert counts(told) == {"own_contract": (0, 0), "employed_member": (1, 1), "help": (0, 0), "cooperative": (3, 3)}


def test_only_contracts_that_run_on_the_day_lose_a_buyer(
    ask: Ask, found: Told, tiny_situation: Callable[..., Situation]
) -> None:
    # The contract of h7 with e3 ends with 20 May; that with c3 supplies inputs and buys nothing.
    situation = tiny_situation()
    assert found(situation, ask(situation, "plant_shuts", enterprise="e3")) == {("h7", "M03", 1.0)}
    assert found(situation, ask(situation, "plant_shuts", date(2026, 5, 21), enterprise="e3")) == set()


def test_an_area_cut_off_is_poorly_reached_at_the_severity_that_stands_or_is_given(
    ask: Ask, found: Told, tiny_situation: Callable[..., Situation]
) -> None:
    situation = tiny_situation()
    told = ask(situation, "road_closes", area="350624101202")
    assert found(situation, told) == {("h5", "V04", 0.6), ("h6", "V04", 0.6)}
    given = ask(situation, "road_closes", area="350624101202", works="", severity=0.2)
    assert found(situation, given) == {("h5", "V04", 0.2), ("h6", "V04", 0.2)}


def test_works_reach_the_households_of_the_areas_that_they_serve(
    tiny_store: GraphStore, schema: Schema, scenarios: dict[str, Scenario], tiny_situation: Callable[..., Situation]
) -> None:
    # The tiny graph has a cold store and no road, so a scenario of any works stands in: it serves the town 350624101.
    road = scenarios["road_closes"]
    any_works = road.parameters[0].model_copy(update={"works_kinds": ()})
    works = road.model_copy(update={"parameters": (any_works, *road.parameters[1:])})
    asked = Asked("works", {"works": "350624101-1"}, DAY)
    told = scenario_changes(tiny_store, schema, {"works": works}, tiny_situation(), asked)
    assert told.nearest.tolist() == [1, 1, 1, 1, 1, 1, -1, -1]


def test_an_epidemic_and_a_drought_are_found_at_every_household_of_the_area(
    ask: Ask, found: Told, tiny_situation: Callable[..., Situation]
) -> None:
    situation = tiny_situation()
    # h9 has moved away.
    epidemic = ask(situation, "epidemic", area="350624105", severity=0.4)
    assert found(situation, epidemic) == {("h7", "V03", 0.4), ("h8", "V03", 0.4)}
    assert epidemic.outside_count == 0
    drought = ask(situation, "drought", area="350624105", severity=1.0)
    assert found(situation, drought) == {(each, cause, 1.0) for each in ("h7", "h8") for cause in ("V01", "A02")}


def test_households_below_several_areas_are_named_once(tiny_store: GraphStore) -> None:
    areas = ["350624101201", "350624101201-01", "350624105201"]
    assert living_in(tiny_store, areas) == {"h1", "h2", "h3", "h4", "h7", "h8"}


UNKNOWN = [
    ("programme_ends", {"programme": "pr9"}),
    ("price_down", {"product": "plutonium", "share": 0.3}),
    ("plant_shuts", {"enterprise": "e9"}),
    ("road_closes", {"works": "350624101-9"}),
    ("road_closes", {"area": "350624999"}),
    ("epidemic", {"area": "350624999"}),
]


@pytest.mark.parametrize(("scenario", "parameters"), UNKNOWN)
def test_an_id_that_is_not_known_is_told(
    ask: Ask, tiny_situation: Callable[..., Situation], scenario: str, parameters: dict[str, object]
) -> None:
    situation = tiny_situation()
    with pytest.raises(SubjectNotFound) as fault:
        ask(situation, scenario, **parameters)
    assert fault.value.what("en") != fault.value.what("zh")


WRONG: list[tuple[str, str, dict[str, object]]] = [
    ("scenario_unknown", "meteor", {}),
    ("scenario_missing_parameter", "programme_ends", {}),
    ("scenario_missing_parameter", "price_down", {"product": "green_plum"}),
    ("scenario_unknown_parameter", "programme_ends", {"programme": "pr1", "colour": "red"}),
    ("scenario_one_of", "road_closes", {}),
    ("scenario_one_of", "road_closes", {"area": "350624101", "works": "350624101-1"}),
    ("scenario_other_works", "road_closes", {"works": "350624101-1"}),
    ("scenario_no_number", "price_down", {"product": "green_plum", "share": "half"}),
    ("scenario_share_out_of_range", "price_down", {"product": "green_plum", "share": 0}),
    ("scenario_share_out_of_range", "price_down", {"product": "green_plum", "share": 30}),
    ("scenario_share_out_of_range", "price_down", {"product": "green_plum", "share": "nan"}),
    ("scenario_share_out_of_range", "epidemic", {"area": "350624101", "severity": -1}),
]


@on_one_engine
@pytest.mark.parametrize(("code", "scenario", "parameters"), WRONG)
def test_what_is_filled_in_wrongly_is_told_in_both_languages(
    ask: Ask, tiny_situation: Callable[..., Situation], code: str, scenario: str, parameters: dict[str, object]
) -> None:
    situation = tiny_situation()
    with pytest.raises(QuestionError) as fault:
        ask(situation, scenario, **parameters)
    told: PlumlineError = fault.value
    assert told.code == code
    assert all("{" not in told.what(each) + told.remedy(each) for each in ("en", "zh"))


@on_one_engine
def test_a_day_before_the_numbers_of_a_scenario_is_told(ask: Ask, tiny_situation: Callable[..., Situation]) -> None:
    situation = tiny_situation()
    with pytest.raises(ParameterError) as fault:
        ask(situation, "price_down", date(2020, 12, 31), product="green_plum", share=0.3)
    assert fault.value.code == "scenario_not_valid_yet"


def test_the_households_of_the_graph_go_straight_into_a_scenario(
    ask: Ask, tiny_store: GraphStore, tiny_situation: Callable[..., Situation]
) -> None:
    engine, measures = tiny_situation().engine, tiny_situation().measures
    households = risk_of_all(tiny_store, engine.network, measures, DAY)
    situation = situation_of(engine, measures, households)
    told = ask(situation, "programme_ends", programme="pr1")
    effects = what_if(situation, told.changes, level=0.5)
    assert [households.ids[place] for place in effects.is_touched.nonzero()[0]] == ["h1"]
    assert effects.measures == (MeasureEffect("B36", 0, 1),)
    assert [(each.area_id, each.touched_count) for each in effects.areas if each.touched_count] == [("350624101201", 1)]


@pytest.mark.parametrize(("share", "after"), [(0.5, 0.429418), (1.0, 0.604504)])
def test_the_risk_after_a_programme_is_the_one_worked_in_the_decision_page(
    scenarios: dict[str, Scenario], tiny_situation: Callable[..., Situation], share: float, after: float
) -> None:
    # K71 acts at 1 - 0.4^severity: severity 0.6 where half of the help ends, 1 where all of it does.
    situation = tiny_situation("h1", running=())
    reached = Reached({"help": frozenset({"h1"})}, {"ended_help_share": {"h1": share}})
    told = changes_of_reached(situation, scenarios["programme_ends"], Values({}, {}), reached, DAY)
    assert what_if(situation, told.changes, level=0.5).after.tolist() == pytest.approx([after], abs=1e-6)
