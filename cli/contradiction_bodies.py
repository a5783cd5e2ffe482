"""The part of the JSON bodies that tells what a load did to the contradictions between feeds."""

from __future__ import annotations

from pydantic import Field

from graph_schema.meta import Form


class ContradictionGroup(Form):
    """New contradictions that are alike."""

    subject_kind: str = Field(description="Kind of what they are about; empty where a person stated none.")
    aspect: str = Field(description="The property, indicator or kind of relationship that the feeds differ on.")
    held_feed: str = Field(description="Code of the feed that is believed.")
    other_feed: str = Field(description="Code of the feed that says otherwise.")
    count: int = Field(description="How many there are.")


class ContradictionNews(Form):
    """Contradictions between feeds after the graph was written."""

    open_count: int = Field(description="How many are open.")
    new_count: int = Field(description="How many of them are new; in a graph made anew all.")
    gone_count: int = Field(description="How many that were open are closed or gone.")
    groups: tuple[ContradictionGroup, ...] = Field(description="The new ones, the most frequent first, 50 at most.")
