"""The chains and resources of a program, by id, as the engine takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.assistance.allocation.bounds import Bounds
from analysis.assistance.allocation.joins import NONE, Flags, Places, index_of, taken, with_none
from analysis.assistance.allocation.needs import Needs
from analysis.assistance.allocation.pools import Pools
from analysis.assistance.allocation.prices import WHOLE_SHARE
from policy.help_resources import TakenResource

Names = NDArray[np.object_]

PLACES, FEN = "place", "fen"
RESOURCE_COLUMNS = ["resource_id", "holder_id", "layer", "kind", "unit", "capacity"]


@dataclass(frozen=True)
class ChainRows:
    """Chains as places: in the needs, the offers, the heads of ways (-1: given directly) and the pools (-1: none)."""

    need: Places
    offer: Places
    head: Places
    pool: Places
    to_check: Flags


def resource_frame(bounds: Bounds, heads: pd.DataFrame, pools: Pools) -> pd.DataFrame:
    """Return everything that a chain may take from, RESOURCE_COLUMNS, sorted by resource_id.

    `kind`: a kind of resource, `place` or `fen`, "" where a resource only says who is on the way. `unit`: its unit.
    """
    programme_ids = bounds.programmes["programme_id"].to_numpy(dtype=object)
    offers, partners = bounds.offers, bounds.partners
    of_offer = programme_ids[offers["programme"].to_numpy(dtype=np.int64)]
    partner_ids = partners["partner_id"].to_numpy(dtype=object)
    found = [
        _rows(offer_ids(bounds), of_offer, "offer", PLACES, offers["places_left"]),
        _rows(partner_pool_ids(bounds, "partner"), partner_ids, "partner", PLACES, partners["places_left"]),
        _rows(partner_pool_ids(bounds, "partner_budget"), partner_ids, "partner_budget", FEN, partners["left_fen"]),
    ]
    # What has no bound is no resource, but for who is on the way.
    found = [part[part["capacity"] != NONE] for part in found]
    found += [_on_the_way(heads["enterprise_id"], "enterprise"), _on_the_way(heads["cooperative_id"], "cooperative")]
    own = pools.pools.rename(columns={"pool_id": "resource_id", "slot": "layer"})[RESOURCE_COLUMNS]
    return pd.concat([*found, own], ignore_index=True).sort_values("resource_id", ignore_index=True)


def _rows(ids: Names, holders: Names, layer: str, kind: str, left: pd.Series) -> pd.DataFrame:
    unit = FEN if kind == FEN else PLACES
    return pd.DataFrame(
        {
            "resource_id": ids,
            "holder_id": holders,
            "layer": layer,
            "kind": kind,
            "unit": unit,
            "capacity": left.to_numpy(dtype=np.int64),
        },
        columns=RESOURCE_COLUMNS,
    )


def _on_the_way(holders: pd.Series, layer: str) -> pd.DataFrame:
    return way_resources(list(index_of(holders)), layer)


def way_resources(holders: list[str], layer: str) -> pd.DataFrame:
    """Return the resources without a bound that say that a way leads through an enterprise or a cooperative."""
    rows = [(f"{layer}/{holder}", holder, layer, "", "", NONE) for holder in holders]
    return pd.DataFrame(rows, columns=RESOURCE_COLUMNS).astype({"capacity": "int64"})


def offer_ids(bounds: Bounds) -> Names:
    """Return the id of the places of each offer, None where they have no bound."""
    programme = bounds.programmes["programme_id"].to_numpy(dtype=object)[bounds.offers["programme"].to_numpy()]
    measures = bounds.offers["measure_id"].to_numpy(dtype=object)
    return _bounded("offer", programme, measures, bounds.offers["places_left"].to_numpy())


def partner_pool_ids(bounds: Bounds, slot: str) -> Names:
    """Return the id of the places (`partner`) or the money (`partner_budget`) of each partner, None without a bound."""
    left = bounds.partners["places_left" if slot == "partner" else "left_fen"].to_numpy()
    programme = bounds.programmes["programme_id"].to_numpy(dtype=object)[bounds.partners["programme"].to_numpy()]
    return _bounded(slot, programme, bounds.partners["partner_id"].to_numpy(dtype=object), left)


def _bounded(slot: str, programmes: Names, others: Names, left: Places) -> Names:
    ids = [
        f"{slot}/{programme}/{other}" if amount != NONE else None
        for programme, other, amount in zip(programmes, others, left.tolist(), strict=True)
    ]
    found = np.empty(len(ids), dtype=object)
    found[:] = ids
    return found


def chain_frame(
    rows: ChainRows,
    needs: Needs,
    bounds: Bounds,
    heads: pd.DataFrame,
    pools: Pools,
    takes: Mapping[str, TakenResource],
) -> pd.DataFrame:
    """Return the chains as `arranged` takes them, with the parties on the way and to_check."""
    offers = bounds.offers
    measure = offers["measure_id"].to_numpy(dtype=object)
    programme = bounds.programmes["programme_id"].to_numpy(dtype=object)[offers["programme"].to_numpy()]
    partner = np.append(heads["partner"].to_numpy(dtype=np.int64), NONE)[rows.head]
    cost = offers["cost_fen"].to_numpy(dtype=np.int64)[rows.offer]
    frame = {
        "need_id": needs.needs["need_id"].to_numpy(dtype=object)[rows.need],
        "programme_id": programme[rows.offer],
        "measure_id": measure[rows.offer],
        "cost_fen": cost,
        "cover_fen": covered(needs.needs["need_fen"].to_numpy()[rows.need], offers["share"].to_numpy()[rows.offer]),
        "most": np.full(len(rows.need), NONE, dtype=np.int64),
        **_parties(rows, heads),
        "partner_id": with_none(bounds.partners["partner_id"])[partner],
        "offer_resource_id": offer_ids(bounds)[rows.offer],
        "offer_use": np.int64(1),
        "partner_resource_id": with_none(partner_pool_ids(bounds, "partner"))[partner],
        "partner_use": np.int64(1),
        "partner_budget_resource_id": with_none(partner_pool_ids(bounds, "partner_budget"))[partner],
        "partner_budget_use": cost,
        "to_check": rows.to_check,
    }
    amount = np.array([takes[code].amount if code in takes else 0 for code in measure], dtype=np.int64)
    return pd.DataFrame({**frame, **_taken_pools(rows, frame, pools, amount)})


def covered(need_fen: Places, share: Places) -> Places:
    """Return what one whole measure covers of a need: its share, rounded down, at least 1 fen."""
    whole: Places = np.maximum(need_fen * share // WHOLE_SHARE, 1)
    return whole


def _parties(rows: ChainRows, heads: pd.DataFrame) -> dict[str, Names]:
    return {name: with_none(heads[name])[rows.head] for name in ("enterprise_id", "contract_id", "cooperative_id")}


def _taken_pools(rows: ChainRows, frame: Mapping[str, Names], pools: Pools, amount: Places) -> dict[str, object]:
    """Return the columns of what is taken of the agency, the enterprise and the cooperative."""
    pool_ids = with_none(pools.pools["pool_id"])[rows.pool]
    slot = with_none(pools.pools["slot"])[rows.pool]
    found: dict[str, object] = {"pool_id": pool_ids}
    for name in ("agency", "enterprise", "cooperative"):
        is_here = slot == name
        own = np.full(len(rows.need), None, dtype=object)
        if name != "agency":
            own = _presence(frame[f"{name}_id"], name)
        found[f"{name}_resource_id"] = np.where(is_here, pool_ids, own)
        found[f"{name}_use"] = np.where(is_here, amount[rows.offer], 0)
    return found


def _presence(ids: Names, layer: str) -> Names:
    """Return per chain the resource that says who is on the way, None where nobody of the layer is."""
    index = index_of(ids)
    resources: pd.Index = pd.Index([f"{layer}/{holder}" for holder in index], dtype="object")
    return taken(resources, np.asarray(index.get_indexer(pd.Index(ids, dtype="object")), dtype=np.int64))
