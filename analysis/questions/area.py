"""How does an area stand: where it lies, how many households it has, with which causes, with or without help?"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.fetch.places_around import shocks_of_area, top_areas, upward, works_of_area
from analysis.frames import Row, text_in
from analysis.places.counted import CountedPlaces
from analysis.places.counts import Sums, cause_counts, help_counts, summed, summed_by_place
from analysis.places.parts import CauseCount, HelpCounts, Place, PlaceCounted, ShockFelt, Works
from analysis.places.rows import AreaRow, UpperRow
from analysis.places.tree import place_of_area
from analysis.places.words import place, required_word
from analysis.questions.answer import Answer, Notice, asked_about, notice
from analysis.subject import FoundSubject, Subject, unknown_subject
from graph_schema import Schema
from graph_schema.messages import Label
from graph_schema.meta import Form
from graph_store import GraphStore

AREA = "Area"
COMMONEST_CAUSES = 3
"""So many causes are told of each place below; of the area itself all are."""
MOST_SHOCKS, MOST_WORKS = 20, 20


class AreaAnswer(Answer):
    """An area: where it lies, its households, and the places directly below it. It names no household."""

    version: Literal["area/1"] = Field(default="area/1", description="The question and the version of this form.")
    show_sensitive: bool = Field(description="Whether sensitive causes are shown.")
    level: str | None = Field(description="Code of its level, such as village; null when no feed gave one.")
    path: tuple[Place, ...] = Field(description="The areas it lies in, from the top down, itself the last.")
    counts: HelpCounts = Field(description="Its households, wherever in it they live.")
    causes: tuple[CauseCount, ...] = Field(description="Causes open there that may be shown, the commonest first.")
    hidden_cause_count: int = Field(description="Sensitive causes open there that are left out.")
    places: tuple[PlaceCounted, ...] = Field(
        description="The places directly below it, by id; the area itself comes first where households live in it and "
        "in none of them. Their households add up to those of the area."
    )
    shocks: tuple[ShockFelt, ...] = Field(
        description=f"The newest shocks that hit it, an area above it or one below it, at most {MOST_SHOCKS}."
    )
    works: tuple[Works, ...] = Field(
        description=f"Works that serve it, an area above it or one below it, by id, at most {MOST_WORKS}."
    )


class TopArea(Place):
    """An area that is part of no other."""

    household_count: int = Field(description="Active households that live in it or below it.")
    narrowest: Place = Field(description="The lowest area that all of these households live in; itself without any.")


class AreasAnswer(Form):
    """Where to begin: the areas that are part of no other."""

    version: Literal["areas/1"] = Field(default="areas/1", description="The question and the version of this form.")
    as_of: date = Field(description="The day for which the answer holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    areas: tuple[TopArea, ...] = Field(description="They, those with the most households first.")


def area(
    store: GraphStore,
    schema: Schema,
    area_id: str,
    *,
    day: date,
    show_sensitive: bool = False,
    counted: CountedPlaces | None = None,
) -> AreaAnswer:
    """Return how an area stands as of `day`.

    `counted` is `CountedPlaces(store)`; who asks often builds it once and passes it. Raises SubjectNotFound for an
    unknown id.
    """
    known = counted or CountedPlaces(store)
    tree = known.tree(area_id)
    if not tree:
        raise unknown_subject(schema, Subject(AREA, area_id))
    way = upward(store, [area_id])[area_id]
    places = summed_by_place(place_of_area(tree, area_id), known.help(area_id, day), known.causes(area_id))
    whole = summed(places.values())
    causes, hidden_count = cause_counts(schema, whole, show_sensitive=show_sensitive)
    itself = way[0]
    is_made_up = itself["is_made_up"] or any(row["made_up_count"] for row in known.living(area_id))
    name = Label(en=itself["name"], zh=itself["name"]) if itself["name"] else None
    found = FoundSubject(Subject(AREA, area_id), name, is_made_up)
    return AreaAnswer(
        asked=asked_about(found),
        as_of=day,
        is_made_up=is_made_up,
        notices=_notices(found, whole, hidden_count),
        show_sensitive=show_sensitive,
        level=itself["area_level"],
        path=_path(schema, way),
        counts=help_counts(whole),
        causes=causes,
        hidden_cause_count=hidden_count,
        places=_places(schema, tree, area_id, places, show_sensitive=show_sensitive),
        shocks=tuple(_shock(schema, row) for row in shocks_of_area(store, area_id, limit=MOST_SHOCKS)),
        works=tuple(_works(schema, row) for row in works_of_area(store, area_id, limit=MOST_WORKS)),
    )


def areas(store: GraphStore, schema: Schema, *, day: date, counted: CountedPlaces | None = None) -> AreasAnswer:
    """Return the areas that are part of no other, with their households, as of `day`."""
    known = counted or CountedPlaces(store)
    listed, is_made_up = [], False
    for row in top_areas(store):
        living = known.living(str(row["area_id"]))
        is_made_up = is_made_up or bool(row["is_made_up"]) or any(home["made_up_count"] for home in living)
        told = place(schema, str(row["area_id"]), text_in(row, "name"), text_in(row, "area_level"))
        count = sum(home["household_count"] for home in living)
        lowest = known.narrowest(told.area_id)
        narrowest = place(schema, lowest["area_id"], lowest["name"], lowest["area_level"])
        listed.append(TopArea(**dict(told), household_count=count, narrowest=narrowest))
    listed.sort(key=lambda top: (-top.household_count, top.area_id))
    notices = (notice("notice_made_up"),) if is_made_up else ()
    return AreasAnswer(as_of=day, is_made_up=is_made_up, notices=notices, areas=tuple(listed))


def _path(schema: Schema, way: list[UpperRow]) -> tuple[Place, ...]:
    return tuple(place(schema, row["upper_area_id"], row["name"], row["area_level"]) for row in reversed(way))


def _places(
    schema: Schema, tree: list[AreaRow], area_id: str, places: dict[str, Sums], *, show_sensitive: bool
) -> tuple[PlaceCounted, ...]:
    rows = {row["area_id"]: row for row in tree}
    below = sorted(place_id for place_id in places if place_id != area_id)
    lives_directly = bool(below) and places[area_id].households > 0
    counted = []
    for place_id in [area_id, *below] if lives_directly else below:
        row = rows[place_id]
        causes, hidden_count = cause_counts(
            schema, places[place_id], show_sensitive=show_sensitive, most=COMMONEST_CAUSES
        )
        counted.append(
            PlaceCounted(
                **dict(place(schema, place_id, row["name"], row["area_level"])),
                is_itself=place_id == area_id,
                counts=help_counts(places[place_id]),
                causes=causes,
                hidden_cause_count=hidden_count,
            )
        )
    return tuple(counted)


def _shock(schema: Schema, row: Row) -> ShockFelt:
    return ShockFelt.model_validate(
        {
            **{name: row[name] for name in ("shock_id", "severity", "starts_on", "ends_on")},
            "kind": required_word(schema, str(row["shock_kind"]), "shock_kind"),
            "place": place(schema, str(row["area_id"]), text_in(row, "area_name"), None),
        }
    )


def _works(schema: Schema, row: Row) -> Works:
    return Works.model_validate(
        {
            **{name: row[name] for name in ("works_id", "name", "capacity", "capacity_unit", "built_on")},
            "kind": required_word(schema, str(row["works_kind"]), "works_kind"),
            "status": required_word(schema, str(row["works_status"]), "works_status"),
            "place": place(schema, str(row["area_id"]), text_in(row, "area_name"), None),
        }
    )


def _notices(found: FoundSubject, whole: Sums, hidden_count: int) -> tuple[Notice, ...]:
    notices = [notice("notice_made_up")] if found.is_made_up else []
    if hidden_count:
        notices.append(notice("notice_hidden_in_area", count=hidden_count))
    if not whole.households:
        notices.append(notice("notice_nobody_lives_here"))
    return tuple(notices)
