"""The pieces that a projection is put together from, kept for the next one: a load changes few of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

import pandas as pd

from graph_schema import Schema

Result = TypeVar("Result")
FRAMES = (pd.DataFrame, pd.Series)


class Pieces:
    """Results of pure functions by name, each kept until it is asked for with other inputs.

    A frame counts as the same input only where it is the very same one, which is told without looking into it; so
    nobody may change a frame that a piece was made from. Everything but the inputs (vocabulary, policy, day) must stay
    the same for as long as the pieces are used.
    """

    def __init__(self, *, keeps: bool = True, of_nothing: dict[Hashable, object] | None = None) -> None:
        self._keeps = keeps
        self._kept: dict[Hashable, tuple[tuple[object, ...], object]] = {}
        self._of_nothing = of_nothing

    def piece(self, name: Hashable, make: Callable[[], Result], *inputs: object) -> Result:
        """Return what `make` returns, or what it returned the last time where the inputs are the same.

        What frames without a row come to is also shared between projections, if there is a place for it.
        """
        if self._of_nothing is not None and _are_empty(inputs):
            if name not in self._of_nothing:
                self._of_nothing[name] = make()
            return cast("Result", self._of_nothing[name])
        kept = self._kept.get(name)
        if kept is not None and _same(kept[0], inputs):
            return cast("Result", kept[1])
        made = make()
        if self._keeps:
            self._kept[name] = (inputs, made)
        return made


def of_nothing(schema: Schema) -> dict[Hashable, object]:
    """Return the place for what frames without a row come to; neither policy nor day can make a row of nothing.

    Most kinds are empty in most ledgers, and making their frames takes longer than those of the others. The place is
    kept for the vocabulary that was used last.
    """
    if not _PLACES or _PLACES[0][0] is not schema:
        _PLACES[:] = [(schema, {})]
    return _PLACES[0][1]


_PLACES: list[tuple[Schema, dict[Hashable, object]]] = []


def _are_empty(inputs: tuple[object, ...]) -> bool:
    frames = [each for each in inputs if isinstance(each, FRAMES)]
    return bool(frames) and all(not len(each) if isinstance(each, FRAMES) else not each for each in inputs)


def _same(kept: tuple[object, ...], given: tuple[object, ...]) -> bool:
    return len(kept) == len(given) and all(map(_is_one, kept, given))


def _is_one(kept: object, given: object) -> bool:
    if kept is given:
        return True
    return not isinstance(kept, FRAMES) and not isinstance(given, FRAMES) and kept == given
