"""What one more unit of each chain lacks of every bound, for all chains at once: the same as `Room.blocks`, in bulk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.assistance.plan.classes import Flags, forbidden
from analysis.assistance.plan.labels import coded
from analysis.assistance.plan.program import NONE, AssistProgram, Units, positions, slots_taken, whole_column
from analysis.assistance.plan.why.grants import BUDGET, CEILING, FORBIDDEN, LIMIT, PROGRAMMES


@dataclass(frozen=True)
class Lacking:
    """What is in the way of one more unit of each chain.

    `rest`: per need what is left open, in fen. `is_fixed`: per chain whether something is in the way that no grant
    changes: a unit covers more than is left, its measure is given, or the chain has its most. `amounts`: by kind of
    `grants.Change` how much more one unit asks for, per chain; 0 where the bound is not in the way.
    """

    rest: Units
    is_fixed: Flags
    amounts: Mapping[str, Units]


def lacking(program: AssistProgram, units: Units, *, most_programmes: int) -> Lacking:
    """Return what is in the way of one more unit of each chain when these units are given; they keep every bound."""
    chains = program.chains
    need, programme = whole_column(chains, "need"), whole_column(chains, "programme")
    cost, cover = whole_column(chains, "cost_fen"), whole_column(chains, "cover_fen")
    rest = whole_column(program.needs, "need_fen") - _sums(need, units * cover, len(program.needs))
    amounts = {BUDGET: cost - _left(program.programmes["budget_fen"].to_numpy(), programme, units * cost)[programme]}
    for slot in slots_taken(chains):
        place, use = whole_column(chains, slot), whole_column(chains, f"{slot}_use")
        # One more place at the end: a chain without a resource has the position -1.
        capacity = np.append(whole_column(program.resources, "capacity"), NONE)
        left = _left(capacity, np.where(place == NONE, len(capacity) - 1, place), units * use)
        amounts[slot] = np.where((capacity[place] == NONE) | (use == 0), 0, use - left[place])
    household = positions(program.needs["household_id"])[need]
    amounts[LIMIT], amounts[PROGRAMMES] = _of_households(program, units, household, most_programmes)
    amounts[FORBIDDEN] = forbidden(program).astype(np.int64)
    amounts[CEILING] = _over_ceilings(program, units)
    return Lacking(rest, _fixed(program, units, rest), {kind: np.maximum(each, 0) for kind, each in amounts.items()})


def _sums(place: Units, amount: Units, count: int) -> Units:
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, place, amount)
    return sums


def _left(bound: Units, place: Units, taken: Units) -> Units:
    return bound - _sums(place, taken, len(bound))


def _fixed(program: AssistProgram, units: Units, rest: Units) -> Flags:
    chains = program.chains
    need, measure, most = (whole_column(chains, name) for name in ("need", "measure", "most"))
    found: Flags = whole_column(chains, "cover_fen") > rest[need]
    found |= (most != NONE) & (units >= most)
    told = np.flatnonzero(measure != NONE)
    if len(told):
        pair = coded(need[told], measure[told])
        found[told] |= _sums(pair, units[told], int(pair.max()) + 1)[pair] > 0
    return found


def _of_households(program: AssistProgram, units: Units, household: Units, most_programmes: int) -> tuple[Units, Units]:
    """Return what is lacking of the programme's limit for the household, and of the number of programmes for it."""
    programme, cost = whole_column(program.chains, "programme"), whole_column(program.chains, "cost_fen")
    limit = whole_column(program.programmes, "household_limit_fen")[programme]
    if not len(household):
        return household, household
    pair = coded(household, programme)
    count = int(pair.max()) + 1
    paid = _sums(pair, units * cost, count)[pair]
    over = np.where((limit == NONE) | (cost == 0), 0, cost + paid - limit)
    helps = _sums(pair, units, count) > 0
    first = np.zeros(count, dtype=np.int64)
    first[pair] = household
    helping = _sums(first, helps.astype(np.int64), int(household.max()) + 1)[household]
    return over, np.where(helps[pair], 0, helping + 1 - most_programmes)


def _over_ceilings(program: AssistProgram, units: Units) -> Units:
    """Return what is lacking of the lowest ceiling of the enterprise on the way; 0 where it has none."""
    lowest: dict[str, int] = {}
    for rule in program.rules.ceilings:
        lowest[rule.enterprise_id] = min(rule.most_fen, lowest.get(rule.enterprise_id, rule.most_fen))
    cover = whole_column(program.chains, "cover_fen")
    found = np.zeros(len(cover), dtype=np.int64)
    if not lowest:
        return found
    holders = np.array([*program.resources["holder_id"], ""], dtype=object)
    holder = holders[whole_column(program.chains, "enterprise")]
    for enterprise_id, most in lowest.items():
        is_its = holder == enterprise_id
        found[is_its] = cover[is_its] - (most - int((units * cover)[is_its].sum()))
    return found
