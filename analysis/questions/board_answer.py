"""The form of the answer to `board`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.produce.board_parts import BoardDemand, BoardFilters, BoardLot, BoardWeek, ProductBalance
from analysis.questions.answer import Notice
from graph_schema.meta import Form


class BoardAnswer(Form):
    """What produce is on offer and what is wanted, by product and week: lots of an area, demands from anywhere.

    On offer are lots recorded as open or part sold that still keep on the day; wanted are open demands that have not
    ended. Of a lot pooled in a larger one only the rest counts by itself.
    """

    version: Literal["board/1"] = "board/1"
    asked: BoardFilters = Field(description="The filters.")
    as_of: date = Field(description="The day for which the answer holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    products: tuple[ProductBalance, ...] = Field(
        description="Products offered or wanted, in the week where one is asked about, by code."
    )
    weeks: tuple[BoardWeek, ...] = Field(
        description="At most 13 weeks: from the first in which anything is offered or wanted, or from the one asked "
        "about where that comes later. The week asked about does not narrow them."
    )
    later_week_count: int = Field(description="How many weeks after those have something too.")
    lot_count: int = Field(description="How many lots the whole list has.")
    lots: tuple[BoardLot, ...] = Field(description="The lots of this page: those that keep the shortest first.")
    next_after_lot: str | None = Field(description="Where the next page of lots begins; null when this is the last.")
    demand_count: int = Field(description="How many demands the whole list has.")
    demands: tuple[BoardDemand, ...] = Field(description="The demands of this page: those that end soonest first.")
    next_after_demand: str | None = Field(
        description="Where the next page of demands begins; null when this is the last."
    )
    past_lot_count: int = Field(
        description="Lots recorded as on offer whose last day is past: they count nowhere else here."
    )
    past_lots_until: date | None = Field(description="The last day of the newest of them; null when there is none.")
    past_demand_count: int = Field(
        description="Demands recorded as open that have ended, or whose buyer closed: they count nowhere else here."
    )
