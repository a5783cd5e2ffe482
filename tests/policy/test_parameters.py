from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policy import ParameterError, load_policy

DAY = date(2026, 11, 1)


def test_the_generic_profile_answers_without_an_area(folder: Path) -> None:
    found = load_policy(folder=folder).parameter("clock", day=DAY)

    assert (found.value, found.unit, found.profile) == (10, "days", "generic")
    assert (found.reference, found.is_proposed) == ("", True)


def test_a_profile_answers_before_the_one_under_it(folder: Path) -> None:
    found = load_policy(folder=folder).parameter("clock", area_id="350624101201", day=DAY)

    assert (found.value, found.reference, found.profile) == (15, "N2", "national")


def test_where_a_profile_says_nothing_the_one_under_it_answers(folder: Path) -> None:
    policy = load_policy(folder=folder)

    assert policy.parameter("part", area_id="620502", day=DAY).profile == "national"
    assert policy.parameter("water", area_id="620502", day=DAY).profile == "generic"


def test_the_most_specific_area_answers_first(folder: Path) -> None:
    found = load_policy(folder=folder).parameter("clock", area_id="460105", day=DAY)

    assert (found.value, found.unit, found.area) == (20, "working_days", "46")


def test_before_its_first_day_a_specific_value_leaves_the_answer_to_the_wider_one(folder: Path) -> None:
    found = load_policy(folder=folder).parameter("clock", area_id="460105", day=date(2021, 12, 31))

    assert (found.value, found.area) == (15, None)


@pytest.mark.parametrize(
    ("day", "value"), [(date(2021, 1, 1), 25), (date(2023, 2, 20), 25), (date(2023, 2, 21), 15), (DAY, 15)]
)
def test_the_latest_value_that_has_begun_holds(folder: Path, day: date, value: int) -> None:
    assert load_policy(folder=folder).parameter("clock", area_id="620502", day=day).value == value


def test_before_any_value_of_a_profile_the_one_under_it_answers(folder: Path) -> None:
    found = load_policy(folder=folder).parameter("clock", area_id="620502", day=date(2020, 6, 1))

    assert (found.value, found.profile) == (10, "generic")


def test_a_value_of_the_overlay_goes_before_every_profile(folder: Path, overlay: Path) -> None:
    (overlay / "county.yaml").write_text(
        "clock: [{value: 7, reference: county paper 12, valid_from: 2024-01-01}]\n", encoding="utf-8"
    )

    policy = load_policy(overlay, folder=folder)

    assert policy.parameter("clock", area_id="620502", day=DAY).value == 7
    assert policy.parameter("clock", day=DAY).profile == "overlay"
    assert policy.parameter("clock", area_id="620502", day=date(2023, 12, 31)).value == 15


def test_a_value_of_the_overlay_for_an_area_leaves_others_alone(folder: Path, overlay: Path) -> None:
    (overlay / "county.yaml").write_text(
        'clock:\n  - {value: 7, proposed: true, valid_from: 2024-01-01, area: "620502"}\n'
        '  - {value: 8, proposed: true, valid_from: 2024-01-01, area: "620000"}\n',
        encoding="utf-8",
    )

    policy = load_policy(overlay, folder=folder)

    assert policy.parameter("clock", area_id="620502101", day=DAY).value == 7
    assert policy.parameter("clock", area_id="620503", day=DAY).value == 8
    assert policy.parameter("clock", area_id="350624", day=DAY).value == 15


def test_numbers_codes_and_lists_are_read_as_what_they_are(folder: Path) -> None:
    policy = load_policy(folder=folder)

    assert policy.number("clock", day=DAY) == 10.0
    assert policy.code("answer", day=DAY) == "no"
    assert policy.codes("feed_order", day=DAY) == ["police", "survey", "self_report"]


def test_a_list_given_out_can_be_changed_without_harm(folder: Path) -> None:
    policy = load_policy(folder=folder)

    policy.codes("feed_order", day=DAY).clear()

    assert policy.codes("feed_order", day=DAY) == ["police", "survey", "self_report"]


def test_feeds_not_named_for_a_property_follow_in_the_order_of_the_kind_and_of_all(folder: Path) -> None:
    policy = load_policy(folder=folder)

    assert policy.feed_order("Household", "arable_mu", day=DAY) == ["self_report", "survey", "police"]
    assert policy.feed_order("Household", day=DAY) == ["survey", "police", "self_report"]
    assert policy.feed_order("Person", "sex", day=DAY) == ["police", "survey", "self_report"]


@pytest.mark.parametrize(
    ("area_id", "profile"),
    [
        ("62", "gansu"),
        ("620502101", "gansu"),
        ("350624101201-3", "national"),
        ("44", "generic"),
        ("KE-35", "generic"),
        ("35062", "generic"),
        (None, "generic"),
    ],
)
def test_an_area_belongs_to_the_profile_of_its_province(folder: Path, area_id: str | None, profile: str) -> None:
    assert load_policy(folder=folder).profile_for(area_id) == profile


def test_an_unknown_key_is_told_with_the_nearest_names(folder: Path) -> None:
    policy = load_policy(folder=folder)

    with pytest.raises(ParameterError) as fault:
        policy.parameter("clocks", day=DAY)

    assert fault.value.code == "unknown_parameter"
    assert "clock" in fault.value.remedy("en")


def test_a_family_of_keys_has_no_value_itself(folder: Path) -> None:
    policy = load_policy(folder=folder)

    with pytest.raises(ParameterError) as fault:
        policy.parameter("feed_order.*", day=DAY)

    assert fault.value.code == "unknown_parameter"


def test_a_day_before_every_value_is_told_with_the_first_day(folder: Path) -> None:
    policy = load_policy(folder=folder)

    with pytest.raises(ParameterError) as fault:
        policy.parameter("clock", area_id="620502", day=date(2019, 12, 31))

    assert fault.value.code == "not_valid_yet"
    assert "2020-01-01" in fault.value.what("zh")


def test_a_key_without_a_value_for_the_area_is_told(folder: Path) -> None:
    policy = load_policy(folder=folder)

    with pytest.raises(ParameterError) as fault:
        policy.parameter("part", area_id="KE-1", day=DAY)

    assert fault.value.code == "no_value_here"
    assert "KE-1" in fault.value.what("en")


def test_a_code_is_no_number(folder: Path) -> None:
    policy = load_policy(folder=folder)

    with pytest.raises(ParameterError) as fault:
        policy.number("answer", day=DAY)

    assert fault.value.code == "not_a_number"


def test_a_number_is_no_code(folder: Path) -> None:
    policy = load_policy(folder=folder)

    with pytest.raises(ParameterError) as fault:
        policy.code("clock", day=DAY)

    assert fault.value.code == "not_a_code"


def test_a_number_is_no_list(folder: Path) -> None:
    policy = load_policy(folder=folder)

    with pytest.raises(ParameterError) as fault:
        policy.codes("clock", day=DAY)

    assert fault.value.code == "not_a_list"
