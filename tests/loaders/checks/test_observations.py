from __future__ import annotations

import pytest

from tests.loaders.desk import RejectsOf, ToldRejects

HEADER = "indicator_id,household_id,area_id,number_value,answer,observed_on\n"
KNOWN = {"Household": ["100"], "Area": ["350624"]}


@pytest.mark.parametrize(
    ("row", "reject"),
    [
        ("I01,100,,,,2026-01-01", ("number_value", "", "no_value")),
        ("I01,100,,,plenty,2026-01-01", ("number_value", "", "needs_number")),
        ("I12,100,,1,,2026-01-01", ("answer", "", "needs_answer")),
        ("I12,100,,,perhaps,2026-01-01", ("answer", "perhaps", "needs_answer")),
        ("I30,100,,,H01;X99,2026-01-01", ("answer", "H01;X99", "needs_answer")),
        ("I70,100,,30,,2026-01-01", ("number_value", "30", "share_in_percent")),
        ("I70,100,,300,,2026-01-01", ("number_value", "300", "out_of_range")),
        ("I01,,350624,100,,2026-01-01", ("household_id", "", "wrong_subject")),
        ("I99,100,,1,,2026-01-01", ("indicator_id", "I99", "unknown_reference")),
        ("I01,100,350624,1,,2026-01-01", ("area_id", "350624", "several_filled")),
    ],
)
def test_an_observation_that_does_not_fit_its_indicator_is_rejected(
    told: ToldRejects, row: str, reject: tuple[str, str, str]
) -> None:
    assert told("visit.Observation.csv", HEADER + row + "\n", known=KNOWN) == [(2, *reject)]


@pytest.mark.parametrize(
    "row",
    [
        "I01,100,,-500,,2026-01-01",
        "I12,100,,,yes,2026-01-01",
        "I30,100,,,H01;H07,2026-01-01",
        "I70,100,,0.3,,2026-01-01",
        "I71,100,,,no,2026-01-01",
    ],
)
def test_an_observation_that_fits_its_indicator_is_accepted(told: ToldRejects, row: str) -> None:
    assert told("visit.Observation.csv", HEADER + row + "\n", known=KNOWN) == []


def test_an_observation_of_an_area_needs_the_area(told: ToldRejects, rejects_of: RejectsOf) -> None:
    good, bad = "I21,,350624,3,,2026-01-01\n", "I21,100,,3,,2026-01-01\n"
    (reject,) = rejects_of("place.Observation.csv", HEADER + good + bad, known=KNOWN)
    assert (reject.line, reject.column, reject.code) == (3, "area_id", "wrong_subject")
    assert reject.what("zh") == "指标 I21 的观测对象是地区，但“area_id”为空。"


def test_a_register_brings_only_the_indicators_it_is_kept_for(rejects_of: RejectsOf) -> None:
    (reject,) = rejects_of("insurance.Observation.csv", HEADER + "I12,100,,,yes,2026-01-01\n", known=KNOWN)
    assert (reject.column, reject.value, reject.code) == ("indicator_id", "I12", "feed_does_not_measure")
    assert "visit" in str(reject.fields["known"])


def test_a_survey_may_ask_anything(told: ToldRejects) -> None:
    assert told("survey.Observation.csv", HEADER + "I12,100,,,yes,2026-01-01\n", known=KNOWN) == []
