"""Why a need gets no help from an offer: everything that is in the way, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.assistance.allocation.build import Allocation
from analysis.assistance.allocation.eligibility import REASONS, bit_of
from analysis.assistance.allocation.joins import NONE, index_of, places_in
from analysis.assistance.allocation.ways import COOPERATIVE, ENTERPRISE, HOUSEHOLD
from analysis.errors import SubjectNotFound
from analysis.frames import Contract, frame_of

NO_MEASURE, NO_PROGRAMME = "no_measure", "no_programme"

# One row per offer and thing that is in its way. `detail`: ids or codes, joined by ";".
REFUSALS: Contract = {
    "programme_id": "text",
    "measure_id": "text",
    "reason": "text",
    "detail": "text",
    "missing_link": "text",
}


def refusals(allocation: Allocation, need_id: str) -> pd.DataFrame:
    """Return everything that keeps a need from its offers, by programme, measure and reason (contract REFUSALS).

    Offers that nothing is in the way of are not there. A need without any offer has one row without a programme:
    `no_programme`, or `no_measure` where no measure acts on its cause. `missing_link` of `no_partner_link`: membership
    (the household is in no cooperative and has no contract), contract (the partners have none with its cooperatives)
    or partnership (they have, but are no partners of the programme). Raises SubjectNotFound for an unknown need.
    """
    if need_id in set(allocation.unpriced["need_id"]):
        return frame_of([_row(None, None, NO_MEASURE)], REFUSALS)
    place = int(places_in(pd.Index(allocation.needs.needs["need_id"], dtype="object"), [need_id])[0])
    if place == NONE:
        raise SubjectNotFound("assist_need_unknown", need=need_id)
    start, stop = np.searchsorted(allocation.tries.need, [place, place + 1])
    if start == stop:
        return frame_of([_row(None, None, NO_PROGRAMME)], REFUSALS)
    rows = [row for at in range(int(start), int(stop)) for row in _of_try(allocation, at)]
    rows.sort(key=lambda row: (str(row["programme_id"]), str(row["measure_id"]), REASONS.index(str(row["reason"]))))
    return frame_of(rows, REFUSALS)


def nearest_reasons(allocation: Allocation) -> NDArray[np.object_]:
    """Return per need of the program why it has no chain: what stops the offer that gets furthest; None if it has one.

    `no_programme` where nobody offers a measure against its cause.
    """
    count = len(allocation.program.needs)
    found = np.full(count, NO_PROGRAMME, dtype=object)
    blocks = allocation.tries.blocks.astype(np.int64)
    # The first thing in the way is how far an offer gets: the lowest bit; a clear one gets further than all.
    reach = np.where(blocks == 0, 1 << len(REASONS), blocks & -blocks)
    best = np.zeros(count, dtype=np.int64)
    np.maximum.at(best, allocation.tries.need, reach)
    for place, reason in enumerate(REASONS):
        found[best == 1 << place] = reason
    found[best == 1 << len(REASONS)] = None
    return found


def _row(
    programme_id: object, measure_id: object, reason: str, detail: str = "", link: str | None = None
) -> dict[str, object]:
    return {
        "programme_id": programme_id,
        "measure_id": measure_id,
        "reason": reason,
        "detail": detail,
        "missing_link": link,
    }


def _of_try(allocation: Allocation, at: int) -> Iterable[dict[str, object]]:
    offer = allocation.bounds.offers.iloc[int(allocation.tries.offer[at])]
    programme = allocation.bounds.programmes.iloc[int(str(offer["programme"]))]
    bits = int(allocation.tries.blocks[at])
    for reason in REASONS:
        if not bits & int(bit_of(reason)):
            continue
        link = None
        detail = ""
        if reason == "area":
            detail = ";".join(sorted(allocation.eligible.get(str(programme["programme_id"]), ())))
        elif reason == "category":
            detail = ";".join(programme["eligible_codes"])
        elif reason == "prerequisite":
            asked = (programme["prerequisite"], offer["prerequisite"])
            detail = ";".join(sorted({name for name in asked if isinstance(name, str)}))
        elif reason == "limit_spent":
            detail = str(programme["household_limit_fen"])
        elif reason == "no_partner_link":
            household = int(allocation.needs.needs["household"].to_numpy(dtype=int)[allocation.tries.need[at]])
            link, detail = _missing_link(allocation, int(str(offer["programme"])), household)
        elif reason == "no_resource":
            detail = allocation.takes[str(offer["measure_id"])].resource_kind
        yield _row(programme["programme_id"], offer["measure_id"], reason, detail, link)


def _missing_link(allocation: Allocation, programme: int, household: int) -> tuple[str, str]:
    """Return which link is missing, and the parties that it could join: cooperatives, or enterprises under contract."""
    members = allocation.links.members
    cooperatives = members[members["household"] == household]["cooperative_id"]
    contracts = allocation.links.contracts
    own_id = str(allocation.needs.households[household])
    is_own = (contracts["partner_kind"] == HOUSEHOLD) & (contracts["partner_id"] == own_id)
    is_theirs = (contracts["partner_kind"] == COOPERATIVE) & contracts["partner_id"].isin(cooperatives)
    enterprises = contracts[is_own | is_theirs]["enterprise_id"]
    if not len(cooperatives) and not len(enterprises):
        return "membership", ""
    partners = allocation.bounds.partners
    has_enterprises = ((partners["programme"] == programme) & (partners["partner_kind"] == ENTERPRISE)).any()
    if len(enterprises) or not has_enterprises:
        return "partnership", ";".join(index_of(enterprises, cooperatives))
    return "contract", ";".join(index_of(cooperatives))
