"""Places along one line, as near to where they are wanted as their distances allow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


def spaced(wanted: Sequence[float], apart: Sequence[float]) -> list[float]:
    """Return places in the given order, each at least `apart[i]` after the one before it, nearest to `wanted`.

    Nearest is least squares, found exactly by pooling neighbours that press on each other.

    >>> spaced([0.0, 0.0], [10.0])
    [-5.0, 5.0]
    """
    offsets = list(accumulate(apart, initial=0.0))[: len(wanted)]
    pools: list[tuple[float, int]] = []
    for value, offset in zip(wanted, offsets, strict=True):
        mean, count = value - offset, 1
        while pools and pools[-1][0] > mean:
            before, size = pools.pop()
            mean = (before * size + mean * count) / (size + count)
            count += size
        pools.append((mean, count))
    levels = [mean for mean, count in pools for _ in range(count)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]
