"""What is asked of plans: the order for one, the rules that people set for it, and questions about it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from fastapi import Path
from pydantic import ConfigDict, Field

from analysis.produce.plan.rules import Rules, rules_of
from analysis.questions.produce_plan_made import USUAL_SECONDS
from api.errors import TooManyRules
from api.parameters import SHOWN, WRITTEN_WHOLE, Day, SubjectId
from graph_schema.messages import Language
from graph_schema.meta import Form

PLAN_FORM = r"^[0-9a-f]{32}$"
PLAN_EXAMPLE = "0123456789abcdef0123456789abcdef"
PlanId = Annotated[str, Field(pattern=PLAN_FORM)]
PlanInPath = Annotated[str, Path(pattern=PLAN_FORM, description="The number of the plan.", examples=[PLAN_EXAMPLE])]
# More than any lot, and far inside of what sums of whole numbers hold.
MOST_KG = 10**9
MOST_RULES, MOST_LOTS = 500, 500
LEAST_SECONDS, MOST_SECONDS = 1.0, 300.0

AnyRule = TypeVar("AnyRule", bound=Form)
LeastKg = Annotated[int, Field(ge=1, le=MOST_KG, strict=True), WRITTEN_WHOLE]


class LockedRule(Form):
    """At least so much of a lot goes to a demand."""

    lot: SubjectId = Field(description="Id of the lot.")
    demand: SubjectId = Field(description="Id of the demand.")
    least_kg: LeastKg = Field(description="At least so many kg.")


class ForbiddenRule(Form):
    """Nothing of a lot goes to a demand."""

    lot: SubjectId = Field(description="Id of the lot.")
    demand: SubjectId = Field(description="Id of the demand.")


class ReservedRule(Form):
    """At least so much goes to a buyer."""

    buyer: SubjectId = Field(description="Id of a demand, or of an enterprise for all its demands.")
    least_kg: LeastKg = Field(description="At least so many kg.")
    lots: tuple[SubjectId, ...] = Field(
        default=(), max_length=MOST_LOTS, description="Of these lots, by their ids; of any lot when it is left out."
    )


class FloorRule(Form):
    """At least so much is sold through a cooperative."""

    cooperative: SubjectId = Field(description="Id of the cooperative.")
    least_kg: LeastKg = Field(description="At least so many kg.")


class RulesBody(Form):
    """Rules that people set, in the form of a rules file of `plumline produce plan --rules`."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"forbidden": [{"lot": "LT-TAIPING-1", "demand": "DM-PUNING-2"}]}}
    )

    locked: tuple[LockedRule, ...] = Field(
        default=(), max_length=MOST_RULES, description="Pairs of lot and demand that are settled."
    )
    forbidden: tuple[ForbiddenRule, ...] = Field(
        default=(), max_length=MOST_RULES, description="Pairs of lot and demand that may not be."
    )
    reserved: tuple[ReservedRule, ...] = Field(
        default=(), max_length=MOST_RULES, description="What buyers get at least."
    )
    floors: tuple[FloorRule, ...] = Field(
        default=(), max_length=MOST_RULES, description="What cooperatives sell at least."
    )

    def with_more(self, more: RulesBody) -> RulesBody:
        """Return these rules with more of them, each once. Raises TooManyRules."""
        return RulesBody(
            locked=_each_once(self.locked, more.locked),
            forbidden=_each_once(self.forbidden, more.forbidden),
            reserved=_each_once(self.reserved, more.reserved),
            floors=_each_once(self.floors, more.floors),
        )

    def read(self) -> Rules | None:
        """Return the rules as plans take them; None where nobody has set any."""
        rules = rules_of(self.model_dump())
        return None if rules.is_empty else rules


def _each_once(some: tuple[AnyRule, ...], more: tuple[AnyRule, ...]) -> tuple[AnyRule, ...]:
    together = tuple(dict.fromkeys((*some, *more)))
    if len(together) > MOST_RULES:
        raise TooManyRules("too_many_rules", count=MOST_RULES)
    return together


class PlanOrder(Form):
    """What is to be planned."""

    model_config = ConfigDict(json_schema_extra={"example": {"product": "green_plum"}})

    area: SubjectId | None = Field(
        default=None, description="Lots of this area and below; buyers may be anywhere. All lots when it is left out."
    )
    product: SubjectId | None = Field(default=None, description="This product only; all when it is left out.")
    day: Day | None = Field(
        default=None, description="The day for which it is planned; the day of the graph when it is left out."
    )
    seconds: Annotated[float, Field(ge=LEAST_SECONDS, le=MOST_SECONDS, strict=True, allow_inf_nan=False)] = Field(
        default=USUAL_SECONDS, description="What the search may take where smallest batches make it long."
    )
    rules: RulesBody = Field(default=RulesBody(), description="Rules that people set.")
    based_on: PlanId | None = Field(
        default=None,
        description="A plan held here: what is left out is as it was there, and its rules stay beside the new ones.",
    )


ListName = Literal["deliveries", "lots", "demands", "promised", "weeks"]
What = Literal["whole", "list", "map", "why", "worth", "compare", "gluts", "changes", "keep"]
QuestionForm = Literal["json", "csv", "xlsx", "svg"]
Sold = Literal["whole", "part", "none", "left"]


class PlanQuestion(Form):
    """One question about a plan that is made.

    `subject`: the lot, demand or sender asked about. `since`: the kept plan that is compared with. `limit`, `after`:
    the page of a list as JSON; tables hold every row. The others keep what fits alone; None: all. `sold`: how much of
    the lot is sold, or of the demand is filled.
    """

    what: ListName | What
    subject: str | None = None
    since: str | None = None
    limit: int = SHOWN
    after: int | None = None
    product: str | None = None
    seller: str | None = None
    enterprise: str | None = None
    sender: str | None = None
    lot: str | None = None
    demand: str | None = None
    sold: Sold | None = None
    form: QuestionForm = "json"
    table: str | None = None
    language: Language = "en"

    @property
    def is_long(self) -> bool:
        """Return whether it may take longer than a person should wait for a page."""
        is_whole = self.what in ("whole", "worth", "compare", "gluts", "changes", "keep")
        return is_whole or self.form in ("csv", "xlsx")

    @property
    def stays_true(self) -> bool:
        """Return whether the answer is the same whenever it is asked; the others look into the ledger."""
        return self.what not in ("changes", "keep")
