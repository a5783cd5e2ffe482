"""The answer to `produce_plan` as tables: deliveries by lot, lots, demands, and supply and demand by week."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.code_labels import code_label
from analysis.questions.produce_plan_answer import (
    DeliveryPart,
    PlanAsked,
    PlannedDelivery,
    PlannedDemand,
    PlannedLot,
    PlanWeek,
    ProducePlanAnswer,
    StandingPromise,
)
from analysis.tables.cells import party, word
from analysis.tables.table import Cell, Field, Table, table_of, with_head
from analysis.tables.words import cell_word
from graph_schema import Schema

UNSOLD = "unsold_"


@dataclass(frozen=True)
class _Sent:
    delivery: PlannedDelivery
    part: DeliveryPart


def produce_plan_tables(answer: ProducePlanAnswer, schema: Schema) -> tuple[Table, ...]:
    """Return what each lot gives to each delivery, then the lots, the demands, the weeks and what is promised."""
    sent = [_Sent(delivery, part) for delivery in answer.deliveries for part in delivery.parts]
    return with_head(
        (
            table_of("plan_deliveries", _SENT, sent),
            table_of("plan_lots", _lots(schema), answer.lots),
            table_of("plan_demands", _DEMANDS, answer.demands),
            table_of("plan_weeks", _WEEKS, answer.weeks),
            table_of("plan_promised", _promised(schema), answer.promised),
        ),
        answer,
        plan_asked(answer.asked),
    )


def plan_asked(asked: PlanAsked) -> list[tuple[str, Cell]]:
    """Return what was planned as rows of the table that tells where an answer comes from."""
    told: list[tuple[str, Cell]] = [("plan_file", name) for name in asked.files]
    if asked.area is not None:
        told += [("area", asked.area.name), ("area_id", asked.area.id)]
    if asked.product is not None:
        told.append(("product", word(asked.product)))
    return told


_SENT: tuple[Field[_Sent], ...] = (
    Field("delivery_id", "text", lambda sent: sent.delivery.delivery_id),
    Field("sender", "text", lambda sent: sent.delivery.sender_name or sent.delivery.sender_id),
    Field("is_pooled", "flag", lambda sent: sent.delivery.is_pooled),
    Field("buyer", "text", lambda sent: party(sent.delivery.enterprise)),
    Field("demand_id", "text", lambda sent: sent.delivery.demand_id),
    Field("product", "text", lambda sent: word(sent.delivery.product)),
    Field("lot_id", "text", lambda sent: sent.part.lot_id),
    Field("lot_product", "text", lambda sent: word(sent.part.product)),
    Field("seller", "text", lambda sent: sent.part.seller_id),
    Field("quantity_kg", "whole", lambda sent: sent.part.quantity_kg),
    Field("distance_km", "number", lambda sent: sent.part.distance_km),
    Field("arrives_on", "day", lambda sent: sent.part.arrives_on),
    Field("max_yuan_per_kg", "yuan", lambda sent: sent.delivery.max_fen_per_kg),
    Field("after_costs_yuan_per_kg", "yuan", lambda sent: sent.part.after_costs_fen_per_kg),
    Field("income_yuan", "yuan", lambda sent: sent.part.income_fen),
)


def _lots(schema: Schema) -> tuple[Field[PlannedLot], ...]:
    return (
        Field("lot_id", "text", lambda lot: lot.lot_id),
        Field("product", "text", lambda lot: word(lot.product)),
        Field("grade", "text", lambda lot: code_label(schema, lot.grade, "grade")),
        Field("seller", "text", lambda lot: lot.seller_name or lot.seller_id),
        Field("is_at_risk", "flag", lambda lot: lot.is_at_risk),
        Field("use_by_on", "day", lambda lot: lot.use_by_on),
        Field("ask_yuan_per_kg", "yuan", lambda lot: lot.ask_fen_per_kg),
        Field("offered_kg", "whole", lambda lot: lot.offered_kg),
        Field("sold_kg", "whole", lambda lot: lot.sold_kg),
        Field("unsold_kg", "whole", lambda lot: lot.unsold_kg),
        Field("income_yuan", "yuan", lambda lot: lot.income_fen),
        Field("why_unsold", "text", _why_unsold),
    )


def _promised(schema: Schema) -> tuple[Field[StandingPromise], ...]:
    return (
        Field("commitment_id", "text", lambda each: each.commitment_id),
        Field("promise_state", "text", lambda each: code_label(schema, each.commitment_status, "commitment_status")),
        Field("lot_id", "text", lambda each: each.lot_id),
        Field("product", "text", lambda each: word(each.product)),
        Field("seller", "text", lambda each: each.seller_name or each.seller_id),
        Field("buyer", "text", lambda each: party(each.enterprise)),
        Field("demand_id", "text", lambda each: each.demand_id),
        Field("brought_by", "text", lambda each: each.cooperative_name or each.cooperative_id),
        Field("quantity_kg", "number", lambda each: each.quantity_kg),
        Field("promised_yuan_per_kg", "yuan", lambda each: each.price_fen_per_kg),
        Field("arrives_on", "day", lambda each: each.arrives_on),
        Field("is_late", "flag", lambda each: each.is_late),
    )


def _why_unsold(lot: PlannedLot) -> Cell:
    return None if lot.why_unsold is None else cell_word(UNSOLD + lot.why_unsold)


_DEMANDS: tuple[Field[PlannedDemand], ...] = (
    Field("demand_id", "text", lambda demand: demand.demand_id),
    Field("product", "text", lambda demand: word(demand.product)),
    Field("buyer", "text", lambda demand: party(demand.enterprise)),
    Field("ends_on", "day", lambda demand: demand.ends_on),
    Field("max_yuan_per_kg", "yuan", lambda demand: demand.max_fen_per_kg),
    Field("wanted_kg", "whole", lambda demand: demand.wanted_kg),
    Field("filled_kg", "whole", lambda demand: demand.filled_kg),
    Field("unfilled_kg", "whole", lambda demand: demand.unfilled_kg),
)
_WEEKS: tuple[Field[PlanWeek], ...] = (
    Field("week", "text", lambda week: week.week),
    Field("product", "text", lambda week: word(week.product)),
    Field("supply_kg", "whole", lambda week: week.supply_kg),
    Field("sold_kg", "whole", lambda week: week.sold_kg),
    Field("unsold_kg", "whole", lambda week: week.unsold_kg),
    Field("demand_kg", "whole", lambda week: week.demand_kg),
    Field("unfilled_kg", "whole", lambda week: week.unfilled_kg),
)
