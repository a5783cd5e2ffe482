"""Frames put into arrays: texts as codes that both sides share, days as seconds, whole kilograms."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.produce.plan.ways.roads import Roads
from analysis.produce.plan.ways.sides import SECONDS_PER_DAY, Flags, Senders, Sides, Takers, Whole
from analysis.produce.products import products_taken
from policy.grades import is_good_enough

BITS_PER_WORD = 64
# Where nothing is known the sorting of arrays needs a day all the same: no way holds with it.
NEVER = np.iinfo(np.int64).max // 4


def sides_of(
    lots: pd.DataFrame, demands: pd.DataFrame, on_offer: Flags, wanted: Flags, day: int, roads: Roads
) -> Sides:
    """Return the lots on offer, each sent by its seller, and the demands that want something.

    `lots`: LOTS with terms, `demands`: DEMANDS; `on_offer`, `wanted`: which of their rows count; `day` in seconds.
    Products, grades and certificates that only one side names need no code of their own: nothing meets them.
    """
    lot, asking = np.flatnonzero(on_offer), np.flatnonzero(wanted)
    asked = products_taken(demands.iloc[asking])
    demand = asking[asked["row"].to_numpy(np.int64)]
    lots = lots if on_offer.all() else lots.iloc[lot]
    demands = demands.iloc[demand]
    products = pd.Index(pd.unique(asked["product_id"]))
    sender_grade, taker_grade, good_enough = _grades(lots, demands)
    held, wanted_codes = _certificates(lots["certificate_codes"], demands["certificate_codes"])
    asks = _wholes(lots["ask_fen_per_kg"], NEVER)
    senders = Senders(
        lot=lot,
        cooperative=np.full(len(lot), -1, np.int64),
        product=products.get_indexer(pd.Index(lots["product_id"])).astype(np.int64),
        grade=sender_grade,
        certificates=held,
        lat=lots["lat"].to_numpy(np.float64),
        lon=lots["lon"].to_numpy(np.float64),
        place=roads.codes(lots["lot_id"]),
        area=roads.codes(lots["area_id"]),
        before_km=np.zeros(len(lot)),
        leaves=np.maximum(seconds(lots["ready_on"], NEVER) + _loading(lots), day),
        keeps_until=seconds(lots["use_by_on"], -NEVER),
        floor_fen=asks,
        fee_fen=np.zeros(len(lot), np.int64),
        road_factor=lots["road_factor"].to_numpy(np.float64),
        transport_fen_per_t_km=lots["transport_fen_per_t_km"].to_numpy(np.float64),
        km_per_day=lots["travel_km_per_day"].to_numpy(np.float64),
    )
    takers = Takers(
        demand=demand,
        product=products.get_indexer(pd.Index(asked["product_id"])).astype(np.int64),
        grade=taker_grade,
        certificates=wanted_codes,
        lat=demands["lat"].to_numpy(np.float64),
        lon=demands["lon"].to_numpy(np.float64),
        place=roads.codes(demands["demand_id"]),
        area=roads.codes(demands["area_id"]),
        starts=seconds(demands["starts_on"], NEVER),
        ends=seconds(demands["ends_on"], -NEVER),
        max_fen=_wholes(demands["max_fen_per_kg"], -NEVER),
        max_km=demands["max_distance_km"].fillna(np.inf).to_numpy(np.float64),
    )
    is_asked_for = senders.product >= 0
    return Sides(senders if is_asked_for.all() else senders.only(is_asked_for), takers, good_enough)


def seconds(days: pd.Series, missing: int) -> Whole:
    """Return days as seconds since 1970."""
    stamps = days.to_numpy("datetime64[s]")
    return np.where(np.isnat(stamps), missing, stamps.astype(np.int64))


def whole_kg(kilograms: pd.Series, *, up: bool, missing: int) -> Whole:
    """Return whole kilograms, rounded up or down; what is missing as `missing`."""
    exact = kilograms.to_numpy(np.float64)
    rounded = np.ceil(exact) if up else np.floor(exact)
    return np.where(np.isnan(exact), missing, np.nan_to_num(rounded)).astype(np.int64)


def _loading(lots: pd.DataFrame) -> Whole:
    exact = lots["loading_days"].to_numpy(np.float64) * SECONDS_PER_DAY
    return exact.astype(np.int64)


def _wholes(column: pd.Series, missing: int) -> Whole:
    return column.fillna(missing).to_numpy(np.int64)


def _grades(lots: pd.DataFrame, demands: pd.DataFrame) -> tuple[Whole, Whole, Flags]:
    """Return the code of each lot's grade within the order of its area, of each grade wanted, and which meets which."""
    offered, kinds = pd.factorize(pd.Series(list(zip(lots["grade"], lots["grade_order"], strict=True)), dtype="object"))
    wanted, lowest = pd.factorize(demands["min_grade"])
    table = [[is_good_enough(grade, str(each), tuple(order)) for each in lowest] for grade, order in kinds]
    return offered.astype(np.int64), wanted.astype(np.int64), np.array(table, bool).reshape(len(kinds), len(lowest))


def _certificates(held: pd.Series, asked: pd.Series) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return one bit per certificate that some demand asks for: those that each lot holds, and those asked for."""
    names = sorted({str(code) for codes in set(asked) for code in codes})
    return _bits(held, names), _bits(asked, names)


def _bits(lists: Iterable[tuple[str, ...]], names: list[str]) -> NDArray[np.uint64]:
    codes, kinds = pd.factorize(pd.Series(list(lists), dtype="object"))
    words = -(-len(names) // BITS_PER_WORD)
    bits = np.zeros((len(kinds), words), np.uint64)
    place = {name: position for position, name in enumerate(names)}
    for row, kind in enumerate(kinds):
        for position in sorted({place[code] for code in kind if code in place}):
            bits[row, position // BITS_PER_WORD] |= np.uint64(1) << np.uint64(position % BITS_PER_WORD)
    return bits[codes]
