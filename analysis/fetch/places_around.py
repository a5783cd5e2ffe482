"""What lies above a place, what hit it and what serves it, asked of the store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from analysis.frames import Row
from analysis.places.rows import UpperRow
from graph_store import GraphStore


def upward(store: GraphStore, area_ids: Iterable[str]) -> dict[str, list[UpperRow]]:
    """Return for each of the areas that the graph holds the way up from it, itself first, by steps."""
    found: dict[str, list[UpperRow]] = {}
    for row in cast("list[UpperRow]", store.ask("places/upward", area_ids=sorted({*area_ids}))):
        found.setdefault(row["area_id"], []).append(row)
    return found


def top_areas(store: GraphStore) -> list[Row]:
    """Return the areas that are part of no other, by id: area_id, name, area_level, is_made_up."""
    return store.ask("places/top_areas")


def shocks_of_area(store: GraphStore, area_id: str, *, limit: int) -> list[Row]:
    """Return the newest shocks that hit the area, one above it or one below it."""
    return store.ask("places/shocks_of_area", area_id=area_id, limit=limit)


def works_of_area(store: GraphStore, area_id: str, *, limit: int) -> list[Row]:
    """Return works that serve the area, one above it or one below it."""
    return store.ask("places/works_of_area", area_id=area_id, limit=limit)
