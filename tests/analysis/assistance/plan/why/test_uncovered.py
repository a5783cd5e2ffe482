"""Reasons are true: what is granted covers the need further, takes from nobody, and a trifle less would not do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assistance.plan.check import faults
from analysis.assistance.plan.greedy import greedy_units
from analysis.assistance.plan.program import AssistProgram
from analysis.assistance.plan.room import Room
from analysis.assistance.plan.rules import Ceiling, Forbidden, Rules
from analysis.assistance.plan.solve import solve
from analysis.assistance.plan.why.grants import Change, granted, most_programmes_with
from analysis.assistance.plan.why.lacking import lacking
from analysis.assistance.plan.why.standing import coverage, standing
from analysis.assistance.plan.why.uncovered import REASONS, openings, uncovered
from analysis.errors import QuestionError, SubjectNotFound
from tests.analysis.assistance.plan.made import made_program, plan_of, random_program

ASKED = ("locked", "floor")


def drawn(seed: int) -> tuple[AssistProgram, np.ndarray]:
    """Return a program and units that keep its bounds: all that fits first come, first served, or less than that."""
    program = random_program(seed, size=6, with_rules=bool(seed % 3), with_measures=bool(seed % 2))
    units = greedy_units(program, most_programmes=1 + seed % 2, seed=seed)
    rng = np.random.default_rng(seed)
    return program, np.where(rng.random(len(units)) < 0.2, 0, units)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_granting_the_stated_change_covers_the_need_further_and_takes_from_nobody(seed: int) -> None:
    program, units = drawn(seed)
    most = 1 + seed % 2
    found = uncovered(program, units, most_programmes=most)
    covered = coverage(program, units)
    assert found["rest_fen"].tolist() == (covered["need_fen"] - covered["covered_fen"]).loc[found["need"]].tolist()
    assert set(found["need"]) == set(np.flatnonzero(covered["covered_fen"] < covered["need_fen"]))
    for row in found[found["chain"] >= 0].to_dict("records"):
        changed = granted(program, row["changes"])
        more = units + (np.arange(len(units)) == row["chain"])
        broken = faults(
            changed, plan_of(changed, more.tolist()), most_programmes=most_programmes_with(most, row["changes"])
        )
        assert [fault for fault in broken if fault.name not in ASKED] == []
        gain = coverage(changed, more)["covered_fen"] - covered["covered_fen"]
        assert gain[row["need"]] > 0
        assert (gain.drop(row["need"]) == 0).all()


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_one_fen_or_one_place_less_than_stated_would_not_do(seed: int) -> None:
    program, units = drawn(seed)
    most = 1 + seed % 2
    for row in uncovered(program, units, most_programmes=most).to_dict("records"):
        for place, change in enumerate(row["changes"]):
            less = [*row["changes"][:place], *row["changes"][place + 1 :]]
            if change.amount > 1:
                less.append(change._replace(amount=change.amount - 1))
            room = Room.after(granted(program, less), units, most_programmes=most_programmes_with(most, less))
            assert room.fits(row["chain"]) == 0, (change, row)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_where_nothing_more_is_to_be_had_no_money_and_no_place_would_help(seed: int) -> None:
    program, units = drawn(seed)
    endless = replace(
        program,
        programmes=program.programmes.assign(budget_fen=10**9, household_limit_fen=-1),
        resources=program.resources.assign(capacity=-1),
        rules=Rules(),
    )
    room = Room.after(endless, units, most_programmes=99)
    stands = standing(program, units, most_programmes=1 + seed % 2)
    for row in uncovered(program, units, most_programmes=1 + seed % 2).to_dict("records"):
        is_open = any(room.fits(chain) for chain in stands.chains_of(row["need"]))
        assert is_open == (row["reason"] not in ("no_chain", "nothing_more")), row
        assert row["reason"] in REASONS


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_what_is_lacking_in_bulk_is_what_is_in_the_way_of_each_unit_by_itself(seed: int) -> None:
    program, units = drawn(seed)
    most = 1 + seed % 2
    room = Room.after(program, units, most_programmes=most)
    lacks = lacking(program, units, most_programmes=most)
    assert lacks.rest.tolist() == room.need
    for chain in range(len(units)):
        blocks = room.blocks(chain)
        assert lacks.is_fixed[chain] == any(block.kind in ("need", "measure", "most") for block in blocks)
        asked = {kind: int(amount[chain]) for kind, amount in lacks.amounts.items() if amount[chain]}
        assert asked == {block.kind: block.missing for block in blocks if block.kind not in ("need", "measure", "most")}


@pytest.mark.parametrize(
    ("budgets", "capacities", "limits", "rules", "most", "reason", "changes"),
    [
        ([6], [-1], [-1], Rules(), 1, "budget", [Change("budget", "p00", 2)]),
        ([99], [1], [-1], Rules(), 1, "capacity", [Change("enterprise", "r00", 1)]),
        ([99], [-1], [5], Rules(), 1, "household_limit", [Change("household_limit", "p00", 3)]),
        ([6], [1], [-1], Rules(), 1, "several", [Change("budget", "p00", 2), Change("enterprise", "r00", 1)]),
        ([99], [-1], [-1], Rules(ceilings=(Ceiling("o00", 9),)), 1, "rule", [Change("ceiling", "o00", 3)]),
        ([99], [-1], [-1], Rules(), 1, "missed", []),
    ],
)
def test_of_two_units_that_a_need_wants_one_is_given_and_what_keeps_the_other_is_told(
    budgets: list[int],
    capacities: list[int],
    limits: list[int],
    rules: Rules,
    most: int,
    reason: str,
    changes: list[Change],
) -> None:
    # One unit costs 4 fen, covers 6 of the 12 fen that the household needs and takes one place.
    program = made_program(
        [(1, 3, 12)], budgets, [(0, 0, 0, -1, 4, 6)], capacities=capacities, limits=limits, rules=rules
    )
    found = uncovered(program, np.array([1]), most_programmes=most)
    assert found[["rest_fen", "reason", "chain"]].values.tolist() == [[6, reason, 0]]
    assert list(found["changes"][0]) == changes


def test_a_need_without_a_chain_one_with_all_measures_given_and_one_that_a_rule_forbids_are_told_apart() -> None:
    program = made_program(
        [(1, 3, 10), (1, 3, 10), (1, 3, 10)],
        [99],
        [(1, 0, -1, -1, 4, 6, 0, -1, 0), (2, 0, -1, -1, 4, 6, 0, -1, 0)],
        rules=Rules(forbidden=(Forbidden("h02", "p00"),)),
    )
    found = uncovered(program, np.array([1, 0]), most_programmes=3)
    assert found[["need_id", "reason", "rest_fen"]].values.tolist() == [
        ["n00", "no_chain", 10],
        ["n01", "nothing_more", 4],
        ["n02", "rule", 10],
    ]
    assert found["changes"][2] == (Change("forbidden", "h02", 1, "p00"),)


def test_one_programme_too_many_is_told_where_another_helps_the_household_already() -> None:
    program = made_program([(1, 3, 10)], [6, 99], [(0, 0, -1, -1, 3, 3), (0, 1, -1, -1, 3, 3)])
    found = uncovered(program, np.array([2, 0]), most_programmes=1)
    # More money of the first programme leaves the rule of one programme as it is, so it comes first.
    assert found["changes"][0] == (Change("budget", "p00", 3),)
    stands = standing(program, np.array([2, 0]), most_programmes=1)
    assert [each.changes for each in openings(stands, 0)] == [
        (Change("budget", "p00", 3),),
        (Change("programmes", "h00", 1),),
    ]


def test_what_the_best_plan_leaves_open_is_never_said_to_be_missed() -> None:
    for seed in range(12):
        program = random_program(seed, size=5, with_measures=True)
        plan = solve(program, seconds=20.0, most_programmes=2)
        assert "missed" not in set(uncovered(program, plan.units, most_programmes=2)["reason"]), seed


def test_a_change_of_something_unknown_or_below_nothing_is_refused() -> None:
    program = made_program([(1, 3, 10)], [6], [(0, 0, -1, -1, 3, 3)])
    with pytest.raises(SubjectNotFound, match="gone"):
        granted(program, [Change("budget", "gone", 1)])
    with pytest.raises(QuestionError, match="wealth"):
        granted(program, [Change("wealth", "p00", 1)])
    with pytest.raises(QuestionError, match="p00"):
        granted(program, [Change("budget", "p00", -7)])
    assert granted(program, [Change("budget", "p00", -6)]).programmes["budget_fen"].tolist() == [0]
    assert granted(program, [Change("household_limit", "p00", 5)]).programmes["household_limit_fen"].tolist() == [-1]
