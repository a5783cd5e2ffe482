"""Where the marks and labels of a sketch map stand, so that none covers another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from analysis.drawing.map_plane import Plane

# The turn from one mark to the next that spreads any number of them evenly round a place.
GOLDEN_ANGLE = pi * (3 - sqrt(5))
ROUNDS = 80
# Squares and diamonds stick out of the circle of their area.
CORNERS = 1.25
# A mark that is moved by less stands where it stood.
SEEN = 3.0
LABEL_GAP, TIP = 4.0, 4.0

Box = tuple[float, float, float, float]
Places = NDArray[np.float64]


@dataclass(frozen=True)
class Label:
    """The lines beside a mark: where the first begins, and which end of it stands there.

    The first `name_count` lines are its name.
    """

    left: float
    top: float
    anchor: str
    lines: tuple[str, ...]
    name_count: int


@dataclass(frozen=True)
class LabelRoom:
    """What a label takes: its lines, those of the name first, and their size."""

    lines: tuple[str, ...]
    name_count: int
    width: float
    line_height: float

    @property
    def height(self) -> float:
        """Return how high all lines are."""
        return len(self.lines) * self.line_height


def spread(places: Places, radii: NDArray[np.float64], gap: float, plane: Plane) -> tuple[Places, bool]:
    """Return where marks stand after those that would cover each other moved apart, and whether any did.

    They stay on the map; where there are too many for it, some still touch. `places`: (n, 2) on the sheet.
    """
    count = len(places)
    turns = np.arange(count) * GOLDEN_ANGLE
    # Marks at one place begin a hair apart, each in its own direction, so that they know where to go.
    moved = places + 0.01 * np.column_stack((np.cos(turns), np.sin(turns)))
    needed = radii[:, None] + radii[None, :] + gap
    low = np.array([plane.left, plane.top]) + radii[:, None] + SEEN
    high = np.array([plane.left + plane.width, plane.top + plane.height]) - radii[:, None] - SEEN
    for _ in range(ROUNDS):
        apart = moved[:, None, :] - moved[None, :, :]
        far = np.hypot(apart[..., 0], apart[..., 1])
        np.fill_diagonal(far, np.inf)
        short = np.clip(needed - far, 0.0, None)
        if not short.any():
            break
        push = apart / np.maximum(far, 1e-9)[..., None] * (short / 2)[..., None]
        moved = np.clip(moved + push.sum(axis=1) / np.maximum((short > 0).sum(axis=1), 1)[:, None], low, high)
    is_moved = bool((np.hypot(*(moved - places).T) > SEEN).any()) if count else False
    return moved, is_moved


def labels(
    places: Places,
    radii: NDArray[np.float64],
    wanted: Sequence[Sequence[LabelRoom]],
    plane: Plane,
    *,
    tips: Iterable[tuple[float, float]] = (),
) -> tuple[Label | None, ...]:
    """Return a label for each mark in turn, those that come first before those that come later; None finds no room.

    `wanted` has for each mark what it would like to say, the fullest first: where that does not fit, the next is tried.
    `tips`: where arrows end, which no label covers.
    """
    taken = [
        _round(across, down, radius) for (across, down), radius in zip(places.tolist(), radii.tolist(), strict=True)
    ]
    taken += [_round(across, down, TIP) for across, down in tips]
    found: list[Label | None] = []
    for (across, down), radius, rooms in zip(places.tolist(), radii.tolist(), wanted, strict=True):
        label, box = _first_free(across, down, radius, rooms, taken, plane)
        found.append(label)
        if box is not None:
            taken.append(box)
    return tuple(found)


def _round(across: float, down: float, radius: float) -> Box:
    return across - radius, down - radius, across + radius, down + radius


def _first_free(
    across: float, down: float, radius: float, rooms: Iterable[LabelRoom], taken: list[Box], plane: Plane
) -> tuple[Label | None, Box | None]:
    for room in rooms:
        for label, box in _candidates(across, down, radius, room):
            if _is_inside(box, plane) and not any(_meet(box, other) for other in taken):
                return label, box
    return None, None


def _candidates(across: float, down: float, radius: float, room: LabelRoom) -> Iterable[tuple[Label, Box]]:
    """Yield the places round a mark where its label could stand: beside, below and above it, then at its corners."""
    out, slant = radius + LABEL_GAP, radius * cos(pi / 4) + LABEL_GAP
    middle, below, above = down - room.height / 2, down + out, down - out - room.height
    low, high = down + radius * sin(pi / 4), down - radius * sin(pi / 4) - room.height
    for edge, top, anchor in (
        (across + out, middle, "start"),
        (across - out, middle, "end"),
        (across, below, "middle"),
        (across, above, "middle"),
        (across + slant, low, "start"),
        (across + slant, high, "start"),
        (across - slant, low, "end"),
        (across - slant, high, "end"),
        (across - radius, below, "start"),
        (across + radius, below, "end"),
        (across - radius, above, "start"),
        (across + radius, above, "end"),
    ):
        left = {"start": edge, "middle": edge - room.width / 2, "end": edge - room.width}[anchor]
        yield Label(edge, top, anchor, room.lines, room.name_count), (left, top, left + room.width, top + room.height)


def _is_inside(box: Box, plane: Plane) -> bool:
    left, top, right, bottom = box
    is_across = left >= plane.left and right <= plane.left + plane.width
    return is_across and top >= plane.top and bottom <= plane.top + plane.height


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
