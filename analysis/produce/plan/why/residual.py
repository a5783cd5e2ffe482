"""What a plan leaves room for: from which demands a kilogram more finds its way to a buyer who still has room.

A demand that is full takes a kilogram more when a lot that sends to it can send a kilogram to another demand instead,
and so on until a demand with room is reached. No lot sells less by it. This is the residual graph of the plan, walked
from demand to demand (Ford and Fulkerson 1956); batches, parts, capacities and rules are not looked at here.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.produce.plan.program import Plan, Program

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Residual:
    """The plan as arrays, by lot and by demand.

    Ways of lot i: rows `lot_starts[i]` to `lot_starts[i + 1]` of the ways, their demands in `way_demand`. What demand j
    gets: rows `demand_starts[j]` to `demand_starts[j + 1]` of `sender` (lots, each once per demand) and `sent` (kg).
    `unsold` kg per lot, `room` kg per demand; `steps`: in how many moves a demand with room is reached, -1: in none.
    """

    lot_starts: Whole
    way_demand: NDArray[np.int32]
    demand_starts: Whole
    sender: Whole
    sent: Whole
    unsold: Whole
    room: Whole
    steps: Whole

    @property
    def reaches(self) -> Flags:
        """Return the demands from which one with room can be reached."""
        flags: Flags = self.steps >= 0
        return flags

    def senders(self, demand: int) -> dict[int, int]:
        """Return the kg that each lot sends to a demand."""
        rows = slice(self.demand_starts[demand], self.demand_starts[demand + 1])
        return dict(zip(self.sender[rows].tolist(), self.sent[rows].tolist(), strict=True))

    def demands_of(self, lots: Whole) -> tuple[NDArray[np.int32], Whole]:
        """Return the demands that the lots have ways to, one entry per way, and the lot of each entry."""
        first, count = self.lot_starts[lots], self.lot_starts[lots + 1] - self.lot_starts[lots]
        before = np.cumsum(count) - count
        rows = np.repeat(first - before, count) + np.arange(int(count.sum()))
        return self.way_demand[rows], np.repeat(lots, count)


def residual_of(program: Program, plan: Plan) -> Residual:
    """Return the arrays of a plan; one search over all ways finds what reaches a demand with room."""
    ways, kg = program.ways, plan.kg
    lot_starts = np.searchsorted(ways["lot"].to_numpy(), np.arange(len(program.lots) + 1)).astype("int64")
    used = np.flatnonzero(kg > 0)
    pairs = pd.DataFrame(
        {"demand": ways["demand"].to_numpy()[used], "lot": ways["lot"].to_numpy()[used], "kg": kg[used]}
    )
    # A lot may send to one demand both itself and through a cooperative.
    pairs = pairs.groupby(["demand", "lot"])[["kg"]].sum().reset_index()
    demands, lots, sent = (pairs[name].to_numpy("int64") for name in ("demand", "lot", "kg"))
    residual = Residual(
        lot_starts=lot_starts,
        way_demand=ways["demand"].to_numpy("int32"),
        demand_starts=np.searchsorted(demands, np.arange(len(program.demands) + 1)).astype("int64"),
        sender=lots,
        sent=sent,
        unsold=_left(program.lots, lots, sent),
        room=_left(program.demands, demands, sent),
        steps=np.full(len(program.demands), -1, dtype="int64"),
    )
    _mark_reaching(residual, demands)
    return residual


def _left(side: pd.DataFrame, places: Whole, kg: Whole) -> Whole:
    gone = np.zeros(len(side), dtype="int64")
    np.add.at(gone, places, kg)
    left: Whole = side["quantity_kg"].to_numpy("int64") - gone
    return left


def _mark_reaching(residual: Residual, demand_of_sent: Whole) -> None:
    """Set `steps`, backwards from the demands with room, until nothing is added."""
    steps = residual.steps
    steps[residual.room > 0] = 0
    # Only lots that send something can send it elsewhere.
    movers, place = np.unique(residual.sender, return_inverse=True)
    demands, owners = residual.demands_of(movers)
    starts = np.searchsorted(owners, movers)
    moves, found = 0, np.flatnonzero(steps == 0)
    while len(movers) and len(found):
        moves += 1
        can_move = np.logical_or.reduceat(steps[demands] >= 0, starts)
        reached = np.unique(demand_of_sent[can_move[place]])
        found = reached[steps[reached] < 0]
        steps[found] = moves


class Push:
    """Kilograms pushed from one lot into demands that it could reach if something changed; starts from the plan.

    `pushed` kg so far, at most `most`; `taken`: what each demand took of the lot.
    """

    def __init__(self, residual: Residual, most: int) -> None:
        """Start with nothing pushed."""
        self.residual, self.most, self.pushed = residual, most, 0
        self.taken: dict[int, int] = {}
        self._senders: dict[int, dict[int, int]] = {}
        self._room: dict[int, int] = {}
        # What once led nowhere never will: what is pushed stays among the demands that lead somewhere.
        self._open = residual.reaches.copy()

    @property
    def touched(self) -> frozenset[int]:
        """Return the demands at which something was changed."""
        return frozenset(self._senders) | frozenset(self._room) | frozenset(self.taken)

    def into(self, demands: list[int]) -> bool:
        """Push as much as possible into the demands; return whether all of `most` has been pushed."""
        while self.pushed < self.most:
            starts = [demand for demand in dict.fromkeys(demands) if self._open[demand]]
            path = self._path(starts) if starts else None
            if path is None:
                return False
            self._send_along(path)
        return True

    def _path(self, starts: list[int]) -> list[tuple[int, int]] | None:
        """Return a way from a start to a demand with room, as (demand, lot that moves on from it); the last lot is -1.

        None, and all that was seen is closed, where no demand with room is reached. Demands that were fewest moves from
        room in the plan are looked at first: most often they still are.
        """
        came = dict.fromkeys(starts, (-1, -1))
        is_unseen = self._open.copy()
        is_unseen[starts] = False
        steps = self.residual.steps
        waiting = [(int(steps[start]), 0, start) for start in starts]
        heapify(waiting)
        while waiting:
            _, moves, demand = heappop(waiting)
            if self._room_of(demand) > 0:
                return _traced(came, demand)
            found, movers = self._next(demand, is_unseen)
            is_unseen[found] = False
            left = steps[found].tolist()
            for each, mover, ahead in zip(found.tolist(), movers.tolist(), left, strict=True):
                came[each] = (demand, mover)
                heappush(waiting, (moves + 1 + ahead, moves + 1, each))
        self._open[list(came)] = False
        return None

    def _next(self, demand: int, is_unseen: Flags) -> tuple[Whole, Whole]:
        if demand in self._senders:
            lots = np.array([lot for lot, kg in self._senders[demand].items() if kg > 0], dtype="int64")
        else:
            rows = slice(self.residual.demand_starts[demand], self.residual.demand_starts[demand + 1])
            lots = self.residual.sender[rows]
        demands, movers = self.residual.demands_of(lots)
        fresh = is_unseen[demands]
        found, first = np.unique(demands[fresh], return_index=True)
        return found.astype("int64"), movers[fresh][first]

    def _send_along(self, path: list[tuple[int, int]]) -> None:
        amount = min(
            self.most - self.pushed,
            self._room_of(path[-1][0]),
            *(self._senders_of(demand)[mover] for demand, mover in path[:-1]),
        )
        for (demand, mover), (after, _) in pairwise(path):
            self._senders_of(demand)[mover] -= amount
            goes = self._senders_of(after)
            goes[mover] = goes.get(mover, 0) + amount
        first, last = path[0][0], path[-1][0]
        self._room[last] = self._room_of(last) - amount
        self.taken[first] = self.taken.get(first, 0) + amount
        self.pushed += amount

    def _room_of(self, demand: int) -> int:
        return self._room.get(demand, int(self.residual.room[demand]))

    def _senders_of(self, demand: int) -> dict[int, int]:
        return self._senders.setdefault(demand, self.residual.senders(demand))


def _traced(came: dict[int, tuple[int, int]], last: int) -> list[tuple[int, int]]:
    path, mover = [(last, -1)], came[last]
    while mover[0] >= 0:
        path.append(mover)
        mover = came[mover[0]]
    return path[::-1]
