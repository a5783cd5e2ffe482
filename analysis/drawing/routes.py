"""How each arrow runs between placed boxes, where its head points, and where its text can be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.drawing.layout import Box, Layout
from analysis.drawing.text_fit import width_of

Point = tuple[float, float]
# Where along the bend a text may stand, the first free one is taken.
STEPS = (0.5, 0.36, 0.64, 0.24, 0.76, 0.44, 0.56)
TEXT_SIZE = 11.0
TEXT_HEIGHT = 15.0


@dataclass(frozen=True)
class Route:
    """One arrow: an SVG path, the head as three points, and the middle and width of its text."""

    path: str
    head: str
    text_at: Point
    text_width: float


def routes(
    layout: Layout, texts: Mapping[tuple[str, str], str], *, feedback: Sequence[tuple[str, str]], box: Box
) -> dict[tuple[str, str], Route]:
    """Return the route of every link of the layout and of every feedback link, by (from, to).

    `texts` are the words that stand on the links. Links leave on the right of a box and arrive on the left, spread
    over its side in the order of where they go; a feedback link runs below, from bottom to bottom.
    """
    lines = _lines(layout, box)
    taken: list[tuple[float, float, float, float]] = []
    found: dict[tuple[str, str], Route] = {}
    for pair in sorted(lines, key=lambda pair: (len(lines[pair]), pair)):
        points = lines[pair]
        text_width = width_of(texts.get(pair, ""), TEXT_SIZE) + 8 if texts.get(pair) else 0.0
        at = _free_place(_text_places(points), text_width, taken)
        if text_width:
            taken.append(_frame(at, text_width))
        found[pair] = Route(_curved(points), _head(points[-1], rightward=True), at, text_width)
    for start, end in sorted(set(feedback)):
        if start in layout.centres and end in layout.centres:
            found[start, end] = _below(layout.centres[start], layout.centres[end], texts.get((start, end), ""), box)
    return found


def _lines(layout: Layout, box: Box) -> dict[tuple[str, str], list[Point]]:
    """Return the points of each link: the port it leaves by, in and out of each thin place, the port it arrives at."""
    leaving, arriving = defaultdict(list), defaultdict(list)
    for (start, end), bends in sorted(layout.bends.items()):
        inner = list(bends)
        leaving[start].append(((inner[0] if inner else layout.centres[end])[1], end))
        arriving[end].append(((inner[-1] if inner else layout.centres[start])[1], start))
    out_port = {
        (name, end): _port(layout.centres[name], rank, len(ends), box, side=1)
        for name, ends in leaving.items()
        for rank, (_, end) in enumerate(sorted(ends))
    }
    in_port = {
        (start, name): _port(layout.centres[name], rank, len(starts), box, side=-1)
        for name, starts in arriving.items()
        for rank, (_, start) in enumerate(sorted(starts))
    }
    half = box.width / 2
    return {
        pair: [
            out_port[pair],
            *(point for x, y in bends for point in ((x - half, y), (x + half, y))),
            in_port[pair],
        ]
        for pair, bends in layout.bends.items()
    }


def _port(centre: Point, rank: int, count: int, box: Box, *, side: int) -> Point:
    usable = box.height * 0.7
    step = min(usable / count, box.thread)
    return centre[0] + side * box.width / 2, centre[1] + (rank - (count - 1) / 2) * step


def _bends(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    """Return the parts of the line that bend: from the port to the first thin place, between them, to the port."""
    return [(points[index], points[index + 1]) for index in range(0, len(points) - 1, 2)]


def _curved(points: Sequence[Point]) -> str:
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for index, ((x0, y0), (x1, y1)) in enumerate(_bends(points)):
        if index:
            parts.append(f"L{x0:.1f} {y0:.1f}")
        middle = (x0 + x1) / 2
        parts.append(f"C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}")
    return "".join(parts)


def _text_places(points: Sequence[Point]) -> list[Point]:
    return [_on_bend(bend, step) for bend in _bends(points) for step in STEPS]


def _on_bend(bend: tuple[Point, Point], step: float) -> Point:
    (x0, y0), (x1, y1) = bend
    rest = 1 - step
    middle = (x0 + x1) / 2
    across = rest**3 * x0 + 3 * rest**2 * step * middle + 3 * rest * step**2 * middle + step**3 * x1
    down = (rest**3 + 3 * rest**2 * step) * y0 + (3 * rest * step**2 + step**3) * y1
    return across, down


def _frame(at: Point, text_width: float) -> tuple[float, float, float, float]:
    return at[0] - text_width / 2, at[1] - TEXT_HEIGHT / 2, at[0] + text_width / 2, at[1] + TEXT_HEIGHT / 2


def _free_place(
    places: Sequence[Point], text_width: float, taken: Sequence[tuple[float, float, float, float]]
) -> Point:
    def covered(at: Point) -> float:
        left, top, right, bottom = _frame(at, text_width)
        return sum(
            max(0.0, min(right, other[2]) - max(left, other[0])) * max(0.0, min(bottom, other[3]) - max(top, other[1]))
            for other in taken
        )

    return min(places, key=covered)


def _head(tip: Point, *, rightward: bool) -> str:
    x, y = tip
    wings = ((x - 8, y - 4), (x - 8, y + 4)) if rightward else ((x - 4, y + 8), (x + 4, y + 8))
    return " ".join(f"{across:.1f},{down:.1f}" for across, down in ((x, y), *wings))


def _below(start: Point, end: Point, text: str, box: Box) -> Route:
    """Return the route of a feedback link: out at the bottom of one box, back in at the bottom of the other."""
    x0, y0 = start[0], start[1] + box.height / 2
    x1, y1 = end[0], end[1] + box.height / 2
    depth = max(y0, y1) + box.gap_down + box.thread
    path = f"M{x0:.1f} {y0:.1f}C{x0:.1f} {depth:.1f} {x1:.1f} {depth:.1f} {x1:.1f} {y1:.1f}"
    lowest = (y0 + y1 + 6 * depth) / 8
    text_width = width_of(text, TEXT_SIZE) + 8 if text else 0.0
    return Route(path, _head((x1, y1), rightward=False), ((x0 + x1) / 2, lowest), text_width)
