"""One plan as the server knows it: what was ordered, how far it is, and the process that makes it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from api.errors import PlanUnknown, RequestError
from api.plans.asked import AnyOrder
from api.plans.jobs import LAST_STATES, PlanState
from api.plans.kind import AnyKind, Job, Order, PlanKind, Question
from api.plans.process import Child
from api.plans.wire import Head
from graph_schema.messages import LANGUAGES
from graph_schema.meta import Form
from graph_schema.told import Told
from loaders.load_answers import Reason

MOST_HELD = 3
# A plan that nobody asks for so long is given up.
IDLE_SECONDS = 1800.0


@dataclass(eq=False)
class PlanRecord:
    """What a room notes of a plan; guarded by the lock of the room."""

    plan: str
    kind: AnyKind
    order: AnyOrder
    placed_at: datetime
    state: PlanState = "waiting"
    ended_at: datetime | None = None
    loads_version: int | None = None
    failure: Reason | None = None
    summary: Form | None = None
    child: Child | None = None
    asked_at: float = field(default_factory=time.monotonic)
    waiting: dict[int, Future[tuple[Head, bytes]]] = field(default_factory=dict)

    @property
    def is_held(self) -> bool:
        """Return whether the plan is made and can be asked."""
        return self.state == "done" and self.child is not None

    @property
    def is_over(self) -> bool:
        """Return whether it is neither waiting nor under way."""
        return self.state in LAST_STATES

    def told(self, kind: PlanKind[Order, Question, Job], ahead: int | None) -> Job:
        """Return how far it is, as its kind tells it."""
        told: dict[str, Any] = {
            "plan": self.plan,
            "state": self.state,
            "step": self._step(ahead),
            "placed_at": self.placed_at,
            "ended_at": self.ended_at,
            "ahead": ahead,
            "order": self.order,
            "loads_version": self.loads_version,
            "failure": self.failure,
            "summary": self.summary,
        }
        return kind.job(**told)

    def _step(self, ahead: int | None) -> Told:
        code: str = "beginning" if self.state == "waiting" and not ahead else self.state
        if code == "reading":
            code = f"reading_{self.kind.name}"
        catalogue = RequestError.catalogue
        fields: dict[str, object] = {"ahead": ahead or 0}
        return Told(**{language: catalogue.what(f"plan_step_{code}", fields, language) for language in LANGUAGES})


def unused(records: Iterable[PlanRecord], most: int, *, asked_before: float) -> list[PlanRecord]:
    """Return the plans that were last asked before an instant, and those asked longest ago beyond so many."""
    held = sorted((record for record in records if record.is_held), key=lambda record: record.asked_at)
    return [record for place, record in enumerate(held) if record.asked_at < asked_before or len(held) - place > most]


def unknown_plan() -> PlanUnknown:
    """Return the fault of a plan that is not held, or not any more."""
    return PlanUnknown("unknown_plan", minutes=int(IDLE_SECONDS // 60), count=MOST_HELD)
