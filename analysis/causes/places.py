"""Causes counted by place: the area asked about as a whole, and the places directly below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.causes.network import CauseNetwork
from analysis.causes.parts import HouseholdCounts, PlaceCause, PlaceCauses
from analysis.causes.rows import PlaceRow


@dataclass(frozen=True)
class PlaceCounts:
    """A place: its name (None when no feed gave one), active households, and per cause (confirmed, suspected)."""

    place_id: str
    name: str | None
    household_count: int
    made_up_count: int
    counts: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class AreaCounts:
    """An area as a whole, and the places directly below it, by id.

    The whole is the sum of the places and of the households that live in none of them, so the two cannot disagree.
    """

    whole: PlaceCounts
    places: tuple[PlaceCounts, ...]


def counted_by_place(rows: Iterable[PlaceRow], area_id: str) -> AreaCounts | None:
    """Return the counts of the area `area_id`, or None when there are no rows: then the graph does not hold it."""
    by_place: dict[str, list[PlaceRow]] = {}
    for row in rows:
        by_place.setdefault(row["place_id"], []).append(row)
    if area_id not in by_place:
        return None
    places = [_counted(place_id, by_place[place_id]) for place_id in sorted(by_place)]
    return AreaCounts(
        whole=PlaceCounts(
            place_id=area_id,
            name=by_place[area_id][0]["name"],
            household_count=sum(place.household_count for place in places),
            made_up_count=sum(place.made_up_count for place in places),
            counts=_summed(place.counts for place in places),
        ),
        places=tuple(place for place in places if place.place_id != area_id),
    )


def place_causes(
    network: CauseNetwork, places: Iterable[PlaceCounts], *, show_sensitive: bool
) -> tuple[PlaceCauses, ...]:
    """Return the places as they are shown, in their order; sensitive causes are left out and counted."""
    hidden = frozenset() if show_sensitive else network.sensitive
    return tuple(
        PlaceCauses(
            place_id=place.place_id,
            name=place.name,
            household_count=place.household_count,
            causes=tuple(
                PlaceCause(code=code, households=HouseholdCounts(confirmed=confirmed, suspected=suspected))
                for code in network.causes
                if code in place.counts and code not in hidden
                for confirmed, suspected in [place.counts[code]]
            ),
            hidden_count=len(place.counts.keys() & hidden),
        )
        for place in places
    )


def _counted(place_id: str, rows: Iterable[PlaceRow]) -> PlaceCounts:
    name, household_count, made_up_count = None, 0, 0
    counts: list[dict[str, tuple[int, int]]] = []
    for row in rows:
        name, cause_id, count = row["name"], row["cause_id"], row["household_count"]
        if cause_id is None:
            household_count, made_up_count = count, row["made_up_count"] or 0
        else:
            counts.append({cause_id: (count, 0) if row["status"] == "confirmed" else (0, count)})
    return PlaceCounts(place_id, name, household_count, made_up_count, _summed(counts))


def _summed(parts: Iterable[Mapping[str, tuple[int, int]]]) -> dict[str, tuple[int, int]]:
    summed: dict[str, tuple[int, int]] = {}
    for part in parts:
        for code, (confirmed, suspected) in part.items():
            known = summed.get(code, (0, 0))
            summed[code] = (known[0] + confirmed, known[1] + suspected)
    return summed
