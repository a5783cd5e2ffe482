"""The parts of a sketch map of a plan: where is sold, collected and bought, and what flows between these places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MapKind = Literal["seller", "buyer", "cooperative"]


@dataclass(frozen=True)
class MapPoint:
    """One mark of the map: all lots of a place together, all demands of a buyer in a place, or one cooperative.

    `key` is its own on the map. `id`: of the area for sellers, of the enterprise, of the cooperative. `place`: the name
    of the area, else its id. `count`: lots, demands, or lots collected. `quantity_kg` is what is offered, wanted or
    brought; `moved_kg` what of it the plan sells, fills or brings; `left_kg` the rest. Coordinates in degrees, None
    where no place is known.
    """

    key: str
    kind: MapKind
    id: str | None
    name: str
    place: str | None
    lat: float | None
    lon: float | None
    count: int
    quantity_kg: int
    moved_kg: int
    left_kg: int

    @property
    def is_placed(self) -> bool:
        """Return whether it can be drawn."""
        return self.lat is not None and self.lon is not None


@dataclass(frozen=True)
class MapFlow:
    """What goes from one mark to another, by their keys. `is_pooled`: to a cooperative, or from one."""

    from_key: str
    to_key: str
    quantity_kg: int
    is_pooled: bool


@dataclass(frozen=True)
class PlanMap:
    """Everything a map shows, the largest first. `is_made_up`: whether any of it rests on made-up data."""

    points: tuple[MapPoint, ...]
    flows: tuple[MapFlow, ...]
    is_made_up: bool
