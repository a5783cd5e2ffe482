"""Households counted by where they live, kept as long as the graph does not change."""

from __future__ import annotations

from datetime import date
from threading import Lock
from typing import Literal, cast

from analysis.causes.rows import PlaceRow
from analysis.places.rows import AreaRow, CauseRow, HelpRow, LivingRow
from analysis.places.tree import narrowest, place_of_area
from graph_store import GraphStore

Status = Literal["suspected", "confirmed"]


class CountedPlaces:
    """The counts of one graph, each asked for once.

    Counting a county of 100,000 households takes the better part of a second, and its page is looked at again and
    again. Who asks a graph that changes makes a new one after each change. Several threads may ask.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._kept: dict[tuple[str | date, ...], list[dict[str, object]]] = {}
        self._one_at_a_time = Lock()

    def tree(self, area_id: str) -> list[AreaRow]:
        """Return the area and all areas below it, by id; empty when the graph does not hold it."""
        return cast("list[AreaRow]", self._rows("places/area_tree", area_id=area_id))

    def living(self, area_id: str) -> list[LivingRow]:
        """Return the active households of the area by where exactly they live."""
        return cast("list[LivingRow]", self._rows("places/living", area_id=area_id))

    def causes(self, area_id: str) -> list[CauseRow]:
        """Return in how many households of the area a cause is open, by where exactly they live and by status."""
        return cast("list[CauseRow]", self._rows("causes/causes_by_home", area_id=area_id))

    def help(self, area_id: str, day: date) -> list[HelpRow]:
        """Return the households of the area by where exactly they live, with or without a finding and help."""
        return cast("list[HelpRow]", self._rows("assistance/help_by_home", area_id=area_id, day=day))

    def causes_by_place(self, area_id: str) -> list[PlaceRow]:
        """Return the counts of the area and of the places directly below it; empty when the graph does not hold it.

        A row without a cause counts all active households of a place; every place has one.
        """
        tree = self.tree(area_id)
        if not tree:
            return []
        place_of = place_of_area(tree, area_id)
        living = dict.fromkeys(place_of.values(), (0, 0))
        for home in self.living(area_id):
            count, made_up_count = living[place_of[home["area_id"]]]
            counted = (count + home["household_count"], made_up_count + home["made_up_count"])
            living[place_of[home["area_id"]]] = counted
        causes: dict[tuple[str, str, Status], int] = {}
        for found in self.causes(area_id):
            key = (place_of[found["area_id"]], found["cause_id"], found["status"])
            causes[key] = causes.get(key, 0) + found["household_count"]
        names = {row["area_id"]: row["name"] for row in tree}
        return [
            *(
                PlaceRow(
                    place_id=place,
                    name=names[place],
                    cause_id=None,
                    status=None,
                    household_count=count,
                    made_up_count=made_up_count,
                )
                for place, (count, made_up_count) in living.items()
            ),
            *(
                PlaceRow(
                    place_id=place,
                    name=names[place],
                    cause_id=cause_id,
                    status=status,
                    household_count=count,
                    made_up_count=None,
                )
                for (place, cause_id, status), count in causes.items()
            ),
        ]

    def narrowest(self, area_id: str) -> AreaRow:
        """Return the lowest area at or below `area_id`, which the graph holds, that all of its households live in."""
        tree = self.tree(area_id)
        homes = [row["area_id"] for row in self.living(area_id)]
        lowest = narrowest(tree, area_id, homes)
        return next(row for row in tree if row["area_id"] == lowest)

    def _rows(self, query: str, **parameters: str | date) -> list[dict[str, object]]:
        key = (query, *parameters.values())
        with self._one_at_a_time:
            if key not in self._kept:
                self._kept[key] = self._store.ask(query, **parameters)
            return self._kept[key]
