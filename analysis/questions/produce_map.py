"""A plan laid out by place: what a sketch map of it draws, and the same as rows of a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.frames import Row, rows_of
from analysis.produce.distance import great_circle_km
from analysis.produce.map_parts import MapFlow, MapKind, MapPoint, PlanMap
from analysis.questions.produce_plan_answer import PlannedDelivery, ProducePlanAnswer
from analysis.questions.produce_plan_made import PlanInput

ROW_ORDER: tuple[MapKind, ...] = ("seller", "cooperative", "buyer")
# Where no area is named, what lies within about a hundred metres is one place.
PLACES_OF_DEGREES = 3
_SITED = ["area_id", "area_name", "lat", "lon"]


@dataclass(frozen=True)
class MapSent:
    """What a mark sends to another. `straight_km`: by a straight line; None where a place is not known."""

    to: MapPoint
    quantity_kg: int
    straight_km: float | None


@dataclass(frozen=True)
class MapRow:
    """One mark of the map as a row of the table beside it, with all it sends, the most first."""

    point: MapPoint
    sends: tuple[MapSent, ...]


@dataclass
class _Gathered:
    """What is summed up into one mark."""

    kind: MapKind
    id: str | None
    name: str | None
    place: str | None
    first_id: str
    count: int = 0
    quantity_kg: int = 0
    moved_kg: int = 0
    sites: list[tuple[float, float, int]] = field(default_factory=list)

    def add(self, site: Row, quantity_kg: int, moved_kg: int) -> None:
        self.count += 1
        self.quantity_kg += quantity_kg
        self.moved_kg += moved_kg
        at = _site(site)
        if at is not None:
            self.sites.append((*at, quantity_kg))

    def point(self, key: str) -> MapPoint:
        """Return the mark; where its parts lie apart, it stands in the middle of their kilograms."""
        middle = None
        if self.sites:
            sites = np.array(self.sites, dtype=np.float64)
            weights = sites[:, 2] if sites[:, 2].sum() > 0 else np.ones(len(sites))
            middle = np.average(sites[:, :2], axis=0, weights=weights).round(6).tolist()
        return MapPoint(
            key=key,
            kind=self.kind,
            id=self.id,
            name=self.name or self.place or self.id or self._unnamed(middle),
            place=self.place,
            lat=None if middle is None else middle[0],
            lon=None if middle is None else middle[1],
            count=self.count,
            quantity_kg=self.quantity_kg,
            moved_kg=self.moved_kg,
            left_kg=self.quantity_kg - self.moved_kg,
        )

    def _unnamed(self, middle: list[float] | None) -> str:
        """Return the coordinates of a place without a name, of a single lot or demand its id."""
        if self.count == 1 or middle is None:
            return self.first_id
        return ", ".join(f"{degrees:.2f}°" for degrees in middle)


def plan_map(answer: ProducePlanAnswer, frames: PlanInput) -> PlanMap:
    """Return the plan by place: lots summed by area, demands by buyer and area, cooperatives that bring something.

    `frames` are those that the plan was made from; they say where everything lies.
    """
    lots, demands = _sites(frames.lots, "lot_id"), _sites(frames.demands, "demand_id")
    gathered: dict[str, _Gathered] = {}
    lot_keys, demand_keys = {}, {}
    for lot in answer.lots:
        site = lots[lot.lot_id]
        key = lot_keys[lot.lot_id] = f"seller {_place_key(site, lot.lot_id)}"
        if key not in gathered:
            gathered[key] = _Gathered("seller", _text(site["area_id"]), None, _place(site), lot.lot_id)
        gathered[key].add(site, lot.offered_kg, lot.sold_kg)
    for demand in answer.demands:
        site, buyer = demands[demand.demand_id], demand.enterprise
        key = demand_keys[demand.demand_id] = f"buyer {buyer.id} {_place_key(site, demand.demand_id)}"
        if key not in gathered:
            gathered[key] = _Gathered("buyer", buyer.id, buyer.name or buyer.id, _place(site), demand.demand_id)
        gathered[key].add(site, demand.wanted_kg, demand.filled_kg)
    _add_cooperatives(gathered, answer.deliveries, frames, {**_area_names(lots), **_area_names(demands)})
    return PlanMap(
        points=tuple(
            sorted(
                (each.point(key) for key, each in gathered.items()), key=lambda point: (-point.quantity_kg, point.key)
            )
        ),
        flows=_flows(answer.deliveries, lot_keys, demand_keys),
        is_made_up=answer.is_made_up,
    )


def map_rows(shown: PlanMap) -> tuple[MapRow, ...]:
    """Return every mark with all it sends: sellers' places, cooperatives, buyers, of each the largest first.

    Marks without a place and those that a drawing has no room for are among them.
    """
    points = {point.key: point for point in shown.points}
    sent: dict[str, list[MapSent]] = defaultdict(list)
    for flow, far in zip(shown.flows, _straight_km(shown.flows, points), strict=True):
        sent[flow.from_key].append(MapSent(points[flow.to_key], flow.quantity_kg, far))
    return tuple(
        MapRow(point, tuple(sent[point.key])) for kind in ROW_ORDER for point in shown.points if point.kind == kind
    )


def _add_cooperatives(
    gathered: dict[str, _Gathered],
    deliveries: Iterable[PlannedDelivery],
    frames: PlanInput,
    area_names: Mapping[str, str],
) -> None:
    brings = [delivery for delivery in deliveries if delivery.is_pooled]
    used = frames.cooperatives[frames.cooperatives["cooperative_id"].isin({each.sender_id for each in brings})]
    sites = _sites(used, "cooperative_id")
    for delivery in brings:
        site, key = sites[str(delivery.sender_id)], _cooperative_key(delivery)
        if key not in gathered:
            place = _text(site["area_id"])
            own_id = str(delivery.sender_id)
            name = delivery.sender_name or own_id
            gathered[key] = _Gathered("cooperative", own_id, name, area_names.get(place or "", place), own_id)
        for part in delivery.parts:
            gathered[key].add(site, part.quantity_kg, part.quantity_kg)


def _flows(
    deliveries: Iterable[PlannedDelivery], lot_keys: Mapping[str, str], demand_keys: Mapping[str, str]
) -> tuple[MapFlow, ...]:
    """Return what goes between each two marks, the most first."""
    sums: dict[tuple[str, str, bool], int] = defaultdict(int)
    for delivery in deliveries:
        sender, buyer = _cooperative_key(delivery), demand_keys[delivery.demand_id]
        for part in delivery.parts:
            if delivery.is_pooled:
                sums[lot_keys[part.lot_id], sender, True] += part.quantity_kg
            else:
                sums[lot_keys[part.lot_id], buyer, False] += part.quantity_kg
        if delivery.is_pooled:
            sums[sender, buyer, True] += delivery.quantity_kg
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(MapFlow(start, end, kg, is_pooled) for (start, end, is_pooled), kg in ordered)


def _straight_km(flows: tuple[MapFlow, ...], points: Mapping[str, MapPoint]) -> list[float | None]:
    ends = [(points[flow.from_key], points[flow.to_key]) for flow in flows]
    degrees = np.array([(start.lat, start.lon, end.lat, end.lon) for start, end in ends], dtype=np.float64).reshape(
        -1, 4
    )
    far = great_circle_km(*degrees.T)
    return [None if np.isnan(km) else round(float(km), 1) for km in far]


def _sites(frame: pd.DataFrame, id_column: str) -> dict[str, Row]:
    """Return where each row lies, by its id; a column that the frame lacks is empty."""
    found = frame[[id_column]].assign(**{name: frame.get(name) for name in _SITED})
    return {str(row[id_column]): row for row in rows_of(found)}


def _place_key(site: Row, own_id: str) -> str:
    """Return what tells one place from another: its area, else its coordinates; what has neither stands alone."""
    at = _site(site)
    if site["area_id"] is not None:
        return str(site["area_id"])
    return own_id if at is None else " ".join(f"{degrees:.{PLACES_OF_DEGREES}f}" for degrees in at)


def _site(site: Row) -> tuple[float, float] | None:
    lat, lon = site["lat"], site["lon"]
    return (lat, lon) if isinstance(lat, float) and isinstance(lon, float) else None


def _place(site: Row) -> str | None:
    return _text(site["area_name"]) or _text(site["area_id"])


def _area_names(sites: Mapping[str, Row]) -> dict[str, str]:
    return {str(site["area_id"]): str(site["area_name"]) for site in sites.values() if site["area_name"] is not None}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _cooperative_key(delivery: PlannedDelivery) -> str:
    return f"cooperative {delivery.sender_id}"
