"""The cheapest cut: equal to going through all sets, and what it says besides."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import QuestionError
from analysis.risk import cut_search
from analysis.risk.cut import Cut, HouseholdOffer, NotOffered, cut_of
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, findings_of
from analysis.risk.measures import MET, NOT_MET, UNKNOWN, RiskMeasure, RiskMeasures, measures_of_schema
from analysis.risk.network import RiskNetwork
from graph_schema import Schema
from tests.analysis.risk.measured import Measured, measured_cases

Row = dict[str, object]
Offers = Callable[..., HouseholdOffer]

few = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
# Level, runs already, prerequisite: drawn for up to six measures.
HELP = st.tuples(
    st.sampled_from([0.05, 0.1, 0.2, 0.3, 0.5]),
    st.lists(st.sampled_from([False, False, False, True]), min_size=6, max_size=6),
    st.lists(st.sampled_from([NOT_MET, UNKNOWN, MET, MET]), min_size=6, max_size=6),
)


@pytest.fixture
def offers() -> Offers:
    """Measures of which some run and some have a prerequisite not met or unknown."""

    def offer(measures: RiskMeasures, **states: tuple[str, ...]) -> HouseholdOffer:
        prerequisites = np.full(len(measures), MET, dtype=np.int8)
        running = np.zeros(len(measures), dtype=np.bool_)
        for name, codes in states.items():
            for code in codes:
                if name == "running":
                    running[measures.place_of(code)] = True
                else:
                    prerequisites[measures.place_of(code)] = {"not_met": NOT_MET, "unknown": UNKNOWN}[name]
        return HouseholdOffer(measures, running, prerequisites)

    return offer


def assert_all_sets_agree(case: Measured, level: float, running: list[bool], prerequisites: list[int]) -> None:
    measures = case.measures
    count = len(measures)
    offer = HouseholdOffer(measures, np.array(running[:count]), np.array(prerequisites[:count], dtype=np.int8))
    cut = cut_of(RiskEngine(case.drawn.network), case.drawn.findings, offer, level)
    free = [place for place in range(count) if not offer.running[place] and offer.prerequisites[place] != NOT_MET]
    sets = [chosen for size in range(len(free) + 1) for chosen in combinations(free, size)]
    risks = {}
    for chosen in sets:
        plan = offer.running.copy()
        plan[list(chosen)] = True
        risks[chosen] = case.risk(0, plan)
    # Cost, then fewer measures, then the earlier codes.
    ranked = sorted(sets, key=lambda chosen: (sum(int(measures.cost_fen[p]) for p in chosen), len(chosen), chosen))
    under = [chosen for chosen in ranked if risks[chosen] < level - 1e-12]
    assert cut.risk == pytest.approx(case.risk(0, np.zeros(count, dtype=np.bool_)), abs=1e-9)
    assert cut.risk_with_help == pytest.approx(risks[()], abs=1e-9)
    assert cut.is_exact
    assert cut.is_next_exact
    assert cut.is_reachable == bool(under)
    if not under:
        lowest = min(risks.values())
        assert cut.lowest is not None
        assert cut.plan is None
        assert cut.next_best is None
        expected = next(chosen for chosen in ranked if risks[chosen] <= lowest + 1e-12)
        assert cut.lowest.codes == tuple(measures.code_of[place] for place in expected)
        return
    assert cut.plan is not None
    assert cut.lowest is None
    assert cut.plan.codes == tuple(measures.code_of[place] for place in under[0])
    assert cut.plan.risk == pytest.approx(risks[under[0]], abs=1e-9)
    for step in cut.plan.steps:
        rest = tuple(place for place in under[0] if measures.code_of[place] != step.code)
        assert step.risk_without == pytest.approx(risks[rest], abs=1e-9)
    apart = [chosen for chosen in under if not set(under[0]) <= set(chosen)]
    assert (cut.next_best is None) == (not apart)
    if cut.next_best is not None:
        assert cut.next_best.codes == tuple(measures.code_of[place] for place in apart[0])


@few
@given(measured_cases(most_nodes=5, most_measures=5), HELP)
def test_the_cut_and_the_next_best_are_the_cheapest_of_all_sets(
    case: Measured, drawn: tuple[float, list[bool], list[int]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # Few sets are not sifted otherwise, and here all are few.
        patch.setattr(cut_search, "FEW", 0)
        assert_all_sets_agree(case, *drawn)


@pytest.mark.soak
@settings(few, max_examples=300)
@given(measured_cases(most_nodes=7, most_measures=6), HELP)
def test_the_cut_and_the_next_best_are_the_cheapest_of_all_sets_of_six(
    case: Measured, drawn: tuple[float, list[bool], list[int]]
) -> None:
    assert_all_sets_agree(case, *drawn)


@pytest.mark.parametrize(("codes", "level"), [(("E02", "V01"), 0.4), (("H01", "H06"), 0.35), (("M01", "S03"), 0.5)])
def test_the_cut_of_the_vocabulary_is_the_cheapest_of_all_sets_of_what_can_change_it(
    schema: Schema,
    engine: RiskEngine,
    household: Callable[..., Findings],
    offers: Offers,
    codes: tuple[str, ...],
    level: float,
) -> None:
    findings = household(*({"cause": code, "status": "confirmed", "severity": 0.8} for code in codes))
    measures = measures_of_schema(schema, engine.network)
    cut = cut_of(engine, findings, offers(measures), level)
    places = [measures.place_of(code) for code in cut.offered]
    assert len(places) <= 13
    plans = np.zeros((1 << len(places), len(measures)), dtype=np.bool_)
    plans[:, places] = np.arange(len(plans))[:, None] >> np.arange(len(places)) & 1
    risks = engine.plan_risks(findings, measures, np.zeros(len(plans), dtype=np.int64), plans)
    under = plans[risks < level]
    costs = under @ measures.cost_fen
    assert cut.plan is not None
    assert cut.next_best is not None
    assert cut.plan.cost_fen == costs.min()
    apart = ~under[:, [measures.place_of(code) for code in cut.plan.codes]].all(axis=1)
    assert cut.next_best.cost_fen == costs[apart].min()
    # What is not offered changes nothing: all of it together leaves the risk as it is.
    rest = np.array([[code not in cut.offered for code in measures.code_of]])
    assert engine.risk_with(findings, measures, rest)[0] == pytest.approx(cut.risk, abs=1e-12)


@pytest.fixture
def skill(engine: RiskEngine, schema: Schema, household: Callable[..., Findings]) -> tuple[RiskMeasures, Findings]:
    """The household of the decision page, E02 at severity 0.6, and the measures on E02 and K26 alone."""
    return (
        RiskMeasures(
            engine.network,
            [
                RiskMeasure(
                    code, schema.measure(code).target, schema.measure(code).effect, schema.measure(code).cost_fen
                )
                for code in ("B25", "B27", "B28", "B22")
            ],
        ),
        household({"cause": "E02", "status": "confirmed", "severity": 0.6}),
    )


def skill_risk(left: float) -> float:
    """The risk of that household by hand, `left` of its cause and link: all else stays shut but for leaks."""
    leaks = (1 - 0.0059) * (1 - 0.003) * (1 - 0.4 * 0.003) * (1 - 0.0012)
    return float(1 - leaks * (1 - left * (1 - (1 - 0.4) ** 0.6)))


def test_the_cut_of_the_example_by_hand(
    engine: RiskEngine, skill: tuple[RiskMeasures, Findings], offers: Offers
) -> None:
    # Risk = 1 - leaks (1 - left x 0.2640), as in decision 0015; left is what the measures leave of E02 and K26.
    # Cost in yuan, left, risk: B28 500, 0.8, 0.2201 · B27 500, 0.8, 0.2201 · B25 2000, 0.7, 0.1940 · B27+B28 1000,
    # 0.64, 0.1783 · B25+B28 or B25+B27 2500, 0.56, 0.1574 · all 3000, 0.448, 0.1282. Under 0.2: B27+B28 is
    # cheapest, then, without one of the two, B25. B22 acts on K22, which nothing found leads to.
    measures, findings = skill
    cut = cut_of(engine, findings, offers(measures), 0.2)
    assert cut.plan is not None
    assert cut.next_best is not None
    assert (cut.plan.codes, cut.plan.cost_fen) == (("B27", "B28"), 100_000)
    assert cut.plan.risk == pytest.approx(skill_risk(0.64), abs=1e-9)
    assert [step.risk_without for step in cut.plan.steps] == pytest.approx([skill_risk(0.8)] * 2, abs=1e-9)
    assert (cut.next_best.codes, cut.next_best.cost_fen) == (("B25",), 200_000)
    assert cut.next_best.risk == pytest.approx(skill_risk(0.7), abs=1e-9)
    assert cut.not_offered == (NotOffered("B22", "changes_nothing"),)
    assert cut.least_fen == 100_000


def test_measures_that_run_cost_nothing_and_those_not_met_are_not_offered(
    engine: RiskEngine, skill: tuple[RiskMeasures, Findings], offers: Offers
) -> None:
    # B28 runs: 0.2201. Under 0.2 B27 would do, but is not met; so B25, of which nobody knows.
    measures, findings = skill
    cut = cut_of(engine, findings, offers(measures, running=("B28",), not_met=("B27",), unknown=("B25",)), 0.2)
    assert (cut.risk, cut.risk_with_help) == pytest.approx((skill_risk(1.0), skill_risk(0.8)), abs=1e-9)
    assert cut.running == ("B28",)
    assert cut.plan is not None
    assert [(step.code, step.is_unsure) for step in cut.plan.steps] == [("B25", True)]
    assert cut.plan.cost_fen == 200_000
    assert cut.plan.risk == pytest.approx(skill_risk(0.56), abs=1e-9)
    assert cut.next_best is None
    assert [each.reason for each in cut.not_offered] == ["changes_nothing", "prerequisite_not_met", "runs_already"]


def test_a_level_out_of_reach_tells_how_low_the_offered_measures_reach(
    engine: RiskEngine, skill: tuple[RiskMeasures, Findings], offers: Offers
) -> None:
    measures, findings = skill
    cut = cut_of(engine, findings, offers(measures), 0.1)
    assert (cut.is_reachable, cut.plan, cut.next_best) == (False, None, None)
    assert cut.lowest is not None
    assert cut.lowest.codes == ("B25", "B27", "B28")
    assert cut.lowest.risk == pytest.approx(skill_risk(0.448), abs=1e-9)


def test_a_household_under_the_level_needs_nothing(
    engine: RiskEngine, skill: tuple[RiskMeasures, Findings], offers: Offers
) -> None:
    measures, findings = skill
    with_help: Cut = cut_of(engine, findings, offers(measures, running=("B27", "B28")), 0.2)
    assert with_help.plan is not None
    assert (with_help.plan.codes, with_help.plan.cost_fen, with_help.next_best) == ((), 0, None)
    assert with_help.plan.risk == with_help.risk_with_help < 0.2 < with_help.risk


def test_the_order_of_findings_and_measures_changes_nothing(
    network: RiskNetwork, schema: Schema, engine: RiskEngine, offers: Offers
) -> None:
    rows: list[Row] = [{"cause": code, "status": "confirmed", "severity": 0.8} for code in ("H01", "E02", "V01")]
    measures = measures_of_schema(schema, network)
    turned = RiskMeasures(network, measures.measures[::-1])
    cuts = [
        cut_of(engine, findings_of(network, [found]), offers(each), 0.6)
        for found, each in ((rows, measures), (rows[::-1], turned))
    ]
    assert cuts[0].plan is not None
    assert cuts[1].plan is not None
    assert cuts[0].plan.codes == cuts[1].plan.codes
    assert cuts[0].plan.risk == pytest.approx(cuts[1].plan.risk, abs=1e-12)


def test_a_search_that_grows_too_large_says_so_and_what_no_set_costs_less_than(
    schema: Schema,
    engine: RiskEngine,
    household: Callable[..., Findings],
    offers: Offers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    findings = household(*({"cause": code, "status": "confirmed"} for code in ("H03", "E02", "E05")))
    measures = measures_of_schema(schema, engine.network)
    whole = cut_of(engine, findings, offers(measures), 0.3)
    monkeypatch.setattr(cut_search, "MOST_KEPT", 1)
    stopped = cut_of(engine, findings, offers(measures), 0.3)
    assert whole.plan is not None
    assert stopped.plan is not None
    assert whole.is_exact
    assert not stopped.is_exact
    assert 0 < stopped.looked_at < whole.looked_at
    assert 0 < stopped.least_fen <= whole.plan.cost_fen <= stopped.plan.cost_fen
    assert stopped.plan.risk < 0.3


def test_wrong_questions_are_refused(
    network: RiskNetwork, engine: RiskEngine, skill: tuple[RiskMeasures, Findings], offers: Offers
) -> None:
    measures, findings = skill
    offer = offers(measures)
    for level in (0.0, 1.5, float("nan")):
        with pytest.raises(QuestionError) as refused:
            cut_of(engine, findings, offer, level)
        assert refused.value.code == "cut_wrong_level"
    with pytest.raises(QuestionError, match="2 were asked"):
        cut_of(engine, findings_of(network, [[], []]), offer, 0.2)
    with pytest.raises(QuestionError, match="shape"):
        cut_of(engine, findings, HouseholdOffer(measures, offer.running[:2], offer.prerequisites), 0.2)
    many = RiskMeasures(network, [RiskMeasure(f"B{place}", "E02", 0.9, 1) for place in range(63)])
    with pytest.raises(QuestionError, match="at most 62"):
        cut_of(engine, findings, offers(many), 0.2)
