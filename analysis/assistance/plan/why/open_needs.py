"""Why every need that is left stays open, of all needs of a county at once: the reasons of `uncovered`, in arrays."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.assistance.plan.program import NONE, SLOTS, AssistProgram, Units, whole_column
from analysis.assistance.plan.why.grants import BUDGET, CEILING, FORBIDDEN, IN_FEN, LIMIT, PROGRAMMES
from analysis.assistance.plan.why.standing import Standing, standing

# What a need is told to be kept open by, and the kinds of bounds that this is.
_KINDS = {
    "rule": (FORBIDDEN, CEILING),
    "budget": (BUDGET, "partner_budget"),
    "capacity": tuple(slot for slot in SLOTS if slot != "partner_budget"),
    LIMIT: (LIMIT,),
    PROGRAMMES: (PROGRAMMES,),
}


def open_needs(program: AssistProgram, units: Units, *, most_programmes: int) -> pd.DataFrame:
    """Return the needs that the units do not cover whole: need (position), need_id, rest_fen int64 and reason.

    The reasons are those of `uncovered`, which says as well what would have to be granted. The units keep every bound.
    """
    found = smallest_openings(standing(program, units, most_programmes=most_programmes))
    return found.drop(columns="chain")


def smallest_openings(stands: Standing) -> pd.DataFrame:
    """Return the needs that are not covered whole: need, need_id, rest_fen, reason and chain.

    `chain`: of those that a grant could open the one that asks least, as `sorted_chains` has it; -1 where none could.
    """
    program, lacks = stands.program, stands.lacks
    need = whole_column(program.chains, "need")
    rows = sorted_chains(stands, np.flatnonzero(~lacks.is_fixed & (lacks.rest[need] > 0)))
    first = np.full(len(program.needs), NONE, dtype=np.int64)
    # The chains of a need stand one after the other still; written from the last on, the first one remains.
    first[need[rows[::-1]]] = rows[::-1]
    left = np.flatnonzero(lacks.rest > 0)
    chain = first[left]
    reason = np.where(np.diff(stands.starts)[left] > 0, "nothing_more", "no_chain").astype(object)
    reason[chain != NONE] = reasons_of(stands, chain[chain != NONE])
    return pd.DataFrame(
        {
            "need": left,
            "need_id": program.needs["need_id"].to_numpy(dtype=object)[left],
            "rest_fen": lacks.rest[left],
            "reason": reason,
            "chain": chain,
        }
    )


def sorted_chains(stands: Standing, rows: Units) -> Units:
    """Return chains sorted by their need, then by what one more unit asks, the smallest first.

    Those that leave the rules as they are come first, then those that leave the number of programmes, then the fewest
    changes, the least money, the fewest places, and the order of chains.
    """
    amounts = {kind: amount[rows] for kind, amount in stands.lacks.amounts.items()}
    none = np.zeros(len(rows), dtype=np.int64)
    ruled = sum(((amounts[kind] > 0) for kind in (FORBIDDEN, CEILING)), none)
    count = sum(((amount > 0) for amount in amounts.values()), none)
    money = sum((amount for kind, amount in amounts.items() if kind in IN_FEN), none)
    places = sum((amount for kind, amount in amounts.items() if kind not in IN_FEN), none)
    need = whole_column(stands.program.chains, "need")[rows]
    return rows[np.lexsort((rows, places, money, count, amounts[PROGRAMMES] > 0, ruled, need))]


def reasons_of(stands: Standing, rows: Units) -> NDArray[np.object_]:
    """Return what is in the way of one more unit of each of some chains: one of `_KINDS`, several, or missed."""
    amounts = stands.lacks.amounts
    none = np.zeros(len(rows), dtype=np.bool_)
    is_in_the_way = np.array(
        [
            np.any([none, *(amounts[kind][rows] > 0 for kind in kinds if kind in amounts)], axis=0)
            for kinds in _KINDS.values()
        ]
    )
    count = is_in_the_way.sum(axis=0)
    found: NDArray[np.object_] = np.array([*_KINDS], dtype=object)[is_in_the_way.argmax(axis=0)]
    found[count == 0] = "missed"
    found[count > 1] = "several"
    return found
