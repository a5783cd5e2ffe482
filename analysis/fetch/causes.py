"""The rows of the cause graph, asked of the store and turned into values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from analysis.causes.rows import FindingRow, ObservationRow, ShockRow
from graph_store import GraphStore


@dataclass(frozen=True)
class AreaCauses:
    """An area's name (None when no feed gave one), its active households, and per cause (confirmed, suspected)."""

    name: str | None
    household_count: int
    made_up_count: int
    counts: Mapping[str, tuple[int, int]]


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


def area_causes(store: GraphStore, area_id: str) -> AreaCauses | None:
    """Return what the area and all below it hold, or None when the graph does not hold the area."""
    areas = store.ask("causes/area_households", area_id=area_id)
    if not areas:
        return None
    area = areas[0]
    return AreaCauses(
        name=cast("str | None", area["name"]),
        household_count=cast("int", area["household_count"]),
        made_up_count=cast("int", area["made_up_count"]),
        counts=_by_status(store.ask("causes/area_causes", area_id=area_id)),
    )


def _by_status(rows: Sequence[Mapping[str, object]]) -> dict[str, tuple[int, int]]:
    counts: dict[str, tuple[int, int]] = {}
    for row in rows:
        confirmed, suspected = counts.get(str(row["cause_id"]), (0, 0))
        count = cast("int", row["household_count"])
        is_confirmed = row["status"] == "confirmed"
        counts[str(row["cause_id"])] = (
            (confirmed + count, suspected) if is_confirmed else (confirmed, suspected + count)
        )
    return counts
