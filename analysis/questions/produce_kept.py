"""A plan as it is kept, and which plans were kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from analysis.fetch.kept_produce import kept_produce_plans
from analysis.produce.plan.changes.kept import (
    KeptDemand,
    KeptLot,
    KeptParameters,
    KeptProducePlan,
    KeptPromise,
    KeptResult,
    KeptStage,
    KeptTotals,
    KeptWay,
)
from analysis.produce.plan.rules import Rules, rules_entries
from analysis.produce.promises import holding
from analysis.questions.produce_plan import PlanSource
from analysis.questions.produce_plan_answer import PlannedDelivery, ProducePlanAnswer
from analysis.questions.produce_plan_made import HowToPlan
from graph_schema.meta import Form
from ledger import Ledger


class KeptPlanTold(Form):
    """A plan that was kept."""

    run_id: str = Field(description="Its id.")
    load_id: str = Field(description="The load that takes it back when it is withdrawn.")
    kept_at: datetime = Field(description="When it was kept.")
    day: date = Field(description="The day it holds for.")
    area_id: str | None = Field(description="Where the lots lie; null for everywhere.")
    product_id: str | None = Field(description="The product; null for all.")
    rule_count: int = Field(description="Rules that people had set.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    totals: KeptTotals = Field(description="What it comes to.")


class ProduceKeptAnswer(Form):
    """The plans that count, the one kept last first."""

    version: Literal["produce-kept/1"] = "produce-kept/1"
    plans: tuple[KeptPlanTold, ...] = Field(description="They.")


def produce_kept(ledger: Ledger) -> ProduceKeptAnswer:
    """Return the plans that were kept and not taken back."""
    return ProduceKeptAnswer(plans=tuple(map(told_kept, reversed(kept_produce_plans(ledger)))))


def told_kept(plan: KeptProducePlan) -> KeptPlanTold:
    """Return what is told of a plan that was kept."""
    return KeptPlanTold(
        run_id=plan.run_id,
        load_id=plan.load_id,
        kept_at=plan.recorded_at,
        day=plan.day,
        area_id=plan.parameters.area,
        product_id=plan.parameters.product,
        rule_count=sum(map(len, plan.parameters.rules.values())),
        is_made_up=plan.is_made_up,
        totals=plan.result.totals,
    )


def kept_parameters(answer: ProducePlanAnswer, how: HowToPlan) -> dict[str, object]:
    """Return what a plan was made with beside the facts, as it is kept (KeptParameters), in values that JSON has."""
    kept = KeptParameters(
        area=None if answer.asked.area is None else answer.asked.area.id,
        product=None if answer.asked.product is None else answer.asked.product.id,
        day=answer.as_of,
        seconds=how.seconds,
        rules=rules_entries(how.rules or Rules()),
    )
    return kept.model_dump(mode="json")


def kept_result(answer: ProducePlanAnswer, source: PlanSource) -> dict[str, object]:
    """Return what came of a plan, as it is kept (KeptResult), in values that JSON has."""
    return result_of(answer, source).model_dump(mode="json")


def result_of(answer: ProducePlanAnswer, source: PlanSource) -> KeptResult:
    """Return what came of a plan as it is kept: the same for a plan of today as for one of weeks ago."""
    lots = [
        KeptLot(lot.lot_id, lot.offered_kg, lot.product.id, lot.seller_kind, lot.seller_id, lot.seller_name)
        for lot in answer.lots
    ]
    demands = [
        KeptDemand(each.demand_id, each.wanted_kg, each.product.id, each.enterprise.id, each.enterprise.name)
        for each in answer.demands
    ]
    ways = [way for delivery in answer.deliveries for way in _ways(delivery)]
    return KeptResult(
        ways=tuple(sorted(ways, key=lambda way: (way.lot_id, way.demand_id, way.cooperative_id or ""))),
        lots=tuple(sorted(lots)),
        demands=tuple(sorted(demands)),
        promises=_promises(answer, source),
        totals=KeptTotals.model_validate(answer.totals.model_dump(include={*KeptTotals.model_fields})),
        stages=tuple(
            KeptStage(name=each.name, value=each.value, bound=each.bound, is_optimal=each.is_optimal)
            for each in answer.stages
        ),
    )


def _ways(delivery: PlannedDelivery) -> list[KeptWay]:
    brings = delivery.sender_id if delivery.is_pooled else None
    return [
        KeptWay(
            part.lot_id,
            delivery.demand_id,
            brings,
            part.quantity_kg,
            part.after_costs_fen_per_kg,
            part.arrives_on,
        )
        for part in delivery.parts
    ]


def _promises(answer: ProducePlanAnswer, source: PlanSource) -> tuple[KeptPromise, ...]:
    """Return the promises of the lots and demands of the plan, also of those that they left nothing of."""
    held = holding(source.promises, answer.as_of)
    touches = held["lot_id"].isin({*source.frames.lots["lot_id"]}) | held["demand_id"].isin(
        {*source.frames.demands["demand_id"]}
    )
    columns = ["commitment_id", "commitment_status", "lot_id", "demand_id", "held_quantity_kg"]
    return tuple(sorted(KeptPromise(*row) for row in held[touches][columns].itertuples(index=False, name=None)))
