"""The answer to `buyers` as tables: every demand for each lot with all reasons, and the lots."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.produce.parts import Buyer, Demand, Lot, LotBuyers, OfferedLot, Refusal
from analysis.questions.buyers import BuyersAnswer
from analysis.tables.cells import sentences, word
from analysis.tables.produce_fields import demand_fields, lot_fields
from analysis.tables.table import Cell, Field, Table, table_of, with_origin
from graph_schema import Schema


@dataclass(frozen=True)
class _Match:
    lot: Lot
    entry: Buyer | Refusal

    @property
    def buyer(self) -> Buyer | None:
        return self.entry if isinstance(self.entry, Buyer) else None

    @property
    def reasons(self) -> Cell:
        if isinstance(self.entry, Buyer):
            return None
        return sentences((reason.text_en, reason.text_zh) for reason in self.entry.reasons)


def buyers_tables(answer: BuyersAnswer, schema: Schema) -> tuple[Table, ...]:
    """Return the demands: for each lot those that could take it, best first, then the others; and the lots."""
    matches = [match for told in answer.lots for match in _matches(told)]
    return with_origin(
        (
            table_of("lot_demands", _match_fields(schema), matches),
            table_of("lots", _lot_fields(schema), answer.lots),
        ),
        answer,
    )


def _matches(told: LotBuyers) -> list[_Match]:
    entries: tuple[Buyer | Refusal, ...] = (*told.buyers, *told.refusals)
    return [_Match(told.lot, entry) for entry in entries]


def _match_fields(schema: Schema) -> tuple[Field[_Match], ...]:
    return (
        Field("lot_id", "text", lambda match: match.lot.lot_id),
        Field("can_take", "flag", lambda match: match.buyer is not None),
        Field("rank", "whole", lambda match: match.buyer.rank if match.buyer else None),
        Field("wanted_product", "text", lambda match: word(match.entry.demand.product)),
        *demand_fields(schema, _demand_in),
        Field("takes_kg", "number", lambda match: match.entry.quantity_kg),
        Field("distance_km", "number", lambda match: match.entry.way.distance_km),
        Field("transport_yuan_per_kg", "yuan", lambda match: match.entry.way.transport_fen_per_kg),
        Field("after_transport_yuan_per_kg", "yuan", lambda match: match.entry.way.after_transport_fen_per_kg),
        Field("leaves_on", "day", lambda match: match.entry.way.leaves_on),
        Field("arrives_on", "day", lambda match: match.entry.way.arrives_on),
        Field("worth_yuan", "yuan", lambda match: match.buyer.worth_fen if match.buyer else None),
        Field("reasons", "text", lambda match: match.reasons),
    )


def _demand_in(match: _Match) -> Demand:
    return match.entry.demand


def _lot_fields(schema: Schema) -> tuple[Field[LotBuyers], ...]:
    return (
        *lot_fields(schema, _lot_in),
        Field("buyer_count", "whole", lambda told: told.buyer_count),
        Field("refusal_count", "whole", lambda told: told.refusal_count),
    )


def _lot_in(told: LotBuyers) -> OfferedLot:
    return told.lot
