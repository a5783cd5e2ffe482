"""The parts of the answer to `contradictions`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from graph_schema.meta import Form

Effect = Literal["value_held", "both_count", "spell_shown", "stated"]


class Wording(Form):
    """A code, with its name in both languages."""

    code: str = Field(description="The code.")
    en: str = Field(description="Its name in English.")
    zh: str = Field(description="Its name in Chinese.")


class Said(Form):
    """What one feed says."""

    feed: Wording = Field(description="The feed.")
    value: Wording | None = Field(
        description="The value: as a feed file writes it, and as people read it; null where it is a person's own, "
        "such as a name."
    )
    on: date | None = Field(
        description="The day of an observation, the day on which a property was recorded, the first day of a spell."
    )
    age_days: int | None = Field(
        description="Days from then to the day of the answer; null where it became known only after that day."
    )


class Contradiction(Form):
    """Two feeds that say different things of one thing."""

    contradiction_id: str = Field(description="Its id; it stays the same while the values change.")
    rule_id: str = Field(
        description="property, observation or spell, as the two feeds differ on one of these; else what was stated."
    )
    subject_kind: Wording | None = Field(description="Kind of the node or relationship that it is about.")
    subject_id: str | None = Field(description="Id of the node; of a relationship the ids of its ends.")
    household_id: str | None = Field(description="The household that it belongs to.")
    aspect: Wording | None = Field(description="The property, indicator or kind of relationship they differ on.")
    product: Wording | None = Field(description="The product, where an indicator is measured by product.")
    believed: Said | None = Field(description="What the feed says that is believed.")
    other: Said | None = Field(description="What the other feed says.")
    reason: Wording | None = Field(description="Why the first is believed.")
    effect: Effect = Field(
        description="What it decides now. value_held: the graph holds the value that is believed; both_count: each "
        "observation raises its own finding; spell_shown: the graph shows the spell that is believed, the other as "
        "ended; stated: a person stated it, and no value follows from it."
    )
    is_sensitive: bool = Field(description="Whether it tells something sensitive.")


class ContradictionCount(Form):
    """How many contradictions are alike: on one thing, between two feeds."""

    subject_kind: Wording | None = Field(description="Kind of what they are about.")
    aspect: Wording | None = Field(description="The property, indicator or kind of relationship.")
    believed_feed: Wording | None = Field(description="The feed that is believed.")
    other_feed: Wording | None = Field(description="The feed that says otherwise.")
    count: int = Field(description="How many.")


class PlaceContradictions(Form):
    """A place directly below the area, or the area itself for what is of no place below."""

    place_id: str = Field(description="Id of the place.")
    name: str | None = Field(description="Its name; null when no feed gave one.")
    count: int = Field(description="How many contradictions there are.")
    hidden_count: int = Field(description="How many more are not shown, being sensitive.")
