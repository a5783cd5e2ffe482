"""The parts of a history, as an answer states them."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from analysis.history.events import Happening
from graph_schema.meta import Form


class HistoryMember(Form):
    """A person who lives or lived in the household, without a name."""

    number: int = Field(description="The number that sentences call the person by.")
    role: str | None = Field(description="Code of the newest role in the household.")
    role_en: str | None = Field(description="The role in English.")
    role_zh: str | None = Field(description="The role in Chinese.")
    birth_year: int | None = Field(description="Year of birth.")
    since: date | None = Field(description="First day here.")
    until: date | None = Field(description="Last day here; null while nobody said that the stay is over.")


class HistoryChange(Form):
    """A value that a feed gives otherwise than before."""

    name: str = Field(description="The property or reference.")
    name_en: str = Field(description="Its name in English.")
    name_zh: str = Field(description="Its name in Chinese.")
    before_en: str = Field(description="What was said before, in English.")
    before_zh: str = Field(description="What was said before, in Chinese.")
    after_en: str = Field(description="What is said now, in English.")
    after_zh: str = Field(description="What is said now, in Chinese.")


class HistoryEntry(Form):
    """One step: what became known, when, from which feed and load, about which time."""

    key: str = Field(description="Names the entry within this order, to go on after it.")
    happening: Happening = Field(
        description="told: for the first time; changed: from one value to another; ended; withdrawn: a load was taken "
        "back."
    )
    recorded_on: date = Field(description="The day on which it became known, where the question is asked.")
    recorded_at: datetime = Field(description="The instant at which it became known.")
    world_on: date | None = Field(description="The day that it speaks of; null where it names none.")
    kind: str | None = Field(description="Node or relationship kind; null for a load that was taken back.")
    kind_en: str | None = Field(description="The kind in English.")
    kind_zh: str | None = Field(description="The kind in Chinese.")
    feed: str = Field(description="Code of the feed.")
    feed_en: str = Field(description="The feed in English.")
    feed_zh: str = Field(description="The feed in Chinese.")
    load_id: str = Field(description="Id of the load.")
    text_en: str = Field(description="The sentence in English.")
    text_zh: str = Field(description="The sentence in Chinese.")
    changes: tuple[HistoryChange, ...] = Field(description="What changed, from what to what.")
    is_made_up: bool = Field(description="Whether it is made up.")
    is_backfill: bool = Field(description="Whether its file was older than the day on which it was entered.")
    withdrawn_on: date | None = Field(description="The day on which the load was taken back; null where it counts.")
    why: str | None = Field(description="Why the load was taken back, in the words of who did it.")
