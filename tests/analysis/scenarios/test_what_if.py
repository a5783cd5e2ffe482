"""Effects worked by hand on the small network of conftest.

Before: x 1 - 0.9 x (1 - 0.5 x 0.5) = 0.325 with its help, 1 - 0.9 x 0.5 = 0.55 without; y 0.1; z 1 - 0.9 x 0.6 = 0.46.
"""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import QuestionError
from analysis.scenarios.changes import changes_of
from analysis.scenarios.effects import AreaEffect, Depth, MeasureEffect
from analysis.scenarios.situation import Situation
from analysis.scenarios.what_if import what_if


def test_without_a_change_nothing_is_touched_and_nothing_moves(small: Situation) -> None:
    effects = what_if(small, changes_of(small), level=0.3)
    assert effects.before == pytest.approx([0.325, 0.1, 0.46], abs=1e-12)
    assert effects.before_without_help == pytest.approx([0.55, 0.1, 0.46], abs=1e-12)
    assert effects.after.tolist() == effects.before.tolist()
    assert (effects.touched_count, effects.moved_count, effects.depth) == (0, 0, Depth(0.0, 0.0))
    assert (effects.causes, effects.measures, len(effects.upward), len(effects.downward)) == ((), (), 0, 0)


def test_help_that_is_taken_brings_back_the_risk_it_held_down(small: Situation) -> None:
    effects = what_if(small, changes_of(small, taken=[{"household": "x", "measure": "MA"}]), level=0.5)
    assert effects.after == pytest.approx([0.55, 0.1, 0.46], abs=1e-12)
    # If nothing is done, help that ends changes nothing.
    assert effects.after_without_help.tolist() == effects.before_without_help.tolist()
    assert (effects.upward.tolist(), effects.downward.tolist()) == ([0], [])
    assert effects.measures == (MeasureEffect("MA", 0, 1),)
    assert effects.causes == ()


def test_help_that_is_given_lowers_the_risk(small: Situation) -> None:
    # The link from B is left at 0.4 x 0.25 = 0.1.
    effects = what_if(small, changes_of(small, given=[{"household": "z", "measure": "MB"}]), level=0.2)
    assert effects.after == pytest.approx([0.325, 0.1, 1 - 0.9 * 0.9], abs=1e-12)
    assert (effects.upward.tolist(), effects.downward.tolist()) == ([], [2])
    assert effects.measures == (MeasureEffect("MB", 1, 0),)


def test_a_finding_that_comes_is_counted_by_village_cause_and_state(small: Situation) -> None:
    # B at severity 0.5 acts at 1 - 0.6^0.5; x: 1 - 0.9 x 0.75 x 0.6^0.5, y: 1 - 0.9 x 0.6^0.5.
    rows = [{"household": name, "cause": "B", "severity": 0.5} for name in ("x", "y")]
    effects = what_if(small, changes_of(small, added=rows), level=0.3)
    x, y = 1 - 0.9 * 0.75 * 0.6**0.5, 1 - 0.9 * 0.6**0.5
    assert effects.after == pytest.approx([x, y, 0.46], abs=1e-12)
    assert effects.is_touched.tolist() == [True, True, False]
    assert effects.depth.mean_change == pytest.approx((x - 0.325 + y - 0.1) / 2, abs=1e-12)
    assert effects.depth.largest_change == pytest.approx(y - 0.1, abs=1e-12)
    assert effects.areas == (
        AreaEffect("v1", 2, 2, 2, 1, 0, effects.depth),
        AreaEffect("v2", 1, 0, 0, 0, 0, Depth(0.0, 0.0)),
    )
    assert [(each.cause, each.household_count) for each in effects.causes] == [("B", 2)]
    (state,) = effects.states
    assert (state.state, state.moved_count) == ("S", 2)
    assert (state.mean_before, state.mean_after) == pytest.approx(((0.325 + 0.1) / 2, (x + y) / 2), abs=1e-12)


