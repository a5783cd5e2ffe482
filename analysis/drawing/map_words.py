"""What stands below a sketch map, and what it is called for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.amounts import plain
from analysis.drawing.boundaries import Boundaries
from analysis.drawing.map_choice import Shown
from analysis.drawing.map_plane import Plane
from analysis.drawing.words import word
from graph_schema.messages import Language

PER_CENT = 100
# Lengths that are off by less than this share at the edge need no word.
SEEN_ERROR = 0.02


def description(shown: Shown, language: Language) -> str:
    """Return what the map shows as a whole."""
    counts = {
        f"{kind}s": plain(sum(point.kind == kind for point in shown.points))
        for kind in ("seller", "cooperative", "buyer")
    }
    return word("drawing_map_description", language, flows=plain(len(shown.flows)), **counts)


def remarks(
    shown: Shown,
    plane: Plane,
    language: Language,
    *,
    is_moved: bool,
    nameless: int,
    boundaries: Boundaries | None,
) -> Sequence[str]:
    """Return what to know about the map, and what it leaves out. `nameless`: marks whose label found no room."""
    told = [word("drawing_map_one_place" if plane.is_point else "drawing_map_scale_note", language)]
    if plane.edge_error > SEEN_ERROR:
        told.append(word("drawing_map_edge", language, percent=plain(PER_CENT * plane.edge_error, 0)))
    if is_moved:
        told.append(word("drawing_map_moved", language))
    counts = {
        "drawing_map_beyond": shown.beyond,
        "drawing_map_left_out": shown.left_out,
        "drawing_map_flows_left_out": shown.flows_left_out,
        "drawing_map_nameless": nameless,
        "drawing_map_unplaced": shown.unplaced,
    }
    told += [word(code, language, count=plain(count)) for code, count in counts.items() if count]
    if boundaries is not None:
        told.append(word("drawing_map_boundaries", language, file=boundaries.name))
    return told
