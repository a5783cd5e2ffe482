"""The parts of answers about places, as an answer states them."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from analysis.assistance.parts import Word
from graph_schema.meta import Form


class Place(Form):
    """An area by its official code."""

    area_id: str = Field(description="Its official code.")
    name: str | None = Field(description="Its name; null when no feed gave one.")
    level: Word | None = Field(description="Its level, such as village; null when no feed gave one.")


class HelpCounts(Form):
    """Active households, counted. Causes that are not shown count too, for a number tells of no one's cause."""

    household_count: int = Field(description="All of them.")
    with_finding_count: int = Field(description="Those at which at least one cause is open.")
    with_help_count: int = Field(description="Those for which, or for a member of which, help is planned or running.")
    without_help_count: int = Field(description="Those at which a cause is open and that have no help.")


class CauseCount(Form):
    """A cause that is open in a place. In a place with few households a count can tell of a single one."""

    cause: Word = Field(description="The cause.")
    household_count: int = Field(description="Active households at which it is open.")
    confirmed_count: int = Field(description="Those of them at which it is confirmed and not only suspected.")


class PlaceCounted(Place):
    """A place with its households, wherever in it they live."""

    is_itself: bool = Field(
        description="Whether this is the area asked about, standing for the households that live in none of the places "
        "below it."
    )
    counts: HelpCounts = Field(description="Its households.")
    causes: tuple[CauseCount, ...] = Field(description="Its commonest causes that may be shown, the commonest first.")
    hidden_cause_count: int = Field(description="Sensitive causes open there that are left out.")


class ShockFelt(Form):
    """A shock that hit the area, one above it or one below it."""

    shock_id: str = Field(description="Its id.")
    kind: Word = Field(description="Its kind.")
    place: Place = Field(description="The area that it hit.")
    severity: float = Field(description="How severe it was, from 0 to 1.")
    starts_on: date = Field(description="Its first day.")
    ends_on: date | None = Field(description="Its last day; null where none is known.")


class Works(Form):
    """Works, such as a road or a cold store, that serve the area, one above it or one below it."""

    works_id: str = Field(description="Their id.")
    name: str | None = Field(description="Their name.")
    kind: Word = Field(description="Their kind.")
    status: Word = Field(description="Whether they are planned, open or closed.")
    place: Place = Field(description="The area that they serve.")
    capacity: float | None = Field(description="How much they hold or carry, in `capacity_unit`.")
    capacity_unit: str | None = Field(description="The unit of the capacity.")
    built_on: date | None = Field(description="When they were built.")
