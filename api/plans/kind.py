"""Kinds of plans, as a server tells them apart: how each is ordered, told of and asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from api.plans.asked import AnyOrder, AnyQuestion
from api.plans.jobs import AnyJob
from api.plans.wire import KindName
from graph_schema.meta import Form

Order = TypeVar("Order", bound=AnyOrder)
Question = TypeVar("Question", bound=AnyQuestion)
Job = TypeVar("Job", bound=AnyJob)


@dataclass(frozen=True)
class PlanKind(Generic[Order, Question, Job]):
    """One kind: the forms of its orders, questions, jobs, and of what a plan comes to; how its files are called."""

    name: KindName
    order: type[Order]
    question: type[Question]
    job: type[Job]
    summary: type[Form]
    file_name: str


AnyKind = PlanKind[Any, Any, Any]
