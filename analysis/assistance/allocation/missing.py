"""Links that are not there: which new partner or contract would let a programme reach households it does not reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.assistance.allocation.build import Allocation
from analysis.assistance.allocation.chains import ChainRows, chain_frame, way_resources
from analysis.assistance.allocation.eligibility import bit_of
from analysis.assistance.allocation.joins import NONE, Places, index_of
from analysis.assistance.allocation.refusals import nearest_reasons
from analysis.assistance.allocation.takings import takings
from analysis.assistance.allocation.ways import COOPERATIVE, ENTERPRISE, HEAD_COLUMNS, heads_of, reached

LinkKind = Literal["programme_cooperative", "programme_enterprise", "enterprise_cooperative"]
KINDS: tuple[LinkKind, ...] = ("programme_cooperative", "programme_enterprise", "enterprise_cooperative")
MOST_LINKS = 200
_ENDS = {
    "programme_cooperative": ("Programme", COOPERATIVE),
    "programme_enterprise": ("Programme", ENTERPRISE),
    "enterprise_cooperative": (ENTERPRISE, COOPERATIVE),
}
_LINK = ["kind", "from_id", "to_id"]


@dataclass(frozen=True)
class CandidateLink:
    """A link that is not there, and the chains that it would give.

    `chains` and `resources`: rows to add to those of the named program, as `arranged` takes them; a new partner brings
    no places and no money of its own, and is bound by none. `need_count`, `household_count`: whom the programme could
    help by it and cannot today. `most_gain`: what those of these needs come to that nobody at all can help today, in
    fen times their weight: no more of them can be covered by it.
    """

    kind: LinkKind
    from_kind: str
    from_id: str
    to_kind: str
    to_id: str
    chains: pd.DataFrame
    resources: pd.DataFrame
    need_count: int
    household_count: int
    most_gain: int


def missing_links(allocation: Allocation, *, most: int = MOST_LINKS) -> tuple[CandidateLink, ...]:
    """Return the links that would let programmes reach needs that only a link keeps from them, best first.

    A programme that gives through partners may win a cooperative or an enterprise as a partner, or one of its
    enterprises may sign with a cooperative. At most so many are returned, by most_gain, then by needs reached.
    """
    only = np.flatnonzero(allocation.tries.blocks == bit_of("no_partner_link"))
    needs, offers = allocation.needs.needs, allocation.bounds.offers
    household = needs["household"].to_numpy(dtype=np.int64)[allocation.tries.need[only]]
    programme = offers["programme"].to_numpy(dtype=np.int64)[allocation.tries.offer[only]]
    new = _new_heads(allocation, np.unique(programme))
    row, head = reached(household, programme, new, allocation.needs, allocation.links.members)
    # What a programme has on the ways that are there counts beside the new ones.
    heads = pd.concat([allocation.ways.heads.assign(**dict.fromkeys(_LINK)), new], ignore_index=True)
    head = head + len(allocation.ways.heads)
    found = _ranked(allocation, heads, only[row], head)
    if found.empty:
        return ()
    best = found.head(most).reset_index(drop=True)
    keys = heads[_LINK].merge(best[_LINK].assign(rank=best.index), how="left")["rank"].to_numpy()
    rank = keys[head]
    kept = np.flatnonzero(~np.isnan(rank))
    return _links(allocation, heads, best, (only[row[kept]], head[kept], rank[kept].astype(np.int64)))


def _new_heads(allocation: Allocation, programmes: Places) -> pd.DataFrame:
    """Return the ways of programmes that one new link would open: HEAD_COLUMNS, kind, from_id and to_id of the link."""
    bounds, contracts = allocation.bounds, allocation.links.contracts
    ids = bounds.programmes["programme_id"].to_numpy(dtype=object)
    # What a link between an enterprise and a cooperative opens, it opens by the partners that are there.
    partners = bounds.partners.assign(partner=np.arange(len(bounds.partners)))
    partners = partners[partners["programme"].isin(programmes)]
    cooperatives = list(index_of(allocation.links.members["cooperative_id"]))
    signing = [*index_of(contracts["enterprise_id"])]
    parts = []
    for kind, names in ((COOPERATIVE, cooperatives), (ENTERPRISE, signing)):
        pairs = _pairs("programme", programmes.tolist(), names).assign(partner_kind=kind, partner=NONE)
        known = partners[["programme", "partner_kind", "partner_id"]]
        new = heads_of(_new(pairs.astype({"programme": "int64"}), known), contracts)
        end = "cooperative_id" if kind == COOPERATIVE else "enterprise_id"
        label = f"programme_{kind.lower()}"
        parts.append(new.assign(kind=label, from_id=ids[new["programme"].to_numpy(dtype=np.int64)], to_id=new[end]))
    enterprises = list(index_of(partners[partners["partner_kind"] == ENTERPRISE]["partner_id"]))
    unsigned = _pairs("enterprise_id", enterprises, cooperatives).assign(partner_kind=COOPERATIVE, contract_id=None)
    new = heads_of(partners, _new(unsigned, contracts[["enterprise_id", "partner_kind", "partner_id"]]))
    new = new[new["enterprise_id"].notna()]
    parts.append(new.assign(kind=KINDS[2], from_id=new["enterprise_id"], to_id=new["cooperative_id"]))
    return pd.concat([part[[*HEAD_COLUMNS, *_LINK]] for part in parts], ignore_index=True)


def _pairs(column: str, ends: list[object], partners: list[object]) -> pd.DataFrame:
    """Return every pair of an end and a partner_id."""
    return pd.DataFrame(
        {column: [end for end in ends for _ in partners], "partner_id": [each for _ in ends for each in partners]},
        dtype="object",
    )


def _new(pairs: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs that are not known."""
    marked = pairs.merge(known.assign(is_known=True), how="left")
    return marked[marked["is_known"].isna()].drop(columns="is_known")


