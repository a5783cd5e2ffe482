"""Why one lot stays unsold, and the smallest changes that would sell it."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pandas as pd

from analysis.errors import SubjectNotFound
from analysis.frames import Row, rows_of
from analysis.produce.constraints import CONSTRAINTS, with_constraints
from analysis.produce.lot_parts import product_part
from analysis.produce.pairs import pair_up
from analysis.produce.parts import Enterprise
from analysis.produce.plan.ways.fit import transport_fen
from analysis.produce.plan.why.changes import Changed, changes_of
from analysis.produce.plan.why.index import WhyIndex
from analysis.produce.plan.why.parts import Binding, LotWhy, NearestMiss, OpenDemand
from analysis.produce.plan.why.words import binding_part, change_part
from analysis.produce.ranking import ranked_refusals
from analysis.produce.reasons import reasons_of

# The more exact names go first, as in `plan.ways.roads`.
ROAD_ENDS = tuple(product(("lot_id", "area_id_lot"), ("demand_id", "area_id_demand")))


def why_lot(index: WhyIndex, lot_id: str) -> LotWhy:
    """Return why the lot, or a rest of it, stays unsold in the plan, with the smallest change in each thing.

    A change is in that thing alone; with it all that is left of the lot is sold and every other lot sells at least what
    it does in the plan. Distance, price, keeping, window, grade and certificates are changed for this lot only: every
    buyer looks away over the same number of km or days for it. Less of a smallest batch holds for all buyers, more
    quantity for one buyer. Raises SubjectNotFound where the plan knows no such lot.
    """
    lot = int(index.lot_places.get_indexer(pd.Index([lot_id]))[0])
    if lot < 0:
        raise SubjectNotFound("unknown_lot_in_plan", id=lot_id)
    quantity, left = int(index.planned.program.lots["quantity_kg"].iloc[lot]), int(index.planned.residual.unsold[lot])
    is_open = quantity > 0
    is_missed = left > 0 and index.searcher.sells_as_it_is(lot)
    found = list(changes_of(index, lot)) if left > 0 and not is_missed else []
    refusals = _refusals(index, lot) if left > 0 or not is_open else pd.DataFrame()
    nearest = _nearest(index, refusals) if len(refusals) else None
    return LotWhy(
        lot_id=lot_id,
        quantity_kg=quantity,
        sold_kg=quantity - left,
        left_kg=left,
        binding=_binding(index, lot, nearest, is_missed=is_missed) if left > 0 or not is_open else None,
        changes=tuple(change_part(index, lot, each) for each in found if each.answer.need is not None),
        no_change=_dimensions(found, is_proven=True),
        not_found=_dimensions(found, is_proven=False),
        nearest=nearest,
        refused_by=_counts(refusals),
    )


def demands_open_to(index: WhyIndex, lot_id: str) -> tuple[OpenDemand, ...]:
    """Return the demands that the plan could choose for the lot, by id; none where it knows no such lot."""
    lot = int(index.lot_places.get_indexer(pd.Index([lot_id]))[0])
    if lot < 0:
        return ()
    planned = index.planned
    demands = np.unique(planned.demand[planned.ways_of(np.array([lot]))])
    filled = np.zeros(len(planned.program.demands), dtype="int64")
    np.add.at(filled, planned.demand, planned.plan.kg)
    left = planned.program.demands["quantity_kg"].to_numpy("int64") - filled
    names = index.demands[["demand_id", "product_id", "enterprise_id", "enterprise_name"]].iloc[demands]
    return tuple(
        OpenDemand(
            demand_id=str(row["demand_id"]),
            product=product_part(str(row["product_id"]), index.schema),
            enterprise=_enterprise(row),
            unfilled_kg=int(kg),
        )
        for row, kg in zip(rows_of(names), left[demands].tolist(), strict=True)
    )


def refused_by(index: WhyIndex, lot_id: str, most: int) -> tuple[NearestMiss, ...]:
    """Return demands that take the product and not the lot, with what forbids it, the nearest misses first."""
    lot = int(index.lot_places.get_indexer(pd.Index([lot_id]))[0])
    if lot < 0:
        return ()
    return tuple(_miss(index, row) for row in rows_of(ranked_refusals(_refusals(index, lot)).head(most)))


def _dimensions(found: list[Changed], *, is_proven: bool) -> tuple[str, ...]:
    return tuple(each.dimension for each in found if each.answer.need is None and each.answer.is_proven == is_proven)


def _refusals(index: WhyIndex, lot: int) -> pd.DataFrame:
    """Return the pairs of the lot with the demands that cannot take it, with constraints."""
    pairs = pair_up(index.lots.iloc[[lot]], index.demands_for(lot), index.day)
    if len(index.roads.km):
        pairs = _by_road(index, pairs)
    pairs = with_constraints(pairs)
    return pairs[~pairs["is_possible"]]


def _by_road(index: WhyIndex, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of a lot with known roads in place of those by the straight line, and what follows from them."""
    km = pairs["distance_km"].to_numpy("float64")
    for from_id, to_id in reversed(ROAD_ENDS):
        known = index.roads.between(index.roads.codes(pairs[from_id]), index.roads.codes(pairs[to_id]))
        km = np.where(np.isnan(known), km, known)
    fen = transport_fen(np.nan_to_num(km), pairs["transport_fen_per_t_km"].to_numpy("float64"))
    days = np.floor(np.nan_to_num(km) / pairs["travel_km_per_day"].to_numpy("float64"))
    arrives = pairs["leaves_on"] + pd.to_timedelta(days, unit="D").astype("timedelta64[s]")
    return pairs.assign(
        distance_km=km,
        transport_fen_per_kg=pd.array(fen, dtype="Int64"),
        after_transport_fen_per_kg=pairs["max_fen_per_kg"] - fen,
        arrives_on=arrives.where(arrives > pairs["starts_on"], pairs["starts_on"]),
    )


def _nearest(index: WhyIndex, refusals: pd.DataFrame) -> NearestMiss:
    failed = len(CONSTRAINTS) - refusals[[f"holds_{name}" for name in CONSTRAINTS]].sum(axis=1)
    return _miss(index, rows_of(ranked_refusals(refusals[failed == failed.min()]))[0])


def _miss(index: WhyIndex, row: Row) -> NearestMiss:
    return NearestMiss(
        demand_id=str(row["demand_id"]),
        enterprise=_enterprise(row),
        reasons=reasons_of(row, None, index.schema),
    )


def _enterprise(row: Row) -> Enterprise:
    name = row["enterprise_name"]
    return Enterprise(id=str(row["enterprise_id"]), name=None if name is None else str(name))


def _counts(refusals: pd.DataFrame) -> dict[str, int]:
    counts = Counter({name: int((~refusals[f"holds_{name}"]).sum()) for name in CONSTRAINTS if len(refusals)})
    return {name: count for name, count in sorted(counts.items()) if count}


def _binding(index: WhyIndex, lot: int, nearest: NearestMiss | None, *, is_missed: bool) -> Binding:
    ways = index.planned.ways_of(np.array([lot]))
    buyers = len(np.unique(index.planned.demand[ways]))
    if not int(index.planned.program.lots["quantity_kg"].iloc[lot]):
        return binding_part("not_offered", buyers, nearest)
    if is_missed:
        return binding_part("missed", buyers, nearest)
    if buyers:
        is_in_the_way = index.searcher.sells_by_itself(lot)
        return binding_part("parts" if is_in_the_way else "full", buyers, nearest)
    return binding_part("no_demand" if nearest is None else "refused", buyers, nearest)
