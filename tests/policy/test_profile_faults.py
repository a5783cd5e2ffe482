"""Every fault that a profile or an overlay can have is told with file, line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy import ParameterError, load_policy


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("clok: [{value: 1, proposed: true, valid_from: 2024-01-01}]", "unknown_key", "clok"),
        ("clock: 5", "no_list_of_values", "clock"),
        ("clock: []", "no_list_of_values", "clock"),
        ("clock: [5]", "faulty_file", "clock"),
        ("clock: [{value: many, proposed: true, valid_from: 2024-01-01}]", "wrong_value", "many"),
        ("clock: [{value: true, proposed: true, valid_from: 2024-01-01}]", "wrong_value", "True"),
        ("answer: [{value: no, proposed: true, valid_from: 2024-01-01}]", "wrong_value", "False"),
        ("feed_order: [{value: police, proposed: true, valid_from: 2024-01-01}]", "wrong_value", "police"),
        ("feed_order: [{value: [], proposed: true, valid_from: 2024-01-01}]", "wrong_value", "[]"),
        ("clock: [{value: 1, unit: hours, proposed: true, valid_from: 2024-01-01}]", "wrong_unit", "hours"),
        ("part: [{value: 40, proposed: true, valid_from: 2024-01-01}]", "share_out_of_range", "40"),
        ("clock: [{value: 1, valid_from: 2024-01-01}]", "no_reference", "clock"),
        ("clock: [{value: 1, proposed: true}]", "faulty_file", "valid_from"),
        ("clock: [{value: 1, proposed: true, valid_from: soon}]", "faulty_file", "soon"),
        ("clock: [{value: 1, proposed: true, valid_from: 2024-01-01, region: x}]", "faulty_file", "region"),
        ("clock: [{value: 1, proposed: true, valid_from: 2024-01-01}\n", "faulty_file", "YAML"),
        ("clock: [{value: 1, proposed: true, valid_from: 2024-01-01}]\nclock: []", "faulty_file", "clock"),
    ],
)
def test_a_faulty_value_is_told(folder: Path, overlay: Path, text: str, code: str, told: str) -> None:
    (overlay / "county.yaml").write_text(f"{text}\n", encoding="utf-8")

    with pytest.raises(ParameterError) as fault:
        load_policy(overlay, folder=folder)

    assert fault.value.code == code
    for language in ("en", "zh"):
        assert "mine/county.yaml" in fault.value.what(language)
        assert told in fault.value.what(language)
        assert fault.value.remedy(language)


def test_a_fault_is_told_with_the_line_of_the_value(folder: Path, overlay: Path) -> None:
    (overlay / "county.yaml").write_text(
        "clock:\n"
        "  - {value: 1, proposed: true, valid_from: 2024-01-01}\n"
        "  - value: 2\n"
        "    unit: hours\n"
        "    proposed: true\n"
        "    valid_from: 2025-01-01\n",
        encoding="utf-8",
    )

    with pytest.raises(ParameterError) as fault:
        load_policy(overlay, folder=folder)

    assert fault.value.what("en") == "mine/county.yaml, line 4: clock cannot be given in hours."
    assert fault.value.remedy("en") == "Use one of: days, working_days."


def test_two_values_for_one_area_and_day_are_refused(folder: Path, overlay: Path) -> None:
    (overlay / "county.yaml").write_text(
        'clock:\n  - {value: 1, proposed: true, valid_from: 2024-01-01, area: "62"}\n'
        '  - {value: 2, proposed: true, valid_from: 2024-01-01, area: "620000"}\n',
        encoding="utf-8",
    )

    with pytest.raises(ParameterError) as fault:
        load_policy(overlay, folder=folder)

    assert fault.value.code == "value_twice"
    assert "line 3" in fault.value.what("en")


def test_two_files_of_an_overlay_must_not_give_the_same_value(folder: Path, overlay: Path) -> None:
    for name in ("a", "b"):
        text = "clock: [{value: 1, proposed: true, valid_from: 2024-01-01}]\n"
        (overlay / f"{name}.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(ParameterError) as fault:
        load_policy(overlay, folder=folder)

    assert fault.value.code == "value_in_two_files"
    assert fault.value.what("en").startswith("b.yaml")


def test_an_overlay_without_a_file_is_refused(folder: Path, overlay: Path) -> None:
    with pytest.raises(ParameterError) as fault:
        load_policy(overlay, folder=folder)

    assert fault.value.code == "overlay_empty"
    assert str(overlay) in fault.value.what("zh")


def test_a_profile_must_not_speak_for_another_province(folder: Path) -> None:
    (folder / "gansu.yaml").write_text(
        'clock: [{value: 1, proposed: true, valid_from: 2024-01-01, area: "350624"}]\n', encoding="utf-8"
    )

    with pytest.raises(ParameterError) as fault:
        load_policy(folder=folder)

    assert fault.value.code == "area_outside_profile"
    assert "Gansu" in fault.value.what("en")
    assert "甘肃" in fault.value.what("zh")


def test_a_missing_profile_is_told(folder: Path) -> None:
    (folder / "gansu.yaml").unlink()

    with pytest.raises(ParameterError) as fault:
        load_policy(folder=folder)

    assert "profiles/gansu.yaml" in fault.value.what("en")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("keys", "clock: {unit: days}\n"),
        ("keys", "clock: {label: {en: clock, zh: 时限}, unit: days, holds: dates, meaning: {en: a, zh: b}}\n"),
        ("profiles", "generic: {label: {en: generic}}\n"),
        ("units", "litres: {en: litres}\n"),
    ],
)
def test_a_fault_in_the_lists_beside_the_profiles_is_told(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(ParameterError) as fault:
        load_policy(folder=folder)

    assert f"{name}.yaml, line 1" in fault.value.what("en")
