"""What is left of everything while units are given chain by chain; nothing is ever given that does not fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from analysis.assistance.plan.classes import forbidden
from analysis.assistance.plan.program import NONE, AssistProgram, Units, positions, whole_column


class Room:
    """The needs, budgets, capacities, limits and ceilings that are left, and the units given so far.

    Plain lists: a look at one chain takes less than a microsecond each, and a plan takes millions of them.
    """

    def __init__(self, program: AssistProgram, *, most_programmes: int) -> None:
        chains = program.chains
        self.units: list[int] = [0] * len(chains)
        self.need: list[int] = program.needs["need_fen"].tolist()
        self._budget: list[int] = program.programmes["budget_fen"].tolist()
        capacity = whole_column(program.resources, "capacity")
        # Without a bound there is always enough; the last place is for chains without a resource.
        endless = 2**62
        self._capacity: list[int] = [*np.where(capacity == NONE, endless, capacity).tolist(), endless]
        self._limit: list[int] = program.programmes["household_limit_fen"].tolist()
        self._most_programmes = most_programmes
        household = positions(program.needs["household_id"])
        need = whole_column(chains, "need")
        self.chain_need: list[int] = need.tolist()
        self._household: list[int] = household[need].tolist()
        self._programme: list[int] = chains["programme"].tolist()
        self._enterprise: list[int] = chains["enterprise"].tolist()
        self._cooperative: list[int] = chains["cooperative"].tolist()
        self._cost: list[int] = chains["cost_fen"].tolist()
        self._cover: list[int] = chains["cover_fen"].tolist()
        self._use: list[int] = chains["use"].tolist()
        self._most: list[int] = np.where(forbidden(program), 0, whole_column(chains, "most")).tolist()
        self._paid: defaultdict[tuple[int, int], int] = defaultdict(int)
        self._helping: defaultdict[int, dict[int, int]] = defaultdict(dict)
        ceiling, held = _ceilings(program)
        self._ceiling: list[int] = [*ceiling, endless]
        self._held: list[int] = held.tolist()

    def fits(self, chain: int) -> int:
        """Return how many more units the chain can take."""
        cover, cost, use = self._cover[chain], self._cost[chain], self._use[chain]
        programme, household = self._programme[chain], self._household[chain]
        most = min(self.need[self.chain_need[chain]], self._ceiling[self._held[chain]]) // cover
        if self._most[chain] >= 0:
            most = min(most, self._most[chain] - self.units[chain])
        if cost:
            most = min(most, self._budget[programme] // cost)
            if most > 0 and self._limit[programme] >= 0:
                most = min(most, (self._limit[programme] - self._paid[household, programme]) // cost)
        if use:
            most = min(most, self._capacity[self._enterprise[chain]] // use)
            most = min(most, self._capacity[self._cooperative[chain]] // use)
        if most > 0:
            helping = self._helping[household]
            if programme not in helping and len(helping) >= self._most_programmes:
                return 0
        return max(most, 0)

    def give(self, chain: int, units: int) -> None:
        """Give units that fit; a number below zero takes them back."""
        cover, cost, use = self._cover[chain], self._cost[chain], self._use[chain]
        programme, household = self._programme[chain], self._household[chain]
        self.units[chain] += units
        self.need[self.chain_need[chain]] -= units * cover
        self._ceiling[self._held[chain]] -= units * cover
        self._budget[programme] -= units * cost
        if self._limit[programme] >= 0:
            self._paid[household, programme] += units * cost
        self._capacity[self._enterprise[chain]] -= units * use
        self._capacity[self._cooperative[chain]] -= units * use
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


def _ceilings(program: AssistProgram) -> tuple[list[int], Units]:
    """Return what each enterprise with a ceiling may cover, and per chain its place among them (-1: none)."""
    most: dict[str, int] = {}
    for rule in program.rules.ceilings:
        most[rule.enterprise_id] = min(rule.most_fen, most.get(rule.enterprise_id, rule.most_fen))
    names = [*most]
    place = [names.index(name) if name in most else NONE for name in program.resources["holder_id"]]
    return list(most.values()), np.array([*place, NONE], dtype=np.int64)[whole_column(program.chains, "enterprise")]
