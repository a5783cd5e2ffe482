"""An allocation: the program of a day out of frames, and all that is needed to say why something is not in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.assistance.allocation.bounds import Bounds, bounds_on
from analysis.assistance.allocation.chains import ChainRows, chain_frame, resource_frame
from analysis.assistance.allocation.eligibility import Tries, given_so_far, tries_of
from analysis.assistance.allocation.frames import AllocationFrames
from analysis.assistance.allocation.joins import NONE, Flags, index_of
from analysis.assistance.allocation.needs import Needs, needs_of
from analysis.assistance.allocation.pools import Pools, pools_on
from analysis.assistance.allocation.prices import measure_table
from analysis.assistance.allocation.takings import takings
from analysis.assistance.allocation.ways import Links, Ways, links_on, reached, ways_of
from analysis.assistance.plan.arrange import arranged
from analysis.assistance.plan.program import AssistProgram
from analysis.assistance.plan.rules import Rules
from analysis.assistance.words import party_names
from analysis.errors import QuestionError
from graph_schema import Schema
from policy.help_resources import HelpResources, TakenResource

NEED_COLUMNS = [
    "need_id",
    "household_id",
    "village_id",
    "cause_id",
    "severity",
    "severity_weight",
    "tier",
    "need_fen",
]


# A notice names so many of what it counts at most.
_SHOWN = 5


class Said(NamedTuple):
    """Something to say of an allocation: the code of a notice and what fills its places."""

    code: str
    fields: dict[str, object]


@dataclass(frozen=True)
class NamedProgram:
    """The frames of a program as `arranged` takes them, so that rows can be added to them."""

    needs: pd.DataFrame
    programmes: pd.DataFrame
    resources: pd.DataFrame
    chains: pd.DataFrame

    def arranged(self, rules: Rules | None = None) -> AssistProgram:
        """Return the program of these frames."""
        return arranged(self.needs, self.programmes, self.resources, self.chains, rules=rules)


@dataclass(frozen=True)
class Allocation:
    """A program and what it was made from.

    `program`: its chains keep measure_id, enterprise_id, contract_id, cooperative_id, partner_id, pool_id (None where
    there is none) and to_check (flag); its needs keep severity. `named`: its frames by id. `unpriced`: need_id,
    household_id, village_id, cause_id of causes that no measure acts on, which are in no program. `tries`: every need
    with every offer of a measure of its cause, and what is in the way. `names`: by kind and id the name of programmes,
    agencies, enterprises, cooperatives and areas. `eligible`: by programme the areas that it names. `takes`: by measure
    what one unit takes of a resource. `said`: what to keep in mind.
    """

    program: AssistProgram
    named: NamedProgram
    unpriced: pd.DataFrame
    needs: Needs
    bounds: Bounds
    tries: Tries
    ways: Ways
    links: Links
    pools: Pools
    takes: Mapping[str, TakenResource]
    names: Mapping[tuple[str, str], str | None]
    eligible: Mapping[str, tuple[str, ...]]
    said: tuple[Said, ...] = field(default=())


def allocation_of(
    frames: AllocationFrames,
    schema: Schema,
    table: HelpResources,
    day: date,
    *,
    rules: Rules | None = None,
    programme_ids: Collection[str] | None = None,
) -> Allocation:
    """Return the allocation of a day. `programme_ids`: only these programmes give; None for all.

    Raises QuestionError for an amount below zero, a programme that is told twice or not at all, and a household that
    is told twice: it would be helped twice.
    """
    _check_households(frames)
    frames = _only(frames, programme_ids)
    measures, takes = measure_table(schema), table.on(day)
    needs = needs_of(frames, measures, day)
    bounds = bounds_on(frames, measures, day)
    tries = tries_of(frames, needs, bounds)
    links = links_on(frames, needs, day)
    ways = ways_of(bounds, links)
    pools = pools_on(frames, bounds, takes, day)
    tries, rows, unknown = _rows(needs, bounds, tries, ways, links, pools, takes)
    named = NamedProgram(
        needs=needs.needs[NEED_COLUMNS],
        programmes=_programmes(bounds),
        resources=resource_frame(bounds, ways.heads, pools),
        chains=chain_frame(rows, needs, bounds, ways.heads, pools, takes),
    )
    return Allocation(
        program=named.arranged(rules),
        named=named,
        unpriced=needs.unpriced,
        needs=needs,
        bounds=bounds,
        tries=tries,
        ways=ways,
        links=links,
        pools=pools,
        takes=takes,
        names=_names(frames),
        eligible=_eligible(frames),
        said=_said(frames, bounds, pools, rows, unknown),
    )


def _check_households(frames: AllocationFrames) -> None:
    twice = frames.households[frames.households.duplicated("household_id", keep=False)]
    if len(twice):
        household_id = sorted(twice["household_id"])[0]
        areas = sorted({str(area) for area in twice[twice["household_id"] == household_id]["area_id"]})
        raise QuestionError("assist_household_twice", household=household_id, areas=", ".join(areas))


def _only(frames: AllocationFrames, programme_ids: Collection[str] | None) -> AllocationFrames:
    if programme_ids is None:
        return frames
    unknown = sorted({*programme_ids} - {*frames.programmes["programme_id"]})
    if unknown:
        raise QuestionError("assist_programme_unknown", programme=unknown[0])
    return replace(frames, programmes=frames.programmes[frames.programmes["programme_id"].isin({*programme_ids})])


def _rows(
    needs: Needs,
    bounds: Bounds,
    tries: Tries,
    ways: Ways,
    links: Links,
    pools: Pools,
    takes: Mapping[str, TakenResource],
) -> tuple[Tries, ChainRows, tuple[str, ...]]:
    """Return the tries with what links and resources put in the way, the rows of chains, and measures not bounded."""
    programme = bounds.offers["programme"].to_numpy(dtype=np.int64)[tries.offer]
    household = needs.needs["household"].to_numpy(dtype=np.int64)[tries.need]
    is_indirect = ways.has_partners[programme]
    indirect = np.flatnonzero(is_indirect)
    row, head = reached(household[indirect], programme[indirect], ways.heads, needs, links.members)
    has_way = ~is_indirect
    has_way[indirect[row]] = True
    tries = tries.also("no_partner_link", ~has_way)
    direct = np.flatnonzero(~is_indirect)
    place = np.append(direct, indirect[row])
    head = np.append(np.full(len(direct), NONE), head)
    taking = takings(pools, bounds, ways.heads, takes, (tries.offer[place], head))
    without = np.ones(len(tries.need), dtype=np.bool_)
    without[place[~taking.is_left_out]] = False
    tries = tries.also("no_resource", without & has_way)
    tries = tries.also("limit_spent", _too_much_together(needs, bounds, tries))
    at = place[taking.row]
    open_ = tries.blocks[at] == 0
    at, kept = at[open_], taking.row[open_]
    rows = ChainRows(tries.need[at], tries.offer[at], head[kept], taking.pool[open_], tries.to_check[at])
    return tries, rows, taking.unknown


def _too_much_together(needs: Needs, bounds: Bounds, tries: Tries) -> Flags:
    """Return per try that is open whether a household's limit, less what it had, does not bear it with those before it.

    A programme's limit is the same for all households; of one that had something already less is left. So that no plan
    exceeds it, of such a household only so many tries stay open as it bears together, the most covered per fen first.
    """
    programme = bounds.offers["programme"].to_numpy(dtype=np.int64)[tries.offer]
    household = needs.needs["household"].to_numpy(dtype=np.int64)[tries.need]
    limit = bounds.programmes["household_limit_fen"].to_numpy(dtype=np.int64)[programme]
    had = given_so_far(needs, bounds, household, programme)
    rows = np.flatnonzero((tries.blocks == 0) & (limit != NONE) & (had > 0))
    cost = bounds.offers["cost_fen"].to_numpy(dtype=np.int64)[tries.offer]
    gain = needs.needs["need_fen"].to_numpy(dtype=np.int64)[tries.need] * bounds.offers["share"].to_numpy()[tries.offer]
    frame = pd.DataFrame({"row": rows, "household": household[rows], "programme": programme[rows], "cost": cost[rows]})
    frame = frame.assign(per_fen=-gain[rows] / np.maximum(cost[rows], 1))
    frame = frame.sort_values(["household", "programme", "per_fen", "row"])
    together = frame.groupby(["household", "programme"])["cost"].cumsum()
    order = frame["row"].to_numpy()
    is_beyond = np.zeros(len(tries.need), dtype=np.bool_)
    is_beyond[order] = together.to_numpy() + had[order] > limit[order]
    return is_beyond


def _programmes(bounds: Bounds) -> pd.DataFrame:
    running = bounds.programmes[bounds.programmes["is_running"]]
    kept = running[["programme_id", "agency_id", "household_limit_fen"]]
    return kept.assign(budget_fen=running["left_fen"]).reset_index(drop=True)


def _names(frames: AllocationFrames) -> dict[tuple[str, str], str | None]:
    parts = [
        (frames.programmes, "Programme", "programme_id", "programme_name"),
        (frames.programmes, "Agency", "agency_id", "agency_name"),
        (frames.partnerships, "partner_kind", "partner_id", "partner_name"),
        (frames.contracts, "Enterprise", "enterprise_id", "enterprise_name"),
        (frames.contracts, "partner_kind", "partner_id", "partner_name"),
        (frames.memberships, "Cooperative", "cooperative_id", "cooperative_name"),
        (frames.areas, "Area", "area_id", "name"),
    ]
    return party_names(*parts)


def _eligible(frames: AllocationFrames) -> dict[str, tuple[str, ...]]:
    named = frames.eligible[frames.eligible["area_id"].notna()].sort_values(["programme_id", "area_id"])
    return {str(programme): tuple(areas) for programme, areas in named.groupby("programme_id")["area_id"]}


def _said(
    frames: AllocationFrames, bounds: Bounds, pools: Pools, rows: ChainRows, unknown: tuple[str, ...]
) -> tuple[Said, ...]:
    """Return what to keep in mind of the allocation."""
    found = []
    overdrawn = bounds.programmes[bounds.programmes["promised_fen"] > bounds.programmes["budget_fen"]]
    unbudgeted = frames.programmes[frames.programmes["budget_fen"].isna()]
    listed = (
        ("notice_assist_no_budget", "programmes", unbudgeted["programme_id"]),
        ("notice_assist_overdrawn", "programmes", overdrawn["programme_id"]),
        ("notice_assist_unknown_measure", "measures", bounds.unknown_offers["measure_id"]),
        ("notice_assist_no_resource_known", "measures", unknown),
        ("notice_assist_resource_unit", "resources", pools.uncounted),
    )
    for code, name, ids in listed:
        names = list(index_of(ids))
        if names:
            found.append(Said(code, {"count": len(names), name: shortened(names)}))
    to_check = len(np.unique(rows.need[rows.to_check]))
    if to_check:
        found.append(Said("notice_assist_to_check", {"count": to_check}))
    return tuple(found)


def shortened(names: list[str]) -> str:
    """Return the first few of the names in one line."""
    return ", ".join(names[:_SHOWN]) + (", …" if names[_SHOWN:] else "")
