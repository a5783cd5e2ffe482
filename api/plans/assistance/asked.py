"""What is asked of plans of assistance: the order, the rules that people set for it, and questions about it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from analysis.assistance.files.rules_file import rules_of
from analysis.assistance.plan.rules import Rules
from api.parameters import WRITTEN_WHOLE, SubjectId
from api.plans.asked import MOST_RULES, AnyOrder, AnyQuestion, AnyRules, PlanId, SearchSeconds
from graph_schema.meta import Form

# More than any county has to give, and far inside of what sums of whole fen hold.
LEAST_YUAN, MOST_YUAN = 0.01, 10.0**9
MOST_PROGRAMMES_NAMED = 200
USUAL_PROGRAMMES, MOST_PROGRAMMES = 3, 9
USUAL_SECONDS = 90.0

SomeYuan = Annotated[float, Field(ge=LEAST_YUAN, le=MOST_YUAN, strict=True, allow_inf_nan=False)]
AnyYuan = Annotated[float, Field(ge=0, le=MOST_YUAN, strict=True, allow_inf_nan=False)]
_YUAN = "in yuan, with at most two digits behind the point."


class LockedHelp(Form):
    """A programme covers at least so much of the needs of a household."""

    household: SubjectId = Field(description="The pseudonym of the household.")
    programme: SubjectId = Field(description="Id of the programme.")
    least_yuan: SomeYuan = Field(
        default=LEAST_YUAN, description=f"Need covered at least, {_YUAN} Any help at all when it is left out."
    )


class ForbiddenHelp(Form):
    """A household gets nothing from a programme."""

    household: SubjectId = Field(description="The pseudonym of the household.")
    programme: SubjectId = Field(description="Id of the programme.")


class VillageFloor(Form):
    """At least so much need is covered in a village."""

    village: SubjectId = Field(description="Code of the village.")
    least_yuan: SomeYuan = Field(description=f"Need covered at least, {_YUAN}")


class EnterpriseCeiling(Form):
    """At most so much need is covered through an enterprise."""

    enterprise: SubjectId = Field(description="Credit code of the enterprise.")
    most_yuan: AnyYuan = Field(description=f"Need covered at most, {_YUAN}")


class AssistRulesBody(AnyRules):
    """Rules that people set, in the form of a rules file of `plumline assist plan --rules`."""

    model_config = ConfigDict(json_schema_extra={"example": {"floors": [{"village": "350624105203", "least_yuan": 1}]}})

    locked: tuple[LockedHelp, ...] = Field(
        default=(), max_length=MOST_RULES, description="Pairs of household and programme that are settled."
    )
    forbidden: tuple[ForbiddenHelp, ...] = Field(
        default=(), max_length=MOST_RULES, description="Pairs of household and programme that may not be."
    )
    floors: tuple[VillageFloor, ...] = Field(
        default=(), max_length=MOST_RULES, description="What is covered in villages at least."
    )
    ceilings: tuple[EnterpriseCeiling, ...] = Field(
        default=(), max_length=MOST_RULES, description="What is covered through enterprises at most."
    )

    def read(self) -> Rules | None:
        """Return the rules as plans take them; None where nobody has set any.

        Raises QuestionError for an amount with more than two digits behind the point.
        """
        rules = rules_of(self.model_dump())
        return None if rules.is_empty else rules


class AssistOrder(AnyOrder):
    """What is to be planned."""

    model_config = ConfigDict(json_schema_extra={"example": {"area": "350624"}})

    area: SubjectId | None = Field(
        default=None, description="Households of this area and below; all households when it is left out."
    )
    programmes: Annotated[tuple[SubjectId, ...], Field(max_length=MOST_PROGRAMMES_NAMED)] = Field(
        default=(), description="These programmes only, by their ids; all that run when it is left out."
    )
    most_programmes: Annotated[int, Field(ge=1, le=MOST_PROGRAMMES, strict=True), WRITTEN_WHOLE] = Field(
        default=USUAL_PROGRAMMES, description="So many programmes may help one household at most."
    )
    seconds: SearchSeconds = Field(default=USUAL_SECONDS, description="What the search may take.")
    rules: AssistRulesBody = Field(default=AssistRulesBody(), description="Rules that people set.")

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """Return what the order names of the graph."""
        area = () if self.area is None else (("Area", self.area),)
        return (*area, *(("Programme", each) for each in self.programmes))

    def check(self) -> None:
        """Raise QuestionError for an amount that no rule can have."""
        self.rules.read()


ListName = Literal["helps", "uncovered", "villages", "causes", "programmes", "resources"]
What = Literal[
    "whole", "risk", "flow", "why", "worths", "worth", "dependence", "links", "second_helps", "compare", "units", "keep"
]
# What a worth can be asked of: a programme's budget, or what a plan takes from, by the name of its layer.
GrantKind = Literal[
    "budget", "household_limit", "agency", "enterprise", "cooperative", "offer", "partner", "partner_budget"
]


class AssistQuestion(AnyQuestion):
    """One question about a plan that is made.

    `subject`: the household asked about, what more is wanted of, or another way to plan; `cause` beside a household:
    only that need. `kind`, `amount`: of what, and how much more. `beside`: the number of another plan that is held,
    whose units come along; `since`: the draft that is compared with. The others keep what fits alone; None: all.
    """

    LONG: ClassVar[frozenset[str]] = frozenset(
        {"whole", "worth", "dependence", "links", "second_helps", "compare", "keep"}
    )
    CHANGING: ClassVar[frozenset[str]] = frozenset({"keep"})

    what: ListName | What
    kind: GrantKind | None = None
    amount: int | None = None
    since: str | None = None
    beside: PlanId | None = None
    beside_units: str | None = None
    household: str | None = None
    village: str | None = None
    cause: str | None = None
    measure: str | None = None
    programme: str | None = None
    enterprise: str | None = None
    cooperative: str | None = None
    reason: str | None = None
    to_check: bool | None = None

    @property
    def stays_true(self) -> bool:
        """Return whether the answer is the same whenever it is asked; what is kept may change."""
        return super().stays_true and self.since is None
