"""Small programs, and the few chains that rules ask for, as a mixed-integer program: whole units, proved."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from analysis.assistance.plan.classes import Flags, forbidden
from analysis.assistance.plan.model import Numbers
from analysis.assistance.plan.program import NONE, SLOTS, TIERS, AssistProgram, Units, positions, whole_column

# How the solver says that it has proved a plan best, or that there is none.
_PROVED, _IMPOSSIBLE = 0, 2
_LEAST_SECONDS = 0.01

Key = tuple[str, int, int]


@dataclass(frozen=True)
class Mixed:
    """Units per chain of the program (None: none found) and whether it is proved: best, or that there are none."""

    units: Units | None
    is_proved: bool


class MixedProgram:
    """The chains of some rows of a program, with every bound, limit and rule; other chains get nothing."""

    def __init__(self, program: AssistProgram, rows: Units, *, most_programmes: int) -> None:
        self._size, self._rows = len(program.chains), rows
        chains = program.chains.iloc[rows]
        self._need = whole_column(chains, "need")
        self._cost, self._cover = whole_column(chains, "cost_fen"), whole_column(chains, "cover_fen")
        self._weight = whole_column(program.needs, "severity_weight")[self._need]
        self._tier = whole_column(program.needs, "tier")[self._need]
        self._entries: list[tuple[int, int, float]] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self._most = _most_units(program, rows)
        self._columns = len(rows)
        self._bounds(program)
        self._asked(program)
        self._programmes(program, most_programmes)

    def best(self, *, seconds: float) -> Mixed:
        """Return the staged best whole units: need, tiers, cost."""
        worth = self._cover * self._weight
        worths = [worth, *(np.where(self._tier == tier, worth, 0) for tier in TIERS), -self._cost]
        return self._staged([each for each in worths if np.any(each)], seconds)

    def least(self, *, seconds: float) -> Mixed:
        """Return whole units that keep the rules and cover little else."""
        return self._staged([-self._cover], seconds)

    def _staged(self, worths: list[Units], seconds: float) -> Mixed:
        ends = time.monotonic() + seconds
        if not len(self._rows):
            can_hold = not any(low > 0 for low in self._low)
            return Mixed(np.zeros(self._size, dtype=np.int64) if can_hold else None, True)
        units: Units | None = None
        kept: list[tuple[Units, int]] = []
        is_proved = True
        for worth in worths:
            found, status = self._solved(worth, kept, max(ends - time.monotonic(), _LEAST_SECONDS))
            if units is None and found is None:
                return Mixed(None, status == _IMPOSSIBLE)
            # The solver has a tolerance; a stage is given up rather than one before it.
            if found is None or any(int(each @ found) < value for each, value in kept):
                return Mixed(self._placed(units), False)
            units, is_proved = found, is_proved and status == _PROVED
            kept.append((worth, int(worth @ found)))
        return Mixed(self._placed(units), is_proved)

    def _placed(self, units: Units | None) -> Units | None:
        if units is None:
            return None
        placed = np.zeros(self._size, dtype=np.int64)
        placed[self._rows] = units
        return placed

    def _solved(self, worth: Units, kept: list[tuple[Units, int]], seconds: float) -> tuple[Units | None, int]:
        row, column, factor = (np.array(part) for part in zip(*self._entries, strict=True))
        matrix = coo_array((factor, (row, column)), shape=(len(self._low), self._columns)).tocsr()
        constraints = [LinearConstraint(matrix, self._low, self._high)]
        for each, value in kept:
            # Values are whole: half a unit of slack gives nothing up.
            scale = float(np.abs(each).max())
            constraints.append(LinearConstraint(self._padded(each) / scale, (value - 0.5) / scale, np.inf))
        answer = milp(
            -self._padded(worth) / float(np.abs(worth).max()),
            integrality=np.ones(self._columns),
            bounds=Bounds(np.zeros(self._columns), self._padded(self._most, rest=1.0)),
            constraints=constraints,
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        found = None if answer.x is None else np.rint(answer.x[: len(self._rows)]).astype(np.int64)
        return found, int(answer.status)

    def _padded(self, values: Units, rest: float = 0.0) -> Numbers:
        padded: Numbers = np.full(self._columns, rest)
        padded[: len(values)] = values
        return padded

    def _row(self, places: list[int], factors: list[float], low: float, high: float) -> None:
        self._entries.extend((len(self._low), place, factor) for place, factor in zip(places, factors, strict=True))
        # A row without an entry still has to be kept; the matrix needs at least one entry.
        if not places:
            self._entries.append((len(self._low), 0, 0.0))
        self._low.append(low)
        self._high.append(high)

    def _bounds(self, program: AssistProgram) -> None:
        chains = program.chains.iloc[self._rows]
        household = positions(program.needs["household_id"])[self._need]
        limits: dict[Key, int] = {}
        places: defaultdict[Key, list[int]] = defaultdict(list)
        factors: defaultdict[Key, list[float]] = defaultdict(list)
        need_fen, budget = program.needs["need_fen"].tolist(), program.programmes["budget_fen"].tolist()
        household_limit, capacity = program.programmes["household_limit_fen"].tolist(), program.resources["capacity"]
        capacities = [*capacity.tolist(), NONE]
        columns = [chains[name].tolist() for name in ("need", "programme", "measure")]
        taken = zip(*(zip(chains[slot], chains[f"{slot}_use"], strict=True) for slot in SLOTS), strict=True)
        for place, (need, giver, measure, takes) in enumerate(zip(*columns, taken, strict=True)):
            cost, home = int(self._cost[place]), int(household[place])
            for key, factor, limit in (
                (("need", need, 0), int(self._cover[place]), need_fen[need]),
                (("budget", giver, 0), cost, budget[giver]),
                (("limit", giver, home), cost, household_limit[giver]),
                (("measure", need, measure), 1, NONE if measure == NONE else 1),
                *((("capacity", resource, 0), use, capacities[resource]) for resource, use in takes),
            ):
                if limit != NONE:
                    limits[key] = limit
                    places[key].append(place)
                    factors[key].append(float(factor))
        for key, limit in limits.items():
            self._row(places[key], factors[key], -np.inf, limit)

    def _asked(self, program: AssistProgram) -> None:
        for chosen, low, high in asked_rows(program, self._rows):
            self._row(np.flatnonzero(chosen).tolist(), self._cover[chosen].astype(float).tolist(), low, high)

    def _programmes(self, program: AssistProgram, most_programmes: int) -> None:
        """Add, for households that more programmes could help, which of them do."""
        household = positions(program.needs["household_id"])[self._need].tolist()
        giver = whole_column(program.chains.iloc[self._rows], "programme").tolist()
        helping: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, (home, programme) in enumerate(zip(household, giver, strict=True)):
            helping[home][programme].append(place)
        for programmes in helping.values():
            if len(programmes) <= most_programmes:
                continue
            opened = []
            for places in programmes.values():
                opened.append(self._columns)
                for place in places:
                    self._row([place, self._columns], [1.0, -float(self._most[place])], -np.inf, 0.0)
                self._columns += 1
            self._row(opened, [1.0] * len(opened), -np.inf, most_programmes)


def asked_rows(program: AssistProgram, rows: Units) -> list[tuple[Flags, float, float]]:
    """Return per lock, floor and ceiling which of the chains (rows) count, and the least and most fen covered."""
    chains, rules = program.chains.iloc[rows], program.rules
    needs = program.needs.iloc[whole_column(chains, "need")]
    household, village = (needs[name].to_numpy(dtype=object) for name in ("household_id", "village_id"))
    giver = program.programmes["programme_id"].to_numpy(dtype=object)[whole_column(chains, "programme")]
    holders = np.array([*program.resources["holder_id"], ""], dtype=object)
    holder = holders[whole_column(chains, "enterprise")]
    found: list[tuple[Flags, float, float]] = [
        ((household == rule.household_id) & (giver == rule.programme_id), rule.least_fen, np.inf)
        for rule in rules.locked
    ]
    found += [(village == rule.village_id, rule.least_fen, np.inf) for rule in rules.floors]
    found += [(holder == rule.enterprise_id, -np.inf, rule.most_fen) for rule in rules.ceilings]
    return found


def _most_units(program: AssistProgram, rows: Units) -> Units:
    chains = program.chains.iloc[rows]
    room = whole_column(program.needs, "need_fen")[whole_column(chains, "need")] // whole_column(chains, "cover_fen")
    most = whole_column(chains, "most")
    room = np.where(most >= 0, np.minimum(room, most), room)
    room = np.where(whole_column(chains, "measure") != NONE, np.minimum(room, 1), room)
    return np.where(forbidden(program)[rows], 0, room)
