"""One answer per household and cause, worked out by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from loaders.finding_frame import finding_frame
from loaders.reconcile import reconcile
from tests.loaders.graph.written_facts import DAY, plain

JANUARY, MARCH, MAY, JUNE = (date(2025, month, 1) for month in (1, 3, 5, 6))
Answer = dict[str, object]


def finding(status: str, onset_on: date, confidence: float = 0.6, **values: object) -> dict[str, object]:
    given = {"household_id": "h1", "cause_id": "H01", "severity": 0.6, "feed": "village", "rule_id": "I29-H01"}
    return {**given, "status": status, "onset_on": onset_on, "confidence": confidence, **values}


def answers(*findings: dict[str, object], refuting: tuple[str, ...] = ("by-visit",)) -> list[Answer]:
    found = reconcile(finding_frame(pd.DataFrame(list(findings))), day=DAY, refuting=refuting)
    return [{str(name): plain(cell) for name, cell in row.items()} for row in found.to_dict("records")]


def answer(*findings: dict[str, object], refuting: tuple[str, ...] = ("by-visit",)) -> Answer:
    (only,) = answers(*findings, refuting=refuting)
    return only


def refutation(onset_on: date, **values: object) -> dict[str, object]:
    return finding("refuted", onset_on, 0.8, feed="visit", finding_id="by-visit", **values)


def test_one_suspicion_keeps_its_confidence() -> None:
    assert answer(finding("suspected", JANUARY, 0.2)) == {
        "household_id": "h1",
        "cause_id": "H01",
        "status": "suspected",
        "severity": 0.6,
        "confidence": 0.2,
        "onset_on": JANUARY,
        "ended_on": None,
    }


def test_suspicions_join_as_one_less_the_product_of_the_doubts() -> None:
    # 1 - (1 - 0.6) (1 - 0.4) = 1 - 0.24
    both = answer(finding("suspected", JANUARY, 0.6), finding("suspected", MARCH, 0.4))
    assert both["confidence"] == pytest.approx(0.76)


def test_one_open_confirmed_finding_confirms() -> None:
    held = answer(finding("suspected", JANUARY, 0.6), finding("confirmed", MARCH, 1.0))
    assert (held["status"], held["confidence"]) == ("confirmed", 1.0)


def test_a_confirmed_finding_that_has_ended_no_longer_confirms() -> None:
    held = answer(finding("suspected", MARCH, 0.6), finding("confirmed", JANUARY, 1.0, ended_on=MARCH))
    assert (held["status"], held["confidence"], held["onset_on"]) == ("suspected", 0.6, MARCH)


def test_severity_is_the_largest_and_the_onset_the_earliest() -> None:
    held = answer(
        finding("suspected", JANUARY, severity=0.4),
        finding("suspected", MARCH, severity=0.8),
    )
    assert (held["severity"], held["onset_on"]) == (0.8, JANUARY)


def test_a_finding_ends_when_all_have_ended_on_the_last_of_their_ends() -> None:
    held = answer(
        finding("suspected", JANUARY, ended_on=MARCH),
        finding("confirmed", JANUARY, 1.0, ended_on=MAY),
    )
    assert (held["status"], held["ended_on"]) == ("confirmed", MAY)


def test_a_finding_is_over_on_the_day_it_ends() -> None:
    assert answer(finding("suspected", JANUARY, ended_on=DAY))["ended_on"] == DAY


def test_an_end_still_to_come_leaves_it_open() -> None:
    assert answer(finding("suspected", JANUARY, ended_on=date(2025, 7, 1)))["ended_on"] is None


def test_what_has_not_begun_is_not_held() -> None:
    assert answers(finding("suspected", date(2025, 7, 1))) == []


def test_a_visit_after_the_newest_positive_finding_refutes_it() -> None:
    held = answer(finding("suspected", JANUARY), refutation(MARCH))
    assert (held["status"], held["confidence"], held["ended_on"]) == ("refuted", 0.8, None)


def test_a_refuted_pair_keeps_the_largest_severity_and_the_earliest_onset() -> None:
    held = answer(finding("suspected", JANUARY, severity=0.8), refutation(MARCH, severity=0.2))
    assert (held["severity"], held["onset_on"]) == (0.8, JANUARY)


def test_a_positive_finding_after_the_visit_stands() -> None:
    held = answer(finding("suspected", JANUARY, 0.6), refutation(MARCH), finding("suspected", MAY, 0.4))
    assert (held["status"], held["confidence"]) == ("suspected", pytest.approx(0.76))


def test_a_visit_of_the_same_day_does_not_refute() -> None:
    assert answer(finding("suspected", MARCH), refutation(MARCH))["status"] == "suspected"


def test_who_neither_visits_nor_assesses_does_not_refute() -> None:
    other = finding("refuted", MARCH, finding_id="by-village")
    assert answer(finding("suspected", JANUARY), other)["status"] == "suspected"


def test_a_refutation_that_has_ended_refutes_no_longer() -> None:
    held = answer(finding("suspected", JANUARY), refutation(MARCH, ended_on=MAY))
    assert held["status"] == "suspected"


def test_a_refutation_without_any_positive_finding_is_kept() -> None:
    held = answer(refutation(MARCH))
    assert (held["status"], held["onset_on"]) == ("refuted", MARCH)


def test_a_refutation_of_no_weight_alone_says_nothing() -> None:
    assert answers(finding("refuted", MARCH, finding_id="by-village")) == []


def test_a_confirmed_finding_is_refuted_too() -> None:
    assert answer(finding("confirmed", JANUARY, 1.0), refutation(JUNE))["status"] == "refuted"


def test_households_and_causes_are_held_apart_and_sorted() -> None:
    found = answers(
        finding("suspected", JANUARY, household_id="h2"),
        finding("suspected", JANUARY, cause_id="H02"),
        finding("confirmed", JANUARY, 1.0),
    )
    assert [(row["household_id"], row["cause_id"], row["status"]) for row in found] == [
        ("h1", "H01", "confirmed"),
        ("h1", "H02", "suspected"),
        ("h2", "H01", "suspected"),
    ]


def test_nothing_found_is_no_answer() -> None:
    assert reconcile(finding_frame(pd.DataFrame()), day=DAY, refuting=()).empty
