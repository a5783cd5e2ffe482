"""A file of members says which cooperatives may pool whose lots."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.produce.files.faults import FaultyFiles
from analysis.produce.files.produce_files import FileTables, read_produce_files
from graph_schema import load_schema
from tests.analysis.produce.files.made_tables import COOPERATIVE, DEMAND, LOT, table

DAY = date(2026, 5, 20)
SCHEMA = load_schema()
LOTS = (
    {**LOT, "id": "L1", "household_id": "H1", "cooperative_ids": "C2"},
    {**LOT, "id": "L2", "household_id": "H1"},
    {**LOT, "id": "L3", "household_id": "H2"},
    {**LOT, "id": "L4", "household_id": "", "cooperative_id": "C1"},
)
COOPERATIVES = (COOPERATIVE, {**COOPERATIVE, "cooperative_id": "C2"})


def pairs(*members: dict[str, str]) -> list[tuple[str, str]]:
    """Return which lot may go through which cooperative."""
    tables = FileTables(
        lots=table("lots.csv", *LOTS),
        demands=table("demands.csv", DEMAND),
        cooperatives=table("cooperatives.csv", *COOPERATIVES),
        members=table("members.csv", *members),
    )
    found = read_produce_files(tables, SCHEMA, DAY).members
    return list(zip(found["lot_id"], found["cooperative_id"], strict=True))


def test_every_lot_of_a_member_may_be_pooled_beside_what_the_lot_itself_names() -> None:
    member = {"household_id": "H1", "cooperative_id": "C1"}
    assert pairs(member, member) == [("L1", "C1"), ("L1", "C2"), ("L2", "C1"), ("L4", "C1")]


@pytest.mark.parametrize(
    ("first", "last", "is_member"),
    [
        ("", "", True),
        ("2026-05-20", "2026-05-20", True),
        ("2026-05-21", "", False),
        ("2020-01-01", "2026-05-19", False),
    ],
)
def test_a_membership_holds_from_its_first_day_to_its_last(first: str, last: str, is_member: bool) -> None:
    member = {"household_id": "H2", "cooperative_id": "C2", "starts_on": first, "ends_on": last}
    assert (("L3", "C2") in pairs(member)) is is_member


def test_every_fault_of_the_file_is_told_beside_those_of_the_others() -> None:
    tables = FileTables(
        lots=table("lots.csv", {**LOT, "ask_fen_per_kg": "0"}),
        demands=table("demands.csv", DEMAND),
        cooperatives=table("cooperatives.csv", COOPERATIVE),
        members=table(
            "members.csv",
            {"household_id": "H1", "cooperative_id": "C9", "starts_on": "2026-05-20", "ends_on": "2026-05-19"},
            {"household_id": "", "cooperative_id": "C1", "since": "x"},
        ),
    )
    with pytest.raises(FaultyFiles) as caught:
        read_produce_files(tables, SCHEMA, DAY)
    assert [(fault.code, fault.file, fault.line, fault.column) for fault in caught.value.faults] == [
        ("produce_file_price_zero", "lots.csv", 2, "ask_fen_per_kg"),
        ("produce_file_unknown_column", "members.csv", 1, "since"),
        ("produce_file_days_of_member", "members.csv", 2, "ends_on"),
        ("produce_file_unknown_cooperative", "members.csv", 2, "cooperative_id"),
        ("produce_file_no_value", "members.csv", 3, "household_id"),
    ]


def test_members_without_a_file_of_cooperatives_are_told() -> None:
    tables = FileTables(
        lots=table("lots.csv", LOT),
        demands=table("demands.csv", DEMAND),
        members=table("members.csv", {"household_id": "H1", "cooperative_id": "C1", "share_fen": "2000000"}),
    )
    with pytest.raises(FaultyFiles) as caught:
        read_produce_files(tables, SCHEMA, DAY)
    (fault,) = caught.value.faults
    assert "C1" in fault.text("en")
    assert "没有提供合作社文件" in fault.text("zh")
