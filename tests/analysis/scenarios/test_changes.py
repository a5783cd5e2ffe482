"""Changes are checked, and the later word on a cause holds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from analysis.errors import QuestionError
from analysis.risk.findings import findings_of
from analysis.scenarios.changes import Pairs, changed, changes_of, pairs_of
from analysis.scenarios.situation import Situation
from analysis.scenarios.what_if import what_if

Build = Callable[[Situation], object]

WRONG: list[tuple[str, Build]] = [
    ("scenario_unknown_household", lambda each: changes_of(each, closed=[{"household": "w", "cause": "A"}])),
    ("risk_unknown_code", lambda each: changes_of(each, added=[{"household": "x", "cause": "Z"}])),
    ("risk_unknown_status", lambda each: changes_of(each, added=[{"household": "x", "cause": "A", "status": "seen"}])),
    ("risk_measure_unknown", lambda each: changes_of(each, given=[{"household": "x", "measure": "MZ"}])),
    ("scenario_unknown_link", lambda each: changes_of(each, strengths={"KZ": 0.5})),
    ("risk_wrong_strength", lambda each: changes_of(each, strengths={"KA": 0.0})),
    ("risk_wrong_strength", lambda each: changes_of(each, strengths={"KA": 1.5})),
    (
        "scenario_share_out_of_range",
        lambda each: changes_of(each, added=[{"household": "x", "cause": "A", "severity": 0}]),
    ),
    (
        "scenario_share_out_of_range",
        lambda each: changes_of(each, added=[{"household": "x", "cause": "A", "confidence": 1.2}]),
    ),
    ("scenario_share_out_of_range", lambda each: changes_of(each, severity=[{"household": "x", "cause": "A"}])),
    ("scenario_wrong_shapes", lambda _: Pairs(np.zeros(2, dtype=np.int64), np.zeros(1, dtype=np.int64))),
    (
        "scenario_wrong_shapes",
        lambda each: Situation(each.engine, each.measures, ("x",), ("v1",), each.findings, each.running),
    ),
    (
        "scenario_wrong_shapes",
        lambda each: Situation(
            each.engine, each.measures, ("x", "x", "z"), ("v1", "v1", "v2"), each.findings, each.running
        ),
    ),
]


@pytest.mark.parametrize(("code", "build"), WRONG)
def test_what_cannot_be_is_refused(small: Situation, code: str, build: Build) -> None:
    with pytest.raises(QuestionError) as fault:
        build(small)
    assert fault.value.code == code
    for language in ("en", "zh"):
        assert fault.value.what(language)
        assert fault.value.remedy(language)


def test_a_cause_that_comes_both_confirmed_and_refuted_is_refused(small: Situation) -> None:
    rows = [{"household": "y", "cause": "B", "status": status} for status in ("confirmed", "refuted")]
    changes = changes_of(small, added=rows)
    with pytest.raises(QuestionError) as fault:
        what_if(small, changes, level=0.3)
    assert fault.value.code == "risk_confirmed_and_refuted"


def test_what_is_confirmed_does_away_with_a_refutation_of_today(small: Situation) -> None:
    found = findings_of(small.engine.network, [[{"cause": "B", "status": "refuted"}], [], []])
    today = Situation(small.engine, small.measures, small.household_ids, small.area_ids, found, small.running)
    effects = what_if(today, changes_of(today, added=[{"household": "x", "cause": "B"}]), level=0.3)
    assert effects.after[0] == pytest.approx(1 - 0.9 * 0.6, abs=1e-12)


def test_pairs_are_kept_once_and_sorted() -> None:
    pairs = pairs_of([(2, 1), (0, 3), (2, 1)])
    assert (pairs.household.tolist(), pairs.other.tolist()) == ([0, 2], [3, 1])


def test_the_situation_of_today_is_left_as_it_is(small: Situation) -> None:
    before = small.running.copy()
    after = changed(small, changes_of(small, taken=[{"household": "x", "measure": "MA"}]))
    assert (small.running == before).all()
    assert not after.running.any()


def test_some_households_alone_keep_their_own_findings(small: Situation) -> None:
    some = small.only(np.array([2, 0]))
    assert some.household_ids == ("z", "x")
    assert some.risk() == pytest.approx([0.46, 0.325], abs=1e-12)
