"""The arrows of a sketch map: bowed, as wide as what they carry, from the edge of a mark to the edge of another."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

# How far an arrow bows aside, as a share of its length: those there and back do not cover each other.
BOW = 0.12
# How long the head is, and half as wide as that, by the width of the line.
LEAST_HEAD, HEAD_SHARE, HEAD_WIDE = 8.0, 1.5, 0.55

Spot = tuple[float, float]


@dataclass(frozen=True)
class Arrow:
    """A line and its head as paths, and the spot where it ends; `head` is empty where there is no room for one."""

    line: str
    head: str
    tip: Spot


def arrow(start: Spot, end: Spot, *, start_gap: float, end_gap: float, width: float) -> Arrow:
    """Return the arrow from one spot to another that leaves so much free at both ends; `width` of its line."""
    far = hypot(end[0] - start[0], end[1] - start[1])
    head = max(LEAST_HEAD, width * HEAD_SHARE)
    if far <= start_gap + end_gap:
        return Arrow(f"M{_at(start)}L{_at(end)}", "", end)
    turn = ((start[0] + end[0]) / 2 - (end[1] - start[1]) * BOW, (start[1] + end[1]) / 2 + (end[0] - start[0]) * BOW)
    leaves, comes = _towards(start, turn, start_gap), _towards(end, turn, end_gap)
    room = hypot(comes[0] - leaves[0], comes[1] - leaves[1])
    head = min(head, room * 0.8)
    neck = _towards(comes, turn, head)
    return Arrow(f"M{_at(leaves)}Q{_at(turn)} {_at(neck)}", _head(neck, comes, max(head, width) * HEAD_WIDE), comes)


def _head(neck: Spot, tip: Spot, half: float) -> str:
    long = hypot(tip[0] - neck[0], tip[1] - neck[1]) or 1.0
    aside = (-(tip[1] - neck[1]) / long * half, (tip[0] - neck[0]) / long * half)
    corners = ((neck[0] + aside[0], neck[1] + aside[1]), tip, (neck[0] - aside[0], neck[1] - aside[1]))
    return "M" + "L".join(_at(corner) for corner in corners) + "Z"


def _towards(spot: Spot, other: Spot, distance: float) -> Spot:
    """Return the spot that lies so far from one towards another."""
    far = hypot(other[0] - spot[0], other[1] - spot[1]) or 1.0
    return spot[0] + (other[0] - spot[0]) / far * distance, spot[1] + (other[1] - spot[1]) / far * distance


def _at(spot: Spot) -> str:
    return f"{spot[0]:.1f} {spot[1]:.1f}"
