"""Why a risk changed: parts worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from analysis.errors import QuestionError
from analysis.risk.change import RiskChange, change_of
from analysis.risk.change_states import Change, RiskMoment
from analysis.risk.kept_parts import KeptFinding, KeptParts
from analysis.risk.measures import RiskMeasure, RiskMeasures
from analysis.risk.network import RiskLink, RiskNetwork, RiskNode, checked_network
from tests.analysis.risk.drawn import RULE

# The other ways to O06 stay shut: decision 0015, "Worked by hand".
OTHERS_SHUT = 0.997 * (1 - 0.4 * 0.003) * 0.9988
# With nothing found; with E02 (severity 0.6, K26 of 0.4), suspected or confirmed; with S03 (K71 of 0.6); with both.
NOTHING = 1 - 0.9941 * OTHERS_SHUT
E02_SUSPECTED = 1 - 0.9941 * (1 - 0.6 * (1 - 0.6**0.6)) * OTHERS_SHUT
E02 = 1 - 0.9941 * 0.6**0.6 * OTHERS_SHUT
S03 = 1 - 0.9941 * 0.4 * OTHERS_SHUT
BOTH = 1 - 0.9941 * 0.6**0.6 * 0.4 * OTHERS_SHUT


def confirmed(cause: str, severity: float = 1.0) -> KeptFinding:
    return KeptFinding(cause, "confirmed", 1.0, severity)


def suspected(cause: str, confidence: float, severity: float = 1.0) -> KeptFinding:
    return KeptFinding(cause, "suspected", confidence, severity)


def moment(
    network: RiskNetwork, *findings: KeptFinding, running: Sequence[str] = (), version: str = "v1"
) -> RiskMoment:
    return RiskMoment(network, version, KeptParts(tuple(findings), (), tuple(running)))


def two_causes(to_a: float = 0.5, to_b: float | None = 0.4, leak: float = 0.0) -> RiskNetwork:
    """A and B lead to S; with `to_b` None only A does."""
    nodes = [RiskNode("A"), *([RiskNode("B")] if to_b else []), RiskNode("S", risk_leak=leak, is_state=True)]
    links = [RiskLink("KA", "A", "S", to_a), *([RiskLink("KB", "B", "S", to_b)] if to_b else [])]
    return checked_network(nodes, links)


def shares(change: RiskChange) -> dict[tuple[str, str], float]:
    return {(part.changes[0].kind, part.changes[0].what): part.share for part in change.parts}


def test_a_new_finding_adds_what_risk_rose_by(network: RiskNetwork) -> None:
    change = change_of(moment(network, confirmed("E02", 0.6)), moment(network, confirmed("E02", 0.6), confirmed("S03")))

    assert (change.then, change.now) == pytest.approx((E02, BOTH), abs=1e-9)
    assert shares(change) == pytest.approx({("finding", "S03"): BOTH - E02}, abs=1e-9)
    assert change.parts[0].changes == (Change("finding", "S03", "added", None, "confirmed 1 1"),)


def test_two_new_findings_share_the_rise_as_their_attribution_says(network: RiskNetwork) -> None:
    change = change_of(moment(network), moment(network, confirmed("E02", 0.6), confirmed("S03")))

    assert shares(change) == pytest.approx(
        {
            ("finding", "S03"): ((S03 - NOTHING) + (BOTH - E02)) / 2,
            ("finding", "E02"): ((E02 - NOTHING) + (BOTH - S03)) / 2,
        },
        abs=1e-9,
    )
    # The largest comes first.
    assert [part.changes[0].what for part in change.parts] == ["S03", "E02"]


def test_a_suspicion_that_was_confirmed_is_one_change(network: RiskNetwork) -> None:
    change = change_of(moment(network, suspected("E02", 0.6, 0.6)), moment(network, confirmed("E02", 0.6)))

    assert change.parts[0].changes == (Change("finding", "E02", "changed", "suspected 0.6 0.6", "confirmed 1 0.6"),)
    assert change.parts[0].share == pytest.approx(E02 - E02_SUSPECTED, abs=1e-9)


def test_a_finding_that_ended_lowers_the_risk(network: RiskNetwork) -> None:
    change = change_of(moment(network, confirmed("E02", 0.6)), moment(network))

    assert change.parts[0].changes[0].how == "ended"
    assert change.parts[0].share == pytest.approx(NOTHING - E02, abs=1e-9)


def test_a_strength_that_was_learned_is_a_change_of_the_network(network: RiskNetwork) -> None:
    links = [*network.links, *network.slow_links, *network.feedback_links]
    learned = checked_network(
        network.nodes, [replace(link, strength=0.6) if link.link_id == "K26" else link for link in links]
    )
    own = confirmed("E02", 0.6)
    change = change_of(moment(network, own), moment(learned, own, version="350624-2026"))

    assert (change.then_version, change.now_version) == ("v1", "350624-2026")
    assert change.parts[0].changes == (Change("strength", "K26", "changed", "0.4", "0.6"),)
    assert change.now == pytest.approx(1 - 0.9941 * 0.4**0.6 * OTHERS_SHUT, abs=1e-9)
    assert change.parts[0].share == pytest.approx(change.now - change.then, abs=1e-12)


def test_a_strength_and_a_finding_share_what_they_do_together() -> None:
    change = change_of(
        moment(two_causes(), confirmed("A")), moment(two_causes(to_a=0.8), confirmed("A"), confirmed("B"))
    )

    # Alone the strength adds 0.3, B 0.2; after the other 0.18 and 0.08.
    assert (change.then, change.now) == pytest.approx((0.5, 0.88))
    assert shares(change) == pytest.approx({("strength", "KA"): 0.24, ("finding", "B"): 0.14})


def test_a_strength_that_nothing_can_set_off_is_left_out() -> None:
    change = change_of(moment(two_causes(), confirmed("A")), moment(two_causes(to_b=0.9), confirmed("A")))

    assert change.parts == ()


def test_a_leak_that_changed_is_told() -> None:
    change = change_of(moment(two_causes(), confirmed("A")), moment(two_causes(leak=0.1), confirmed("A")))

    # 1 - 0.5 x 0.9.
    assert shares(change) == pytest.approx({("leak", "S"): 0.05})


def test_a_new_link_and_the_finding_that_needs_it_share_alike() -> None:
    change = change_of(
        moment(two_causes(to_b=None), confirmed("A")), moment(two_causes(), confirmed("A"), confirmed("B"))
    )

    assert shares(change) == pytest.approx({("structure", ""): 0.1, ("finding", "B"): 0.1})


def test_what_came_by_a_threshold_alone_is_policy_where_that_is_told() -> None:
    then, now = moment(two_causes(), confirmed("A")), moment(two_causes(), confirmed("A"), confirmed("B"))

    assert shares(change_of(then, now, by_policy=["B"])) == pytest.approx({("policy", "B"): 0.2})
    assert shares(change_of(then, now)) == pytest.approx({("finding", "B"): 0.2})


def test_help_counts_only_in_the_risk_with_help() -> None:
    network = two_causes()
    measures = RiskMeasures(network, [RiskMeasure("B1", "A", 0.5, 100), RiskMeasure("B2", "KA", 0.5, 100)])
    then, now = moment(network, confirmed("A"), running=["B1"]), moment(network, confirmed("A"), running=["B2"])

    assert change_of(then, now).parts == ()
    helped = change_of(then, now, counts_help=measures)
    # B1 halves the cause, B2 the link: 0.25 with either, 0.125 with both, 0.5 with none.
    assert (helped.then, helped.now) == pytest.approx((0.25, 0.25))
    assert shares(helped) == pytest.approx({("help", "B1"): 0.1875, ("help", "B2"): -0.1875})


def test_a_rule_on_a_property_that_came_to_hold_is_a_change(network: RiskNetwork) -> None:
    own = (confirmed("V01", 0.6),)
    then = RiskMoment(network, "v1", KeptParts(own))
    now = RiskMoment(network, "v1", KeptParts(own, ("Household.migrant_worker_count >= 1",)))
    change = change_of(then, now)

    # K57 of strength s, exponent 0.6, then 0.6 x 0.7: somebody earns elsewhere.
    strength = next(link.strength for link in network.links if link.link_id == "K57")
    ratio = (1 - change.now) / (1 - change.then)
    assert change.parts[0].changes == (
        Change("property", "Household.migrant_worker_count >= 1", "added", None, "Household.migrant_worker_count >= 1"),
    )
    assert change.parts[0].share < 0
    assert 1 < ratio <= (1 - strength) ** (0.6 * 0.7 - 0.6) + 1e-9


def many_causes(count: int, strength: float) -> RiskNetwork:
    nodes = [*(RiskNode(f"A{place:02}") for place in range(count)), RiskNode("S", is_state=True)]
    return checked_network(nodes, [RiskLink(f"K{place:02}", f"A{place:02}", "S", strength) for place in range(count)])


def test_too_many_changes_are_told_by_kind_and_still_sum() -> None:
    network = many_causes(20, 0.1)
    then = moment(network, *(confirmed(f"A{place:02}") for place in range(3)))
    now = moment(network, *(confirmed(f"A{place:02}") for place in range(1, 20)))
    change = change_of(then, now)

    assert change.is_grouped
    assert [(part.changes[0].how, len(part.changes)) for part in change.parts] == [("added", 17), ("ended", 1)]
    assert (change.then, change.now) == pytest.approx((1 - 0.9**3, 1 - 0.9**19))
    assert sum(part.share for part in change.parts) == pytest.approx(change.now - change.then)


def test_too_many_changes_of_the_network_become_one_part_first() -> None:
    old, new = many_causes(12, 0.1), many_causes(12, 0.2)
    then = moment(old, *(confirmed(f"A{place:02}") for place in range(8)))
    now = moment(new, *(confirmed(f"A{place:02}") for place in range(12)))
    change = change_of(then, now)

    # 12 strengths and 4 findings are 16 changes.
    assert sorted(len(part.changes) for part in change.parts) == [1, 1, 1, 1, 12]
    assert sum(part.share for part in change.parts) == pytest.approx(0.9**8 - 0.8**12)


def test_fourteen_changes_are_told_apart() -> None:
    network = many_causes(14, 0.1)
    change = change_of(moment(network), moment(network, *(confirmed(f"A{place:02}") for place in range(14))))

    # All alike, so each takes a fourteenth.
    assert not change.is_grouped
    assert [part.share for part in change.parts] == pytest.approx([(1 - 0.9**14) / 14] * 14)


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (moment(two_causes(), confirmed("Z")), "risk_unknown_code"),
        (RiskMoment(two_causes(), "v1", KeptParts(rules=(RULE,))), "risk_unknown_rule"),
        (moment(two_causes(), KeptFinding("A", "certain", 1.0, 1.0)), "risk_unknown_status"),
        (moment(two_causes(), KeptFinding("A", "suspected", 2.0, 1.0)), "risk_wrong_share"),
    ],
)
def test_what_the_network_does_not_know_is_refused(now: RiskMoment, code: str) -> None:
    with pytest.raises(QuestionError) as caught:
        change_of(moment(two_causes()), now)
    assert caught.value.code == code


def test_help_by_an_unknown_measure_and_an_unknown_target_are_refused() -> None:
    network = two_causes()
    then, now = moment(network), moment(network, running=["B9"])
    with pytest.raises(QuestionError, match="B9"):
        change_of(then, now, counts_help=RiskMeasures(network, []))
    with pytest.raises(QuestionError, match="Z"):
        change_of(then, then, target="Z")
