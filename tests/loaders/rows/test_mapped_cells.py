"""Units, days, shared codes, parts and optional columns, from a file's text to what is rejected of it."""

from __future__ import annotations

import pytest

from tests.loaders.desk import RejectsOf, ToldRejects

HEAD = "small:\n  version: 1\n  feed: survey\n  label: {en: small, zh: 小}\n  facts:\n"
COST = HEAD + (
    "    - kind: Observation\n      columns:\n        indicator_id: {value: I03a}\n        household_id: {column: h}\n"
    "        number_value: {column: cost, unit: 万元%s}\n        observed_on: {column: day, day: true}\n"
)
PERSON = HEAD + "    - kind: Person\n      columns:\n        id: {column: p}\n        %s\n"
KNOWN = {"Household": ["H1", "H2", "H3"]}


def test_good_cells_leave_nothing_to_reject(told: ToldRejects) -> None:
    text = "h,cost,day\nH1,0.35,2026年4月20日\nH2,1.2万元,2026/4/28\nH3,,二〇二六年五月一日\n"
    assert told("cost.csv", text, known=KNOWN, mapping=COST % "") == [(4, "cost", "", "no_value")]


def test_what_is_no_number_or_gives_no_whole_fen_names_the_departments_column(told: ToldRejects) -> None:
    text = "h,cost,day\nH1,0.0000001,2026-04-20\nH2,3公斤,2026-04-20\nH3,many,2026-02-31\n"
    assert told("cost.csv", text, known=KNOWN, mapping=COST % "") == [
        (2, "cost", "0.0000001", "not_whole_in_unit"),
        (2, "cost", "0.0000001", "no_value"),
        (3, "cost", "3公斤", "not_a_number"),
        (3, "cost", "3公斤", "no_value"),
        (4, "cost", "many", "not_a_number"),
        (4, "day", "2026-02-31", "day_not_in_calendar"),
        (4, "cost", "many", "no_value"),
    ]


def test_a_result_is_rounded_only_where_the_mapping_says_so(told: ToldRejects) -> None:
    text = "h,cost,day\nH1,0.0000051,2026-04-20\n"
    assert next(reject[3] for reject in told("cost.csv", text, known=KNOWN, mapping=COST % "")) == "not_whole_in_unit"
    assert told("cost.csv", text, known=KNOWN, mapping=COST % ", round: true") == []


def test_marks_between_thousands_are_read_only_where_the_mapping_names_them(told: ToldRejects) -> None:
    text = 'h,cost,day\nH1,"1,200.5",2026-04-20\nH2,"1,20",2026-04-20\n'
    mapping = COST % ', thousands: ","'
    assert {reject[0] for reject in told("cost.csv", text, known=KNOWN, mapping=mapping)} == {3}
    assert {reject[0] for reject in told("cost.csv", text, known=KNOWN, mapping=COST % "")} == {2, 3}


def test_a_word_that_no_code_stands_for_is_told(told: ToldRejects) -> None:
    text = "p,s\nP1,男\nP2, 女性 \nP3,未知\nP4,甲\n"
    found = told("people.csv", text, mapping=PERSON % "sex: {column: s, codes_from: sex}")
    assert found[0] == (5, "s", "甲", "code_not_in_mapping")
    assert {reject[0] for reject in found} == {5}


def test_a_part_is_cut_out_and_a_text_too_short_for_it_is_a_fault(told: ToldRejects) -> None:
    text = "p,n\nP1,350624196003040011\nP2,3506\n"
    found = told("people.csv", text, mapping=PERSON % "birth_year: {column: n, part: {from: 7, to: 10}}")
    assert found == [(3, "n", "3506", "part_missing")]


def test_a_column_that_may_be_missing_counts_as_empty(told: ToldRejects) -> None:
    mapping = PERSON % "name: {first_of: [n, m], optional: true}"
    assert told("people.csv", "p,m\nP1,x\n", mapping=mapping) == []


def test_a_fault_is_told_in_both_languages(rejects_of: RejectsOf) -> None:
    text = "h,cost,day\nH1,1,农历二月初二\n"
    reject = rejects_of("cost.csv", text, known=KNOWN, mapping=COST % "")[0]
    assert reject.what("en") == "“农历二月初二” is a day of the lunar calendar."
    assert reject.what("zh") == "“农历二月初二”是农历日期。"


@pytest.mark.parametrize("text", ["h,cost,day\n", "h,cost,day\n,,\n"])
def test_a_file_without_rows_has_nothing_to_reject(told: ToldRejects, text: str) -> None:
    assert {reject[0] for reject in told("cost.csv", text, known=KNOWN, mapping=COST % "")} <= {2}
