"""On which day each file would have arrived: its reporting day and the lag of its feed, and now and then later."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from graph_schema import Schema
from loaders.synthetic.county.rates import Rates
from loaders.synthetic.places import Row

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What others refer to comes on its day: places, lines, organisations, and the register of people.
_PROMPT = frozenset({"place", "policy", "market", "police"})


def arrival_rows(names: Iterable[str], schema: Schema, rates: Rates, random: np.random.Generator) -> list[Row]:
    """Return the files in the order of their arrival, on one day in the order in which they have to be loaded.

    Columns: order, file, feed, kind, reporting_day, arrived_on, late_days (beyond the feed's lag).
    """
    order = {kind: number for number, kind in enumerate(schema.load_order())}
    lags: dict[tuple[str, date], tuple[date, int]] = {}
    rows = []
    names = sorted(names)
    # What has no day of its own, the places, is there from the first.
    first = min(found.group() for name in names if (found := _DAY.search(name)))
    for name in names:
        feed, kind = name.rsplit("/", 1)[-1].split(".")[:2]
        found = _DAY.search(name)
        on = date.fromisoformat(found.group() if found else first)
        if (feed, on) not in lags:
            lags[feed, on] = _arrival(feed, on, schema, rates, random)
        arrived, late = lags[feed, on]
        rows.append((arrived, order[kind], name, feed, kind, on, late))
    rows.sort()
    return [
        {
            "order": number,
            "file": name,
            "feed": feed,
            "kind": kind,
            "reporting_day": on.isoformat(),
            "arrived_on": arrived.isoformat(),
            "late_days": late,
        }
        for number, (arrived, _, name, feed, kind, on, late) in enumerate(rows, start=1)
    ]


def _arrival(feed: str, on: date, schema: Schema, rates: Rates, random: np.random.Generator) -> tuple[date, int]:
    if feed in _PROMPT:
        return on, 0
    days = int(random.integers(0, max(schema.feeds[feed].lag_days, 1) + 1))
    is_late = random.random() < rates.number("fault.late_file")
    late = int(random.integers(1, int(rates.number("fault.late_file_days")) + 1)) if is_late else 0
    if late:
        days = schema.feeds[feed].lag_days + late
    return on + timedelta(days=days), late
