"""Asked of the tiny graph on both engines; numbers are worked out by hand from tests/tiny/README.md and the vocabulary.

h6: L06, confirmed with severity 0.8, leads to O02 by K22 of 0.6, which F05 makes stronger. What can lower its risk:
B17 leaves 0.7 of O02 for 5,000 yuan, B22 leaves 0.4 of K22 for 8,000, B23 leaves 0.5 of L06 for 500, and B06 leaves 0.7
of O03, which comes about by its leak alone, for 2,000. Other ways stay shut as in decision 0015. The day is 2026-05-20.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from analysis.errors import QuestionError, SubjectNotFound
from analysis.places.counted import CountedPlaces
from analysis.questions.cut import AreaLimits, Budget, area_cut, check_area_size, household_cut
from analysis.questions.cut_answer import AreaCutAnswer, HouseholdCutAnswer
from analysis.risk.model import RiskModel, expert_model
from graph_schema import Schema
from graph_store import GraphStore
from policy import Policy
from tests.analysis.history.told import MemoryLedger

DAY = date(2026, 5, 20)
K22 = 1 - 0.4 ** (0.8 * (1 + 0.5 * 0.8 * 0.6))
OTHERS = (1 - 0.4 * 0.003) * 0.9988
SIDU, SHIXI, QINGMEI, NOBODY = "350624101", "350624101202", "350624101201", "440000"


def risk_of_h6(*given: str) -> float:
    poor = 1 - 0.9941 * (1 - K22 * (0.4 if "B22" in given else 1.0) * (0.5 if "B23" in given else 1.0))
    burdened = 1 - 0.997
    poor, burdened = poor * (0.7 if "B17" in given else 1.0), burdened * (0.7 if "B06" in given else 1.0)
    return 1 - (1 - poor) * (1 - burdened) * OTHERS


@pytest.fixture(scope="module")
def model(schema: Schema) -> RiskModel:
    return expert_model(schema)


@pytest.fixture
def ask(tiny_store: GraphStore, schema: Schema, policy: Policy, model: RiskModel) -> Callable[..., HouseholdCutAnswer]:
    def asked(household: str, level: float | None = None, *, show_sensitive: bool = False) -> HouseholdCutAnswer:
        return household_cut(
            tiny_store,
            MemoryLedger(schema),
            schema,
            policy,
            model,
            household,
            day=DAY,
            level=level,
            show_sensitive=show_sensitive,
        )

    return asked


@pytest.fixture
def ask_area(tiny_store: GraphStore, schema: Schema, policy: Policy, model: RiskModel) -> Callable[..., AreaCutAnswer]:
    def asked(area: str, budget: Budget, *, show_sensitive: bool = False) -> AreaCutAnswer:
        return area_cut(
            tiny_store,
            MemoryLedger(schema),
            schema,
            policy,
            model,
            area,
            budget,
            day=DAY,
            show_sensitive=show_sensitive,
        )

    return asked


def test_the_cheapest_help_under_the_level_of_the_policy_and_the_next_best(
    ask: Callable[..., HouseholdCutAnswer],
) -> None:
    answer = ask("h6")
    cut = answer.cut
    assert (answer.level, cut.level) == (0.3, 0.3)
    assert (cut.risk, cut.risk_with_help) == pytest.approx((risk_of_h6(), risk_of_h6()), abs=1e-9)
    # B23 alone leaves 0.306, B17 alone 0.423: neither does. B22 alone does, for more than the two.
    assert risk_of_h6("B23", "B06") > 0.3 > risk_of_h6("B17", "B23")
    assert cut.plan is not None
    assert ([each.code for each in cut.plan.measures], cut.plan.cost_fen) == (["B17", "B23"], 550_000)
    assert cut.plan.risk == pytest.approx(risk_of_h6("B17", "B23"), abs=1e-9)
    assert [each.risk_without for each in cut.plan.measures] == pytest.approx(
        [risk_of_h6("B23"), risk_of_h6("B17")], abs=1e-9
    )
    assert cut.next_best is not None
    assert ([each.code for each in cut.next_best.measures], cut.next_best.cost_fen) == (["B22"], 800_000)
    assert cut.next_best.risk == pytest.approx(risk_of_h6("B22"), abs=1e-9)
    assert (cut.lowest, cut.is_reachable, cut.is_exact, cut.least_fen) == (None, True, True, 550_000)


def test_each_measure_says_what_it_acts_on_what_it_requires_and_how_it_may_not_be_used(
    ask: Callable[..., HouseholdCutAnswer], schema: Schema
) -> None:
    plan = ask("h6").cut.plan
    assert plan is not None
    allowance, placement = plan.measures
    assert (allowance.name_en, allowance.name_zh) == ("minimum living allowance", "低保")
    assert (allowance.prerequisite, allowance.prerequisite_state) == (None, "none")
    # One member of h6 can work.
    assert placement.prerequisite is not None
    assert (placement.prerequisite.name_zh, placement.prerequisite_state) == ("有劳动力", "met")
    assert placement.target is not None
    assert placement.target.code == "L06"
    forbidden = schema.measures["B17"].forbidden
    assert (allowance.condition is None) == (forbidden is None)


def test_a_level_out_of_reach_is_answered_with_the_lowest_risk_and_what_it_costs(
    ask: Callable[..., HouseholdCutAnswer],
) -> None:
    cut = ask("h6", 0.05).cut
    lowest = risk_of_h6("B06", "B17", "B22", "B23")
    assert 0.05 < lowest < 0.1
    assert (cut.plan, cut.next_best, cut.is_reachable) == (None, None, False)
    assert cut.lowest is not None
    assert [each.code for each in cut.lowest.measures] == ["B06", "B17", "B22", "B23"]
    assert cut.lowest.cost_fen == 1_550_000
    assert cut.lowest.risk == pytest.approx(lowest, abs=1e-9)
    assert "15,500 yuan" in cut.text_en
    assert "1.55 万元" in cut.text_zh


def test_under_the_level_already_nothing_is_needed(ask: Callable[..., HouseholdCutAnswer]) -> None:
    # B06 runs at h8 and takes from the leak of O03; nothing is found there.
    cut = ask("h8").cut
    assert cut.risk == pytest.approx(1 - 0.9941 * 0.997 * OTHERS, abs=1e-9)
    assert cut.risk_with_help == pytest.approx(1 - 0.9941 * (1 - 0.7 * 0.003) * OTHERS, abs=1e-9)
    assert [each.code for each in cut.running] == ["B06"]
    assert cut.is_under_already
    assert cut.plan is not None
    assert (cut.plan.measures, cut.plan.cost_fen, cut.next_best) == ((), 0, None)


def test_a_measure_that_is_not_offered_says_why(ask: Callable[..., HouseholdCutAnswer]) -> None:
    # Nobody at h4 can work.
    not_offered = {each.code: each for each in ask("h4").cut.not_offered}
    assert not_offered["B22"].reason == "prerequisite_not_met"
    assert not_offered["B22"].text_en == "What it requires does not hold here: has a worker."
    assert {each.code: each.reason for each in ask("h8").cut.not_offered}["B06"] == "runs_already"


def test_measures_that_tell_of_a_sensitive_cause_are_summed_and_not_named(
    ask: Callable[..., HouseholdCutAnswer],
) -> None:
    # h4 has H07, which is sensitive; B03 acts on it.
    shown, kept = ask("h4", 0.05, show_sensitive=True), ask("h4", 0.05)
    all_of_it, part = shown.cut.lowest or shown.cut.plan, kept.cut.lowest or kept.cut.plan
    assert all_of_it is not None
    assert part is not None
    sensitive = [each for each in all_of_it.measures if each.target is not None and each.target.code in ("H07", "K12")]
    assert "B03" in [each.code for each in sensitive]
    assert part.hidden is not None
    assert (part.cost_fen, part.risk) == (all_of_it.cost_fen, all_of_it.risk)
    assert part.hidden.cost_fen == part.cost_fen - sum(each.cost_fen for each in part.measures)
    assert part.hidden.count == len(all_of_it.measures) - len(part.measures)
    text = kept.model_dump_json()
    for each in sensitive:
        assert f'"{each.code}"' not in text
        assert each.name_en not in text
        assert each.name_zh not in text
    assert "notice_cut_hidden" in [each.code for each in kept.notices]
    assert "notice_cut_hidden" not in [each.code for each in shown.notices]


def test_whether_a_hidden_measure_is_offered_is_not_told(ask: Callable[..., HouseholdCutAnswer]) -> None:
    # H07 is found at h4 and not at h6, so B03 can change something at one of them only; neither says so.
    for household in ("h4", "h6"):
        assert "B03" not in [each.code for each in ask(household).cut.not_offered]


@pytest.mark.parametrize("level", [0.0, -0.1, 1.5, 2.0, float("nan")])
def test_a_level_that_is_no_risk_is_refused(ask: Callable[..., HouseholdCutAnswer], level: float) -> None:
    with pytest.raises(QuestionError) as refused:
        ask("h6", level)
    assert refused.value.code == "cut_wrong_level"


def test_an_unknown_household_and_an_unknown_area_are_told(
    ask: Callable[..., HouseholdCutAnswer], ask_area: Callable[..., AreaCutAnswer]
) -> None:
    with pytest.raises(SubjectNotFound):
        ask("nobody")
    with pytest.raises(SubjectNotFound):
        ask_area("000000", Budget(0))


def test_a_small_budget_goes_where_it_prevents_most(ask_area: Callable[..., AreaCutAnswer]) -> None:
    # In Shixi live h5, at which nothing is open, and h6. For 500 yuan nothing but B23 at h6 can be paid that does more.
    plan = ask_area(SHIXI, Budget(50_000, most=1)).plan
    at_h5 = 1 - 0.9941 * 0.997 * OTHERS
    assert (plan.household_count, plan.helped_count, plan.spent_fen) == (2, 1, 50_000)
    assert plan.returns_before == pytest.approx(at_h5 + risk_of_h6(), abs=1e-9)
    assert plan.returns_after == pytest.approx(at_h5 + risk_of_h6("B23"), abs=1e-9)
    assert [(each.code, each.households, each.unknown_count, each.cost_fen) for each in plan.measures] == [
        ("B23", 1, 0, 50_000)
    ]
    assert plan.measures[0].prevented == pytest.approx(risk_of_h6() - risk_of_h6("B23"), abs=1e-9)
    assert plan.is_best
    assert plan.gap == pytest.approx(0.0, abs=1e-9)
    # 0.306 is not under the level.
    assert (plan.above_before, plan.above_after) == (1, 1)


def test_an_areas_answer_tells_nothing_of_a_household(ask_area: Callable[..., AreaCutAnswer]) -> None:
    text = ask_area(SIDU, Budget(5_000_000, programmes=True), show_sensitive=True).model_dump_json()
    assert not [household for household in ("h1", "h2", "h3", "h4", "h5", "h6") if f'"{household}"' in text]


def test_an_areas_hidden_measures_are_summed_without_a_number_of_households(
    ask_area: Callable[..., AreaCutAnswer],
) -> None:
    # H07 is found at h2 and h4 of Qingmei.
    budget = Budget(5_000_000, programmes=True)
    shown, kept = ask_area(QINGMEI, budget, show_sensitive=True), ask_area(QINGMEI, budget)
    assert shown.plan.hidden is None
    assert kept.plan.hidden is not None
    assert kept.plan.spent_fen == kept.plan.hidden.cost_fen + sum(each.cost_fen for each in kept.plan.measures)
    prevented = kept.plan.hidden.prevented + sum(each.prevented for each in kept.plan.measures)
    assert kept.plan.prevented == pytest.approx(prevented, abs=1e-9)
    named = {each.code for each in shown.plan.measures} - {each.code for each in kept.plan.measures}
    assert named
    assert shown.programmes is not None
    assert kept.programmes is not None
    named |= {each.code for each in shown.programmes.programmes} - {each.code for each in kept.programmes.programmes}
    assert not [code for code in named if f'"{code}"' in kept.model_dump_json()]
    assert "households" not in type(kept.plan.hidden).model_fields


def test_programmes_that_can_all_be_paid_are_best(ask_area: Callable[..., AreaCutAnswer]) -> None:
    answer = ask_area(SHIXI, Budget(1_000_000_000, programmes=True), show_sensitive=True)
    part = answer.programmes
    assert part is not None
    assert all(each.is_chosen for each in part.programmes)
    assert (part.is_best, part.gap) == (True, 0.0)
    assert part.spent_fen == sum(each.cost_fen for each in part.programmes)
    assert "notice_cut_programmes_bound" not in [each.code for each in answer.notices]
    # At h5 nothing but the leaks of O02 and O03 leads to the state, and B06 and B17 act on these.
    reached = {each.code: each.households for each in part.programmes}
    assert reached == {"B06": 2, "B17": 2, "B22": 1, "B23": 1}


def test_an_area_in_which_nobody_lives_has_an_empty_plan(ask_area: Callable[..., AreaCutAnswer]) -> None:
    answer = ask_area(NOBODY, Budget(5_000_000, programmes=True))
    assert (answer.plan.household_count, answer.plan.spent_fen, answer.plan.measures) == (0, 0, ())
    assert answer.programmes is not None
    assert (answer.programmes.spent_fen, answer.programmes.programmes) == (0, ())
    assert "notice_nobody_lives_here" in [each.code for each in answer.notices]


@pytest.mark.parametrize(
    ("budget", "code"),
    [(Budget(-1), "budget_below_zero"), (Budget(0, most=0), "budget_wrong_most"), (Budget(0, 5), "budget_wrong_most")],
)
def test_a_budget_that_cannot_be_spent_is_refused(
    ask_area: Callable[..., AreaCutAnswer], budget: Budget, code: str
) -> None:
    with pytest.raises(QuestionError) as refused:
        ask_area(SIDU, budget)
    assert refused.value.code == code


def test_without_money_nothing_is_given(ask_area: Callable[..., AreaCutAnswer]) -> None:
    plan = ask_area(SHIXI, Budget(0)).plan
    assert (plan.spent_fen, plan.helped_count, plan.measures, plan.hidden) == (0, 0, (), None)
    assert plan.value_of_next > 0


def test_an_area_of_too_many_households_is_refused_with_what_to_do(tiny_store: GraphStore) -> None:
    counted, limits = CountedPlaces(tiny_store), AreaLimits(one=6, two=5, three=5, with_programmes=4)
    # Six households live in Sidu.
    check_area_size(counted, SIDU, Budget(0, most=1), limits)
    for budget in (Budget(0, most=2), Budget(0, most=1, programmes=True)):
        with pytest.raises(QuestionError) as refused:
            check_area_size(counted, SIDU, budget, limits)
        assert "plumline cut --area" in refused.value.text("en")
