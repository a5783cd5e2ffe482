"""What is left of everything while units are given chain by chain; nothing is ever given that does not fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from analysis.assistance.plan.classes import forbidden
from analysis.assistance.plan.labels import coded
from analysis.assistance.plan.program import NONE, AssistProgram, Units, positions, slots_taken, whole_column

# Without a bound there is always enough.
_ENDLESS = 2**62


class Block(NamedTuple):
    """A bound that keeps one more unit of a chain from fitting, and how much more of it that unit asks for.

    `kind` and `place` (a position): `need` (of the needs: less is left open than a unit covers, in fen), `measure` (of
    the measures: the need has its one unit), `most` (the chain itself, units), `budget` and `household_limit` (of the
    programmes, fen), a slot (of the resources, in their unit), `programmes` (of the programmes: it would be one too
    many for the household), `forbidden` and `ceiling` (of the rules of that kind; one unit, fen covered).
    """

    kind: str
    place: int
    missing: int


class Room:
    """The needs, budgets, capacities, limits and ceilings that are left, and the units given so far.

    Plain lists: a look at one chain takes less than a microsecond each, and a plan takes millions of them.
    """

    def __init__(self, program: AssistProgram, *, most_programmes: int) -> None:
        chains = program.chains
        self.units: list[int] = [0] * len(chains)
        self.need: list[int] = program.needs["need_fen"].tolist()
        self._budget: list[int] = program.programmes["budget_fen"].tolist()
        self._capacity: list[int] = program.resources["capacity"].tolist()
        self._ways, self._takes = _takings(program)
        self._limit: list[int] = program.programmes["household_limit_fen"].tolist()
        self._most_programmes = most_programmes
        household = positions(program.needs["household_id"])
        need = whole_column(chains, "need")
        self.chain_need: list[int] = need.tolist()
        self._household: list[int] = household[need].tolist()
        self._programme: list[int] = chains["programme"].tolist()
        self._cost: list[int] = chains["cost_fen"].tolist()
        self._cover: list[int] = chains["cover_fen"].tolist()
        self._program = program
        self._measure, self._own_most, self._enterprise = (
            whole_column(chains, name) for name in ("measure", "most", "enterprise")
        )
        self._most: list[int] = np.where(forbidden(program), 0, whole_column(chains, "most")).tolist()
        pairs = _pairs(program)
        self._pair: list[int] = pairs.tolist()
        # The last place is for chains whose measure is not told apart.
        self._single: list[int] = [*[1] * (int(pairs.max(initial=-1)) + 1), _ENDLESS]
        self._paid: defaultdict[tuple[int, int], int] = defaultdict(int)
        self._helping: defaultdict[int, dict[int, int]] = defaultdict(dict)
        ceiling, held = _ceilings(program)
        self._ceiling: list[int] = [*ceiling, _ENDLESS]
        self._held: list[int] = held.tolist()

    @classmethod
    def after(cls, program: AssistProgram, units: Units, *, most_programmes: int) -> Room:
        """Return what is left when these units per chain are given."""
        room = cls(program, most_programmes=most_programmes)
        for chain in np.flatnonzero(units).tolist():
            room.give(chain, int(units[chain]))
        return room

    def fits(self, chain: int) -> int:
        """Return how many more units the chain can take."""
        cover, cost = self._cover[chain], self._cost[chain]
        programme, household = self._programme[chain], self._household[chain]
        most = min(self.need[self.chain_need[chain]], self._ceiling[self._held[chain]]) // cover
        most = min(most, self._single[self._pair[chain]])
        if self._most[chain] >= 0:
            most = min(most, self._most[chain] - self.units[chain])
        if cost:
            most = min(most, self._budget[programme] // cost)
            if most > 0 and self._limit[programme] >= 0:
                most = min(most, (self._limit[programme] - self._paid[household, programme]) // cost)
        for _, resource, use in self._takes[self._ways[chain]]:
            most = min(most, self._capacity[resource] // use)
        if most > 0:
            helping = self._helping[household]
            if programme not in helping and len(helping) >= self._most_programmes:
                return 0
        return max(most, 0)

    def give(self, chain: int, units: int) -> None:
        """Give units that fit; a number below zero takes them back."""
        cover, cost = self._cover[chain], self._cost[chain]
        programme, household = self._programme[chain], self._household[chain]
        self.units[chain] += units
        self.need[self.chain_need[chain]] -= units * cover
        self._ceiling[self._held[chain]] -= units * cover
        self._budget[programme] -= units * cost
        if self._limit[programme] >= 0:
            self._paid[household, programme] += units * cost
        self._single[self._pair[chain]] -= units
        for _, resource, use in self._takes[self._ways[chain]]:
            self._capacity[resource] -= units * use
        helping = self._helping[household]
        helping[programme] = helping.get(programme, 0) + units
        if not helping[programme]:
            del helping[programme]

    def fill(self, chains: Iterable[int]) -> None:
        """Give every chain in turn all that still fits."""
        for chain in chains:
            if self.need[self.chain_need[chain]] > 0:
                units = self.fits(chain)
                if units:
                    self.give(chain, units)

    def blocks(self, chain: int) -> list[Block]:
        """Return every bound that keeps one more unit of the chain from fitting; none where it fits."""
        return [block for block in self._asked(chain) if block.missing > 0]

    def _asked(self, chain: int) -> Iterator[Block]:
        """Yield every bound of the chain with what one more unit asks beyond what is left; 0 or less where it fits."""
        cover, cost, units = self._cover[chain], self._cost[chain], self.units[chain]
        programme, household, need = self._programme[chain], self._household[chain], self.chain_need[chain]
        yield Block("need", need, cover - self.need[need])
        if self._pair[chain] != NONE:
            yield Block("measure", int(self._measure[chain]), 1 - self._single[self._pair[chain]])
        most = int(self._own_most[chain])
        if most != NONE:
            yield Block("most", chain, units + 1 - most)
        yield Block("budget", programme, cost - self._budget[programme])
        if self._limit[programme] != NONE and cost:
            paid = self._paid[household, programme]
            yield Block("household_limit", programme, cost + paid - self._limit[programme])
        for slot, resource, use in self._takes[self._ways[chain]]:
            yield Block(slot, resource, use - self._capacity[resource])
        helping = self._helping[household]
        if programme not in helping:
            yield Block("programmes", programme, len(helping) + 1 - self._most_programmes)
        yield from self._ruled(chain)

    def _ruled(self, chain: int) -> Iterator[Block]:
        program = self._program
        household = program.needs["household_id"].iat[self.chain_need[chain]]
        giver = program.programmes["programme_id"].iat[self._programme[chain]]
        for place, ban in enumerate(program.rules.forbidden):
            if (ban.household_id, ban.programme_id) == (household, giver):
                yield Block("forbidden", place, 1)
        enterprise = int(self._enterprise[chain])
        if not program.rules.ceilings or enterprise == NONE:
            return
        holder = program.resources["holder_id"].iat[enterprise]
        mine = [(place, rule) for place, rule in enumerate(program.rules.ceilings) if rule.enterprise_id == holder]
        lowest = min((rule.most_fen for _, rule in mine), default=0)
        for place, rule in mine:
            left = self._ceiling[self._held[chain]] + rule.most_fen - lowest
            yield Block("ceiling", place, self._cover[chain] - left)


def _takings(program: AssistProgram) -> tuple[list[int], list[tuple[tuple[str, int, int], ...]]]:
    """Return per chain its place among the different takings, and these: slot, resource and use where bounded."""
    chains, slots = program.chains, slots_taken(program.chains)
    capacity = [*program.resources["capacity"].tolist(), NONE]
    names = [name for slot in slots for name in (slot, f"{slot}_use")]
    if not names:
        return [0] * len(chains), [()]
    way = coded(*(whole_column(chains, name) for name in names))
    _, first = np.unique(way, return_index=True)
    rows = zip(*(chains[name].to_numpy()[first].tolist() for name in names), strict=True)
    takes = [
        tuple(
            (slot, resource, use)
            for slot, resource, use in zip(slots, row[::2], row[1::2], strict=True)
            if use and capacity[resource] != NONE
        )
        for row in rows
    ]
    return way.tolist(), takes


def _pairs(program: AssistProgram) -> Units:
    """Return per chain the place of its need and measure among all such pairs; -1 where it has no measure."""
    measure = whole_column(program.chains, "measure")
    pairs = np.full(len(measure), NONE, dtype=np.int64)
    told = np.flatnonzero(measure != NONE)
    pairs[told] = coded(whole_column(program.chains, "need")[told], measure[told])
    return pairs


def _ceilings(program: AssistProgram) -> tuple[list[int], Units]:
    """Return what each enterprise with a ceiling may cover, and per chain its place among them (-1: none)."""
    most: dict[str, int] = {}
    for rule in program.rules.ceilings:
        most[rule.enterprise_id] = min(rule.most_fen, most.get(rule.enterprise_id, rule.most_fen))
    names = [*most]
    place = [names.index(name) if name in most else NONE for name in program.resources["holder_id"]]
    return list(most.values()), np.array([*place, NONE], dtype=np.int64)[whole_column(program.chains, "enterprise")]
