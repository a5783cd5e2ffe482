"""What tables say of lots and demands, the same wherever they stand."""

from __future__ import annotations

from collections.abc import Callable

from analysis.code_labels import code_label
from analysis.produce.parts import Demand, OfferedLot
from analysis.tables.cells import listed, party, word
from analysis.tables.table import Entry, Field
from graph_schema import Schema


def lot_fields(schema: Schema, lot_of: Callable[[Entry], OfferedLot]) -> tuple[Field[Entry], ...]:
    """Return the columns of a lot; `lot_of` takes it out of an entry."""
    return (
        Field("lot_id", "text", lambda entry: lot_of(entry).lot_id),
        Field("product", "text", lambda entry: word(lot_of(entry).product)),
        Field("grade", "text", lambda entry: code_label(schema, lot_of(entry).grade, "grade")),
        Field("seller", "text", lambda entry: lot_of(entry).seller_name or lot_of(entry).seller_id),
        Field("place", "text", lambda entry: lot_of(entry).area_name or lot_of(entry).area_id),
        Field("quantity_kg", "number", lambda entry: lot_of(entry).lot_quantity_kg),
        Field("left_kg", "number", lambda entry: lot_of(entry).left_quantity_kg),
        Field("ready_on", "day", lambda entry: lot_of(entry).ready_on),
        Field("use_by_on", "day", lambda entry: lot_of(entry).use_by_on),
        Field("ask_yuan_per_kg", "yuan", lambda entry: lot_of(entry).ask_fen_per_kg),
        Field("certificates", "text", lambda entry: listed(lot_of(entry).certificates)),
        Field("lot_status", "text", lambda entry: code_label(schema, lot_of(entry).lot_status, "lot_status")),
    )


def demand_fields(schema: Schema, demand_of: Callable[[Entry], Demand]) -> tuple[Field[Entry], ...]:
    """Return the columns of a demand; `demand_of` takes it out of an entry."""
    return (
        Field("demand_id", "text", lambda entry: demand_of(entry).demand_id),
        Field("buyer", "text", lambda entry: party(demand_of(entry).enterprise)),
        Field("delivery_place", "text", lambda entry: demand_of(entry).area_name or demand_of(entry).area_id),
        Field("min_grade", "text", lambda entry: code_label(schema, demand_of(entry).min_grade, "grade")),
        Field("certificates_asked", "text", lambda entry: listed(demand_of(entry).certificates)),
        Field("also_takes", "text", lambda entry: listed(word(each) for each in demand_of(entry).also_takes)),
        Field("wanted_kg", "number", lambda entry: demand_of(entry).wanted_quantity_kg),
        Field("unfilled_kg", "number", lambda entry: demand_of(entry).left_quantity_kg),
        Field("min_batch_kg", "number", lambda entry: demand_of(entry).min_batch_quantity_kg),
        Field("max_yuan_per_kg", "yuan", lambda entry: demand_of(entry).max_fen_per_kg),
        Field("max_distance_km", "number", lambda entry: demand_of(entry).max_distance_km),
        Field("starts_on", "day", lambda entry: demand_of(entry).starts_on),
        Field("ends_on", "day", lambda entry: demand_of(entry).ends_on),
    )