def test_a_finding_that_ends_leaves_the_base_rate(small: Situation) -> None:
    effects = what_if(small, changes_of(small, closed=[{"household": "z", "cause": "B"}]), level=0.3)
    assert effects.after == pytest.approx([0.325, 0.1, 0.1], abs=1e-12)
    assert effects.downward.tolist() == [2]
    assert effects.depth.largest_change == pytest.approx(-0.36, abs=1e-12)


def test_a_milder_finding_acts_by_its_severity(small: Situation) -> None:
    rows = [{"household": "z", "cause": "B", "severity": 0.5}]
    effects = what_if(small, changes_of(small, severity=rows), level=0.3)
    assert effects.after[2] == pytest.approx(1 - 0.9 * 0.6**0.5, abs=1e-12)
    assert [(each.cause, each.household_count) for each in effects.causes] == [("B", 1)]


def test_a_severity_where_nothing_is_found_touches_nobody(small: Situation) -> None:
    rows = [{"household": "y", "cause": "B", "severity": 0.5}]
    assert what_if(small, changes_of(small, severity=rows), level=0.3).touched_count == 0


def test_a_stronger_link_touches_all_and_moves_those_with_its_cause(small: Situation) -> None:
    effects = what_if(small, changes_of(small, strengths={"KB": 0.8}), level=0.5)
    assert effects.after == pytest.approx([0.325, 0.1, 1 - 0.9 * 0.2], abs=1e-12)
    assert (effects.touched_count, effects.moved_count, effects.upward.tolist()) == (3, 1, [2])


def test_the_strength_that_a_link_has_is_no_change(small: Situation) -> None:
    assert what_if(small, changes_of(small, strengths={"KB": 0.4}), level=0.5).touched_count == 0


def test_what_dampens_raises_the_risk_when_it_ends(small: Situation) -> None:
    dampened = what_if(small, changes_of(small, added=[{"household": "x", "cause": "D"}]), level=0.3)
    # D, confirmed and severe, halves the exponent: A acts at 1 - 0.5^0.5, and half of A is left.
    assert dampened.after[0] == pytest.approx(1 - 0.9 * (1 - 0.5 * (1 - 0.5**0.5)), abs=1e-12)
    assert dampened.after[0] < dampened.before[0]


def test_a_refutation_does_away_with_what_was_confirmed_and_the_other_way_round(small: Situation) -> None:
    away = changes_of(small, added=[{"household": "z", "cause": "B", "status": "refuted"}])
    assert what_if(small, away, level=0.3).after[2] == pytest.approx(0.1, abs=1e-12)


def test_a_level_of_each_household_is_its_own(small: Situation) -> None:
    changes = changes_of(small, taken=[{"household": "x", "measure": "MA"}])
    assert what_if(small, changes, level=np.array([0.6, 0.1, 0.1])).upward.tolist() == []


def test_who_stands_exactly_at_the_level_has_come_to_it(small: Situation) -> None:
    changes = changes_of(small, taken=[{"household": "x", "measure": "MA"}])
    at = float(what_if(small, changes, level=0.5).after[0])
    assert what_if(small, changes, level=at).upward.tolist() == [0]


def test_households_of_an_unknown_area_are_counted_last(small: Situation) -> None:
    moved = Situation(
        small.engine, small.measures, small.household_ids, (None, "v1", None), small.findings, small.running
    )
    assert [(each.area_id, each.household_count) for each in what_if(moved, changes_of(moved), level=0.3).areas] == [
        ("v1", 1),
        (None, 2),
    ]


def test_with_no_household_all_counts_are_nought(empty: Situation) -> None:
    effects = what_if(empty, changes_of(empty, strengths={"KA": 0.9}), level=0.3)
    assert (len(effects.after), effects.touched_count, effects.areas, effects.causes) == (0, 0, (), ())
    assert [(each.state, each.mean_after, each.moved_count) for each in effects.states] == [("S", 0.0, 0)]


@pytest.mark.parametrize("level", [0.0, -0.1, 1.1, float("nan")])
def test_a_level_out_of_range_is_refused(small: Situation, level: float) -> None:
    with pytest.raises(QuestionError) as fault:
        what_if(small, changes_of(small), level=level)
    assert fault.value.code == "scenario_wrong_level"
