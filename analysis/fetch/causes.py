"""The rows of the cause graph, asked of the store and turned into values."""

from __future__ import annotations

from typing import cast

from analysis.causes.rows import FindingRow, ObservationRow, ShockRow
from graph_store import GraphStore


def household_findings(store: GraphStore, household_id: str) -> list[FindingRow]:
    """Return the findings of a household; empty when the graph does not hold it, one empty row when it has none."""
    return cast("list[FindingRow]", store.ask("causes/household_findings", household_id=household_id))


def household_evidence(store: GraphStore, household_id: str) -> list[ObservationRow]:
    """Return the observations of the household itself (without `area_id`)."""
    return cast("list[ObservationRow]", store.ask("causes/household_evidence", household_id=household_id))


def place_evidence(store: GraphStore, household_id: str) -> list[ObservationRow]:
    """Return the observations of the areas the household lives in."""
    return cast("list[ObservationRow]", store.ask("causes/place_evidence", household_id=household_id))


def place_shocks(store: GraphStore, household_id: str) -> list[ShockRow]:
    """Return the shocks that hit the areas the household lives in."""
    return cast("list[ShockRow]", store.ask("causes/place_shocks", household_id=household_id))
