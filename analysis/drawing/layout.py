"""Where each box of a layered drawing stands: causes on the left, what they lead to on the right.

A link over several layers is led through a thin place in each layer between, so that it passes no box.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.drawing.spacing import spaced

Place = tuple[str, str, int]
SWEEPS = 8


@dataclass(frozen=True)
class Box:
    """How large a box is and how far apart boxes stand, in drawing units (pixels at full size)."""

    width: float = 180.0
    height: float = 62.0
    gap_across: float = 68.0
    gap_down: float = 20.0
    thread: float = 16.0


@dataclass(frozen=True)
class Layout:
    """`centres` of the boxes by id, `bends` of each link (the thin places it runs through), and the size of it all."""

    width: float
    height: float
    centres: Mapping[str, tuple[float, float]]
    bends: Mapping[tuple[str, str], tuple[tuple[float, float], ...]]


def layered(
    ids: Iterable[str], links: Iterable[tuple[str, str]], *, box: Box, fixed: Mapping[str, int] | None = None
) -> Layout:
    """Return the layout of boxes `ids` joined by `links` (from, to), the same for the same input in any order.

    The layer of a box is the longest way to it. Boxes with no link stand in rows below the rest and stretch nothing.
    Links that name an unknown box are left out. With `fixed`, which gives the layer of every box, links that do not
    lead to a later layer are left out. Raises ValueError when the links run in a circle.
    """
    known = sorted(set(ids))
    pairs = sorted({pair for pair in links if set(pair) <= set(known)})
    if fixed:
        layer, joined = {name: fixed[name] for name in known}, known
        pairs = [(start, end) for start, end in pairs if layer[start] < layer[end]]
    else:
        joined = sorted({end for pair in pairs for end in pair})
        layer = layers(joined, pairs)
    rows, chains = _with_threads(layer, pairs)
    rows = _fewest_crossings(rows, chains)
    down = _heights(rows, chains, box)
    centres = {
        place[0]: (_across(index, box), down[place])
        for index, row in enumerate(rows)
        for place in row
        if place[0] == place[1]
    }
    bends = {
        (chain[0][0], chain[-1][0]): tuple((_across(place[2], box), down[place]) for place in chain[1:-1])
        for chain in chains
    }
    width = _across(len(rows) - 1, box) + box.width / 2 if rows else box.width
    height = max((down[place] for row in rows for place in row), default=-box.gap_down - box.height / 2)
    return _with_lonely(sorted(set(known) - set(joined)), centres, bends, (width, height + box.height / 2), box)


def layers(ids: Sequence[str], links: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return the layer of each box: the longest way to it, then moved right to stand just before what it leads to."""
    after, before = defaultdict(list), defaultdict(list)
    for start, end in links:
        after[start].append(end)
        before[end].append(start)
    waiting = {name: len(before[name]) for name in ids}
    ready = [name for name in ids if not waiting[name]]
    found: dict[str, int] = {}
    for name in ready:
        found[name] = max((found[cause] + 1 for cause in before[name]), default=0)
        for end in after[name]:
            waiting[end] -= 1
            if not waiting[end]:
                ready.append(end)
    if len(found) < len(ids):
        raise ValueError("links in a circle have no layers")
    for name in reversed(ready):
        if after[name] and not before[name]:
            found[name] = min(found[end] for end in after[name]) - 1
    return found


def _across(index: int, box: Box) -> float:
    return box.width / 2 + index * (box.width + box.gap_across)


