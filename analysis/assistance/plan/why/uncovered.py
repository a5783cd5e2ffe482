"""Why needs stay open, and the smallest changes each of which would cover more of a need and take from nobody."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.assistance.plan.program import NONE, SLOTS, AssistProgram, Units, whole_column
from analysis.assistance.plan.why.grants import BUDGET, CEILING, FORBIDDEN, LIMIT, Change
from analysis.assistance.plan.why.open_needs import reasons_of, smallest_openings, sorted_chains
from analysis.assistance.plan.why.standing import Standing, standing

# Why a need, or a rest of it, stays open.
REASONS = (
    "no_chain",
    "rule",
    "nothing_more",
    "budget",
    "capacity",
    "household_limit",
    "programmes",
    "several",
    "missed",
)


class Opening(NamedTuple):
    """One way to cover more of a need: with the changes, one more unit of the chain fits and covers so many fen."""

    chain: int
    changes: tuple[Change, ...]
    cover_fen: int
    cost_fen: int


def uncovered(program: AssistProgram, units: Units, *, most_programmes: int) -> pd.DataFrame:
    """Return one row per need that the units do not cover whole, sorted by need.

    Columns: need (position), need_id text, rest_fen int64, reason (one of REASONS), chain int64 (what one more unit
    would come through, -1: none) and changes (a tuple of Change; none where nothing can be granted). Reasons:
    `no_chain` (nothing reaches the need), `nothing_more` (what reaches it is given, or is more than is left of it),
    `budget` (also a partner's), `capacity` (places or units of a resource), `household_limit`, `programmes` (as many
    help the household as may), `rule`, `several` (more than one of these at once) and `missed` (one more unit fits as
    it is). Of several ways the one of `openings` that comes first is told. The units keep every bound.
    """
    stands = standing(program, units, most_programmes=most_programmes)
    found = smallest_openings(stands)
    changes = [_changes(stands, chain) if chain != NONE else () for chain in found["chain"].tolist()]
    return found.assign(changes=pd.Series(changes, dtype="object"))


def why_open(stands: Standing, need: int) -> tuple[str, Opening | None]:
    """Return the reason why something of a need (position) is left, and the smallest opening, if there is one."""
    if not len(stands.chains_of(need)):
        return "no_chain", None
    found = openings(stands, need)
    if not found:
        return "nothing_more", None
    return str(reasons_of(stands, np.array([found[0].chain]))[0]), found[0]


def openings(stands: Standing, need: int) -> list[Opening]:
    """Return every chain through which more of a need (position) could be covered, the smallest first."""
    rows = np.array(stands.chains_of(need), dtype=np.int64)
    rows = sorted_chains(stands, rows[~stands.lacks.is_fixed[rows]])
    cover, cost = (whole_column(stands.program.chains.iloc[rows], name) for name in ("cover_fen", "cost_fen"))
    told = zip(rows.tolist(), cover.tolist(), cost.tolist(), strict=True)
    return [Opening(chain, _changes(stands, chain), covered, paid) for chain, covered, paid in told]


def _changes(stands: Standing, chain: int) -> tuple[Change, ...]:
    """Return what one more unit of a chain asks for."""
    asked = ((kind, int(amount[chain])) for kind, amount in stands.lacks.amounts.items())
    return tuple(_change(stands.program, chain, kind, amount) for kind, amount in asked if amount)


def _change(program: AssistProgram, chain: int, kind: str, amount: int) -> Change:
    if kind in SLOTS or kind == CEILING:
        name = "resource_id" if kind in SLOTS else "holder_id"
        place = int(program.chains[kind if kind in SLOTS else "enterprise"].to_numpy()[chain])
        return Change(kind, str(program.resources[name].to_numpy()[place]), amount)
    programme = str(program.programmes["programme_id"].to_numpy()[program.chains["programme"].to_numpy()[chain]])
    if kind in (BUDGET, LIMIT):
        return Change(kind, programme, amount)
    household = str(program.needs["household_id"].to_numpy()[program.chains["need"].to_numpy()[chain]])
    return Change(kind, household, amount, programme if kind == FORBIDDEN else None)
