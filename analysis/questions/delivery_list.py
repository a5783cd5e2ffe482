"""The deliveries of a plan by sender: what a cooperative or a seller has to load for whom, and whose produce it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from analysis.errors import CATALOGUE
from analysis.produce.parts import Enterprise, Product
from analysis.questions.answer import Notice
from analysis.questions.produce_plan_answer import DeliveryPart, PlanAsked, PlannedDelivery, ProducePlanAnswer
from graph_schema.errors import NotFound
from graph_schema.messages import Catalogue
from graph_schema.meta import Form


class SenderUnknown(NotFound):
    """Nobody with that id sends anything in the plan."""

    catalogue: ClassVar[Catalogue] = CATALOGUE


class ListedDelivery(Form):
    """One delivery of a sender to one demand."""

    delivery_id: str = Field(description="Sender, then demand, as in the plan.")
    arrives_on: date = Field(description="Day by which all of it is there.")
    enterprise: Enterprise = Field(description="Who gets it.")
    demand_id: str = Field(description="Id of the demand.")
    product: Product = Field(description="What is wanted.")
    is_pooled: bool = Field(description="Whether a cooperative brings it.")
    quantity_kg: int = Field(description="How much.")
    max_fen_per_kg: int = Field(description="Highest price of the buyer, delivered, in fen a kg; people settle it.")
    parts: tuple[DeliveryPart, ...] = Field(description="Whose produce it is, by lot.")


class DeliveryList(Form):
    """All that one sender has to deliver, by day of arrival and buyer."""

    sender_kind: str | None = Field(description="Household or Cooperative.")
    sender_id: str | None = Field(
        description="Who sends it: the seller, or the cooperative; null where none is recorded."
    )
    sender_name: str | None = Field(description="Name of the cooperative; null for a household.")
    first_on: date = Field(description="Day of the first arrival.")
    last_on: date = Field(description="Day of the last arrival.")
    quantity_kg: int = Field(description="How much in all.")
    income_fen: int = Field(description="What the sellers get for it after transport and fees, at the highest prices.")
    deliveries: tuple[ListedDelivery, ...] = Field(description="The deliveries, by day of arrival, then by buyer.")


class ProduceListAnswer(Form):
    """Who has to deliver what, where and when, for each sender of a plan on a list of its own."""

    version: Literal["produce-list/1"] = "produce-list/1"
    asked: PlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day for which the plan holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    sender_id: str | None = Field(description="The sender asked about; null for all.")
    lists: tuple[DeliveryList, ...] = Field(description="The senders: cooperatives first, then by name or id.")


def delivery_lists(deliveries: Iterable[PlannedDelivery]) -> tuple[DeliveryList, ...]:
    """Return one list for each sender: cooperatives first, then by name, else id.

    A cooperative that pools, and sends lots of its own as well, has one list.
    """
    by_sender: dict[tuple[str | None, str | None], list[PlannedDelivery]] = defaultdict(list)
    for delivery in deliveries:
        by_sender[delivery.sender_kind, delivery.sender_id].append(delivery)
    lists = (_list(sent) for sent in by_sender.values())
    return tuple(
        sorted(
            lists,
            key=lambda each: (each.sender_kind != "Cooperative", each.sender_name or "", each.sender_id or ""),
        )
    )


def produce_list(answer: ProducePlanAnswer, sender_id: str | None = None) -> ProduceListAnswer:
    """Return the lists of a plan, or that of one sender. Raises SenderUnknown where that one sends nothing."""
    lists = delivery_lists(answer.deliveries)
    if sender_id is not None:
        lists = tuple(each for each in lists if each.sender_id == sender_id)
        if not lists:
            raise SenderUnknown("sender_unknown", sender=sender_id)
    return ProduceListAnswer(
        asked=answer.asked,
        as_of=answer.as_of,
        is_made_up=answer.is_made_up,
        notices=answer.notices,
        sender_id=sender_id,
        lists=lists,
    )


def _list(sent: list[PlannedDelivery]) -> DeliveryList:
    first = sent[0]
    ordered = sorted(
        sent, key=lambda each: (each.arrives_on, each.enterprise.name or each.enterprise.id, each.delivery_id)
    )
    return DeliveryList(
        sender_kind=first.sender_kind,
        sender_id=first.sender_id,
        sender_name=first.sender_name,
        first_on=ordered[0].arrives_on,
        last_on=ordered[-1].arrives_on,
        quantity_kg=sum(each.quantity_kg for each in sent),
        income_fen=sum(each.income_fen for each in sent),
        deliveries=tuple(_listed(each) for each in ordered),
    )


def _listed(delivery: PlannedDelivery) -> ListedDelivery:
    return ListedDelivery(
        delivery_id=delivery.delivery_id,
        arrives_on=delivery.arrives_on,
        enterprise=delivery.enterprise,
        demand_id=delivery.demand_id,
        product=delivery.product,
        is_pooled=delivery.is_pooled,
        quantity_kg=delivery.quantity_kg,
        max_fen_per_kg=delivery.max_fen_per_kg,
        parts=delivery.parts,
    )
