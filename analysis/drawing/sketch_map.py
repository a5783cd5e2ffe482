"""A sketch map of a plan as SVG: where is sold, collected and bought, and what flows between. No tiles are fetched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from analysis.amounts import plain, quantity
from analysis.drawing.boundaries import Boundaries, Ring
from analysis.drawing.map_arrows import Arrow, Spot, arrow
from analysis.drawing.map_choice import Shown, chosen, framed, within
from analysis.drawing.map_legend import LINE, SMALL, MapEntry, map_legend
from analysis.drawing.map_marks import CORNERS, Label, LabelRoom, Places, labels, spread
from analysis.drawing.map_plane import Plane, outlines, plane_of, scale_bar
from analysis.drawing.map_signs import Sign, amount_words, sign, spoken_words
from analysis.drawing.map_words import description, remarks
from analysis.drawing.templating import environment, fonts
from analysis.drawing.text_fit import width_of, wrapped, writable
from analysis.drawing.words import word
from analysis.produce.map_parts import MapFlow, MapPoint
from graph_schema.messages import Language

WIDE, NARROW, MOST_WIDTH = 960.0, 360.0, 1600.0
# The largest mark and arrow, and the room round the places, as shares of the width.
MARK_SHARE, ARROW_SHARE, PAD_SHARE = 0.026, 0.01, 0.09
LEAST_MARK, LEAST_LARGEST, LEAST_ARROW, LEAST_WIDEST, LEAST_PAD = 4.0, 14.0, 1.4, 7.0, 46.0
# Between marks there is room for a short arrow; where all lie in one place, for their names as well.
GAP, MOST_GAP, ROOM_SHARE, CLEAR = 18.0, 90.0, 0.7, 2.5
MARGIN, TITLE_SIZE, TITLE_LINE, NAME_SIZE, NAME_LINE = 16.0, 18.0, 24.0, 12.5, 14.5
MOST_NAME, BOLD = 200.0, 1.1
SCALE_HEIGHT, SCALE_SHARE, REMARK_LINE = 44.0, 0.28, 18.0

# From a mark to the address of its page; None where it has none.
Link = Callable[[MapPoint], str | None]


@dataclass(frozen=True)
class Mark:
    """One mark, placed. `label`: None where it has no room."""

    across: float
    down: float
    sign: Sign
    label: Label | None
    href: str | None
    spoken: str


@dataclass(frozen=True)
class DrawnFlow:
    """One arrow with its width. `is_collected`: it goes to a cooperative."""

    arrow: Arrow
    width: float
    is_collected: bool
    spoken: str


@dataclass(frozen=True)
class Sheet:
    """Everything the template prints, placed."""

    width: float
    height: float
    plane: Plane | None
    title_lines: tuple[str, ...]
    description: str
    outlines: tuple[str, ...]
    flows: tuple[DrawnFlow, ...]
    marks: tuple[Mark, ...]
    scale: tuple[str, float] | None
    legend: tuple[MapEntry, ...]
    legend_top: float
    remarks: tuple[tuple[float, str], ...]
    badge_top: float


def sketch_map(
    points: Sequence[MapPoint],
    flows: Sequence[MapFlow],
    language: Language,
    *,
    boundaries: Boundaries | None = None,
    link: Link | None = None,
    is_made_up: bool = False,
    width: float = WIDE,
    id_prefix: str = "map",
) -> str:
    """Return the places of a plan as one SVG element: at most 120 marks and 150 arrows, the largest; the rest counted.

    Marks have the area, arrows the width of their kg. With `link` a mark is a link with words for the screen reader;
    without, the drawing is one image. `width`: what it is laid out for, from 360 (a telephone) to 1600; text is as
    large in each, and a narrow one holds fewer marks. Where no place is known, it says so instead.
    """
    across = min(max(width, NARROW), MOST_WIDTH)
    sheet = _sheet(chosen(points, flows, across / WIDE), language, boundaries, link, across)
    text = (
        environment()
        .get_template("sketch_map.svg.j2")
        .render(
            sheet=sheet,
            fonts=fonts(language),
            language=language,
            prefix=id_prefix,
            margin=MARGIN,
            name_size=NAME_SIZE,
            name_line=NAME_LINE,
            small=SMALL,
            title_line=TITLE_LINE,
            is_made_up=is_made_up,
            is_linked=link is not None,
            word=lambda code, **fields: word(code, language, **fields),
        )
    )
    return writable(text)


def _sheet(shown: Shown, language: Language, boundaries: Boundaries | None, link: Link | None, width: float) -> Sheet:
    free = width - 2 * MARGIN
    title = tuple(wrapped(word("drawing_map_title", language), TITLE_SIZE * BOLD, free, 2))
    # Made-up data say so in a line of their own below the title.
    badge_top = MARGIN + len(title) * TITLE_LINE + 8
    if not shown.points:
        return _nowhere(width, title, badge_top, language)
    plane = plane_of(framed(shown), left=MARGIN, top=badge_top + 12, width=free, pad=max(LEAST_PAD, width * PAD_SHARE))
    shown = within(shown, plane)
    radii = _radii(shown.points, width)
    places, is_moved = spread(
        np.array([plane.placed(point.lon or 0.0, point.lat or 0.0) for point in shown.points], dtype=np.float64),
        radii * np.array([_reach(point) for point in shown.points]),
        _gap(plane, len(radii)),
        plane,
    )
    flows = _drawn_flows(shown, places, radii, width, language)
    tips, most_name = [flow.arrow.tip for flow in flows], min(MOST_NAME, free / 3)
    marks = _marks(shown.points, places, radii, plane, tips=tips, language=language, link=link, most_name=most_name)
    legend_top = plane.top + plane.height + SCALE_HEIGHT
    largest = max(point.quantity_kg for point in shown.points)
    legend = map_legend(
        shown.points, shown.flows, language, free, largest_kg=largest, largest_radius=float(radii.max())
    )
    nameless = sum(mark.label is None for mark in marks)
    said = remarks(shown, plane, language, is_moved=is_moved, nameless=nameless, boundaries=boundaries)
    lines = _lines(said, legend_top + legend[-1].top + 2 * LINE, free)
    return Sheet(
        width=width,
        height=lines[-1][0] + MARGIN,
        plane=plane,
        title_lines=title,
        description=description(shown, language),
        outlines=() if boundaries is None else tuple(_outline(ring) for ring in outlines(boundaries, plane)),
        flows=flows,
        marks=marks,
        scale=None if plane.is_point else _scale(plane, free, language),
        legend=legend,
        legend_top=legend_top,
        remarks=lines,
        badge_top=badge_top,
    )


def _nowhere(width: float, title: tuple[str, ...], badge_top: float, language: Language) -> Sheet:
    """Return a sheet with a sentence in place of the map."""
    none = word("drawing_map_none", language)
    lines = _lines([none], badge_top + LINE, width - 2 * MARGIN)
    return Sheet(width, lines[-1][0] + MARGIN, None, title, none, (), (), (), None, (), 0.0, lines, badge_top)


def _radii(points: Sequence[MapPoint], width: float) -> NDArray[np.float64]:
    """Return how large each mark is: its area by its kilograms."""
    kilograms = np.array([point.quantity_kg for point in points], dtype=np.float64)
    most = max(LEAST_LARGEST, width * MARK_SHARE)
    return np.maximum(LEAST_MARK, most * np.sqrt(kilograms / max(float(kilograms.max()), 1.0)))


def _gap(plane: Plane, count: int) -> float:
    """Return how much is free between marks."""
    if not plane.is_point:
        return GAP
    return min(max(ROOM_SHARE * sqrt(plane.width * plane.height / count), GAP), MOST_GAP)


def _reach(point: MapPoint) -> float:
    return 1.0 if point.kind == "seller" else CORNERS


def _marks(
    points: Sequence[MapPoint],
    places: Places,
    radii: NDArray[np.float64],
    plane: Plane,
    *,
    tips: Sequence[Spot],
    language: Language,
    link: Link | None,
    most_name: float,
) -> tuple[Mark, ...]:
    amounts = [amount_words(point, language) for point in points]
    names = [wrapped(point.name, NAME_SIZE * BOLD, most_name, 2) for point in points]
    rooms = [(_room(name, (amount,)), _room(name, ())) for name, amount in zip(names, amounts, strict=True)]
    reach = radii * np.array([_reach(point) for point in points])
    found = labels(places, reach, rooms, plane, tips=tips)
    return tuple(
        Mark(
            across=across,
            down=down,
            sign=sign(point.kind, radius, point.left_kg / max(point.quantity_kg, 1)),
            label=label,
            href=None if link is None else link(point),
            spoken=spoken_words(point, name, amount, language),
        )
        for point, (across, down), radius, label, name, amount in zip(
            points, places.tolist(), radii.tolist(), found, names, amounts, strict=True
        )
    )


def _room(name: Sequence[str], below: Sequence[str]) -> LabelRoom:
    wide = [width_of(line, NAME_SIZE * BOLD) for line in name] + [width_of(line, SMALL) for line in below]
    return LabelRoom((*name, *below), len(name), max(wide), NAME_LINE)


def _drawn_flows(
    shown: Shown, places: Places, radii: NDArray[np.float64], width: float, language: Language
) -> tuple[DrawnFlow, ...]:
    """Return the arrows, the widest first, so that the narrow ones lie on top of them."""
    at = {point.key: number for number, point in enumerate(shown.points)}
    largest = max((flow.quantity_kg for flow in shown.flows), default=1)
    widest = max(LEAST_WIDEST, width * ARROW_SHARE)
    drawn = []
    for flow in shown.flows:
        start, end = at[flow.from_key], at[flow.to_key]
        one, other = shown.points[start], shown.points[end]
        wide = max(LEAST_ARROW, widest * flow.quantity_kg / largest)
        drawn.append(
            DrawnFlow(
                arrow=arrow(
                    _spot(places, start),
                    _spot(places, end),
                    start_gap=float(radii[start]) * _reach(one) + CLEAR,
                    end_gap=float(radii[end]) * _reach(other) + CLEAR,
                    width=wide,
                ),
                width=wide,
                is_collected=other.kind == "cooperative",
                spoken=word(
                    "drawing_map_flow",
                    language,
                    start=one.name,
                    end=other.name,
                    quantity=quantity(flow.quantity_kg, language),
                ),
            )
        )
    return tuple(drawn)


def _spot(places: Places, number: int) -> Spot:
    return float(places[number, 0]), float(places[number, 1])


def _scale(plane: Plane, free: float, language: Language) -> tuple[str, float]:
    km, length = scale_bar(plane, free * SCALE_SHARE)
    return word("drawing_map_km", language, km=plain(km)), length


def _outline(ring: Ring) -> str:
    return "M" + "L".join(f"{across:g} {down:g}" for across, down in ring.tolist()) + "Z"


def _lines(texts: Sequence[str], top: float, width: float) -> tuple[tuple[float, str], ...]:
    lines = [line for text in texts for line in wrapped(text, SMALL, width, 4)]
    return tuple((top + number * REMARK_LINE, line) for number, line in enumerate(lines))
