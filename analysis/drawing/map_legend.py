"""What the signs of a sketch map mean, listing only those that occur in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from analysis.amounts import quantity
from analysis.drawing.map_signs import Sign, round_quantity, sign
from analysis.drawing.text_fit import width_of
from analysis.drawing.words import word
from analysis.produce.map_parts import MapFlow, MapKind, MapPoint
from graph_schema.messages import Language

SMALL, LINE = 12.0, 22.0
SWATCH, SWATCH_GAP, ENTRY_GAP, SWATCH_RADIUS = 30.0, 8.0, 20.0, 8.0
HALF = 0.5
KINDS: tuple[MapKind, ...] = ("seller", "cooperative", "buyer")


@dataclass(frozen=True)
class MapEntry:
    """One sign and its meaning, placed from the corner (0, 0). `sign`: None for an arrow, which is its `code`."""

    code: str
    sign: Sign | None
    text: str
    left: float
    top: float


def map_legend(
    points: Sequence[MapPoint],
    flows: Sequence[MapFlow],
    language: Language,
    width: float,
    *,
    largest_kg: int,
    largest_radius: float,
) -> tuple[MapEntry, ...]:
    """Return the entries in rows no wider than `width`. The largest mark gives the size of a round quantity."""
    kinds = {point.kind for point in points}
    by_key = {point.key: point.kind for point in points}
    collected = {by_key[flow.to_key] == "cooperative" for flow in flows}
    told: list[tuple[str, Sign | None, str]] = [
        (kind, sign(kind, SWATCH_RADIUS, HALF), word(f"drawing_map_legend_{kind}", language))
        for kind in KINDS
        if kind in kinds
    ]
    told += [("collected", None, word("drawing_map_legend_collected", language))] * (True in collected)
    told += [("sent", None, word("drawing_map_legend_sent", language))] * (False in collected)
    kilograms = round_quantity(largest_kg * min(1.0, (SWATCH_RADIUS / largest_radius) ** 2))
    size = sign("seller", largest_radius * sqrt(min(1.0, kilograms / max(largest_kg, 1))), 0.0)
    told.append(("size", size, word("drawing_map_legend_size", language, quantity=quantity(kilograms, language))))
    return tuple(_rows(told, width))


def _rows(told: Sequence[tuple[str, Sign | None, str]], width: float) -> list[MapEntry]:
    entries: list[MapEntry] = []
    left = top = 0.0
    for code, drawn, text in told:
        wide = SWATCH + SWATCH_GAP + width_of(text, SMALL)
        if left > 0 and left + wide > width:
            left, top = 0.0, top + LINE
        entries.append(MapEntry(code, drawn, text, left, top))
        left += wide + ENTRY_GAP
    return entries
