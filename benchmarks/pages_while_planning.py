"""How long pages take while a plan for 100,000 lots is made and indexed: the program of `produce_2m`."""

from __future__ import annotations

from benchmarks.measurement import Measurement
from benchmarks.pages_beside import pages_beside


def measure() -> Measurement:
    """Return the 95th percentile in ms while the plan is made. See `pages_beside`."""
    return pages_beside("benchmarks.planning_child", "pages_while_planning")
