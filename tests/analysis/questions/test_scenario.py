"""Asked of the tiny graph on both engines; whom a scenario touches was read off its drawing by hand.

Numbers are worked by hand on the pages about decisions 15 and 18. Nothing found, nothing done: 0.011260. A cause that
leads to low income at 0.6, fully severe: 0.604504. The day is 2026-05-20, the level of the policy 0.3.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from analysis.errors import QuestionError, SensitiveSubject, SubjectNotFound
from analysis.page import Page
from analysis.questions.scenario import ScenarioWanted, risks_today, scenario
from analysis.questions.scenario_answer import ScenarioAnswer
from analysis.questions.scenario_choices import choices
from analysis.questions.scenarios import scenarios as ask_scenarios
from analysis.risk.model import RiskModel, expert_model
from analysis.tables.scenario_tables import scenario_tables
from graph_schema import Schema
from graph_schema.messages import Label
from graph_store import GraphStore
from policy import Policy
from policy.scenarios import Scenario, load_scenarios

DAY = date(2026, 5, 20)
NOTHING, SEVERE = 0.011260, 0.604504
SIDU, QINGMEI, HAMLET, SHIXI, SHANBIAN = (
    "350624101",
    "350624101201",
    "350624101201-01",
    "350624101202",
    "350624105201",
)
Ask = Callable[..., ScenarioAnswer]


@pytest.fixture(scope="module")
def model(schema: Schema) -> RiskModel:
    return expert_model(schema)


@pytest.fixture(scope="module")
def named(schema: Schema) -> dict[str, Scenario]:
    return load_scenarios(schema)


@pytest.fixture
def ask(tiny_store: GraphStore, schema: Schema, policy: Policy, model: RiskModel, named: dict[str, Scenario]) -> Ask:
    def asked(
        code: str,
        within: str | None = None,
        *,
        page: Page | None = None,
        show_sensitive: bool = False,
        is_kept: bool = False,
        **values: object,
    ) -> ScenarioAnswer:
        return scenario(
            tiny_store,
            schema,
            policy,
            model,
            named,
            ScenarioWanted(code, values, within, page or Page()),
            day=DAY,
            show_sensitive=show_sensitive,
            kept=risks_today(tiny_store, model, DAY) if is_kept else None,
        )

    return asked


def codes(answer: ScenarioAnswer) -> set[str]:
    return {each.code for each in answer.notices}


def test_a_price_that_falls_is_told_by_way_by_place_and_by_household(ask: Ask) -> None:
    # Lots: h1, h2, h7. In a cooperative that trades plums: h1, h2, h4, h5.
    answer = ask("price_down", product="green_plum", share=1)
    assert [(each.code, each.household_count, each.nearest_count) for each in answer.ways] == [
        ("own_lot", 3, 3),
        ("own_contract", 1, 0),
        ("observed", 1, 0),
        ("cooperative", 4, 2),
    ]
    assert (answer.household_count, answer.reached_count, answer.touched_count, answer.outside_count) == (8, 5, 5, 0)
    touched = {each.area_id: each.touched_count for each in answer.places}
    assert touched == {QINGMEI: 2, HAMLET: 1, SHIXI: 1, SHANBIAN: 1}
    assert answer.untouched_place_count == 0
    # The fall was refuted at h5, and nothing else is found there.
    (h5,) = [each for each in answer.crossing.rows if each.household_id == "h5"]
    assert (h5.area_id, h5.crosses) == (SHIXI, "upward")
    assert [h5.before, h5.after] == pytest.approx([NOTHING, SEVERE], abs=1e-6)
    assert [(each.cause.code if each.cause else None, each.household_count) for each in answer.causes] == [("M01", 5)]
    assert answer.asked.values[1].number == 1
    assert (answer.asked.values[0].name_en, answer.asked.values[0].node is None) == ("product", False)


def test_before_and_after_add_up_over_places_and_crossings(ask: Ask) -> None:
    answer = ask("drought", SIDU, severity=0.8)
    assert answer.household_count == answer.touched_count == 6
    assert answer.before.expected_returns == pytest.approx(sum(each.expected_before for each in answer.places))
    assert answer.after.expected_returns == pytest.approx(sum(each.expected_after for each in answer.places))
    assert answer.after.mean == pytest.approx(answer.after.expected_returns / 6)
    assert answer.after.high_count - answer.before.high_count == answer.upward_count - answer.downward_count
    assert answer.upward_count == sum(each.upward_count for each in answer.places) == answer.crossing.total
    assert answer.after_without_help.expected_returns >= answer.after.expected_returns
    assert {each.code for each in answer.states if each.is_moved} >= {"O02", "O06"}


def test_an_event_without_an_area_of_its_own_happens_in_the_area_looked_at(ask: Ask) -> None:
    by_scope, by_name = ask("epidemic", SIDU), ask("epidemic", SIDU, area=SIDU)
    assert by_scope == by_name
    assert by_scope.asked.area is not None
    assert by_scope.asked.values[0].node == by_scope.asked.area
    # The severity of the policy stands where none was filled in.
    assert (by_scope.asked.values[1].number, by_scope.asked.values[1].is_default) == (0.6, True)
    wider = ask("epidemic", area=SIDU)
    assert (wider.household_count, wider.touched_count, wider.untouched_place_count) == (8, 6, 1)


def test_who_lives_elsewhere_is_counted_as_outside(ask: Ask) -> None:
    answer = ask("price_down", SHIXI, product="green_plum", share=0.5)
    assert (answer.household_count, answer.reached_count, answer.outside_count) == (2, 1, 4)
    assert "notice_scenario_outside" in codes(answer)


def test_households_that_are_kept_give_the_same_answer(ask: Ask) -> None:
    for area in (None, SIDU):
        kept = ask("price_down", area, is_kept=True, product="green_plum", share=0.5)
        read = ask("price_down", area, product="green_plum", share=0.5)
        assert [each.household_id for each in kept.crossing.rows] == [each.household_id for each in read.crossing.rows]
        assert kept.before.expected_returns == pytest.approx(read.before.expected_returns, abs=1e-9)
        assert kept.after_without_help.mean == pytest.approx(read.after_without_help.mean, abs=1e-9)
        assert (kept.ways, kept.touched_count, kept.outside_count) == (
            read.ways,
            read.touched_count,
            read.outside_count,
        )
        assert len(read.states) > 1
        assert [(each.code, each.is_moved) for each in kept.states] == [
            (each.code, each.is_moved) for each in read.states
        ]
        for name in ("before", "after"):
            kept_means, read_means = ([getattr(each, name) for each in found] for found in (kept.states, read.states))
            assert kept_means == pytest.approx(read_means, abs=1e-12)


def test_the_end_of_a_programme_stands_beside_what_was_published(ask: Ask) -> None:
    answer = ask("programme_ends", programme="pr1")
    assert [(each.household_id, each.crosses) for each in answer.crossing.rows] == [("h1", "upward")] * (
        answer.crossing.total
    )
    assert [(each.measure.code if each.measure else None, each.stops_count) for each in answer.measures] == [("B36", 1)]
    (published,) = answer.published
    assert published.source.key == "T12"
    assert "18.09" in published.text_en
    assert "18.09" in published.text_zh
    assert answer.ways[0].path.text_en == "Programme → Assistance → Household"
    assert answer.ways[0].depth == 2


def test_a_programme_that_tells_of_a_sensitive_cause_is_refused_unless_it_may_be_shown(ask: Ask) -> None:
    with pytest.raises(SensitiveSubject):
        ask("programme_ends", programme="pr4")
    shown = ask("programme_ends", programme="pr4", show_sensitive=True)
    assert (shown.reached_count, shown.hidden_crossing_count) == (1, 0)


def test_a_programme_that_reaches_nobody_says_so(ask: Ask) -> None:
    answer = ask("programme_ends", programme="pr2")
    assert "notice_scenario_reaches_nobody" in codes(answer)
    assert (answer.places, answer.states, answer.crossing.total) == ((), (), 0)
    assert answer.before == answer.after


def test_an_area_where_nobody_lives_has_an_empty_answer(ask: Ask) -> None:
    answer = ask("epidemic", "445200")
    assert "notice_nobody_lives_here" in codes(answer)
    assert (answer.household_count, answer.before.expected_returns, answer.before.mean) == (0, 0, 0)


def test_the_list_of_those_who_cross_is_cut_by_id(ask: Ask) -> None:
    whole = ask("drought", SIDU, severity=1)
    assert whole.crossing.total > 1
    first = ask("drought", SIDU, severity=1, page=Page(1))
    assert first.crossing.rows == whole.crossing.rows[:1]
    assert first.crossing.next_after == whole.crossing.rows[0].household_id
    assert "notice_capped" in codes(first)
    second = ask("drought", SIDU, severity=1, page=Page(100, first.crossing.next_after))
    assert first.crossing.rows + second.crossing.rows == whole.crossing.rows
    assert (second.crossing.total, second.crossing.next_after) == (whole.crossing.total, None)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("meteor", None, {}), "scenario_unknown"),
        (("price_down", None, {"product": "green_plum"}), "scenario_missing_parameter"),
        (("price_down", None, {"product": "green_plum", "share": 2}), "scenario_share_out_of_range"),
        (("price_down", None, {"product": "green_plum", "share": "a third"}), "scenario_no_number"),
        (("price_down", None, {"product": "green_plum", "share": 0.3, "severity": 1}), "scenario_unknown_parameter"),
        (("road_closes", None, {}), "scenario_one_of"),
        (("epidemic", None, {}), "scenario_missing_parameter"),
    ],
)
def test_what_was_filled_in_wrongly_is_refused_in_both_languages(
    ask: Ask, asked: tuple[str, str | None, dict[str, object]], code: str
) -> None:
    name, area, values = asked
    with pytest.raises(QuestionError) as fault:
        ask(name, area, **values)
    assert fault.value.code == code
    told = [sentence for each in ("en", "zh") for sentence in (fault.value.what(each), fault.value.remedy(each))]
    assert all(told)
    assert not [sentence for sentence in told if "zh=" in sentence]


@pytest.mark.parametrize(("area", "values"), [("999999", {"product": "green_plum"}), (None, {"product": "gold"})])
def test_what_is_not_there_is_not_found(ask: Ask, area: str | None, values: dict[str, object]) -> None:
    with pytest.raises(SubjectNotFound):
        ask("price_down", area, share=0.3, **values)


def test_the_scenarios_are_listed_with_the_form_of_each(schema: Schema, named: dict[str, Scenario]) -> None:
    answer = ask_scenarios(schema, named, day=DAY)
    assert [each.code for each in answer.scenarios] == list(named)
    road = next(each for each in answer.scenarios if each.code == "road_closes")
    assert [(each.code, each.is_required, each.one_of, each.default) for each in road.parameters] == [
        ("works", False, "place", None),
        ("area", False, "place", None),
        ("severity", False, None, 0.6),
    ]
    assert [each.name_en for each in road.parameters[0].kinds] == ["Infrastructure"]
    assert [each.code for each in road.causes] == ["V04"]


def test_what_may_be_chosen_is_named_and_a_programme_that_tells_is_left_out(
    tiny_store: GraphStore, schema: Schema, named: dict[str, Scenario]
) -> None:
    programmes = choices(tiny_store, schema, named["programme_ends"])["programme"]
    assert [(each.id, each.name_en) for each in programmes] == [
        ("pr1", "青梅订单收购"),
        ("pr2", "冷链补助"),
        ("pr3", "技能提升"),
    ]
    shown = choices(tiny_store, schema, named["programme_ends"], show_sensitive=True)["programme"]
    assert [each.id for each in shown] == ["pr1", "pr2", "pr3", "pr4"]
    plants = choices(tiny_store, schema, named["plant_shuts"])["enterprise"]
    assert [each.id for each in plants] == ["e1", "e2", "e3"]
    # The only works are a cold store, which is no road; an area and a number are written.
    assert choices(tiny_store, schema, named["road_closes"]) == {"works": ()}
    assert "green_plum" in {each.id for each in choices(tiny_store, schema, named["price_down"])["product"]}


def test_the_answer_as_tables_has_the_same_numbers(ask: Ask) -> None:
    answer = ask("programme_ends", SIDU, programme="pr1")
    tables = {each.name: each for each in scenario_tables(answer)}
    assert list(tables) == [
        "scenario_places",
        "scenario_totals",
        "scenario_crossing",
        "scenario_causes",
        "scenario_help",
        "scenario_ways",
        "about",
    ]
    codes_of = {name: [column.code for column in table.columns] for name, table in tables.items()}
    (row,) = tables["scenario_places"].rows
    place = dict(zip(codes_of["scenario_places"], row, strict=True))
    assert (place["area_id"], place["touched_count"], place["is_made_up"]) == (QINGMEI, 1, True)
    assert place["expected_after"] == answer.places[0].expected_after
    assert tables["scenario_totals"].rows[0][1:3] == (
        answer.before.expected_returns,
        answer.after.expected_returns,
    )
    assert tables["scenario_help"].rows[0][0] == "B36"
    about = {str(row[0].en if isinstance(row[0], Label) else row[0]): row[1] for row in tables["about"].rows}
    assert about["Level of risk"] == 0.3
