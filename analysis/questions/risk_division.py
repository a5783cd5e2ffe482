"""An area with the places directly below it, and which of them each home of households belongs to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.fetch.places_around import top_areas, upward
from analysis.frames import text_in
from analysis.places.counted import CountedPlaces
from analysis.places.parts import Place
from analysis.places.tree import place_of_area
from analysis.places.words import place as place_word
from analysis.questions.answer import Asked
from analysis.risk.by_home import NOWHERE, RiskByHome
from analysis.risk.findings import Places
from analysis.subject import Subject, unknown_subject
from analysis.why.names import say
from graph_schema import Schema
from graph_store import GraphStore

AREA = "Area"
EVERYWHERE = "all"
"""Stands for an area where all areas are asked about, with the households whose home is unknown."""


@dataclass(frozen=True)
class Division:
    """An area and how it is divided.

    `places`: the area itself, then those directly below it by id. `place_of`: by area, the id of the place that it
    lies in. `names`: of all these areas.
    """

    asked: Asked
    path: tuple[Place, ...]
    places: tuple[Place, ...]
    place_of: dict[str, str]
    names: dict[str, str | None]
    is_made_up: bool

    @property
    def area_ids(self) -> frozenset[str] | None:
        """Return the area and all below it, None for everywhere."""
        return None if self.asked.id == EVERYWHERE else frozenset(self.place_of)

    @property
    def upward(self) -> tuple[str, ...]:
        """Return the areas that it lies in, from the top down, itself the last."""
        return tuple(place.area_id for place in self.path)

    def place_of_home(self, known: RiskByHome) -> Places:
        """Return by home of the risks the number of its place, NOWHERE for one outside of the area."""
        number = {place.area_id: number for number, place in enumerate(self.places)}
        elsewhere = 0 if self.area_ids is None else NOWHERE
        return np.array(
            [number[self.place_of[home]] if home in self.place_of else elsewhere for home in known.homes],
            dtype=np.int64,
        )


def division_of(store: GraphStore, schema: Schema, counted: CountedPlaces, area_id: str | None) -> Division:
    """Return how an area is divided; None for everywhere. Raises SubjectNotFound for an unknown area."""
    if area_id is None:
        return _everywhere(store, schema, counted)
    tree = counted.tree(area_id)
    if not tree:
        raise unknown_subject(schema, Subject(AREA, area_id))
    rows = {row["area_id"]: row for row in tree}
    place_of = place_of_area(tree, area_id)
    below = sorted(set(place_of.values()) - {area_id})
    way = upward(store, [area_id])[area_id]
    name = way[0]["name"]
    return Division(
        asked=Asked(kind=AREA, id=area_id, name_en=name, name_zh=name),
        path=tuple(place_word(schema, row["upper_area_id"], row["name"], row["area_level"]) for row in reversed(way)),
        places=tuple(
            place_word(schema, each, rows[each]["name"], rows[each]["area_level"]) for each in (area_id, *below)
        ),
        place_of=place_of,
        names={each: row["name"] for each, row in rows.items()},
        is_made_up=bool(way[0]["is_made_up"]),
    )


def _everywhere(store: GraphStore, schema: Schema, counted: CountedPlaces) -> Division:
    name = say("risk_everywhere")
    tops = top_areas(store)
    place_of: dict[str, str] = {}
    names: dict[str, str | None] = {}
    for top in tops:
        for row in counted.tree(str(top["area_id"])):
            # An area that lies in two of them counts in the first.
            place_of.setdefault(row["area_id"], str(top["area_id"]))
            names.setdefault(row["area_id"], row["name"])
    return Division(
        asked=Asked(kind=AREA, id=EVERYWHERE, name_en=name.en, name_zh=name.zh),
        path=(),
        places=(
            Place(area_id=EVERYWHERE, name=None, level=None),
            *(
                place_word(schema, str(top["area_id"]), text_in(top, "name"), text_in(top, "area_level"))
                for top in tops
            ),
        ),
        place_of=place_of,
        names=names,
        is_made_up=any(bool(top["is_made_up"]) for top in tops),
    )
