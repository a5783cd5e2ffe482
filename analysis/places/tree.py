"""Which of the places directly below an area everybody in it belongs to."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from analysis.places.rows import AreaRow


def place_of_area(tree: Sequence[AreaRow], area_id: str) -> dict[str, str]:
    """Return for each area of the tree below `area_id` the place directly below it that it lies in.

    The area itself stands for itself. Each area lies in one place, even where feeds put it into two: then in the first
    one by id.
    """
    below: dict[str, set[str]] = {}
    for row in tree:
        if row["parent_id"] is not None:
            below.setdefault(row["parent_id"], set()).add(row["area_id"])
    found = {area_id: area_id}
    for place in sorted(below.get(area_id, set()) - {area_id}):
        waiting = [place]
        while waiting:
            area = waiting.pop()
            if area not in found:
                found[area] = place
                waiting.extend(sorted(below.get(area, set())))
    return found


def narrowest(tree: Sequence[AreaRow], area_id: str, homes: Collection[str]) -> str:
    """Return the lowest area at or below `area_id` that all of the areas `homes` lie in; itself for no homes."""
    lowest = area_id
    while homes and lowest not in homes:
        place_of = place_of_area(tree, lowest)
        places = {place_of[home] for home in homes if home in place_of}
        if len(places) != 1:
            break
        (lowest,) = places
    return lowest
