"""Needs that are alike made one class, so that the linear program is small and still exact.

Needs are alike when they have the same weight, tier and ways; of the sum of their amounts every share can be spread
back over them. That a need takes one unit of a measure at most holds for each of them where it holds for all
together, as long as their amounts are alike, units in parts and all; so where it may bind, only needs of one amount
are put together. A bound of one household (a programme's household limit, the most units of a chain) does not add up
over needs of unlike amounts: where one may bind, only households that are alike in everything, the amounts included,
are put together. Households that a rule names, and villages with a floor, stay apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.assistance.plan.labels import coded, firsts, list_labels, sums_by
from analysis.assistance.plan.program import NONE, AssistProgram, Units, positions, slots_taken, whole_column

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Columns:
    """The flows of the linear program: one per way and class that may use it, or per way where classes share it.

    All are positions or whole numbers per column. `takes`: resource (-1: none) and use, per slot. `most`: over all
    members (-1: no bound). `measure`: -1 where one unit at most is no bound. `need_class`: the class that uses it alone
    (-1: shared). `bundle`: the columns that all needs with the same ways share (-1: not shared), be their weights and
    tiers what they may; each measure of theirs is a bundle of its own.
    """

    programme: Units
    enterprise: Units
    takes: tuple[tuple[Units, Units], ...]
    cost_fen: Units
    cover_fen: Units
    most: Units
    measure: Units
    need_class: Units
    bundle: Units


@dataclass(frozen=True)
class Classes:
    """The classes of a program and the flows to them.

    `live`: the chains (positions) that no rule forbids, sorted by need and column; `column`: of each its column.
    `of_need`: the class of each need (-1: no chain). Per class `need_fen` (sum), `weight`, `tier`, `size`, `village`
    (where it has a floor, else -1), `household` (a locked one, else -1) and `group`: the class of households where
    limits may bind (-1: none). `share_bundle` and `share_class`: who shares which bundle; `share_measure` and
    `share_cover`: what measure that is (-1: no bound) and what one unit of it covers. `limits`: one row per group
    and programme whose limit may bind, with the number of households.
    """

    live: Units
    column: Units
    of_need: Units
    need_fen: Units
    weight: Units
    tier: Units
    size: Units
    village: Units
    household: Units
    group: Units
    columns: Columns
    share_bundle: Units
    share_class: Units
    share_measure: Units
    share_cover: Units
    limits: tuple[tuple[int, int, int], ...]


def classes_of(program: AssistProgram) -> Classes:
    """Return the classes of a program, in an order that does not hang on the order of the input."""
    live = np.flatnonzero(~forbidden(program))
    chains, needs = program.chains.iloc[live], program.needs
    need, household = whole_column(chains, "need"), positions(needs["household_id"])
    cover, need_fen = whole_column(chains, "cover_fen"), whole_column(needs, "need_fen")
    most, measure = _own_most(chains, need_fen[need]), whole_column(chains, "measure")
    taken = [name for slot in slots_taken(chains) for name in (slot, f"{slot}_use")]
    way = coded(*(whole_column(chains, name) for name in ("programme", "measure", *taken, "cost_fen")), cover, most)
    is_limited, binding = _limited(program, live, household)
    # A rule may name a household that is not there: it has no chain.
    names = needs["household_id"].to_numpy(dtype=object)
    is_locked = np.isin(names, [rule.household_id for rule in program.rules.locked])
    is_bound = is_limited | is_locked
    is_bound[need[most >= 0]] = True
    # One unit of a measure at most: needless to say where it covers the whole need.
    is_single = np.zeros(len(needs), dtype=np.bool_)
    is_single[need[(measure != NONE) & (cover < need_fen[need])]] = True
    village = positions(needs["village_id"])
    has_floor = np.isin(needs["village_id"].to_numpy(dtype=object), [rule.village_id for rule in program.rules.floors])
    ways = list_labels(need, way, len(needs))
    same = coded(
        whole_column(needs, "severity_weight"),
        whole_column(needs, "tier"),
        ways,
        np.where(has_floor, village, NONE),
        np.where(is_bound | is_single, need_fen, NONE),
        np.where(is_locked, household, NONE),
    )
    group = _groups(household, same, is_bound)
    reached = np.zeros(len(needs), dtype=np.bool_)
    reached[need] = True
    of_need = np.full(len(needs), NONE, dtype=np.int64)
    of_need[reached] = coded(same[reached], group[reached])
    flow = coded(way, np.where(is_bound, of_need, NONE)[need], np.where(is_bound, NONE, ways)[need])
    order = np.lexsort((flow, need))
    first = firsts(of_need)
    of_need_and_ways = (of_need, ways, is_single)
    columns, shares = _columns(program, live[order], flow[order], most[order], of_need_and_ways)
    return Classes(
        live=live[order],
        column=flow[order],
        of_need=of_need,
        need_fen=sums_by(of_need, need_fen, len(first)),
        weight=whole_column(needs, "severity_weight")[first],
        tier=whole_column(needs, "tier")[first],
        size=sums_by(of_need, np.ones(len(needs), dtype=np.int64), len(first)),
        village=np.where(has_floor, village, NONE)[first],
        household=np.where(is_locked, household, NONE)[first],
        group=group[first].astype(np.int64),
        columns=columns,
        share_bundle=shares[0],
        share_class=shares[1],
        share_measure=shares[2],
        share_cover=shares[3],
        limits=_limit_rows(binding, household, group),
    )


def _own_most(chains: pd.DataFrame, need_fen: Units) -> Units:
    """Return the most units of each chain, -1 where its need, or the one unit of its measure, bounds it anyway."""
    most, cover, measure = (whole_column(chains, name) for name in ("most", "cover_fen", "measure"))
    is_bound_anyway = (most * cover >= need_fen) | ((measure != NONE) & (most > 0))
    return np.where((most >= 0) & ~is_bound_anyway, most, NONE)


def _groups(household: Units, same: Units, is_bound: Flags) -> Units:
    """Return per need the group of its household, -1 where none of its bounds is one of the household.

    Households alike in all their bound needs are a group: a need alone would not tell what else limits are spent on.
    """
    bound = np.flatnonzero(is_bound)
    if not len(bound):
        return np.full(len(household), NONE, dtype=np.int64)
    alike = list_labels(household[bound], same[bound], int(household.max(initial=-1)) + 1)
    return np.where(is_bound, alike[household], NONE)


def forbidden(program: AssistProgram) -> Flags:
    """Return which chains a rule forbids."""
    found = np.zeros(len(program.chains), dtype=np.bool_)
    if not program.rules.forbidden:
        return found
    household = program.needs["household_id"].to_numpy(dtype=object)
    programme = program.programmes["programme_id"].to_numpy(dtype=object)
    need, giver = whole_column(program.chains, "need"), whole_column(program.chains, "programme")
    for rule in program.rules.forbidden:
        found |= (household == rule.household_id)[need] & (programme == rule.programme_id)[giver]
    return found


def _limited(program: AssistProgram, live: Units, household: Units) -> tuple[Flags, Units]:
    """Return which needs a household limit may keep from being covered, and the pairs of need and programme of them.

    A limit cannot bind where even the dearest chains of the programme to all needs of the household cost no more.
    """
    limits = whole_column(program.programmes, "household_limit_fen")
    chains = program.chains.iloc[live]
    chains = chains[limits[whole_column(chains, "programme")] >= 0]
    is_limited = np.zeros(len(program.needs), dtype=np.bool_)
    if not len(chains):
        return is_limited, np.zeros((0, 2), dtype=np.int64)
    pairs, possible = _dearest(program, chains)
    of_household = coded(household[pairs[:, 0]], pairs[:, 1])
    total = np.bincount(of_household, possible)[of_household]
    binding = pairs[total > limits[pairs[:, 1]]]
    is_limited[binding[:, 0]] = True
    return is_limited, binding


def _dearest(program: AssistProgram, chains: pd.DataFrame) -> tuple[Units, Numbers]:
    """Return pairs of need and programme, and the most fen that the programme's chains to the need can cost.

    Of a measure no more than one unit is paid, of all chains no more than covers the need.
    """
    need, programme, measure = (whole_column(chains, name) for name in ("need", "programme", "measure"))
    cost = whole_column(chains, "cost_fen").astype(np.float64)
    to_cover = cost / whole_column(chains, "cover_fen") * whole_column(program.needs, "need_fen")[need]
    of_measure = coded(need, programme, measure)
    each = np.zeros(int(of_measure.max()) + 1)
    np.maximum.at(each, of_measure, np.where(measure == NONE, to_cover, cost))
    _, first, pair = np.unique(coded(need, programme), return_index=True, return_inverse=True)
    _, one = np.unique(of_measure, return_index=True)
    by_measure = np.bincount(pair[one], each)
    whole = np.zeros(len(first))
    np.maximum.at(whole, pair, to_cover)
    return np.stack([need[first], programme[first]], axis=1), np.minimum(by_measure, whole)


def _limit_rows(binding: Units, household: Units, group: Units) -> tuple[tuple[int, int, int], ...]:
    """Return group, programme and number of households of each limit that may bind."""
    if not len(binding):
        return ()
    need, programme = binding[:, 0], binding[:, 1]
    rows = np.unique(np.stack([group[need], programme, household[need]], axis=1), axis=0)
    pairs, counts = np.unique(rows[:, :2], axis=0, return_counts=True)
    return tuple((int(a), int(b), int(n)) for (a, b), n in zip(pairs.tolist(), counts.tolist(), strict=True))


def _columns(
    program: AssistProgram, live: Units, flow: Units, most: Units, of_need: tuple[Units, Units, Flags]
) -> tuple[Columns, tuple[Units, Units, Units, Units]]:
    """Return the columns, and bundle, class, measure and cover of the shares.

    `of_need`: its class, the number of its set of ways, and whether one unit of a measure at most may be a bound there.
    """
    chains = program.chains.iloc[live]
    need, cover = whole_column(chains, "need"), whole_column(chains, "cover_fen")
    user, ways = of_need[0][need], of_need[1][need]
    measure = np.where(of_need[2][need], whole_column(chains, "measure"), NONE)
    first = firsts(flow)
    pairs = np.unique(np.stack([flow, user], axis=1), axis=0)
    is_shared = np.bincount(pairs[:, 0], minlength=len(first)) > 1
    bundle = np.full(len(first), NONE, dtype=np.int64)
    # What is bound by the unit is shared by the unit: so the share of a class tells how many of its needs have one.
    unit = np.where(measure[first] != NONE, cover[first], NONE)
    bundle[is_shared] = coded(ways[first][is_shared], measure[first][is_shared], unit[is_shared])
    shares = pairs[is_shared[pairs[:, 0]]]
    _, one = np.unique(coded(bundle[shares[:, 0]], shares[:, 1]), return_index=True)
    share_flow, share_class = shares[one].T
    columns = Columns(
        programme=whole_column(chains, "programme")[first],
        enterprise=whole_column(chains, "enterprise")[first],
        takes=tuple(
            (whole_column(chains, slot)[first], whole_column(chains, f"{slot}_use")[first])
            for slot in slots_taken(chains)
        ),
        cost_fen=whole_column(chains, "cost_fen")[first],
        cover_fen=cover[first],
        most=np.where(most[first] >= 0, most[first] * np.bincount(flow, minlength=len(first)), NONE),
        measure=measure[first],
        need_class=np.where(is_shared, NONE, user[first]),
        bundle=bundle,
    )
    return columns, (bundle[share_flow], share_class, measure[first][share_flow], cover[first][share_flow])
