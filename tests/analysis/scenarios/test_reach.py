"""What of a household hangs on the thing that ends, out of frames written by hand."""

from __future__ import annotations

import pytest

from analysis.assistance.frames import HELP
from analysis.fetch.scenarios import BUYERS, EMPLOYED, ENDING_HELP, WORKS
from analysis.frames import Contract, frame_of
from analysis.scenarios.reach import ended_help, lost_buyer_shares, lost_worker_shares
from graph_store import load_queries


def test_a_measure_that_other_help_delivers_too_goes_on() -> None:
    # a: one of two helps ends, and the other delivers the same. b: one of three ends, and nothing else delivers B17.
    runs = [
        ("a", "a1", "B36"),
        ("a", "a2", "B36"),
        ("b", "b1", "B17"),
        ("b", "b2", "B36"),
        ("b", "b3", None),
    ]
    empty = dict.fromkeys(HELP)
    help_ = frame_of(
        [
            {**empty, "household_id": household, "assistance_id": one, "measure_id": measure, "is_made_up": True}
            for household, one, measure in runs
        ],
        HELP,
    )
    named = [("a", "a1"), ("b", "b1"), ("b", "b9")]
    ending = frame_of(
        [{"household_id": household, "assistance_id": one, "is_of_member": False} for household, one in named],
        ENDING_HELP,
    )
    ended, kept, shares = ended_help(ending, help_)
    # b9 is only planned: nothing ends with it.
    assert ended == {("a", "a1"), ("b", "b1")}
    assert kept == {("b", "B17")}
    assert shares == {"a": 1 / 2, "b": pytest.approx(1 / 3)}


def test_an_enterprise_that_buys_by_two_contracts_is_one_buyer() -> None:
    rows = [("a", "e1", True), ("a", "e1", False), ("a", "e2", False), ("b", "e1", False)]
    assert lost_buyer_shares(frame_of([dict(zip(BUYERS, row, strict=True)) for row in rows], BUYERS)) == {
        "a": 0.5,
        "b": 1.0,
    }


def test_who_is_employed_counts_as_a_worker_whatever_the_register_says() -> None:
    rows = [("a", 1, 2), ("b", 2, 1), ("c", 1, None), ("d", 1, 0)]
    employed = frame_of([dict(zip(EMPLOYED, row, strict=True)) for row in rows], EMPLOYED)
    assert lost_worker_shares(employed) == {"a": 0.5, "b": 1.0, "c": 1.0, "d": 1.0}


def test_nobody_reached_gives_no_shares() -> None:
    assert ended_help(frame_of([], ENDING_HELP), frame_of([], HELP)) == (frozenset(), frozenset(), {})
    assert lost_buyer_shares(frame_of([], BUYERS)) == {}
    assert lost_worker_shares(frame_of([], EMPLOYED)) == {}


@pytest.mark.parametrize(
    ("query", "contract"),
    [
        ("scenarios/help_of_programme", ENDING_HELP),
        ("scenarios/employed_by_enterprise", EMPLOYED),
        ("scenarios/works", WORKS),
    ],
)
def test_a_frame_has_the_columns_and_types_that_the_header_promises(query: str, contract: Contract) -> None:
    promised = {field.name: field.type for field in load_queries()[query].columns}
    assert dict(contract).items() <= promised.items()
