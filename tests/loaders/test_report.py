from __future__ import annotations

import json

from loaders.report import Counts, LoadOutcome
from tests.loaders.desk import Desk


def test_counts_of_files_add_up(desk: Desk) -> None:
    desk.write("police.Household.csv", "id,member_count\n100,3\n101,x\n")
    desk.write("police.Person.csv", "id\n900\n")
    outcome = desk.load()
    assert outcome.rows == Counts(3, 2, 1)
    assert not outcome.is_complete


def test_nothing_to_load_is_complete() -> None:
    assert LoadOutcome(()).is_complete


def test_the_outcome_is_json_with_reasons_in_both_languages(desk: Desk) -> None:
    desk.write("ORIGIN.yaml", "origin: real\nen: Real.\nzh: 真实。\n")
    desk.write("police.Household.csv", "id,member_count\n100,3\n101,x\n")
    desk.write("police.Person.csv", "")
    told = json.loads(json.dumps(desk.load().to_dict()))
    households, persons = told["reports"]
    assert households["by_kind"] == {"Household": {"read": 2, "accepted": 1, "rejected": 1}}
    assert households["rejects"][0]["code"] == "not_whole"
    assert households["origin"] == {"en": "Real.", "zh": "真实。"}
    assert persons["reason"]["code"] == "empty_file"
    assert persons["reason"]["what"]["zh"] == "文件 police.Person.csv 是空文件。"
