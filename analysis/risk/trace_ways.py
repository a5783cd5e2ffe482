"""The strongest ways along links from some nodes to others, by places and without a name of anything.

The best way so far, with the best that can still come of it, is always gone on with. So every way that is taken up is
the beginning of one that is handed back, and a network with very many ways costs no more than the few that are wanted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import NamedTuple, TypeAlias

# Strengths that agree to so many digits are equal: the rest is the rounding of the machine.
_DIGITS = 12

# Minus the strength, rounded, and the number of links: of two ways the smaller goes first.
_Rank: TypeAlias = tuple[float, int]


@dataclass(frozen=True)
class Ground:
    """Where ways may run, without a circle.

    `after`: per node the links that lead on from it towards an end, causes last. `ends`: nodes at which a way may end.
    `heads`, `ids` and `strengths`: where each link leads, what it is called, how strong it is.
    """

    after: Mapping[int, Sequence[int]]
    ends: frozenset[int]
    heads: Sequence[int]
    ids: Sequence[str]
    strengths: Sequence[float]


class Way(NamedTuple):
    """A way: sorts by strength, strongest first, then by fewest links, then by their ids.

    `rank` is that of the way, or while it `is_open` that of the best that can still come of it.
    """

    rank: _Rank
    ids: tuple[str, ...]
    is_open: bool
    start: int
    links: tuple[int, ...]
    strength: float


def strongest_ways(ground: Ground, starts: Mapping[int, float], most: int) -> tuple[list[Way], bool]:
    """Return at most so many ways of at least one link, strongest first, and whether there are more.

    `starts`: the nodes at which ways begin, with the strength that each begins with. The strength of a way is that
    times the strengths of its links.
    """
    best = _best_onward(ground)
    waiting = [
        Way(_rank(strength * best[node][0], best[node][1]), (), True, node, (), strength)
        for node, strength in starts.items()
        if node in best
    ]
    heapify(waiting)
    found: list[Way] = []
    while waiting and len(found) < most:
        way = heappop(waiting)
        if not way.is_open:
            found.append(way)
            continue
        last = ground.heads[way.links[-1]] if way.links else way.start
        for link in ground.after[last]:
            for longer in _longer(ground, best, way, link):
                heappush(waiting, longer)
    return sorted(found), bool(waiting)


def _longer(ground: Ground, best: Mapping[int, tuple[float, int]], way: Way, link: int) -> list[Way]:
    """Return the way with one more link: as one that ends there, as one that goes on, or both."""
    head, strength = ground.heads[link], way.strength * ground.strengths[link]
    ids, links = (*way.ids, ground.ids[link]), (*way.links, link)
    made = []
    if head in ground.ends:
        made.append(Way(_rank(strength, len(links)), ids, False, way.start, links, strength))
    if head in best:
        rank = _rank(strength * best[head][0], len(links) + best[head][1])
        made.append(Way(rank, ids, True, way.start, links, strength))
    return made


def _best_onward(ground: Ground) -> dict[int, tuple[float, int]]:
    """Return, per node, the strength and the links of the best way on from it."""
    best: dict[int, tuple[float, int]] = {}
    for node, links in ground.after.items():
        options = []
        for link in links:
            head, strength = ground.heads[link], ground.strengths[link]
            if head in ground.ends:
                options.append((strength, 1))
            if head in best:
                options.append((strength * best[head][0], 1 + best[head][1]))
        best[node] = min(options, key=lambda option: _rank(*option))
    return best


def _rank(strength: float, links: int) -> _Rank:
    return -round(strength, _DIGITS), links
