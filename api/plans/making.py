"""What the process of a plan needs of each kind: how it is read and made, and how it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from pydantic import BaseModel

from api.plans.asked import AnyOrder, AnyQuestion
from graph_store import GraphStore
from loaders.workspace import Workspace

OrderGiven = TypeVar("OrderGiven", bound=AnyOrder)
QuestionGiven = TypeVar("QuestionGiven", bound=AnyQuestion)
QuestionTaken = TypeVar("QuestionTaken", bound=AnyQuestion, contravariant=True)
SourceRead = TypeVar("SourceRead")


@dataclass(frozen=True)
class Setting:
    """In what a plan is made: the data folder, the day of the plan and that of the graph, and when it was begun.

    `known_at`: the past instant whose knowledge the graph shows, None for now. `shows_sensitive`: whether sensitive
    causes may stand in what is told of the plan.
    """

    workspace: Workspace
    day: date
    graph_day: date
    started_at: datetime
    known_at: datetime | None = None
    shows_sensitive: bool = False


class Held(Protocol[QuestionTaken]):
    """A plan that is made; nothing of it changes any more, and several threads may ask it."""

    @property
    def summary(self) -> BaseModel:
        """Return what the plan comes to."""
        ...

    def prepare(self) -> None:
        """Make what questions will need, so that who asks need not wait for it."""
        ...

    def answered(self, question: QuestionTaken) -> bytes:
        """Return the answer in its form. Raises PlumlineError."""
        ...


class Maker(Protocol[OrderGiven, SourceRead, QuestionGiven]):
    """How plans of one kind are made."""

    @property
    def order(self) -> type[OrderGiven]:
        """Return the form of its orders."""
        ...

    @property
    def question(self) -> type[QuestionGiven]:
        """Return the form of its questions."""
        ...

    def read(self, store: GraphStore, order: OrderGiven, setting: Setting) -> SourceRead:
        """Return what the graph holds for the order. Raises PlumlineError."""
        ...

    def make(self, source: SourceRead, order: OrderGiven, setting: Setting) -> Held[QuestionGiven]:
        """Return the plan. Raises PlumlineError."""
        ...
