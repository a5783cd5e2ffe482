"""The form of the answer to `produce_changes`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.produce.parts import Enterprise, Product
from analysis.produce.plan.changes.reasons import Why
from analysis.questions.answer import Notice
from analysis.questions.produce_kept import KeptPlanTold
from analysis.questions.produce_plan_answer import PlanAsked
from graph_schema.meta import Form


class ChangeReason(Form):
    """One reason why a plan gives other kg than before."""

    why: Why = Field(
        description="For less: became_promise (people promised just that), promised_otherwise (the lot or the demand "
        "is promised elsewhere), lot_over (the lot is no longer on offer), less_of_lot (less of it is left), "
        "demand_over (nothing is wanted any more), less_wanted, moved (the lot goes elsewhere), less (others come "
        "first). For more: promise_failed (a promise fell away), new_lot, more_of_lot, new_demand, more_wanted, moved, "
        "more. For both: rule (people set, changed or lifted a rule about just this), rule_otherwise (such a rule is "
        "about another way of the lot or the demand)."
    )
    kg: int = Field(description="How much more for this reason; below 0 less.")
    text_en: str = Field(description="The reason in English.")
    text_zh: str = Field(description="The reason in Chinese.")


class WayChange(Form):
    """A lot that gives a demand more or less by one way than before."""

    lot_id: str = Field(description="Id of the lot.")
    product: Product = Field(description="What it is.")
    seller_kind: str | None = Field(description="Household or Cooperative.")
    seller_id: str | None = Field(description="Who sells it.")
    seller_name: str | None = Field(description="Name of the cooperative; null for a household.")
    demand_id: str = Field(description="Id of the demand.")
    enterprise: Enterprise = Field(description="Who wants it.")
    cooperative_id: str | None = Field(description="Who brings it; null where the seller does himself.")
    before_kg: int = Field(description="What the plan before gave.")
    now_kg: int = Field(description="What the plan gives now.")
    reasons: tuple[ChangeReason, ...] = Field(description="Why; together the difference.")


class DayChange(Form):
    """What goes as before, and arrives on another day."""

    lot_id: str = Field(description="Id of the lot.")
    demand_id: str = Field(description="Id of the demand.")
    cooperative_id: str | None = Field(description="Who brings it; null where the seller does himself.")
    quantity_kg: int = Field(description="What both plans give.")
    before_on: date = Field(description="Day of arrival in the plan before.")
    now_on: date = Field(description="Day of arrival now.")


class PartyChange(Form):
    """A seller or buyer for whom plan and promises together are more or less than before."""

    kind: str | None = Field(description="Household, Cooperative or Enterprise.")
    id: str = Field(description="Who it is.")
    name: str | None = Field(description="Name of the cooperative or enterprise; null for a household.")
    before_kg: int = Field(description="What was planned for it and promised.")
    now_kg: int = Field(description="What is planned for it and promised now; what was delivered counts as promised.")
    before_income_fen: int = Field(description="What sellers would get for the planned part, in fen.")
    now_income_fen: int = Field(description="What they would get for it now, in fen.")


class ChangeTotals(Form):
    """What both plans come to."""

    before_sold_kg: int = Field(description="What the plan before sold.")
    now_sold_kg: int = Field(description="What the plan sells now.")
    before_income_fen: int = Field(description="What sellers would have got for it, in fen.")
    now_income_fen: int = Field(description="What they get now, in fen.")
    way_count: int = Field(description="Ways by which more or less goes than before.")
    moved_kg: int = Field(description="What lots give to other demands, or by other ways, than before.")


class ProduceChangesAnswer(Form):
    """What the plan changes against one that was kept, for whom and why. For each way before + reasons = now."""

    version: Literal["produce-changes/1"] = "produce-changes/1"
    asked: PlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day for which the plan holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    since: KeptPlanTold = Field(description="The plan before.")
    totals: ChangeTotals = Field(description="What both come to.")
    reasons: tuple[ChangeReason, ...] = Field(
        description="How much more and how much less for each reason in all, without what moved: that adds up to 0."
    )
    changes: tuple[WayChange, ...] = Field(description="Every way by which more or less goes, by lot and demand.")
    other_days: tuple[DayChange, ...] = Field(description="What goes as before on another day, by lot and demand.")
    sellers: tuple[PartyChange, ...] = Field(description="Sellers who gain, most first, then those who lose.")
    enterprises: tuple[PartyChange, ...] = Field(description="Buyers who gain, most first, then those who lose.")
    kept_as: str | None = Field(description="The id under which the plan of now is kept; null where it is not.")
