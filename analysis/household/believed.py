"""Which feed is believed: of each feed what it holds on a day, and of these the first in the order of the policy.

The graph is made by the same rule, for all households at once; here it tells the feed beside a value of the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from analysis.history.statements import Statement

A_DAY = timedelta(days=1)


def speaking(statements: Iterable[Statement], day: date) -> list[Statement]:
    """Return for each feed what it says of one thing on `day`, the newest first; a feed that says nothing is left out.

    It is the newest statement that is valid on the day. A later one that was over by then silences it, unless it speaks
    of a whole period before.
    """
    begun = [each for each in statements if each.valid_from is None or each.valid_from <= day]
    begun.sort(key=lambda each: (each.feed, each.order))
    found = []
    for _, of_feed in groupby(begun, key=lambda each: each.feed):
        series = list(of_feed)
        valid = [place for place, each in enumerate(series) if not _is_over(each, day)]
        if valid and not any(_silences(end, series[valid[-1]]) for end in series[valid[-1] + 1 :]):
            found.append(series[valid[-1]])
    return sorted(found, key=lambda each: each.order, reverse=True)


def believed(spoken: Sequence[Statement], name: str, feed_order: Sequence[str]) -> Statement | None:
    """Return whose value of a property is believed: of those that give one the first in the order, else the newest."""
    giving = [each for each in spoken if each.values.get(name) is not None]
    ranks = {feed: rank for rank, feed in enumerate(feed_order)}
    # `min` takes the first of equals, and the newest comes first.
    return min(giving, key=lambda each: ranks.get(each.feed, len(ranks)), default=None)


def _last_day(statement: Statement) -> date | None:
    """Return the last day that a statement is valid on; what a snapshot lacks had ended the day before."""
    return statement.valid_to if statement.absent_on is None else statement.absent_on - A_DAY


def _is_over(statement: Statement, day: date) -> bool:
    last = _last_day(statement)
    return last is not None and last < day


def _silences(end: Statement, statement: Statement) -> bool:
    """Return whether a later statement that is over ends an earlier one that would go on."""
    last, begins = _last_day(end), statement.valid_from
    if begins is None and end.valid_from is not None:
        # What names no beginning held at least when it was recorded.
        begins = statement.recorded_at.date()
    return end.absent_on is not None or begins is None or last is None or last >= begins