def _with_threads(
    layer: Mapping[str, int], links: Sequence[tuple[str, str]]
) -> tuple[list[list[Place]], list[list[Place]]]:
    rows: list[list[Place]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for name in sorted(layer):
        rows[layer[name]].append((name, name, layer[name]))
    chains: list[list[Place]] = []
    for start, end in links:
        threads = [(start, end, index) for index in range(layer[start] + 1, layer[end])]
        for thread in threads:
            rows[thread[2]].append(thread)
        chains.append([(start, start, layer[start]), *threads, (end, end, layer[end])])
    return rows, chains


def _neighbours(chains: Sequence[Sequence[Place]]) -> tuple[dict[Place, list[Place]], dict[Place, list[Place]]]:
    left, right = defaultdict(list), defaultdict(list)
    for chain in chains:
        for one, other in pairwise(chain):
            right[one].append(other)
            left[other].append(one)
    return left, right


def _fewest_crossings(rows: list[list[Place]], chains: Sequence[Sequence[Place]]) -> list[list[Place]]:
    """Return the rows in the best order met while each is put at the mean place of its neighbours, to and fro."""
    left, right = _neighbours(chains)
    best, fewest = rows, _crossings(rows, right)
    current = rows
    for sweep in range(SWEEPS):
        beside = right if sweep % 2 else left
        at = {place: float(index) for row in current for index, place in enumerate(row)}
        renewed = list(current)
        for index in sorted(range(len(current)), reverse=bool(sweep % 2)):
            wanted = [(_mean([at[other] for other in beside[place]], at[place]), place) for place in current[index]]
            renewed[index] = [place for _, place in sorted(wanted)]
            at.update({place: float(order) for order, place in enumerate(renewed[index])})
        current = renewed
        crossings = _crossings(current, right)
        if crossings < fewest:
            best, fewest = current, crossings
    return best


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(rows: Sequence[Sequence[Place]], right: Mapping[Place, Sequence[Place]]) -> int:
    count = 0
    for row, after in pairwise(rows):
        at = {place: index for index, place in enumerate(after)}
        seen: list[int] = []
        for place in row:
            ends = sorted(at[other] for other in right.get(place, ()))
            # One place's own links never cross each other: count them all before any is added.
            count += sum(len(seen) - bisect_left(seen, end + 1) for end in ends)
            for end in ends:
                insort(seen, end)
    return count


def _heights(rows: Sequence[Sequence[Place]], chains: Sequence[Sequence[Place]], box: Box) -> dict[Place, float]:
    """Return how far down each place stands: level with its neighbours where the order and the gaps allow it."""
    left, right = _neighbours(chains)
    tall = {place: box.height if place[0] == place[1] else box.thread for row in rows for place in row}
    apart = [[(tall[one] + tall[other]) / 2 + box.gap_down for one, other in pairwise(row)] for row in rows]
    down: dict[Place, float] = {}
    for row, gaps in zip(rows, apart, strict=True):
        down.update(zip(row, spaced([0.0] * len(row), gaps), strict=True))
    for sweep in range(SWEEPS * 2):
        for index in sorted(range(len(rows)), reverse=bool(sweep % 2)):
            row = rows[index]
            wanted = [_mean([down[other] for other in (*left[place], *right[place])], down[place]) for place in row]
            down.update(zip(row, spaced(wanted, apart[index]), strict=True))
    top = min((down[place] - tall[place] / 2 for place in down), default=0.0)
    return {place: value - top for place, value in down.items()}


def _with_lonely(
    lonely: Sequence[str],
    centres: dict[str, tuple[float, float]],
    bends: dict[tuple[str, str], tuple[tuple[float, float], ...]],
    size: tuple[float, float],
    box: Box,
) -> Layout:
    width, height = size
    step = box.width + box.gap_down
    room = max(1, int((max(width, _across(2, box)) + box.gap_down) // step))
    placed = {
        name: (
            box.width / 2 + (index % room) * step,
            height + box.gap_down + box.height / 2 + (index // room) * (box.height + box.gap_down),
        )
        for index, name in enumerate(lonely)
    }
    return Layout(
        width=max([width, *(x + box.width / 2 for x, _ in placed.values())]),
        height=max([height, *(y + box.height / 2 for _, y in placed.values())]),
        centres=centres | placed,
        bends=bends,
    )