def _ranked(allocation: Allocation, heads: pd.DataFrame, tries: Places, head: Places) -> pd.DataFrame:
    """Return each link with whom it reaches and what it covers at most where nobody helps, best first."""
    needs = allocation.needs.needs
    need = allocation.tries.need[tries]
    is_alone = np.array([reason is not None for reason in nearest_reasons(allocation)], dtype=np.bool_)
    worth = needs["need_fen"].to_numpy(dtype=np.int64) * needs["severity_weight"].to_numpy(dtype=np.int64)
    reach = heads[_LINK].iloc[head].reset_index(drop=True).assign(need=need)
    reach = reach.drop_duplicates().assign(
        household=lambda frame: needs["household"].to_numpy()[frame["need"]],
        gain=lambda frame: np.where(is_alone[frame["need"]], worth[frame["need"]], 0),
    )
    found = reach.groupby(_LINK).agg(
        need_count=("need", "size"), household_count=("household", "nunique"), most_gain=("gain", "sum")
    )
    order = ["most_gain", "need_count", *_LINK]
    return found.reset_index().sort_values(order, ascending=[False, False, True, True, True], ignore_index=True)


def _links(
    allocation: Allocation, heads: pd.DataFrame, best: pd.DataFrame, rows: tuple[Places, Places, Places]
) -> tuple[CandidateLink, ...]:
    """Return the best links with their chains. `rows`: per way its try, its head and the rank of its link."""
    at, head, rank = rows
    tries, bounds, takes = allocation.tries, allocation.bounds, allocation.takes
    taking = takings(allocation.pools, bounds, heads, takes, (tries.offer[at], head))
    at, head, rank = (places[taking.row] for places in rows)
    chain_rows = ChainRows(tries.need[at], tries.offer[at], head, taking.pool, tries.to_check[at])
    chains = chain_frame(chain_rows, allocation.needs, bounds, heads, allocation.pools, takes)
    known = set(allocation.named.resources["resource_id"])
    found = []
    for number, link in enumerate(best.to_dict("records")):
        own = chains[rank == number].reset_index(drop=True)
        if own.empty:
            continue
        new = [
            way_resources(
                [holder for holder in index_of(own[f"{layer}_id"]) if f"{layer}/{holder}" not in known], layer
            )
            for layer in ("enterprise", "cooperative")
        ]
        from_kind, to_kind = _ENDS[link["kind"]]
        found.append(
            CandidateLink(
                kind=link["kind"],
                from_kind=from_kind,
                from_id=str(link["from_id"]),
                to_kind=to_kind,
                to_id=str(link["to_id"]),
                chains=own,
                resources=pd.concat(new, ignore_index=True),
                need_count=int(link["need_count"]),
                household_count=int(link["household_count"]),
                most_gain=int(link["most_gain"]),
            )
        )
    return tuple(found)
