"""Until when whoever asks wants to be answered: a bound around several questions, beside the one of each question."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from graph_store.errors import StoreAway


@dataclass(frozen=True)
class Deadline:
    """The end of the time in which everything must be answered, and how long that time was."""

    ends_at: float
    seconds: float


_CURRENT: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def answered_within(seconds: float) -> Iterator[None]:
    """Give everything inside, the threads that it uses included, so many seconds for all its questions together."""
    token = _CURRENT.set(Deadline(time.monotonic() + seconds, seconds))
    try:
        yield
    finally:
        _CURRENT.reset(token)


def seconds_for(query_name: str, limit: float) -> float:
    """Return how many seconds a question may take: `limit`, or what is left when that is less.

    Raises StoreAway("too_slow") when nothing is left, so that what asks question after question is cut off too.
    """
    deadline = _CURRENT.get()
    if deadline is None:
        return limit
    left = deadline.ends_at - time.monotonic()
    if left <= 0:
        raise StoreAway("too_slow", query=query_name, seconds=deadline.seconds)
    return min(limit, left)


def told_seconds(limit: float) -> float:
    """Return the bound to name to whoever waited in vain: that of all questions together where it is the smaller."""
    deadline = _CURRENT.get()
    return limit if deadline is None else min(limit, deadline.seconds)
