"""What a graph tells of the contradictions in it, in plain values, and days to say things on."""

from __future__ import annotations

from datetime import date

from loaders.graph_frames import GraphFrames
from tests.loaders.graph.written_facts import plain

APRIL, MAY, JUNE = date(2025, 4, 10), date(2025, 5, 10), date(2025, 6, 10)
POLICE_OR_VISIT = "Household-h1-member_count-police-visit"


def found(frames: GraphFrames) -> list[str]:
    """Return the ids of the open contradictions."""
    return list(frames.nodes["Contradiction"]["id"])


def told(frames: GraphFrames, *names: str) -> list[tuple[object, ...]]:
    """Return the named properties of each open contradiction."""
    rows = frames.nodes["Contradiction"][list(names)].to_dict("records")
    return [tuple(plain(row[name]) for name in names) for row in rows]


def ends(frames: GraphFrames, kind: str) -> list[tuple[str, str]]:
    """Return the two ends of the relationships of a kind that begin at contradictions."""
    rows = frames.relationships[kind]
    own = rows[rows["from_kind"] == "Contradiction"]
    return list(zip(own["from_id"], own["to_id"], strict=True))
