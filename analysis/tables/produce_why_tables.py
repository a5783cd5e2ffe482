"""The answers to `produce_why` and `produce_worth` as tables: what would sell a lot, what more of a demand is worth."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.code_labels import code_label
from analysis.produce.parts import Reason
from analysis.produce.plan.why.parts import BuyerWorth, Change, LotWhy, NearestMiss
from analysis.questions.produce_plan_answer import DeliveryPart, PlannedDelivery
from analysis.questions.produce_why import ProduceWhyAnswer, ProduceWorthAnswer
from analysis.tables.cells import listed, party
from analysis.tables.produce_plan_tables import plan_asked
from analysis.tables.table import Field, Table, table_of, with_head
from analysis.tables.words import cell_word
from graph_schema import Schema
from graph_schema.messages import Label


@dataclass(frozen=True)
class _Sent:
    delivery: PlannedDelivery
    part: DeliveryPart


@dataclass(frozen=True)
class _Missed:
    nearest: NearestMiss
    reason: Reason


def produce_why_tables(answer: ProduceWhyAnswer, schema: Schema) -> tuple[Table, ...]:
    """Return what would sell a lot; then what is planned of it, in all and by delivery, and its nearest miss."""
    why = answer.why
    sent = [_Sent(each, part) for each in answer.deliveries for part in each.parts if part.lot_id == why.lot_id]
    missed = [] if why.nearest is None else [_Missed(why.nearest, reason) for reason in why.nearest.reasons]
    return with_head(
        (
            table_of("lot_changes", _changes(schema), why.changes),
            table_of("lot_plan", _PLANNED, (why,)),
            table_of("lot_deliveries", _SENT, sent),
            table_of("lot_nearest", _MISSED, missed),
        ),
        answer,
        [*plan_asked(answer.asked), ("lot_id", why.lot_id)],
    )


def produce_worth_tables(answer: ProduceWorthAnswer) -> tuple[Table, ...]:
    """Return what more of a demand is worth."""
    table = table_of("demand_worth", _WORTH, (answer.worth,))
    return with_head((table,), answer, [*plan_asked(answer.asked), ("demand_id", answer.worth.demand_id)])


def _changes(schema: Schema) -> tuple[Field[Change], ...]:
    return (
        Field("plan_dimension", "text", lambda each: cell_word("dimension_" + each.dimension)),
        Field("change_amount", "number", lambda each: each.amount),
        Field("change_unit", "text", lambda each: None if each.unit is None else cell_word("unit_" + each.unit)),
        Field("grade", "text", lambda each: None if each.grade is None else code_label(schema, each.grade, "grade")),
        Field("certificates", "text", lambda each: listed(each.certificates)),
        Field("demand_id", "text", lambda each: each.demand_id),
        Field("takers", "text", lambda each: listed(party(buyer.enterprise) for buyer in each.buyers)),
        Field("is_proven", "flag", lambda each: each.is_proven),
        Field("in_words", "text", lambda each: Label(en=each.text_en, zh=each.text_zh)),
    )


_PLANNED: tuple[Field[LotWhy], ...] = (
    Field("lot_id", "text", lambda why: why.lot_id),
    Field("offered_kg", "whole", lambda why: why.quantity_kg),
    Field("sold_kg", "whole", lambda why: why.sold_kg),
    Field("unsold_kg", "whole", lambda why: why.left_kg),
    Field(
        "why_unsold",
        "text",
        lambda why: None if why.binding is None else Label(en=why.binding.text_en, zh=why.binding.text_zh),
    ),
)
_SENT: tuple[Field[_Sent], ...] = (
    Field("delivery_id", "text", lambda sent: sent.delivery.delivery_id),
    Field("sender", "text", lambda sent: sent.delivery.sender_name or sent.delivery.sender_id),
    Field("buyer", "text", lambda sent: party(sent.delivery.enterprise)),
    Field("demand_id", "text", lambda sent: sent.delivery.demand_id),
    Field("quantity_kg", "whole", lambda sent: sent.part.quantity_kg),
    Field("arrives_on", "day", lambda sent: sent.part.arrives_on),
    Field("after_costs_yuan_per_kg", "yuan", lambda sent: sent.part.after_costs_fen_per_kg),
    Field("income_yuan", "yuan", lambda sent: sent.part.income_fen),
)
_MISSED: tuple[Field[_Missed], ...] = (
    Field("demand_id", "text", lambda missed: missed.nearest.demand_id),
    Field("buyer", "text", lambda missed: party(missed.nearest.enterprise)),
    Field("reasons", "text", lambda missed: Label(en=missed.reason.text_en, zh=missed.reason.text_zh)),
)
_WORTH: tuple[Field[BuyerWorth], ...] = (
    Field("demand_id", "text", lambda worth: worth.demand_id),
    Field("wanted_more_kg", "whole", lambda worth: worth.more_kg),
    Field("gained_kg", "whole", lambda worth: worth.sold_kg),
    Field("gained_yuan", "yuan", lambda worth: worth.income_fen),
    Field("is_exact", "flag", lambda worth: worth.is_exact),
    Field("in_words", "text", lambda worth: Label(en=worth.text_en, zh=worth.text_zh)),
)
