"""What one buyer asks for: its open demands, with what is left of each to promise."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.fetch import produce as fetch
from analysis.fetch.places import find_subject
from analysis.frames import day_stamp, rows_of
from analysis.produce.board_parts import BoardDemand
from analysis.produce.lot_parts import demand_part, product_part
from analysis.questions.answer import Answer, asked_about, notice
from analysis.subject import Subject
from graph_schema import Schema
from graph_store import GraphStore

BUYER = "Enterprise"


class BuyerDemandsAnswer(Answer):
    """The open demands of an enterprise, those that end soonest first."""

    version: Literal["buyer-demands/1"] = "buyer-demands/1"
    demands: tuple[BoardDemand, ...] = Field(description="Open demands that have not ended, by last day, then by id.")
    past_demand_count: int = Field(description="Demands still recorded as open whose last day is past.")


def buyer_demands(store: GraphStore, schema: Schema, enterprise_id: str, *, day: date) -> BuyerDemandsAnswer:
    """Return what an enterprise asks for on a day and later. Raises SubjectNotFound where there is no such enterprise.

    Of a demand that nobody has promised anything, all is left.
    """
    found = find_subject(store, schema, Subject(BUYER, enterprise_id), (BUYER,))
    recorded = fetch.demands_of(store, schema.products)
    own = recorded[recorded["enterprise_id"] == enterprise_id]
    is_running = own["ends_on"] >= day_stamp(day)
    running = own[is_running].sort_values(["ends_on", "demand_id"], kind="stable")
    past_count = len(own) - len(running)
    is_made_up = found.is_made_up or bool(running["is_made_up"].any())
    notices = [notice("notice_made_up")] if is_made_up else []
    if past_count:
        notices.append(notice("notice_past_demands", count=past_count))
    return BuyerDemandsAnswer(
        asked=asked_about(found),
        as_of=day,
        is_made_up=is_made_up,
        notices=tuple(notices),
        demands=tuple(
            BoardDemand(product=product_part(str(row["product_id"]), schema), demand=demand_part(row, schema))
            for row in rows_of(running)
        ),
        past_demand_count=past_count,
    )
