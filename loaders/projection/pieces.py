"""The pieces that a projection is put together from, kept for the next one: a load changes few of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

import pandas as pd

Result = TypeVar("Result")
FRAMES = (pd.DataFrame, pd.Series)


class Pieces:
    """Results of pure functions by name, each kept until it is asked for with other inputs.

    A frame counts as the same input only where it is the very same one, which is told without looking into it; so
    nobody may change a frame that a piece was made from. Everything but the inputs (vocabulary, policy, day) must stay
    the same for as long as the pieces are used.
    """

    def __init__(self, *, keeps: bool = True) -> None:
        self._keeps = keeps
        self._kept: dict[Hashable, tuple[tuple[object, ...], object]] = {}

    def piece(self, name: Hashable, make: Callable[[], Result], *inputs: object) -> Result:
        """Return what `make` returns, or what it returned the last time where the inputs are the same."""
        kept = self._kept.get(name)
        if kept is not None and _same(kept[0], inputs):
            return cast("Result", kept[1])
        made = make()
        if self._keeps:
            self._kept[name] = (inputs, made)
        return made


def _same(kept: tuple[object, ...], given: tuple[object, ...]) -> bool:
    return len(kept) == len(given) and all(map(_is_one, kept, given))


def _is_one(kept: object, given: object) -> bool:
    if kept is given:
        return True
    return not isinstance(kept, FRAMES) and not isinstance(given, FRAMES) and kept == given
