"""What is left while units are given, and every bound that keeps one more unit from fitting."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assistance.plan.check import faults
from analysis.assistance.plan.greedy import greedy_units
from analysis.assistance.plan.program import AssistProgram
from analysis.assistance.plan.room import Block, Room
from analysis.assistance.plan.rules import Ceiling, Forbidden, Rules
from tests.analysis.assistance.plan.made import made_program, plan_of, random_program


def one_chain(rules: Rules | None = None, **bounds: int) -> AssistProgram:
    """Return two needs of one household, a programme each; a unit of the first costs 2, covers 4 and takes 3 places."""
    return made_program(
        [(1, 5, bounds.get("need", 40)), (1, 4, 10)],
        [bounds.get("budget", 99), 99],
        [(0, 0, 0, -1, 2, 4, 3, bounds.get("most", -1), bounds.get("measure", -1)), (1, 1, -1, -1, 1, 1)],
        capacities=[bounds.get("capacity", -1)],
        limits=[bounds.get("limit", -1), -1],
        households=[0, 0],
        rules=rules,
    )


@pytest.mark.parametrize(
    ("program", "units", "blocks"),
    [
        (one_chain(need=7), [1, 0], [Block("need", 0, 1)]),
        (one_chain(measure=0), [1, 0], [Block("measure", 0, 1)]),
        (one_chain(most=2), [2, 0], [Block("most", 0, 1)]),
        (one_chain(budget=5), [2, 0], [Block("budget", 0, 1)]),
        (one_chain(limit=3), [1, 0], [Block("household_limit", 0, 1)]),
        (one_chain(capacity=4), [1, 0], [Block("enterprise", 0, 2)]),
        (one_chain(), [0, 1], [Block("programmes", 0, 1)]),
        (
            one_chain(Rules(forbidden=(Forbidden("h09", "p00"), Forbidden("h00", "p00")))),
            [0, 0],
            [Block("forbidden", 1, 1)],
        ),
        (one_chain(Rules(ceilings=(Ceiling("o00", 9), Ceiling("o00", 5)))), [1, 0], [Block("ceiling", 1, 3)]),
        (one_chain(budget=2, capacity=3), [1, 0], [Block("budget", 0, 2), Block("enterprise", 0, 3)]),
        (one_chain(budget=4, capacity=6, limit=4, most=2, need=8, measure=-1), [1, 0], []),
    ],
)
def test_every_bound_that_binds_is_told_with_what_one_more_unit_asks(
    program: AssistProgram, units: list[int], blocks: list[Block]
) -> None:
    room = Room.after(program, np.array(units), most_programmes=1)
    assert room.blocks(0) == blocks
    assert (room.fits(0) == 0) == bool(blocks)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), most_programmes=st.integers(1, 2))
def test_one_more_unit_fits_exactly_where_nothing_blocks_it(seed: int, most_programmes: int) -> None:
    program = random_program(seed, size=4, with_rules=True, with_measures=True)
    program = replace(program, rules=replace(program.rules, locked=(), floors=()))
    most = greedy_units(program, most_programmes=most_programmes, seed=seed)
    units = np.minimum(np.random.default_rng(seed).integers(0, 4, len(most)), most)
    room = Room.after(program, units, most_programmes=most_programmes)
    for chain in range(len(units)):
        more = [*units[:chain].tolist(), int(units[chain]) + 1, *units[chain + 1 :].tolist()]
        is_kept = not faults(program, plan_of(program, more), most_programmes=most_programmes)
        assert (room.blocks(chain) == []) == is_kept == (room.fits(chain) > 0)
