"""First come, first served: what handing out without a plan comes to. A yardstick only."""

from __future__ import annotations

import numpy as np

from analysis.assistance.plan.program import AssistProgram, Units
from analysis.assistance.plan.room import Room


def greedy_units(program: AssistProgram, *, most_programmes: int, seed: int | None = None) -> Units:
    """Return units per chain: needs as they come, each with all that its chains still have, the first chain first.

    They come in the order of their ids, or drawn by lot where a seed is given. All bounds, forbidden pairs and
    ceilings are kept; nobody looks ahead, so locks and floors may not be.
    """
    room = Room(program, most_programmes=most_programmes)
    turn = np.arange(len(program.needs))
    if seed is not None:
        turn = np.random.default_rng(seed).permutation(turn)
    order = np.argsort(turn[program.chains["need"].to_numpy()], kind="stable")
    room.fill(order.tolist())
    return np.array(room.units, dtype=np.int64)
