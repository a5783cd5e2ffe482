"""What spreadsheets and keyboards do to cells is told by its own name, with what to write instead."""

from __future__ import annotations

import pytest

from loaders.checks.misread_cells import plain
from tests.loaders.desk import RejectsOf, ToldRejects


def test_wide_forms_become_narrow() -> None:
    assert plain("１，２３４．５％") == "1,234.5%"


@pytest.mark.parametrize(
    ("value", "code", "remedy"),
    [
        ("１２", "wide_characters", "Write 12."),
        ("－12", "wide_characters", "Write -12."),
        ("12，500", "grouped_digits", "Write 12500."),
        ("12 500", "grouped_digits", "Write 12500."),
        ("1'250'000", "grouped_digits", "Write 1250000."),
        ("-1,250", "grouped_digits", "Write -1250."),
        ("350.5", "yuan_for_fen", "If it is meant in yuan, write 35050."),
        ("19.99", "yuan_for_fen", "If it is meant in yuan, write 1999."),
    ],
)
def test_what_is_meant_is_written_out(rejects_of: RejectsOf, value: str, code: str, remedy: str) -> None:
    (reject,) = rejects_of("survey.Household.csv", f'id,productive_investment_fen\n100,"{value}"\n')
    assert (reject.code, reject.remedy("en")) == (code, remedy)


@pytest.mark.parametrize(
    "value", ["12,50", "1,2345", "12345,678", "12 34", "3-4", "5 to 6", "1.2.3", "0x10", ",", "1e5"]
)
def test_what_could_mean_several_numbers_is_not_guessed_at(told: ToldRejects, value: str) -> None:
    ((_, _, _, code),) = told("police.Household.csv", f'id,member_count\n100,"{value}"\n')
    assert code in ("not_whole", "shortened_number")


@pytest.mark.parametrize(
    "value", ["3.5万元", "300元", "300 yuan", "¥300", "$ 300", "￥300", "30斤", "12 kg", "4口", "12 m3"]
)
def test_a_unit_in_the_cell_is_told(told: ToldRejects, value: str) -> None:
    assert told("police.Household.csv", f"id,member_count\n100,{value}\n") == [
        (2, "member_count", value, "unit_in_cell")
    ]


@pytest.mark.parametrize(
    ("value", "share"), [("45%", "0.45"), ("45 %", "0.45"), ("４５％", "0.45"), ("0.5%", "0.005"), ("33.3%", "0.333")]
)
def test_a_percentage_is_told_with_its_share(rejects_of: RejectsOf, value: str, share: str) -> None:
    (reject,) = rejects_of("derived.Household.csv", f"id,resilience_share\n100,{value}\n")
    assert reject.remedy("en") == f"Write the share as a number from 0 to 1: {share}."


@pytest.mark.parametrize(
    ("value", "code", "day"),
    [
        ("2020/3/1", "day_in_other_form", "2020-03-01"),
        ("2020.03.01", "day_in_other_form", "2020-03-01"),
        ("2020-3-1", "day_in_other_form", "2020-03-01"),
        ("20200301", "day_in_other_form", "2020-03-01"),
        ("2020年3月1日", "day_in_other_form", "2020-03-01"),
        ("２０２０-03-01", "day_in_other_form", "2020-03-01"),
        ("43891", "day_as_number", "2020-03-01"),
    ],
)
def test_a_day_that_can_be_read_is_told_as_it_should_be(rejects_of: RejectsOf, value: str, code: str, day: str) -> None:
    (reject,) = rejects_of("revitalisation.Household.csv", f"id,poverty_exit_on\n100,{value}\n")
    assert reject.code == code
    assert day in reject.remedy("en")
    assert day in reject.remedy("zh")


@pytest.mark.parametrize(("value", "code"), [("2021-02-29", "no_such_day"), ("2020/13/1", "no_such_day")])
def test_a_day_that_the_calendar_lacks_is_told_so(told: ToldRejects, value: str, code: str) -> None:
    assert told("revitalisation.Household.csv", f"id,poverty_exit_on\n100,{value}\n") == [
        (2, "poverty_exit_on", value, code)
    ]


@pytest.mark.parametrize("value", ["1/3/20", "03/01/2020", "2020", "3月1日", "soon"])
def test_a_day_that_could_be_several_is_not_guessed_at(told: ToldRejects, value: str) -> None:
    ((_, _, _, code),) = told("revitalisation.Household.csv", f"id,poverty_exit_on\n100,{value}\n")
    assert code == "not_a_day"


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("police.Household.csv", "member_count"),
        ("agriculture.Household.csv", "arable_mu"),
        ("derived.Household.csv", "resilience_share"),
        ("revitalisation.Household.csv", "poverty_exit_on"),
        ("revitalisation.Household.csv", "was_registered_poor"),
        ("housing.Household.csv", "housing_grade"),
    ],
)
@pytest.mark.parametrize(
    ("value", "code"),
    [("#REF!", "spreadsheet_error"), ("####", "spreadsheet_error"), ("=A1", "formula_in_cell"), ("无", "placeholder")],
)
def test_no_spreadsheet_speaks_in_any_column(told: ToldRejects, name: str, column: str, value: str, code: str) -> None:
    assert told(name, f"id,{column}\n100,{value}\n") == [(2, column, value, code)]


def test_an_error_of_a_spreadsheet_is_no_name(told: ToldRejects) -> None:
    text = "id,head_name\n100,#VALUE!\n101,#1\n102,# N/A\n103,=Lin\n"
    assert told("police.Household.csv", text) == [(2, "head_name", "#VALUE!", "spreadsheet_error")]


@pytest.mark.parametrize(("value", "code"), [("女", "female"), ("Male", "male"), ("FEMALE", "female")])
def test_the_name_of_a_code_is_told_with_the_code(rejects_of: RejectsOf, value: str, code: str) -> None:
    (reject,) = rejects_of("police.Person.csv", f"id,sex\n900,{value}\n")
    assert (reject.code, reject.remedy("en")) == ("name_for_code", f"Write {code}.")


def test_each_row_of_a_column_gets_its_own_reason(rejects_of: RejectsOf) -> None:
    cells = ["3", "１", "many", '"1,000"', "２", "x", "=A1"]
    text = "id,member_count\n" + "".join(f"{number},{cell}\n" for number, cell in enumerate(cells, start=100))
    found = [
        (reject.line, reject.code, reject.fields.get("plain")) for reject in rejects_of("police.Household.csv", text)
    ]
    assert found == [
        (3, "wide_characters", "1"),
        (4, "not_whole", None),
        (5, "grouped_digits", "1000"),
        (6, "wide_characters", "2"),
        (7, "not_whole", None),
        (8, "formula_in_cell", None),
    ]


def test_a_cell_that_the_mapping_could_not_read_is_told_once(told: ToldRejects) -> None:
    mapping = (
        "m:\n  version: 1\n  feed: police\n  label: {en: m, zh: 映射}\n  facts:\n    - kind: Person\n"
        "      columns: {id: {column: n}, sex: {column: s, codes: {男: male}}}\n"
    )
    assert told("list.csv", "n,s\n900,男\n901,女\n", mapping=mapping) == [(3, "s", "女", "code_not_in_mapping")]


def test_a_cell_too_long_for_any_number_is_not_looked_into(told: ToldRejects) -> None:
    long = "１" * 101
    ((_, _, _, code),) = told("police.Household.csv", f"id,member_count\n100,{long}\n")
    assert code == "not_whole"
