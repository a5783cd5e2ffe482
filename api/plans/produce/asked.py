"""What is asked of plans of surplus produce: the order, the rules that people set for it, and questions about it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from analysis.produce.plan.rules import Rules, rules_of
from analysis.questions.produce_plan_made import USUAL_SECONDS
from api.parameters import WRITTEN_WHOLE, SubjectId
from api.plans.asked import MOST_RULES, AnyOrder, AnyQuestion, AnyRules, SearchSeconds
from graph_schema.meta import Form

# More than any lot, and far inside of what sums of whole numbers hold.
MOST_KG = 10**9
MOST_LOTS = 500

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


class RulesBody(AnyRules):
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

    def read(self) -> Rules | None:
        """Return the rules as plans take them; None where nobody has set any."""
        rules = rules_of(self.model_dump())
        return None if rules.is_empty else rules


class PlanOrder(AnyOrder):
    """What is to be planned."""

    model_config = ConfigDict(json_schema_extra={"example": {"product": "green_plum"}})

    area: SubjectId | None = Field(
        default=None, description="Lots of this area and below; buyers may be anywhere. All lots when it is left out."
    )
    product: SubjectId | None = Field(default=None, description="This product only; all when it is left out.")
    seconds: SearchSeconds = Field(
        default=USUAL_SECONDS, description="What the search may take where smallest batches make it long."
    )
    rules: RulesBody = Field(default=RulesBody(), description="Rules that people set.")

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """Return what the order names of the graph."""
        named = (("Area", self.area), ("Product", self.product))
        return tuple((kind, given) for kind, given in named if given is not None)


ListName = Literal["deliveries", "lots", "demands", "promised", "weeks"]
What = Literal["whole", "list", "map", "why", "worth", "compare", "gluts", "changes", "keep"]
Sold = Literal["whole", "part", "none", "left"]


class PlanQuestion(AnyQuestion):
    """One question about a plan that is made.

    `subject`: the lot, demand or sender asked about. `since`: the kept plan that is compared with. The others keep what
    fits alone; None: all. `sold`: how much of the lot is sold, or of the demand is filled.
    """

    LONG: ClassVar[frozenset[str]] = frozenset({"whole", "worth", "compare", "gluts", "changes", "keep"})
    CHANGING: ClassVar[frozenset[str]] = frozenset({"changes", "keep"})

    what: ListName | What
    since: str | None = None
    product: str | None = None
    seller: str | None = None
    enterprise: str | None = None
    sender: str | None = None
    lot: str | None = None
    demand: str | None = None
    sold: Sold | None = None
