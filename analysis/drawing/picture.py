"""What a drawing is made from: boxes, the links between them, and the words round them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from graph_schema.messages import Language

# How sure a box is: the shape, the stroke and a word say it, never the colour alone.
Look = Literal["confirmed", "suspected", "refuted", "possible", "counted", "missing"]
# What the arrows of a picture stand for; the words of the legend and of the tables follow it.
Subject = Literal["causes", "help", "why", "network"]

# A drawing with more boxes than this is a ball of string on any screen, whatever the caller asks for.
MOST_NODES = 300


@dataclass(frozen=True)
class PictureNode:
    """One box. `name`, `code` and `note` are read on it; `level` of 5 dots are filled when it is not None.

    `details` is said after them by a screen reader and shown when the pointer rests. `rank`: the lower, the sooner it
    is drawn when there are too many. `href` makes the box a link to a page. `bar`: two shares of its width, drawn as a
    full and a hatched bar at its foot. `layer`: the column, from the left, that it stands in whatever leads to it.
    """

    id: str
    name: str
    note: str = ""
    code: str = ""
    look: Look = "possible"
    is_end: bool = False
    tint: str = "#64748b"
    details: str = ""
    rank: int = 0
    href: str | None = None
    bar: tuple[float, float] = (0.0, 0.0)
    level: int | None = None
    layer: int | None = None


@dataclass(frozen=True)
class PictureLink:
    """One arrow. `text` is read on it; `share` (0 to 1) sets how thick it is.

    `stories` are the numbers (from 1) of the lines of `Picture.stories` that run over it. A link that `is_feedback`
    closes a circle: it takes no part in the layout. One that `is_missing` is not there: the line is broken. One that
    `is_slow` acts only after the time that the picture is about. `href` makes the arrow a link to a page.
    """

    from_id: str
    to_id: str
    text: str = ""
    share: float = 0.0
    details: str = ""
    stories: tuple[int, ...] = ()
    is_amplified: bool = False
    is_feedback: bool = False
    is_missing: bool = False
    is_slow: bool = False
    href: str | None = None


@dataclass(frozen=True)
class Picture:
    """A drawing before it has a form. `badge` is a warning beside the title; `left_out` counts boxes not drawn.

    `columns` are the names over the columns of boxes that each name their layer. `gap_across`: how far apart columns
    stand where more than a number is read on the arrows.
    """

    title: str
    subtitle: str
    description: str
    language: Language
    nodes: tuple[PictureNode, ...]
    links: tuple[PictureLink, ...]
    badge: str = ""
    stories: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    left_out: int = 0
    columns: tuple[str, ...] = ()
    subject: Subject = "causes"
    gap_across: float | None = None


def capped(picture: Picture, max_nodes: int) -> Picture:
    """Return the picture with at most `max_nodes` boxes (and never more than 300), the rest counted in `left_out`.

    Boxes with the lowest `rank` stay, then by id; a link stays when both its ends do.
    """
    room = max(1, min(max_nodes, MOST_NODES))
    kept = {node.id for node in sorted(picture.nodes, key=lambda node: (node.rank, node.id))[:room]}
    return replace(
        picture,
        nodes=tuple(node for node in picture.nodes if node.id in kept),
        links=tuple(_between(picture.links, kept)),
        left_out=picture.left_out + len(picture.nodes) - len(kept),
    )


def _between(links: Iterable[PictureLink], kept: set[str]) -> Iterable[PictureLink]:
    return (link for link in links if link.from_id in kept and link.to_id in kept)
