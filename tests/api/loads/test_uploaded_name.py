"""Whoever sends a file names it as they please; what is kept hides, turns and leads nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.loads.uploaded_name import MOST_BYTES, kept_name
from tests.api.loads.office import Office


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("police.Household.csv", "police.Household.csv"),
        ("医保 2026-03.xlsx", "医保 2026-03.xlsx"),
        ("../../etc/police.Household.csv", "police.Household.csv"),
        ("C:\\feeds\\police.Household.csv", "police.Household.csv"),
        ("police.Household.\u202evsc.exe", "police.Household.vsc.exe"),
        ("police\x00.Household\r\n.csv", "police.Household.csv"),
        (".hidden.csv", "hidden.csv"),
        ("~$police.xlsx", "$police.xlsx"),
        # Standard input on the command line.
        ("-", "upload"),
        ("..", "upload"),
        ("", "upload"),
        ("a/", "upload"),
        ("police.Household." + "长" * 100 + ".csv.gz", "police.Household." + "长" * 46 + ".gz"),
    ],
)
def test_a_name_is_kept_as_far_as_it_can_be(sent: str, kept: str) -> None:
    assert kept_name(sent) == kept


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_a_kept_name_is_one_that_any_folder_can_hold(sent: str) -> None:
    kept = kept_name(sent)
    assert Path(kept).name == kept
    assert 0 < len(kept.encode()) <= MOST_BYTES
    assert not kept.startswith((".", "-", "~"))
    assert kept.isprintable()


def test_a_name_that_turns_the_direction_of_writing_is_listed_without_it(office: Office) -> None:
    job = office.load("id,member_count\n8001,3\n", "police.Household.\u202evsc.csv")
    assert job.file_name == "police.Household.vsc.csv"
    assert office.newest().file_name == "police.Household.vsc.csv"
