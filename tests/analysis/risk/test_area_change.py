"""Why an area's returns changed, split into kinds: by hand, and against the split of single households."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.risk.area_change import KINDS, ChangedKind, KindChanges, ManyMoments, kind_changes
from analysis.risk.change import change_of
from analysis.risk.change_states import RiskMoment
from analysis.risk.engine import RiskEngine
from analysis.risk.kept_parts import KeptFinding, KeptParts
from analysis.risk.measures import RiskMeasure
from analysis.risk.network import RiskLink, RiskNetwork, RiskNode, checked_network


def network(strength: float) -> RiskNetwork:
    return checked_network(
        [RiskNode("A"), RiskNode("B"), RiskNode("S", is_state=True)],
        [RiskLink("K1", "A", "S", strength), RiskLink("K2", "B", "S", 0.4)],
    )


MARCH, MAY = network(0.5), network(0.8)
MEASURES = [RiskMeasure("M1", "A", 0.4, 100), RiskMeasure("M9", "Z", 0.0, 100)]


def parts(*codes: str, running: tuple[str, ...] = ()) -> KeptParts:
    return KeptParts(tuple(KeptFinding(code, "confirmed", 1.0, 1.0) for code in codes), running=running)


def changes(
    then: list[KeptParts], now: list[KeptParts], before: RiskNetwork = MARCH, after: RiskNetwork = MAY
) -> KindChanges:
    return kind_changes(ManyMoments(RiskEngine(before), then), ManyMoments(RiskEngine(after), now), MEASURES)


def of_kind(values: np.ndarray, kind: ChangedKind) -> float:
    return float(values[[*KINDS].index(kind)])


def test_two_kinds_share_what_they_do_together() -> None:
    # Decision 19, worked by hand there: A from 0.5 to 0.8 and a finding of B take the risk from 0.5 to 0.88. The second
    # household has A alone, so there the strength does all: 0.3.
    found = changes([parts("A"), parts("A")], [parts("A", "B"), parts("A")])
    assert of_kind(found.returns, "network") == pytest.approx(0.24 + 0.3)
    assert of_kind(found.returns, "finding") == pytest.approx(0.14)
    assert found.returns.sum() == pytest.approx((0.88 - 0.5) + 0.3)
    assert found.households.tolist() == [1, 0, 2, 0]


def test_help_counts_only_in_the_returns_with_help() -> None:
    # M1 leaves 0.4 of A: its risk falls from 0.5 to 0.2.
    found = changes([parts("A")], [parts("A", running=("M1",))], MARCH, MARCH)
    assert found.returns.tolist() == [0.0, 0.0, 0.0, 0.0]
    assert of_kind(found.helped_returns, "help") == pytest.approx(-0.3)
    assert found.households.tolist() == [0, 0, 0, 1]


def test_where_one_kind_changed_it_is_the_sum_of_the_households_own_splits() -> None:
    then, now = [parts("A"), parts(), parts("B")], [parts("B"), parts("A", "B"), parts("B")]
    single = [change_of(RiskMoment(MARCH, "1", a), RiskMoment(MARCH, "1", b)) for a, b in zip(then, now, strict=True)]
    found = changes(then, now, MARCH, MARCH)
    assert of_kind(found.returns, "finding") == pytest.approx(sum(each.now - each.then for each in single))


def test_what_the_other_network_does_not_know_acts_on_nothing_there() -> None:
    smaller = checked_network([RiskNode("B"), RiskNode("S", is_state=True)], [RiskLink("K2", "B", "S", 0.4)])
    found = changes([parts("B")], [parts("A", "B")], smaller, MARCH)
    # A is known in the new network alone, so only both together raise the risk: by 0.5 x 0.6, shared evenly.
    assert of_kind(found.returns, "finding") == pytest.approx(0.15)
    assert of_kind(found.returns, "network") == pytest.approx(0.15)


def test_nobody_and_nothing_changed_is_no_change() -> None:
    assert changes([], []).returns.tolist() == [0.0] * len(KINDS)
    found = changes([parts("A", running=("M1",))], [parts("A", running=("M1",))], MARCH, MARCH)
    assert (found.returns.tolist(), found.helped_returns.tolist()) == ([0.0] * len(KINDS), [0.0] * len(KINDS))
