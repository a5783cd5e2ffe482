"""How long pages take while assistance for 100,000 households is planned: the program of `assist_plan`."""

from __future__ import annotations

from benchmarks.measurement import Measurement
from benchmarks.pages_beside import pages_beside


def measure() -> Measurement:
    """Return the 95th percentile in ms while the plan is made. See `pages_beside`."""
    return pages_beside("benchmarks.allocating_child", "pages_while_allocating")
