"""The plans of one kind, as its routes and pages see them."""

from __future__ import annotations

from typing import Generic

from api.plans.kind import Job, Order, PlanKind, Question
from api.plans.room import PlanRoom


class PlansOf(Generic[Order, Question, Job]):
    """The plans of one kind in a room: a plan of another kind is unknown here."""

    def __init__(self, room: PlanRoom, kind: PlanKind[Order, Question, Job]) -> None:
        self.kind = kind
        self._room = room

    def submit(self, order: Order) -> Job:
        """Have a plan made when its turn comes. Raises QueueFull."""
        return self._room.submit(self.kind, order)

    def job(self, plan: str) -> Job:
        """Return how far a plan is, and what it comes to. Raises PlanUnknown."""
        return self._room.job(self.kind, plan)

    def order_of(self, plan: str) -> Order:
        """Return what was ordered. Raises PlanUnknown."""
        return self.kind.order.model_validate(self.job(plan).order)

    def jobs(self) -> tuple[Job, ...]:
        """Return how far each plan is, the newest first."""
        return self._room.jobs(self.kind)

    def ask(self, plan: str, question: Question) -> bytes:
        """Return the answer as the process of the plan wrote it. Raises as `PlanRoom.ask`."""
        return self._room.ask(self.kind, plan, question)

    def cancel(self, plan: str) -> None:
        """Give a plan up, whatever it is at, and forget it. Raises PlanUnknown."""
        self._room.cancel(self.kind, plan)
