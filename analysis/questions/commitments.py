"""What was promised, what came of it, and how much each buyer and seller kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from analysis.errors import CATALOGUE, QuestionError
from analysis.fetch.commitments import commitments_on, deliveries_on, demand_buyers, lot_sellers, lots_in_area
from analysis.fetch.places import find_subject
from analysis.frames import Row, day_stamp, rows_of
from analysis.page import Page, cut_page
from analysis.produce.lot_parts import product_part
from analysis.produce.parts import Enterprise
from analysis.produce.trade.kept import BUYERS, SELLERS, STATES, kept_promises, with_lateness
from analysis.produce.trade.parts import CommitmentTold, DeliveryTold
from analysis.questions.answer import Notice, notice
from analysis.questions.commitments_answer import CommitmentsAnswer, CommitmentsFilters
from analysis.subject import Subject
from graph_schema import Schema
from graph_schema.messages import Label
from graph_store import GraphStore
from ledger import Ledger

LIST_LIMIT = 50
_SUBJECTS = {"Area": "area_id", "Product": "product_id", "Enterprise": "enterprise_id", "Cooperative": "cooperative_id"}


@dataclass(frozen=True)
class CommitmentsAsked:
    """Which promises are asked for, by what `CommitmentsFilters` describes; None does not narrow them."""

    area_id: str | None = None
    product_id: str | None = None
    enterprise_id: str | None = None
    lot_id: str | None = None
    demand_id: str | None = None
    seller_id: str | None = None
    cooperative_id: str | None = None
    status: str | None = None
    page: Page = field(default_factory=lambda: Page(limit=LIST_LIMIT))


def commitments(
    store: GraphStore, ledger: Ledger, schema: Schema, asked: CommitmentsAsked | None = None, *, day: date
) -> CommitmentsAnswer:
    """Return the promises in the state they had on `day`, those that arrive first in front, and what was kept of them.

    What was kept is told of every promise that the filters leave, whatever its state. Raises QuestionError for a state
    that there is not, SubjectNotFound for an unknown area, product, enterprise or cooperative.
    """
    how = asked or CommitmentsAsked()
    _check(store, schema, how)
    found = commitments_on(ledger, day, lot_id=how.lot_id, demand_id=how.demand_id)
    told = _chosen(store, _with_sides(store, found), how)
    deliveries = deliveries_on(ledger, day, told["commitment_id"])
    told = with_lateness(told, deliveries, day_stamp(day))
    listed = told if how.status is None else told[told["commitment_status"] == how.status]
    keys = [
        f"{on} {node_id}" for on, node_id in zip(listed["arrives_on"].dt.date, listed["commitment_id"], strict=True)
    ]
    cut = cut_page(listed.assign(key=pd.Series(keys, index=listed.index, dtype="object")), "key", how.page)
    brought: dict[object, list[DeliveryTold]] = {}
    for row in rows_of(deliveries):
        brought.setdefault(row["commitment_id"], []).append(_delivery(row))
    answer = CommitmentsAnswer(
        asked=_filters(how),
        as_of=day,
        is_made_up=bool(told["is_made_up"].any() or deliveries["is_made_up"].any()),
        notices=(),
        commitment_count=cut.total,
        commitments=tuple(
            _commitment(row, tuple(brought.get(row["commitment_id"], ())), schema) for row in rows_of(cut.rows)
        ),
        next_after=cut.next_after,
        buyers=kept_promises(told, deliveries, BUYERS),
        sellers=kept_promises(told, deliveries, SELLERS),
    )
    return answer.model_copy(update={"notices": _notices(answer)})


def _check(store: GraphStore, schema: Schema, how: CommitmentsAsked) -> None:
    for kind, name in _SUBJECTS.items():
        node_id = getattr(how, name)
        if node_id is not None:
            find_subject(store, schema, Subject(kind, node_id), (kind,))
    if how.status is not None and how.status not in STATES:
        raise QuestionError("no_such_commitment_status", status=how.status, known=", ".join(STATES))


def _with_sides(store: GraphStore, found: pd.DataFrame) -> pd.DataFrame:
    """Return COMMITMENTS with who sells what (columns of LOTS) and who buys it (DEMAND_BUYERS), by id."""
    sellers = lot_sellers(store, found["lot_id"])
    buyers = demand_buyers(store, found["demand_id"]).drop(columns="product_id")
    return found.merge(sellers, on="lot_id", how="left").merge(buyers, on="demand_id", how="left")


def _chosen(store: GraphStore, told: pd.DataFrame, how: CommitmentsAsked) -> pd.DataFrame:
    chosen = told
    for name in ("product_id", "enterprise_id", "seller_id", "cooperative_id"):
        wanted = getattr(how, name)
        if wanted is not None:
            chosen = chosen[chosen[name] == wanted]
    if how.area_id is not None:
        chosen = chosen[chosen["lot_id"].isin(lots_in_area(store, how.area_id))]
    return chosen.reset_index(drop=True)


def _commitment(row: Row, deliveries: tuple[DeliveryTold, ...], schema: Schema) -> CommitmentTold:
    same = ("commitment_id", "lot_id", "seller_kind", "seller_id", "seller_name", "demand_id", "cooperative_id")
    more = ("run_id", "price_fen_per_kg", "arrives_on", "agreed_on", "is_late", "reason", "is_made_up")
    name = row["enterprise_name"]
    return CommitmentTold.model_validate(
        {
            **{column: row[column] for column in (*same, *more)},
            "status": row["commitment_status"],
            "agreed_kg": row["agreed_quantity_kg"],
            "enterprise": None
            if row["enterprise_id"] is None
            else Enterprise(id=str(row["enterprise_id"]), name=None if name is None else str(name)),
            "product": None if row["product_id"] is None else product_part(str(row["product_id"]), schema),
            "deliveries": deliveries,
        }
    )


def _delivery(row: Row) -> DeliveryTold:
    same = ("delivery_id", "grade", "price_fen_per_kg", "paid_fen", "delivered_on", "paid_on", "reason")
    quantities = {"quantity_kg": row["delivered_quantity_kg"], "accepted_kg": row["accepted_quantity_kg"]}
    return DeliveryTold.model_validate({**{column: row[column] for column in same}, **quantities})


def _filters(how: CommitmentsAsked) -> CommitmentsFilters:
    return CommitmentsFilters(**{name: getattr(how, name) for name in CommitmentsFilters.model_fields})


def _notices(answer: CommitmentsAnswer) -> tuple[Notice, ...]:
    found = [notice("notice_made_up")] if answer.is_made_up else []
    if answer.next_after is not None:
        label = Label(en=CATALOGUE.what("list_commitments", {}, "en"), zh=CATALOGUE.what("list_commitments", {}, "zh"))
        shown, total = len(answer.commitments), answer.commitment_count
        found.append(notice("notice_capped", list=label, shown=shown, total=total))
    return tuple(found)
