"""The coordinator's question: what produce is on offer, what is wanted, and in which week?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from analysis.errors import CATALOGUE
from analysis.fetch import produce as fetch
from analysis.fetch.places import find_subject
from analysis.frames import Row, day_stamp, rows_of
from analysis.page import Cut, Page, cut_page
from analysis.produce.balance import DEMAND_DAYS, LOT_DAYS, by_product, by_week
from analysis.produce.board_lots import board_lots
from analysis.produce.board_parts import BoardDemand, BoardFilters, BoardLot, BoardWeek, Place, ProductBalance
from analysis.produce.frames import OFFERED
from analysis.produce.lot_parts import demand_part, product_part
from analysis.produce.terms import trade_terms, with_terms
from analysis.produce.weeks import DAYS, Week, week_named, week_of, weeks_from, within
from analysis.questions.answer import Notice, notice
from analysis.questions.board_answer import BoardAnswer
from analysis.subject import FoundSubject, Subject
from graph_schema import Schema
from graph_schema.messages import Label
from graph_store import GraphStore
from policy import Policy

LIST_LIMIT = 50
# A quarter of a year: more weeks side by side are not read.
MOST_WEEKS = 13
AREA, PRODUCT = "Area", "Product"


@dataclass(frozen=True)
class BoardAsked:
    """What is looked at: lots of an area and below, one product, one week (2026-W21); and which pages of the lists."""

    area_id: str | None = None
    product_id: str | None = None
    week: str | None = None
    lot_page: Page = field(default_factory=lambda: Page(limit=LIST_LIMIT))
    demand_page: Page = field(default_factory=lambda: Page(limit=LIST_LIMIT))


@dataclass(frozen=True)
class _Found:
    """What was asked about, as it was found."""

    area: FoundSubject | None
    product: FoundSubject | None
    week: Week | None


@dataclass(frozen=True)
class _Frames:
    """`lots` (OPEN_LOTS) and `demands` (DEMANDS) that hold on the day or later; `all_demands` with those of the past.

    All with `left_quantity_kg`, the demands with coordinates.
    """

    lots: pd.DataFrame
    demands: pd.DataFrame
    all_demands: pd.DataFrame
    past_lots: pd.DataFrame


def board(
    store: GraphStore, schema: Schema, policy: Policy, *, day: date, asked: BoardAsked | None = None
) -> BoardAnswer:
    """Return the lots on offer on `day` and the open demands, listed and summed by product and by week.

    Raises QuestionError for a week that does not exist, SubjectNotFound for an unknown area or product, ParameterError
    where the policy has no number of trade for a place.
    """
    how = asked or BoardAsked()
    found = _found(store, schema, how)
    frames = _frames(store, schema, how, day)
    weeks = _weeks(frames, day, found.week)
    lots = _in_week(frames.lots, found.week, LOT_DAYS)
    demands = _in_week(frames.demands, found.week, DEMAND_DAYS)
    lot_cut = _cut(lots, "use_by_on", "lot_id", how.lot_page)
    demand_cut = _cut(demands, "ends_on", "demand_id", how.demand_page)
    answer = BoardAnswer(
        asked=BoardFilters(
            area=_place(found.area),
            product=None if found.product is None else product_part(found.product.subject.id, schema),
            week=None if found.week is None else found.week.name,
        ),
        as_of=day,
        is_made_up=bool(frames.lots["is_made_up"].any() or frames.demands["is_made_up"].any()),
        notices=(),
        products=_balances(by_product(lots, demands), schema),
        weeks=_told_weeks(frames, weeks.shown, schema),
        later_week_count=weeks.later_count,
        lot_count=lot_cut.total,
        lots=_told_lots(store, schema, policy, lot_cut.rows, frames.all_demands, day),
        next_after_lot=lot_cut.next_after,
        demand_count=demand_cut.total,
        demands=tuple(_told_demand(row, schema) for row in rows_of(demand_cut.rows)),
        next_after_demand=demand_cut.next_after,
        past_lot_count=len(frames.past_lots),
        past_lots_until=None if frames.past_lots.empty else frames.past_lots["use_by_on"].max().date(),
        past_demand_count=len(frames.all_demands) - len(frames.demands),
    )
    return answer.model_copy(update={"notices": _notices(answer)})


def _found(store: GraphStore, schema: Schema, how: BoardAsked) -> _Found:
    def find(kind: str, node_id: str | None) -> FoundSubject | None:
        return None if node_id is None else find_subject(store, schema, Subject(kind, node_id), (AREA, PRODUCT))

    week = None if how.week is None else week_named(how.week)
    return _Found(find(AREA, how.area_id), find(PRODUCT, how.product_id), week)


def _frames(store: GraphStore, schema: Schema, how: BoardAsked, day: date) -> _Frames:
    recorded = fetch.lots_open(store, how.area_id)
    products = [how.product_id] if how.product_id is not None else [*schema.products, *recorded["product_id"]]
    demands = fetch.demands_of(store, products)
    # What is wholly pooled in a larger lot is on offer there.
    lots = recorded[recorded["product_id"].isin(products) & (recorded[OFFERED] > 0)]
    today = day_stamp(day)
    is_fresh = lots["use_by_on"] >= today
    is_running = (demands["ends_on"] >= today) & ~(demands["enterprise_closed_on"] <= today)
    return _Frames(lots[is_fresh], demands[is_running], demands, lots[~is_fresh])


@dataclass(frozen=True)
class _Weeks:
    shown: tuple[Week, ...]
    later_count: int


def _weeks(frames: _Frames, day: date, asked: Week | None) -> _Weeks:
    """Return the weeks that have something, from the day on: empty ones between them too, none where all is empty."""
    begins = pd.concat([frames.lots["ready_on"], frames.demands["starts_on"]])
    ends = pd.concat([frames.lots["use_by_on"], frames.demands["ends_on"]])
    if begins.empty:
        return _Weeks((), 0)
    first, last = week_of(max(begins.min().date(), day)), week_of(ends.max().date())
    shown = tuple(weeks_from(first, last, MOST_WEEKS))
    if asked is not None and shown[-1] < asked <= last:
        shown = tuple(weeks_from(asked, last, MOST_WEEKS))
    return _Weeks(shown, (last.monday - shown[-1].monday).days // DAYS)


def _in_week(frame: pd.DataFrame, week: Week | None, days: Mapping[str, str]) -> pd.DataFrame:
    return frame if week is None else frame[within(frame, week, **days)]


def _cut(frame: pd.DataFrame, day_column: str, id_column: str, page: Page) -> Cut:
    """Return a page of the rows in the order of a day, then of the id."""
    keys = [f"{on} {node_id}" for on, node_id in zip(frame[day_column].dt.date, frame[id_column], strict=True)]
    return cut_page(frame.assign(key=pd.Series(keys, index=frame.index, dtype="object")), "key", page)


def _told_lots(
    store: GraphStore, schema: Schema, policy: Policy, page: pd.DataFrame, demands: pd.DataFrame, day: date
) -> tuple[BoardLot, ...]:
    lots = page[["lot_id"]].merge(fetch.lots_named(store, page["lot_id"]), on="lot_id")
    areas = [None if pd.isna(area) else str(area) for area in lots["area_id"]]
    lots = with_terms(lots, {area: trade_terms(policy, area, day) for area in areas})
    return board_lots(lots, demands, schema=schema, day=day)


def _told_demand(row: Row, schema: Schema) -> BoardDemand:
    return BoardDemand(product=product_part(str(row["product_id"]), schema), demand=demand_part(row, schema))


def _told_weeks(frames: _Frames, weeks: tuple[Week, ...], schema: Schema) -> tuple[BoardWeek, ...]:
    found = by_week(frames.lots, frames.demands, weeks)
    return tuple(
        BoardWeek(week=week.name, starts_on=week.monday, ends_on=week.sunday, products=_balances(rows, schema))
        for week, rows in found.items()
    )


def _balances(rows: list[Row], schema: Schema) -> tuple[ProductBalance, ...]:
    return tuple(ProductBalance.model_validate(_with_product(row, schema)) for row in rows)


def _with_product(row: Row, schema: Schema) -> Row:
    numbers = {name: value for name, value in row.items() if name != "product_id"}
    return {"product": product_part(str(row["product_id"]), schema), **numbers}


def _place(area: FoundSubject | None) -> Place | None:
    if area is None:
        return None
    return Place(id=area.subject.id, name=area.name.zh if area.name else None)


def _notices(answer: BoardAnswer) -> tuple[Notice, ...]:
    found = [notice("notice_made_up")] if answer.is_made_up else []
    if answer.past_lot_count:
        found.append(notice("notice_past_lots", count=answer.past_lot_count))
    if answer.past_demand_count:
        found.append(notice("notice_past_demands", count=answer.past_demand_count))
    if answer.later_week_count:
        found.append(notice("notice_later_weeks", count=answer.later_week_count, week=answer.weeks[-1].week))
    lists = (
        ("list_lots", answer.next_after_lot, len(answer.lots), answer.lot_count),
        ("list_demands", answer.next_after_demand, len(answer.demands), answer.demand_count),
    )
    for code, next_after, shown, total in lists:
        if next_after is not None:
            found.append(notice("notice_capped", list=_words(code), shown=shown, total=total))
    return tuple(found)


def _words(code: str) -> Label:
    return Label(en=CATALOGUE.what(code, {}, "en"), zh=CATALOGUE.what(code, {}, "zh"))
