"""The lists of a plan: what fits the filters, a page of it as JSON, or every row as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from analysis.questions.produce_plan_answer import (
    PlannedDelivery,
    PlannedDemand,
    PlannedLot,
    PlanWeek,
    ProducePlanAnswer,
    StandingPromise,
)
from analysis.tables.produce_plan_tables import produce_plan_tables
from analysis.tables.table import Table
from api.plans.listing import Filters, fitting, page_of
from api.plans.produce.answers import PlanDeliveries, PlanDemands, PlanLots, PlanPart, PlanPromises, PlanWeeks
from api.plans.produce.asked import ListName, PlanQuestion, Sold
from graph_schema import Schema

FORMS: Mapping[ListName, type[PlanPart]] = {
    "deliveries": PlanDeliveries,
    "lots": PlanLots,
    "demands": PlanDemands,
    "promised": PlanPromises,
    "weeks": PlanWeeks,
}
ABOUT = "about"


def list_page(answer: ProducePlanAnswer, question: PlanQuestion, name: ListName) -> PlanPart:
    """Return the page of a list that was asked for."""
    rows = chosen(answer, question, name)
    shown, next_after = page_of(rows, question)
    page: dict[str, Any] = {name: shown}
    return FORMS[name].model_construct(
        asked=answer.asked,
        as_of=answer.as_of,
        is_made_up=answer.is_made_up,
        notices=answer.notices,
        count=len(rows),
        next_after=next_after,
        **page,
    )


def list_tables(answer: ProducePlanAnswer, question: PlanQuestion, name: ListName, schema: Schema) -> tuple[Table, ...]:
    """Return every row of a list that fits as a table, and what was asked for as another one."""
    others: dict[str, Any] = dict.fromkeys(FORMS, ())
    only = answer.model_copy(update={**others, name: tuple(chosen(answer, question, name))})
    return tuple(table for table in produce_plan_tables(only, schema) if table.name in (f"plan_{name}", ABOUT))


def chosen(answer: ProducePlanAnswer, question: PlanQuestion, name: ListName) -> Sequence[BaseModel]:
    """Return the rows of a list that fit all filters; a filter that the list knows nothing of keeps every row."""
    match name:
        case "deliveries":
            return fitting(answer.deliveries, question, _DELIVERIES)
        case "lots":
            return fitting(answer.lots, question, _LOTS)
        case "demands":
            return fitting(answer.demands, question, _DEMANDS)
        case "promised":
            return fitting(answer.promised, question, _PROMISED)
        case "weeks":
            return fitting(answer.weeks, question, _WEEKS)


def _sold(wanted: str, sold_kg: int, left_kg: int) -> bool:
    how: Sold = "none" if not sold_kg else "part" if left_kg else "whole"
    return left_kg > 0 if wanted == "left" else how == wanted


def _has_lot(row: PlannedDelivery, lot_id: str) -> bool:
    return any(part.lot_id == lot_id for part in row.parts)


def _has_seller(row: PlannedDelivery, seller_id: str) -> bool:
    return any(part.seller_id == seller_id for part in row.parts)


def _is_of(row: PlannedDelivery, product_id: str) -> bool:
    return row.product.id == product_id or any(part.product.id == product_id for part in row.parts)


_DELIVERIES: Filters[PlannedDelivery] = {
    "product": _is_of,
    "enterprise": lambda row, wanted: row.enterprise.id == wanted,
    "demand": lambda row, wanted: row.demand_id == wanted,
    "sender": lambda row, wanted: row.sender_id == wanted,
    "seller": _has_seller,
    "lot": _has_lot,
}
_LOTS: Filters[PlannedLot] = {
    "product": lambda row, wanted: row.product.id == wanted,
    "lot": lambda row, wanted: row.lot_id == wanted,
    "seller": lambda row, wanted: row.seller_id == wanted,
    "sold": lambda row, wanted: _sold(wanted, row.sold_kg, row.unsold_kg),
}
_DEMANDS: Filters[PlannedDemand] = {
    "product": lambda row, wanted: row.product.id == wanted,
    "enterprise": lambda row, wanted: row.enterprise.id == wanted,
    "demand": lambda row, wanted: row.demand_id == wanted,
    "sold": lambda row, wanted: _sold(wanted, row.filled_kg, row.unfilled_kg),
}
_PROMISED: Filters[StandingPromise] = {
    "product": lambda row, wanted: row.product.id == wanted,
    "enterprise": lambda row, wanted: row.enterprise is not None and row.enterprise.id == wanted,
    "demand": lambda row, wanted: row.demand_id == wanted,
    "sender": lambda row, wanted: (row.cooperative_id or row.seller_id) == wanted,
    "seller": lambda row, wanted: row.seller_id == wanted,
    "lot": lambda row, wanted: row.lot_id == wanted,
}
_WEEKS: Filters[PlanWeek] = {"product": lambda row, wanted: row.product.id == wanted}
