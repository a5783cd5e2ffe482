"""What of a plan a sketch map has room for, and how much it leaves to the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.drawing.map_plane import Plane
from analysis.produce.map_parts import MapFlow, MapKind, MapPoint

# More marks and arrows than these are a thicket, on a narrow sheet a share of them is; the table has them all.
MOST_MARKS: dict[MapKind, int] = {"seller": 60, "cooperative": 25, "buyer": 35}
MOST_ARROWS, LEAST_OF_MOST = 150, 0.35


@dataclass(frozen=True)
class Shown:
    """What is drawn of what was given, and how many marks and arrows are left out.

    `unplaced`: without a place; `left_out`: for want of room; `beyond`: nothing goes there, and it lies beyond the map.
    """

    points: tuple[MapPoint, ...]
    flows: tuple[MapFlow, ...]
    unplaced: int
    left_out: int
    flows_left_out: int
    beyond: int = 0


def chosen(points: Sequence[MapPoint], flows: Sequence[MapFlow], room: float) -> Shown:
    """Return the largest marks of each kind, and the largest arrows between them, the largest first.

    `room`: how wide the sheet is, as a share of a wide one.
    """
    share = min(max(room, LEAST_OF_MOST), 1.0)
    placed = sorted((point for point in points if point.is_placed), key=lambda point: (-point.quantity_kg, point.key))
    taken = {
        point.key
        for kind, most in MOST_MARKS.items()
        for point in [each for each in placed if each.kind == kind][: int(most * share)]
    }
    between = [flow for flow in flows if flow.from_key in taken and flow.to_key in taken]
    between.sort(key=lambda flow: (-flow.quantity_kg, flow.from_key, flow.to_key))
    shown = tuple(between[: int(MOST_ARROWS * share)])
    return Shown(
        points=tuple(point for point in placed if point.key in taken),
        flows=shown,
        unplaced=len(points) - len(placed),
        left_out=len(placed) - len(taken),
        flows_left_out=len(flows) - len(shown),
    )


def framed(shown: Shown) -> list[MapPoint]:
    """Return the marks that the map must hold: sellers, and where something goes; all where nothing does.

    A buyer far away who gets nothing would press the rest into a corner.
    """
    reached = {key for flow in shown.flows for key in (flow.from_key, flow.to_key)}
    found = [point for point in shown.points if point.kind == "seller" or point.key in reached]
    return found or list(shown.points)


def within(shown: Shown, plane: Plane) -> Shown:
    """Return what is drawn without the marks that lie beyond the map; none of them has an arrow."""
    inside = tuple(point for point in shown.points if _is_inside(point, plane))
    return replace(shown, points=inside, beyond=len(shown.points) - len(inside))


def _is_inside(point: MapPoint, plane: Plane) -> bool:
    across, down = plane.placed(point.lon or 0.0, point.lat or 0.0)
    return 0 <= across - plane.left <= plane.width and 0 <= down - plane.top <= plane.height
