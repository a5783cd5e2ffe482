"""The answer to `board` as tables: lots, demands, and the sums by product and by week."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.produce.board_parts import BoardDemand, BoardFilters, BoardLot, BoardWeek, ProductBalance
from analysis.produce.parts import Demand, OfferedLot
from analysis.questions.board_answer import BoardAnswer
from analysis.tables.cells import party, word
from analysis.tables.produce_fields import demand_fields, lot_fields
from analysis.tables.table import Cell, Entry, Field, Table, table_of, with_head
from graph_schema import Schema


@dataclass(frozen=True)
class _InWeek:
    week: BoardWeek
    balance: ProductBalance


def board_tables(answer: BoardAnswer, schema: Schema) -> tuple[Table, ...]:
    """Return the lots and the demands of the page, then what is offered and wanted by product, and by week."""
    in_weeks = [_InWeek(week, balance) for week in answer.weeks for balance in week.products]
    return with_head(
        (
            table_of("lots", _lots(schema), answer.lots),
            table_of("demands", _demands(schema), answer.demands),
            table_of("products", _balance(lambda balance: balance), answer.products),
            table_of("weeks", (*_WEEK, *_balance(_balance_in)), in_weeks),
        ),
        answer,
        _asked(answer.asked),
    )


def _asked(filters: BoardFilters) -> list[tuple[str, Cell]]:
    told: list[tuple[str, Cell]] = []
    if filters.area is not None:
        told += [("area", filters.area.name), ("area_id", filters.area.id)]
    if filters.product is not None:
        told.append(("product", word(filters.product)))
    if filters.week is not None:
        told.append(("week", filters.week))
    return told


def _lots(schema: Schema) -> tuple[Field[BoardLot], ...]:
    return (
        *lot_fields(schema, _lot_in),
        Field("buyer_count", "whole", lambda each: each.buyer_count),
        Field("best_buyer", "text", lambda each: party(each.best.enterprise) if each.best else None),
        Field("best_yuan_per_kg", "yuan", lambda each: each.best.after_transport_fen_per_kg if each.best else None),
    )


def _lot_in(each: BoardLot) -> OfferedLot:
    return each.lot


def _demands(schema: Schema) -> tuple[Field[BoardDemand], ...]:
    product: Field[BoardDemand] = Field("product", "text", lambda each: word(each.product))
    return (product, *demand_fields(schema, _demand_in))


def _demand_in(each: BoardDemand) -> Demand:
    return each.demand


def _balance_in(each: _InWeek) -> ProductBalance:
    return each.balance


_WEEK: tuple[Field[_InWeek], ...] = (
    Field("week", "text", lambda each: each.week.week),
    Field("starts_on", "day", lambda each: each.week.starts_on),
    Field("ends_on", "day", lambda each: each.week.ends_on),
)


def _balance(balance_of: Callable[[Entry], ProductBalance]) -> tuple[Field[Entry], ...]:
    return (
        Field("product", "text", lambda entry: word(balance_of(entry).product)),
        Field("lot_count", "whole", lambda entry: balance_of(entry).lot_count),
        Field("offered_kg", "number", lambda entry: balance_of(entry).offered_kg),
        Field("left_kg", "number", lambda entry: balance_of(entry).left_kg),
        Field("demand_count", "whole", lambda entry: balance_of(entry).demand_count),
        Field("wanted_kg", "number", lambda entry: balance_of(entry).wanted_kg),
        Field("unfilled_kg", "number", lambda entry: balance_of(entry).unfilled_kg),
        Field("balance_kg", "number", lambda entry: balance_of(entry).balance_kg),
    )
