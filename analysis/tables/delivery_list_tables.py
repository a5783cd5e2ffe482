"""Delivery lists as tables: what each sender sends, lot by lot, and the senders with their sums."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.questions.delivery_list import DeliveryList, ListedDelivery, ProduceListAnswer
from analysis.questions.produce_plan_answer import DeliveryPart
from analysis.tables.cells import party, word
from analysis.tables.produce_plan_tables import plan_asked
from analysis.tables.table import Cell, Field, Table, table_of, with_head


@dataclass(frozen=True)
class _Loaded:
    sender: DeliveryList
    delivery: ListedDelivery
    part: DeliveryPart


def delivery_list_tables(answer: ProduceListAnswer) -> tuple[Table, ...]:
    """Return what is to be loaded, a row for each lot of each delivery, then the senders."""
    loaded = [
        _Loaded(sender, delivery, part)
        for sender in answer.lists
        for delivery in sender.deliveries
        for part in delivery.parts
    ]
    return with_head(
        (
            table_of("delivery_list", _LOADED, loaded),
            table_of("delivery_senders", _SENDERS, answer.lists),
        ),
        answer,
        plan_asked(answer.asked),
    )


def _sender(sender: DeliveryList) -> Cell:
    return sender.sender_name or sender.sender_id


_LOADED: tuple[Field[_Loaded], ...] = (
    Field("sender", "text", lambda row: _sender(row.sender)),
    Field("arrives_on", "day", lambda row: row.delivery.arrives_on),
    Field("buyer", "text", lambda row: party(row.delivery.enterprise)),
    Field("demand_id", "text", lambda row: row.delivery.demand_id),
    Field("product", "text", lambda row: word(row.delivery.product)),
    Field("delivery_kg", "whole", lambda row: row.delivery.quantity_kg),
    Field("lot_id", "text", lambda row: row.part.lot_id),
    Field("lot_product", "text", lambda row: word(row.part.product)),
    Field("seller", "text", lambda row: row.part.seller_id),
    Field("quantity_kg", "whole", lambda row: row.part.quantity_kg),
    Field("after_costs_yuan_per_kg", "yuan", lambda row: row.part.after_costs_fen_per_kg),
    Field("income_yuan", "yuan", lambda row: row.part.income_fen),
    Field("delivery_id", "text", lambda row: row.delivery.delivery_id),
)
_SENDERS: tuple[Field[DeliveryList], ...] = (
    Field("sender", "text", _sender),
    Field("sender_id", "text", lambda sender: sender.sender_id),
    Field("delivery_count", "whole", lambda sender: len(sender.deliveries)),
    Field("quantity_kg", "whole", lambda sender: sender.quantity_kg),
    Field("income_yuan", "yuan", lambda sender: sender.income_fen),
    Field("first_on", "day", lambda sender: sender.first_on),
    Field("last_on", "day", lambda sender: sender.last_on),
)
