"""What a benchmark hands back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Measurement:
    """One figure beside its limit. `details` are the figures it was made from."""

    name: str
    value: float
    unit: str
    limit: float
    details: dict[str, float]

    @property
    def ok(self) -> bool:
        """Return whether the figure is within its limit."""
        return self.value <= self.limit

    def line(self) -> str:
        """Return the measurement as one line of JSON."""
        return json.dumps({**asdict(self), "ok": self.ok})
