"""The report on small areas whose answers can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from analysis.errors import QuestionError
from analysis.learning.learn import learn
from analysis.learning.likelihood import RESIDUAL_LIMIT
from analysis.learning.outcomes import Outcomes
from analysis.learning.report import LearningReport, LearningRules, Verdict
from analysis.risk.findings import Findings
from analysis.risk.network import RiskNetwork
from tests.analysis.learning.conftest import Household
from tests.analysis.learning.simulator import county


def exposed(came: int, stayed_away: int) -> list[Household]:
    start = {"C": "confirmed", "S": "refuted"}
    return [(start, {"S": 1})] * came + [(start, {"S": 0})] * stayed_away


def unexposed(came: int, stayed_away: int) -> list[Household]:
    start = {"C": "refuted", "S": "refuted"}
    return [(start, {"S": 1})] * came + [(start, {"S": 0})] * stayed_away


@pytest.fixture
def report(one_cause: RiskNetwork, observed: Callable[..., Outcomes]) -> Callable[[list[Household]], LearningReport]:
    return lambda households: learn(one_cause, observed(one_cause, households))


def test_one_cause_and_no_leak_give_the_share_with_the_imagined_households(
    report: Callable[[list[Household]], LearningReport],
) -> None:
    link = report(exposed(30, 70) + unexposed(0, 200)).link("K1")
    assert link.strength == pytest.approx((30 + 1.6) / 104, abs=1e-8)
    assert link.data_strength == pytest.approx(0.3, abs=1e-8)
    assert link.data_share == pytest.approx(100 / 104, abs=1e-6)
    assert link.by_prior == pytest.approx({m: (30 + 0.4 * m) / (100 + m) for m in (2.0, 4.0, 8.0)}, abs=1e-8)
    assert (link.exposed, link.used, link.used_came) == (100, 100, 30)
    # The ends that docs/learning-strengths.md works out.
    assert (link.data_low, link.data_high) == pytest.approx((0.2160, 0.3941), abs=5e-5)
    assert (link.low, link.high) == pytest.approx((0.2210, 0.3963), abs=5e-5)


def test_with_a_leak_the_data_alone_give_what_the_two_groups_say(
    report: Callable[[list[Household]], LearningReport],
) -> None:
    # 10 of 100 without the cause; 46 of 100 with it: 1 - 0.54 / 0.9 = 0.4.
    found = report(exposed(46, 54) + unexposed(10, 90))
    assert found.link("K1").data_strength == pytest.approx(0.4, abs=1e-8)
    assert (found.link("K1").data_low, found.link("K1").data_high) == pytest.approx((0.282, 0.513), abs=5e-4)
    assert found.effects[0].leak == pytest.approx(0.1, abs=1e-8)
    assert found.residual <= RESIDUAL_LIMIT


@pytest.mark.parametrize(
    ("households", "verdict"),
    [
        (exposed(40, 60) + unexposed(2, 198), Verdict.SUPPORTED),
        (exposed(20, 180) + unexposed(2, 198), Verdict.CONTRADICTED),
        (exposed(2, 198) + unexposed(2, 198), Verdict.CONTRADICTED),
        (exposed(5, 15) + unexposed(10, 90), Verdict.NONE),
        (exposed(10, 9) + unexposed(2, 198), Verdict.TOO_FEW),
        (exposed(10, 10) + unexposed(2, 198), Verdict.SUPPORTED),
        ([({"C": "confirmed", "S": "refuted"}, {})] * 20, Verdict.NOT_SEEN),
        ([({"C": "confirmed", "S": "refuted"}, {})] * 19, Verdict.TOO_FEW),
    ],
)
def test_the_verdict_follows_from_the_interval_of_the_data(
    report: Callable[[list[Household]], LearningReport], households: list[Household], verdict: Verdict
) -> None:
    assert report(households).link("K1").verdict is verdict


def test_the_band_of_a_strength_begins_halfway_to_the_next_lower_one() -> None:
    rules = LearningRules()
    bands = {strength: rules.band_low(strength) for strength in (0.6, 0.4, 0.2, 0.06)}
    assert bands == {0.6: 0.5, 0.4: 0.3, 0.2: 0.1, 0.06: 0.03}


def test_links_by_definition_slow_and_feedback_links_are_not_learned(
    branching: RiskNetwork, observed: Callable[..., Outcomes]
) -> None:
    found = learn(branching, observed(branching, []))
    verdicts = {link.link_id: link.verdict for link in found.links}
    assert verdicts == {
        "K1": Verdict.TOO_FEW,
        "K2": Verdict.TOO_FEW,
        "K3": Verdict.DEFINITION,
        "K4": Verdict.TOO_FEW,
        "K5": Verdict.NOT_LEARNED,
        "K6": Verdict.NOT_LEARNED,
    }


@pytest.mark.parametrize("households", [0, 5])
def test_without_outcomes_every_link_has_too_few_and_the_expert_stays(vocabulary: RiskNetwork, households: int) -> None:
    nothing = np.zeros(0, dtype=np.int64)
    findings = Findings(households, nothing, nothing, nothing, np.zeros(0), np.zeros(0))
    outcome = np.full((households, len(vocabulary.nodes)), -1, dtype=np.int8)
    found = learn(vocabulary, Outcomes(findings, outcome))
    learnable = {link.link_id: link.strength for link in vocabulary.links if link.strength < 1}
    assert found.is_empty
    assert found.held_out is None
    assert {link.link_id for link in found.links if link.verdict is Verdict.TOO_FEW} == set(learnable)
    assert {link.link_id: link.strength for link in found.links if link.strength} == pytest.approx(learnable, abs=1e-8)
    assert not any(link.data_share for link in found.links)


def test_p_values_are_adjusted_for_all_links_by_holm(branching: RiskNetwork, observed: Callable[..., Outcomes]) -> None:
    start = {"C": "refuted", "D": "refuted", "E": "refuted", "S": "refuted"}
    households = [(start, {"S": 0, "M": 0})] * 60 + [(start, {"S": 1, "M": 1})] * 6
    for code, came in (("C", 25), ("D", 12)):
        households += [(start | {code: "confirmed"}, {"S": 1, "M": 1})] * came
        households += [(start | {code: "confirmed"}, {"S": 0, "M": 0})] * (50 - came)
    tested = sorted(learn(branching, observed(branching, households)).tested, key=lambda link: link.p_value or 0)
    plain = [link.p_value or 0 for link in tested]
    assert len(tested) == 3
    adjusted = [3 * plain[0], max(3 * plain[0], 2 * plain[1]), max(3 * plain[0], 2 * plain[1], plain[2])]
    assert [link.adjusted_p_value for link in tested] == pytest.approx(adjusted, rel=1e-12)


def test_the_base_rate_counts_households_without_findings_or_help(
    one_cause: RiskNetwork, observed: Callable[..., Outcomes]
) -> None:
    households = exposed(5, 5) + unexposed(3, 17) + [({}, {"S": 1}), ({}, {}), ({"C": "suspected 0.2"}, {"S": 1})]
    base = learn(one_cause, observed(one_cause, households, helped={10: ["C"]})).base_rate
    assert base is not None
    # 20 with the cause refuted and one without findings, less the one with help, to whom the state came.
    assert (base.households, base.came, base.target) == (20, 3, "S")
    assert base.expert == pytest.approx(0.01, abs=1e-12)
    # Clopper-Pearson limits of 3 of 20, from published tables.
    assert (base.low, base.high) == pytest.approx((0.0321, 0.3789), abs=5e-5)


def test_the_order_of_findings_changes_nothing(branching: RiskNetwork) -> None:
    rng = np.random.default_rng(5)
    outcomes = county(branching, 3000, rng).outcomes
    found = outcomes.findings
    order = rng.permutation(len(found.household))
    mixed = replace(
        found,
        **{name: getattr(found, name)[order] for name in ("household", "cause", "status", "confidence", "severity")},
    )
    assert learn(branching, replace(outcomes, findings=mixed)) == learn(branching, outcomes)


def test_learned_strengths_predict_the_other_half_better_than_wrong_ones(
    county_report: LearningReport,
) -> None:
    held = county_report.held_out
    assert held is not None
    assert held.gain == pytest.approx(held.expert_loss - held.learned_loss, abs=1e-12)
    assert held.gain > 3 * held.gain_error > 0
    assert sum(bin_.households for bin_ in held.bins) == held.predictions
    top = held.bins[-1]
    assert abs(top.observed - top.predicted) < 4 * (top.predicted * (1 - top.predicted) / top.households) ** 0.5


@pytest.mark.parametrize("name", ["outcome", "running", "value", "target"])
def test_arrays_that_do_not_fit_are_refused(
    one_cause: RiskNetwork, observed: Callable[..., Outcomes], name: str
) -> None:
    outcomes = observed(one_cause, exposed(1, 1))
    wrong = {
        "outcome": replace(outcomes, outcome=outcomes.outcome[:, :1]),
        "running": replace(outcomes, running=np.zeros((1, 1), dtype=np.bool_)),
        "value": replace(outcomes, outcome=outcomes.outcome + np.int8(4)),
        "target": outcomes,
    }[name]
    code = {"value": "learning_wrong_outcome", "target": "learning_target_no_state"}.get(name, "learning_wrong_shape")
    with pytest.raises(QuestionError) as caught:
        learn(one_cause, wrong, target="C" if name == "target" else None)
    assert caught.value.code == code


def test_a_link_that_is_not_there_is_refused(report: Callable[[list[Household]], LearningReport]) -> None:
    with pytest.raises(QuestionError):
        report([]).link("K9")
