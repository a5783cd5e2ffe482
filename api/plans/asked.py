"""What is asked of plans of every kind: their numbers, orders, rules that people set, and questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal, Self

from fastapi import Path
from pydantic import Field

from api.errors import TooManyRules
from api.parameters import SHOWN, Day
from graph_schema.messages import Language
from graph_schema.meta import Form

PLAN_FORM = r"^[0-9a-f]{32}$"
PLAN_EXAMPLE = "0123456789abcdef0123456789abcdef"
PlanId = Annotated[str, Field(pattern=PLAN_FORM)]
PlanInPath = Annotated[str, Path(pattern=PLAN_FORM, description="The number of the plan.", examples=[PLAN_EXAMPLE])]
MOST_RULES = 500
LEAST_SECONDS, MOST_SECONDS = 1.0, 300.0
SearchSeconds = Annotated[float, Field(ge=LEAST_SECONDS, le=MOST_SECONDS, strict=True, allow_inf_nan=False)]

QuestionForm = Literal["json", "csv", "xlsx", "svg"]


class AnyRules(Form):
    """Rules that people set for a plan: each field holds those of one kind."""

    def with_more(self, more: Self) -> Self:
        """Return these rules with more of them, each once. Raises TooManyRules."""
        together: dict[str, Any] = {
            name: _each_once(getattr(self, name), getattr(more, name)) for name in type(self).model_fields
        }
        return type(self)(**together)


def _each_once(some: Sequence[Form], more: Sequence[Form]) -> tuple[Form, ...]:
    together = tuple(dict.fromkeys((*some, *more)))
    if len(together) > MOST_RULES:
        raise TooManyRules("too_many_rules", count=MOST_RULES)
    return together


class AnyOrder(Form):
    """What every order for a plan says; its kind adds which part of the graph is planned for, and has its own rules."""

    day: Day | None = Field(
        default=None, description="The day for which it is planned; the day of the graph when it is left out."
    )
    seconds: SearchSeconds = Field(default=LEAST_SECONDS, description="What the search may take.")
    rules: AnyRules = Field(default=AnyRules(), description="Rules that people set.")
    based_on: PlanId | None = Field(
        default=None,
        description="A plan held here: what is left out is as it was there, and its rules stay beside the new ones.",
    )

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """Return what the order names of the graph: pairs of kind and id."""
        return ()

    def check(self) -> None:
        """Raise PlumlineError for what its form alone cannot refuse."""


class AnyQuestion(Form):
    """What every question about a plan that is made says; its kind adds what can be asked about, and filters.

    `limit`, `after`: the page of a list as JSON; tables hold every row.
    """

    # What may take longer than a person should wait for a page, and what looks into the ledger each time.
    LONG: ClassVar[frozenset[str]] = frozenset()
    CHANGING: ClassVar[frozenset[str]] = frozenset()

    what: str
    subject: str | None = None
    limit: int = SHOWN
    after: int | None = None
    form: QuestionForm = "json"
    table: str | None = None
    language: Language = "en"

    @property
    def is_long(self) -> bool:
        """Return whether it may take longer than a person should wait for a page."""
        return self.what in self.LONG or self.form in ("csv", "xlsx")

    @property
    def stays_true(self) -> bool:
        """Return whether the answer is the same whenever it is asked; the others look into the ledger."""
        return self.what not in self.CHANGING
