"""The parts of the answer to `household`."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from analysis.assistance.parts import Party, Word
from analysis.contradictions.parts import Wording
from analysis.places.parts import Place
from graph_schema.meta import Form


class Source(Form):
    """Which feed says something, and since when."""

    feed: Wording = Field(description="The feed that is believed.")
    said_on: date = Field(
        description="Of an observation the day it was made; of all else the day on which it was recorded."
    )
    age_days: int | None = Field(
        description="Days from then to the day of the answer; null where it became known only after that day."
    )
    is_made_up: bool = Field(description="Whether it is made up.")


class Fact(Form):
    """A property of the household, or the newest observation of an indicator."""

    aspect: Wording = Field(description="The property, or the indicator.")
    product: Wording | None = Field(description="The product, where an indicator is measured by product.")
    value: Wording = Field(description="Its value: as a feed file writes it, and as people read it.")
    value_on: date | None = Field(description="The value once more where it is a day.")
    source: Source | None = Field(
        description="Who says so; null where it follows from something else, as the state of a household that was "
        "merged into another."
    )
    is_disputed: bool = Field(description="Whether another feed says otherwise, as `contradictions` tells.")


class Member(Form):
    """A person who lives in the household, by number and without a name."""

    number: int = Field(description="The number that the history of the household calls the person by.")
    role: Word | None = Field(description="The role in the household.")
    birth_year: int | None = Field(description="Year of birth.")
    age: int | None = Field(description="Years that the person is or becomes in the year of the answer.")
    sex: Word | None = Field(description="Sex.")
    school_stage: Word | None = Field(description="The stage of schooling that the person attends or attended last.")
    work_place: Word | None = Field(description="Where the person works: not at all, near by or away.")
    worked_months: int | None = Field(description="Months worked in the last 12.")
    employers: tuple[Party, ...] = Field(description="Who employs the person.")
    disability_grade: Word | None = Field(description="Grade of disability; null unless what is sensitive is shown.")
    has_chronic_illness: bool | None = Field(description="Chronic illness; null unless what is sensitive is shown.")
    died_on: date | None = Field(description="Day of death, where one was reported and the stay has not been ended.")
    is_shortened: bool = Field(
        description="Whether all but number, role and year of birth is left out, because the person may be a child "
        "under 14."
    )
    source: Source | None = Field(description="Who says that the person lives here.")


class Home(Form):
    """Where the household lives."""

    path: tuple[Place, ...] = Field(description="The areas that it lies in, from the top down, the home the last.")
    source: Source | None = Field(description="Who says that it lives there.")


class CooperativeJoined(Form):
    """A cooperative that the household belongs to."""

    cooperative: Party = Field(description="The cooperative.")
    source: Source | None = Field(description="Who says so.")
