"""Which households say something of a link, and why the others do not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from analysis.learning.outcomes import Outcomes
from analysis.learning.rows import EffectRows, rows_of
from analysis.risk.findings import cells_of
from analysis.risk.network import RiskLink, RiskNetwork, RiskNode, checked_network
from tests.analysis.learning.conftest import Household

CAUSES = {"C": "confirmed", "D": "refuted", "E": "refuted", "S": "refuted"}


@pytest.fixture
def rows(branching: RiskNetwork, observed: Callable[..., Outcomes]) -> Callable[..., EffectRows]:
    def of(effect: str, *households: Household, **options: object) -> EffectRows:
        outcomes = observed(branching, households, **options)
        found = rows_of(branching, outcomes, cells_of(branching, outcomes.findings))
        return next(each for each in found if branching.codes[each.effect] == effect)

    return of


def test_a_household_with_all_known_makes_a_row(rows: Callable[..., EffectRows]) -> None:
    found = rows("S", (CAUSES, {"S": 1}), (CAUSES, {"S": 0}), (CAUSES, {"S": 1}))
    # K1 and K2 are learned, K3 is true by definition.
    assert found.exponent.tolist() == [[1.0, 1.0, 0.0]]
    assert found.came.sum() == 2
    assert found.stayed_away.sum() == 1
    assert found.exposed.tolist() == [3, 0]
    assert found.used.tolist() == [3, 0]
    assert found.used_came.tolist() == [2, 0]


@pytest.mark.parametrize(
    ("reason", "statuses", "outcome"),
    [
        ("already", {"S": "confirmed"}, {"S": 1}),
        ("already", {"S": "suspected 0.4"}, {"S": 1}),
        ("outcome_unknown", {}, {}),
        ("definition_active", {"E": "confirmed"}, {"S": 1}),
        ("parent_turned_up", {}, {"S": 1, "D": 1}),
        ("parent_unknown", {"D": "suspected 0.8"}, {"S": 0}),
    ],
)
def test_a_household_in_no_row_is_counted_by_reason(
    rows: Callable[..., EffectRows], reason: str, statuses: dict[str, str], outcome: dict[str, int]
) -> None:
    found = rows("S", (CAUSES | statuses, outcome))
    assert found.households == 0
    assert {name: count for name, count in found.left_out.items() if count} == {reason: 1}
    assert found.dropped[reason].tolist() == [1, 0]


def test_a_cause_of_the_effect_without_a_finding_is_unknown(rows: Callable[..., EffectRows]) -> None:
    found = rows("S", ({"C": "confirmed", "E": "refuted"}, {"S": 1, "D": 0}))
    assert found.left_out["parent_unknown"] == 1


def test_an_effect_that_was_refuted_is_closed_if_a_cause_and_open_if_a_state(rows: Callable[..., EffectRows]) -> None:
    household = (CAUSES | {"M": "refuted"}, {"S": 0, "M": 1})
    assert rows("S", household).households == 1
    closed = rows("M", household)
    assert closed.left_out["closed"] == 1
    assert (closed.closed_known, closed.closed_came) == (1, 1)


@pytest.mark.parametrize(("helped", "left_out"), [("S", 1), ("K2", 1), ("C", 1), ("D", 0), ("M", 0), ("K4", 0)])
def test_help_on_the_effect_a_link_into_it_or_an_active_cause_leaves_the_household_out(
    rows: Callable[..., EffectRows], helped: str, left_out: int
) -> None:
    found = rows("S", (CAUSES, {"S": 1}), helped={0: [helped]})
    assert found.left_out["measure_running"] == left_out
    assert found.households == 1 - left_out


def test_help_on_a_cause_that_amplifies_leaves_the_household_out(
    branching: RiskNetwork, rows: Callable[..., EffectRows]
) -> None:
    found = rows("S", (CAUSES | {"D": "confirmed"}, {"S": 1}), helped={0: ["D"]})
    assert found.left_out["measure_running"] == 1


def test_severity_and_amplifiers_stand_in_the_exponent(rows: Callable[..., EffectRows]) -> None:
    # x of K1 = 0.6 (1 + (2 - 1) x 1 x 0.8), x of K2 = 0.8
    found = rows("S", (CAUSES | {"C": "confirmed 0.6", "D": "confirmed 0.8"}, {"S": 1}))
    assert found.exponent == pytest.approx(np.array([[1.0, 0.6 * 1.8, 0.8]]), abs=1e-12)


def test_a_state_before_an_effect_must_be_seen_not_to_have_come(observed: Callable[..., Outcomes]) -> None:
    nodes = [RiskNode("S1", is_state=True), RiskNode("S2", is_state=True)]
    network = checked_network(nodes, [RiskLink("K1", "S1", "S2", 0.4)])
    start = {"S1": "refuted", "S2": "refuted"}
    outcomes = observed(network, [(start, {"S2": 0}), (start, {"S2": 0, "S1": 0})])
    found = rows_of(network, outcomes, cells_of(network, outcomes.findings))[0]
    assert found.households == 1
    assert found.left_out["parent_unknown"] == 1


def test_the_two_halves_are_the_even_and_the_odd_households(rows: Callable[..., EffectRows]) -> None:
    found = rows("S", (CAUSES, {"S": 1}), (CAUSES, {"S": 0}), (CAUSES, {"S": 1}))
    assert found.came.sum(axis=1).tolist() == [2, 0]
    assert found.stayed_away.sum(axis=1).tolist() == [0, 1]
