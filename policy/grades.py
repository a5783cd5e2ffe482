"""Which grade is good enough, by the order of grades that an area has (`trade.grade_order`)."""

from __future__ import annotations

from collections.abc import Sequence


def is_good_enough(offered: str, wanted: str, order: Sequence[str]) -> bool:
    """Return whether a grade is at least the one wanted; a grade that the order does not name never is.

    >>> is_good_enough("1", "2", ("special", "1", "2", "process"))
    True
    """
    return offered in order and wanted in order and order.index(offered) <= order.index(wanted)
