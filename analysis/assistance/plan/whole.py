"""Whole units out of the linear plan: its flows rounded down and handed out household by household, then filled up."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from analysis.assistance.plan.classes import Classes
from analysis.assistance.plan.model import Numbers
from analysis.assistance.plan.program import NONE, AssistProgram, Units, slots_taken, whole_column
from analysis.assistance.plan.room import Room
from analysis.assistance.plan.spread import class_flows
from analysis.assistance.plan.staged import Linear

# A flow may be a trifle below the whole number of units that it means.
_TRIFLE = 1e-6


def whole_units(
    program: AssistProgram, classes: Classes, linear: Linear | None, *, most_programmes: int, base: Units
) -> Units:
    """Return whole units per chain that keep every bound and at most so many programmes per household.

    `base`: units per chain that are given beforehand, since rules ask for them. Each class gets its flows rounded
    down: the needs in the order of their ids, each filled before the next, so that few programmes help one household.
    What is left of budgets and capacities then goes to what is worth most beyond what its resources are worth
    elsewhere. Without a linear plan everything is filled up by weight. Ties go by position: the same program gives
    the same units.
    """
    room = Room(program, most_programmes=most_programmes)
    for chain in np.flatnonzero(base).tolist():
        room.give(chain, int(base[chain]))
    weight = whole_column(program.needs, "severity_weight")[whole_column(program.chains, "need")]
    gain = weight.astype(np.float64)
    if linear is not None:
        _hand_out(program, classes, linear.fen, room)
        gain = chain_gains(program, linear)
    open_need = np.array(room.need, dtype=np.int64)[whole_column(program.chains, "need")]
    waiting = np.flatnonzero(open_need >= whole_column(program.chains, "cover_fen"))
    # Rounded, so that the last digits of a price do not choose between chains that are worth the same.
    order = np.lexsort((waiting, -weight[waiting], -np.round(gain[waiting], 6)))
    room.fill(waiting[order].tolist())
    return np.array(room.units, dtype=np.int64)


def chain_gains(program: AssistProgram, linear: Linear) -> Numbers:
    """Return per chain what a fen covered is worth (its weight) less what its budget and places are worth elsewhere."""
    chains = program.chains
    cover = whole_column(chains, "cover_fen")
    weight = whole_column(program.needs, "severity_weight")[whole_column(chains, "need")].astype(np.float64)
    # One more place at the end: a chain without a resource has the position -1.
    price = np.append(linear.prices.resource, 0.0)
    paid = linear.prices.budget[whole_column(chains, "programme")] * whole_column(chains, "cost_fen")
    for slot in slots_taken(chains):
        paid = paid + price[whole_column(chains, slot)] * whole_column(chains, f"{slot}_use")
    gains: Numbers = weight - paid / cover
    return gains


def _hand_out(program: AssistProgram, classes: Classes, fen: Numbers, room: Room) -> None:
    of_class, column, amount = class_flows(classes, fen)
    units = np.floor(amount / classes.columns.cover_fen[column] + _TRIFLE).astype(np.int64)
    used = units > 0
    of_class, column, units = of_class[used], column[used], units[used]
    starts = np.searchsorted(of_class, np.arange(len(classes.need_fen) + 1)).tolist()
    # All needs of a class have the same columns in the same order: the rank of a column says which chain it is.
    chain_need = whole_column(program.chains, "need")[classes.live]
    first = np.searchsorted(chain_need, np.arange(len(program.needs)))
    members = np.argsort(classes.of_need, kind="stable")
    members = members[classes.of_need[members] != NONE]
    bounds = np.searchsorted(classes.of_need[members], np.arange(len(classes.need_fen) + 1)).tolist()
    chain_column = classes.column
    lengths = np.bincount(chain_need, minlength=len(program.needs))
    for number, (start, end) in enumerate(pairwise(starts)):
        if start == end:
            continue
        needs = members[bounds[number] : bounds[number + 1]]
        one = int(needs[0])
        own = chain_column[first[one] : first[one] + lengths[one]]
        ranks = np.searchsorted(own, column[start:end])
        chains = classes.live[first[needs][:, None] + ranks[None, :]]
        _hand_class(room, needs.tolist(), chains.tolist(), units[start:end].tolist())


def _hand_class(room: Room, needs: list[int], chains: list[list[int]], left: list[int]) -> None:
    """Give each need of a class, one after the other, what fits of the units that are left for the class."""
    done = 0
    for need, ways in zip(needs, chains, strict=True):
        while done < len(left) and not left[done]:
            done += 1
        if done == len(left):
            return
        for place in range(done, len(left)):
            if room.need[need] <= 0:
                break
            units = min(left[place], room.fits(ways[place])) if left[place] else 0
            if units:
                room.give(ways[place], units)
                left[place] -= units
