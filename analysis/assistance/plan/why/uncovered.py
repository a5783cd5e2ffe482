"""Why needs stay open, and the smallest changes each of which would cover more of a need and take from nobody."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from analysis.assistance.plan.program import SLOTS, AssistProgram, Units
from analysis.assistance.plan.room import Block
from analysis.assistance.plan.why.grants import BUDGET, CEILING, FORBIDDEN, IN_FEN, LIMIT, PROGRAMMES, Change
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
# What no grant changes: a unit that covers more than is left, a measure that is given already, the most of a chain.
_FIXED = frozenset({"need", "measure", "most"})
_MONEY = frozenset({BUDGET, "partner_budget"})

_Asked = tuple[int, list[Block]]


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
    rows = []
    need_ids = program.needs["need_id"].tolist()
    for need, rest in enumerate(stands.room.need):
        if rest > 0:
            reason, opening = why_open(stands, need)
            chain, changes = (opening.chain, opening.changes) if opening else (-1, ())
            rows.append((need, need_ids[need], rest, reason, chain, changes))
    columns = ["need", "need_id", "rest_fen", "reason", "chain", "changes"]
    whole = {"need": "int64", "rest_fen": "int64", "chain": "int64"}
    return pd.DataFrame(rows, columns=columns).astype(whole)


def why_open(stands: Standing, need: int) -> tuple[str, Opening | None]:
    """Return the reason why something of a need (position) is left, and the smallest opening, if there is one."""
    if not len(stands.chains_of(need)):
        return "no_chain", None
    found = _unfixed(stands, need)
    if not found:
        return "nothing_more", None
    opening = _opening(stands.program, *min(found, key=_size))
    return reason_of(opening.changes), opening


def openings(stands: Standing, need: int) -> list[Opening]:
    """Return every chain through which more of a need (position) could be covered, with what it asks.

    The smallest first: those that leave the rules as they are, then those that leave the number of programmes, then
    the fewest changes, the least money, the fewest places, and the order of chains.
    """
    return [_opening(stands.program, *each) for each in sorted(_unfixed(stands, need), key=_size)]


def reason_of(changes: tuple[Change, ...]) -> str:
    """Return the reason that the changes of an opening come to."""
    kinds = {change.kind for change in changes}
    if not kinds:
        return "missed"
    if kinds & {FORBIDDEN, CEILING}:
        return "rule" if len(kinds) == 1 else "several"
    if kinds <= _MONEY:
        return "budget"
    if kinds <= set(SLOTS) - _MONEY:
        return "capacity"
    return next(iter(kinds)) if len(kinds) == 1 else "several"


def _unfixed(stands: Standing, need: int) -> list[_Asked]:
    """Return the chains of a need that a grant could open, each with the bounds in its way."""
    found = ((chain, stands.room.blocks(chain)) for chain in stands.chains_of(need))
    return [(chain, blocks) for chain, blocks in found if not any(block.kind in _FIXED for block in blocks)]


def _size(asked: _Asked) -> tuple[int, int, int, int, int, int]:
    chain, blocks = asked
    kinds = [block.kind for block in blocks]
    return (
        sum(kind in (FORBIDDEN, CEILING) for kind in kinds),
        sum(kind == PROGRAMMES for kind in kinds),
        len(kinds),
        sum(block.missing for block in blocks if block.kind in IN_FEN),
        sum(block.missing for block in blocks if block.kind not in IN_FEN),
        chain,
    )


def _opening(program: AssistProgram, chain: int, blocks: list[Block]) -> Opening:
    row = program.chains.iloc[chain]
    most: dict[tuple[str, str, str | None], int] = {}
    for block in blocks:
        key = _named(program, row, block)
        # Of several ceilings of one enterprise the lowest asks for most.
        most[key] = max(block.missing, most.get(key, 0))
    changes = tuple(Change(kind, name, amount, programme) for (kind, name, programme), amount in most.items())
    return Opening(chain, changes, int(row["cover_fen"]), int(row["cost_fen"]))


def _named(program: AssistProgram, row: pd.Series, block: Block) -> tuple[str, str, str | None]:
    """Return kind and ids of the bound."""
    kind, place = block.kind, block.place
    if kind in (BUDGET, LIMIT):
        return kind, str(program.programmes["programme_id"].iat[place]), None
    if kind in SLOTS:
        return kind, str(program.resources["resource_id"].iat[place]), None
    if kind == CEILING:
        return kind, program.rules.ceilings[place].enterprise_id, None
    household = str(program.needs["household_id"].iat[int(row["need"])])
    if kind == PROGRAMMES:
        return kind, household, None
    return kind, household, str(program.programmes["programme_id"].iat[int(row["programme"])])
