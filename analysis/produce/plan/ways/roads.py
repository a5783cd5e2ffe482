"""Known road distances, which go before those that are estimated from the straight line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import QuestionError
from analysis.produce.plan.ways.reach import SLACK_KM, farthest_road_km
from analysis.produce.plan.ways.sides import Numbers, Sides, Whole

if TYPE_CHECKING:
    from collections.abc import Iterable

# The more exact names of both ends go first: lot to demand, lot to the demand's area, area to demand, area to area.
ENDS = tuple(product(("place", "area"), ("place", "area")))


@dataclass(frozen=True)
class Roads:
    """Roads by their ends: `names` of places; `ends` (from code * number of names + to code) rising, with `km` each."""

    names: pd.Index
    ends: Whole
    km: Numbers

    @property
    def is_empty(self) -> bool:
        """Return whether no road is known."""
        return not len(self.ends)

    def codes(self, ids: pd.Series) -> Whole:
        """Return the code of each place, -1 where no road is known from it or to it."""
        if self.is_empty:
            return np.full(len(ids), -1, np.int64)
        return self.names.get_indexer(pd.Index(ids)).astype(np.int64)

    def between(self, sets_out: Whole, arrives: Whole) -> Numbers:
        """Return the road between places by their codes, NaN where none is known."""
        km = np.full(len(sets_out), np.nan)
        if self.is_empty:
            return km
        ends = sets_out * len(self.names) + arrives
        found = np.searchsorted(self.ends, ends).clip(max=len(self.ends) - 1)
        is_known = (sets_out >= 0) & (arrives >= 0) & (self.ends[found] == ends)
        return np.where(is_known, self.km[found], km)

    def known_km(self, sides: Sides, sender: Whole, taker: Whole) -> Numbers:
        """Return the known road of each pair, between the most exact names that have one; NaN where none is known."""
        km = np.full(len(sender), np.nan)
        for from_end, to_end in reversed(ENDS):
            sets_out, arrives = getattr(sides.senders, from_end)[sender], getattr(sides.takers, to_end)[taker]
            exact = self.between(sets_out, arrives)
            km = np.where(np.isnan(exact), km, exact)
        return km

    def candidates(self, sides: Sides) -> tuple[Whole, Whole]:
        """Return the pairs of one product between which a road is known that is not too long for the taker, once each.

        A road that another with more exact names replaces may bring a pair too many, never one too few.
        """
        senders, takers = sides.senders, sides.takers
        if self.is_empty or not (len(senders.lot) and len(takers.demand)):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        roads = pd.DataFrame({"from": self.ends // len(self.names), "to": self.ends % len(self.names), "km": self.km})
        max_km = farthest_road_km(sides) + SLACK_KM
        keys = []
        for from_end, to_end in ENDS:
            taking = pd.DataFrame({"to": getattr(takers, to_end), "product": takers.product, "max_km": max_km})
            reached = roads.merge(taking.rename_axis("taker").reset_index(), on="to")
            reached = reached.loc[reached["km"] <= reached["max_km"], ["from", "product", "taker"]]
            sending = pd.DataFrame({"from": getattr(senders, from_end), "product": senders.product})
            both = sending.rename_axis("sender").reset_index().merge(reached, on=["from", "product"])
            keys.append(both["sender"].to_numpy(np.int64) * len(takers.demand) + both["taker"].to_numpy(np.int64))
        pairs = np.unique(np.concatenate(keys))
        return pairs // len(takers.demand), pairs % len(takers.demand)


def roads_of(distances: pd.DataFrame | None) -> Roads:
    """Return the roads of a frame (contract ROADS), each to 0.1 km and in both directions unless it is one way.

    The other direction may have a row of its own. Raises QuestionError where a length is missing, negative or endless,
    an end is missing, or two rows differ about the same road.
    """
    if distances is None:
        return Roads(pd.Index([], dtype="object"), np.empty(0, np.int64), np.empty(0))
    _check_rows(distances)
    there = distances[["from_id", "to_id", "road_km"]].assign(is_back=False)
    back = there[~distances["is_one_way"]].rename(columns={"from_id": "to_id", "to_id": "from_id"}).assign(is_back=True)
    rows = pd.concat([there, back], ignore_index=True)
    rows = rows.assign(km=np.round(rows["road_km"].to_numpy(np.float64), 1))
    rows = rows.drop_duplicates(["from_id", "to_id", "km", "is_back"])
    _check_agreement(rows)
    # Rows of their own come first, so that a way back is used only where there is none.
    rows = rows.sort_values("is_back", kind="stable").drop_duplicates(["from_id", "to_id"])
    names = pd.Index(pd.unique(pd.concat([rows["from_id"], rows["to_id"]])), dtype="object")
    ends = names.get_indexer(rows["from_id"]).astype(np.int64) * len(names) + names.get_indexer(rows["to_id"])
    order = np.argsort(ends)
    return Roads(names, ends[order], rows["km"].to_numpy(np.float64)[order])


def places_without_use(distances: pd.DataFrame, used: Iterable[object]) -> tuple[str, ...]:
    """Return the ends of roads that are none of the places `used`, sorted: most often a slip of the pen."""
    ends = {str(end) for column in ("from_id", "to_id") for end in distances[column]}
    return tuple(sorted(ends - {str(place) for place in used}))


def _check_rows(given: pd.DataFrame) -> None:
    nameless = given["from_id"].isna() | given["to_id"].isna()
    for row in given.index[nameless]:
        raise QuestionError("road_without_end", row=_number(given, row))
    km = given["road_km"].to_numpy(np.float64)
    for row in given.index[~(np.isfinite(km) & (km >= 0))]:
        ends = {"from_id": given.loc[row, "from_id"], "to_id": given.loc[row, "to_id"]}
        raise QuestionError("road_length_wrong", row=_number(given, row), km=given.loc[row, "road_km"], **ends)


def _check_agreement(rows: pd.DataFrame) -> None:
    """Raise where two rows for one direction differ; two ways back of one road come from two roads there."""
    own = rows[~rows["is_back"]]
    twice = own[own.duplicated(["from_id", "to_id"])]
    for entry in twice.itertuples():
        raise QuestionError("road_twice", from_id=entry.from_id, to_id=entry.to_id)


def _number(given: pd.DataFrame, row: object) -> int:
    """Return which row it is, counted from 1."""
    return given.index.tolist().index(row) + 1
