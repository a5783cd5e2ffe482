"""Open contradictions between feeds, read from the graph."""

from __future__ import annotations

import pandas as pd

from analysis.contradictions.frames import CONTRADICTIONS, COUNTS
from analysis.frames import frame_of
from graph_store import GraphStore


def contradictions_of_household(store: GraphStore, household_id: str) -> pd.DataFrame:
    """Return the open contradictions of a household by id (contract CONTRADICTIONS), the sensitive ones too."""
    rows = store.ask("upkeep/contradictions_of_household", household_id=household_id)
    return frame_of(rows, CONTRADICTIONS)


def contradictions_of_area(
    store: GraphStore, area_id: str, *, show_sensitive: bool, after: str, limit: int
) -> pd.DataFrame:
    """Return at most `limit` open contradictions of an area and what lives in it, by id, after the id `after`."""
    asked = {"area_id": area_id, "show_sensitive": show_sensitive, "after": after, "limit": limit}
    rows = [
        *store.ask("upkeep/contradictions_of_areas", **asked),
        *store.ask("upkeep/contradictions_of_households_of_area", **asked),
    ]
    found = frame_of(rows, CONTRADICTIONS).sort_values("contradiction_id", ignore_index=True)
    return found.head(limit)


def contradiction_counts(store: GraphStore, area_id: str) -> pd.DataFrame:
    """Return how many contradictions an area has, by place directly below, what they are about, and feeds (COUNTS)."""
    return frame_of(store.ask("upkeep/contradiction_counts", area_id=area_id), COUNTS)
