"""The signs of a sketch map: circles, squares and diamonds of the same area for the same quantity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, log10, pi, sin, sqrt

from analysis.amounts import plain, quantity
from analysis.drawing.words import word
from analysis.produce.map_parts import MapKind, MapPoint
from graph_schema.messages import Language

# A little is not nothing: it stays visible.
LEAST_SHARE = 0.04
WHOLE = 1.0


@dataclass(frozen=True)
class Sign:
    """One mark round the spot (0, 0). `left_path`: the part of it that stays, empty where nothing does."""

    kind: MapKind
    path: str
    left_path: str


def sign(kind: MapKind, radius: float, left_share: float) -> Sign:
    """Return the sign of a mark: a circle for sellers, a square for buyers, a diamond for cooperatives.

    `radius`: of the circle; the others have its area. `left_share`: what of the quantity stays, as a share.
    """
    share = 0.0 if left_share <= 0 else min(max(left_share, LEAST_SHARE), WHOLE)
    if kind == "seller":
        return Sign(kind, _circle(radius), _sector(radius, share))
    if kind == "buyer":
        half = radius * sqrt(pi) / 2
        return Sign(kind, _box(half, WHOLE), _box(half, share))
    half = radius * sqrt(pi / 2)
    return Sign(kind, f"M0 {-half:.1f}L{half:.1f} 0L0 {half:.1f}L{-half:.1f} 0Z", "")


def round_quantity(most_kg: float) -> float:
    """Return the largest of 1, 2 and 5 with zeros that is no more, to show how large a mark is."""
    step = 10.0 ** int(log10(max(most_kg, WHOLE)))
    return max(size * step for size in (1.0, 2.0, 5.0) if size * step <= max(most_kg, WHOLE))


def amount_words(point: MapPoint, language: Language) -> str:
    """Return what stands below the name of a mark: how much, and how much of it stays."""
    code = f"drawing_map_amount_{point.kind}" if point.left_kg > 0 else "drawing_map_amount"
    return word(code, language, quantity=_amount(point.quantity_kg, language), left=_amount(point.left_kg, language))


def spoken_words(point: MapPoint, name_lines: Sequence[str], amount: str, language: Language) -> str:
    """Return a mark in words, beginning with what is seen of it; then in full what was cut short there."""
    name = ("" if language == "zh" else " ").join(name_lines)
    told = word(
        f"drawing_map_spoken_{point.kind}",
        language,
        quantity=_amount(point.quantity_kg, language),
        moved=_amount(point.moved_kg, language),
        left=_amount(point.left_kg, language),
        count=plain(point.count),
        place=point.place or point.name,
    )
    seen = f"{name} {amount}" if name == point.name else f"{name} {amount} {point.name}"
    return word("drawing_map_spoken", language, seen=seen, told=told)


def _amount(kilograms: float, language: Language) -> str:
    return quantity(kilograms, language)


def _circle(radius: float) -> str:
    half = f"A{radius:.1f} {radius:.1f} 0 1 1 0"
    return f"M0 {-radius:.1f}{half} {radius:.1f}{half} {-radius:.1f}Z"


def _sector(radius: float, share: float) -> str:
    """Return the part of a circle from its top on, clockwise."""
    if share <= 0:
        return ""
    if share >= WHOLE:
        return _circle(radius)
    turn = 2 * pi * share
    across, down = radius * sin(turn), -radius * cos(turn)
    return f"M0 0L0 {-radius:.1f}A{radius:.1f} {radius:.1f} 0 {int(turn > pi)} 1 {across:.1f} {down:.1f}Z"


def _box(half: float, share: float) -> str:
    """Return the upper part of a square, as high as the share of it."""
    if share <= 0:
        return ""
    return f"M{-half:.1f} {-half:.1f}H{half:.1f}V{-half + 2 * half * share:.1f}H{-half:.1f}Z"
