"""Who gets a second help while another, who could have had it, gets none; and why the plan has it so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from fractions import Fraction

import numpy as np
import pandas as pd

from analysis.assistance.plan.program import SLOTS, AssistProgram, Units, whole_column
from analysis.assistance.plan.room import Room

# Why the second help is where it is.
WHY = ("covers_more", "costs_less", "worse_off", "no_better", "better_elsewhere")
_COLUMNS = {
    "household_id": "object",
    "chain": "int64",
    "worth": "int64",
    "per_yuan": "float64",
    "other_household_id": "object",
    "other_chain": "int64",
    "other_worth": "int64",
    "other_per_yuan": "float64",
    "why": "object",
}
_YUAN = 100


def second_helps(
    program: AssistProgram, units: Units, *, most_programmes: int, among: Collection[str] | None = None
) -> pd.DataFrame:
    """Return who gets a second help that somebody without any help could have had instead, and why.

    One row per help beyond the first of a household (its first is the one that counts most), by household and chain,
    where one exists: household_id, chain (position), worth (severity-weighted fen one unit covers) and per_yuan
    (severity-weighted fen per yuan paid; missing where it costs nothing), the same of the other, and why. The other is
    a household that the units give nothing, with a chain of the same programme, measure and pools into which one unit
    fits once a unit of the help is taken back: of all of them the one that counts most. `why`: `covers_more` (of
    severity-weighted need), `costs_less` (the same for less money), `worse_off` (the same, in a worse tier),
    `no_better` (the same in all that a plan counts) or `better_elsewhere` (the other counts more: the plan is not the
    best there is, by no more than its gap). `among`: only these households count as others; None for all. The units
    keep every bound.
    """
    room = Room.after(program, units, most_programmes=most_programmes)
    terms = _Terms(program)
    waiting = _waiting(units, terms, among)
    best: dict[tuple[int, ...], int] = {}
    rows = []
    for chain in _beyond_the_first(units, terms):
        key = (*terms.key(chain), terms.cost[chain], terms.cover[chain], *terms.uses(chain))
        if key not in best:
            best[key] = _first_that_fits(room, chain, waiting.get(terms.key(chain), []))
        other = best[key]
        if other >= 0:
            rows.append(_row(terms, chain, other))
    return pd.DataFrame(rows, columns=[*_COLUMNS]).astype(_COLUMNS)


class _Terms:
    """What chains are and count, as plain lists."""

    def __init__(self, program: AssistProgram) -> None:
        chains, need = program.chains, whole_column(program.chains, "need")
        self.household: list[str] = program.needs["household_id"].to_numpy(dtype=object)[need].tolist()
        self.tier: list[int] = whole_column(program.needs, "tier")[need].tolist()
        self.cost: list[int] = chains["cost_fen"].tolist()
        self.cover: list[int] = chains["cover_fen"].tolist()
        weight = whole_column(program.needs, "severity_weight")[need].tolist()
        self.worth = [cover * each for cover, each in zip(self.cover, weight, strict=True)]
        self._key = [*zip(*(chains[name].tolist() for name in ("programme", "measure", *SLOTS)), strict=True)]
        self._uses = [*zip(*(chains[f"{slot}_use"].tolist() for slot in SLOTS), strict=True)]

    def key(self, chain: int) -> tuple[int, ...]:
        """Return the programme, measure and pools of a chain."""
        return self._key[chain]

    def uses(self, chain: int) -> tuple[int, ...]:
        """Return what a unit takes of the pools."""
        return self._uses[chain]

    def rank(self, chain: int) -> tuple[int, int, int, int]:
        """Return what a unit counts: most first when sorted by it."""
        return (-self.worth[chain], -self.tier[chain], self.cost[chain], chain)


def _beyond_the_first(units: Units, terms: _Terms) -> list[int]:
    """Return the chains with units of every household but the one that counts most, by household and chain."""
    helps: defaultdict[str, list[int]] = defaultdict(list)
    for chain in np.flatnonzero(units).tolist():
        helps[terms.household[chain]].append(chain)
    found = []
    for _, chains in sorted(helps.items()):
        first = min(chains, key=terms.rank)
        found += [chain for chain in chains if chain != first]
    return found


def _waiting(units: Units, terms: _Terms, among: Collection[str] | None) -> dict[tuple[int, ...], list[int]]:
    """Return per programme, measure and pools the chains of households with nothing, those that count most first."""
    helped = {terms.household[chain] for chain in np.flatnonzero(units).tolist()}
    found: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for chain, household in enumerate(terms.household):
        if household not in helped and (among is None or household in among):
            found[terms.key(chain)].append(chain)
    return {key: sorted(chains, key=terms.rank) for key, chains in found.items()}


def _first_that_fits(room: Room, chain: int, waiting: list[int]) -> int:
    """Return the first of the waiting chains into which a unit fits once one of the chain is taken back; -1: none."""
    room.give(chain, -1)
    found = next((other for other in waiting if room.fits(other) > 0), -1)
    room.give(chain, 1)
    return found


def _row(terms: _Terms, chain: int, other: int) -> tuple[object, ...]:
    sides = [(terms.household[each], each, terms.worth[each], _per_yuan(terms, each)) for each in (chain, other)]
    return (*sides[0], *sides[1], _why(terms, chain, other))


def _per_yuan(terms: _Terms, chain: int) -> float:
    cost = terms.cost[chain]
    return float(Fraction(terms.worth[chain] * _YUAN, cost)) if cost else float("nan")


def _why(terms: _Terms, chain: int, other: int) -> str:
    mine, theirs = terms.rank(chain)[:3], terms.rank(other)[:3]
    if mine == theirs:
        return "no_better"
    if mine > theirs:
        return "better_elsewhere"
    return ("covers_more", "worse_off", "costs_less")[next(at for at in range(3) if mine[at] != theirs[at])]
