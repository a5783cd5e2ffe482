"""What cannot have happened yet: a birth, a death or a visit after the day on which the file became known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from loaders.rows.fact_rows import Fault, places

# No clock on Earth is further ahead of UTC, so no department's today is later.
FURTHEST_ZONE = timedelta(hours=14)
# Each tells of something that has happened; what is planned, due or agreed stands under other names.
HAPPENED_ON = (
    "answered_on",
    "approved_on",
    "delivered_on",
    "died_on",
    "filed_on",
    "given_on",
    "happened_on",
    "measured_on",
    "observed_on",
    "paid_on",
    "poverty_exit_on",
    "quoted_on",
    "recognised_on",
    "resolved_on",
    "signed_on",
    "visited_on",
    "withdrawn_on",
)
HAPPENED_AT = ("assessed_at", "decided_at", "happened_at", "raised_at")


def future_faults(typed: Mapping[str, pa.Array], recorded_at: datetime) -> Iterator[Fault]:
    """Yield the faults of days, moments and years of birth that lie after the moment at which they became known."""
    latest = recorded_at + FURTHEST_ZONE
    bounds: dict[str, pa.Scalar] = {
        "birth_year": pa.scalar(latest.year, pa.int64()),
        **{name: pa.scalar(latest.date(), pa.date32()) for name in HAPPENED_ON},
        **{name: pa.scalar(latest, pa.timestamp("us", tz="UTC")) for name in HAPPENED_AT},
    }
    for name, bound in bounds.items():
        if name in typed:
            later = places(pc.greater(typed[name], bound))
            if len(later):
                yield Fault("in_the_future", name, later, {"today": recorded_at.date()})
