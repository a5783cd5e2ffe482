from __future__ import annotations

from loaders.errors import LoadError
from loaders.reject import Reject
from tests.loaders.desk import RejectsOf

TOWNS = (
    "towns:\n  version: 1\n  feed: place\n  label: {en: towns, zh: 乡镇}\n  facts:\n"
    "    - {kind: Area, distinct: true, columns: {id: {column: county}, lat: {column: lat}}}\n"
    "    - {kind: Area, columns: {id: {text: '{county}.{town}'}, name: {column: town}, area_id: {column: county}}}\n"
)


def test_a_reject_tells_everything_in_both_languages() -> None:
    reject = Reject("police.Household.csv", 3, "member_count", "many", "not_whole")
    assert reject.to_dict() == {
        "file": "police.Household.csv",
        "line": 3,
        "column": "member_count",
        "value": "many",
        "code": "not_whole",
        "what": {
            "en": "“many” is not a whole number of at most 18 digits.",
            "zh": "“many”不是整数（最多 18 位）。",
        },
        "remedy": {
            "en": "Write digits only, without unit, comma or decimal point; money is in fen.",
            "zh": "请只写数字，不带单位、逗号和小数点；金额以分为单位。",
        },
    }


def test_rejects_come_by_line_with_rows_of_another_length_among_them(rejects_of: RejectsOf) -> None:
    text = "id,member_count\n1\n2,x\n3\n4,y\n5\n"
    found = [(reject.line, reject.code) for reject in rejects_of("police.Household.csv", text)]
    assert found == [
        (2, "wrong_cell_count"),
        (3, "not_whole"),
        (4, "wrong_cell_count"),
        (5, "not_whole"),
        (6, "wrong_cell_count"),
    ]


def test_a_row_is_rejected_whole_when_one_of_its_facts_is(rejects_of: RejectsOf) -> None:
    # The county of lines 2 and 3 has a latitude that cannot be, so its towns cannot stay either.
    text = "county,town,lat\n350624,a,95\n350624,b,95\n350625,c,24\n"
    found = [(reject.line, reject.column, reject.code) for reject in rejects_of("towns.csv", text, mapping=TOWNS)]
    assert found == [
        (2, "lat", "out_of_range"),
        (2, "county", "reference_rejected"),
        (3, "lat", "out_of_range"),
        (3, "county", "reference_rejected"),
    ]


def test_a_fact_that_several_rows_say_stays_while_one_of_them_is_accepted(rejects_of: RejectsOf) -> None:
    text = "county,town,lat\n350624,a,24\n350624,,24\n350624,b,24\n"
    found = [(reject.line, reject.column, reject.code) for reject in rejects_of("towns.csv", text, mapping=TOWNS)]
    assert found == [(3, "county, town", "required")]


def test_every_reason_in_the_catalogue_tells_what_to_do() -> None:
    words = {"scope_household", "scope_area"}
    silent = [
        code
        for code, message in LoadError.catalogue.messages.items()
        # Comments in a proposed mapping, notes beside an export and words for what a fault names are no reasons.
        if message.remedy is None
        and code not in words
        and not code.startswith(("proposal_", "export_note_", "trade_word_"))
    ]
    assert silent == []
