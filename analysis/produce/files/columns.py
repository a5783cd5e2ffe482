"""The columns of our templates of lots and demands, and those that a file without a graph adds to them."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.frames import ColumnType
from analysis.produce.files import values
from analysis.produce.files.file_table import FileColumn
from analysis.produce.products import ALSO_TAKES
from graph_schema import Schema
from graph_schema.meta import PropertyType
from graph_schema.tables import FactColumn, template_columns

# Above what any county has or pays: who writes more has written another unit.
MOST_KG = 100_000_000
MOST_FEN_PER_KG = 1_000_000
MOST_FEN = 1_000_000_000_000
MOST_KM = 50_000
MOST_NUMBER = 1_000_000
# A plan counts in whole kilograms.
LEAST_KG = 1

_COLUMN_TYPES: Mapping[PropertyType, ColumnType] = {
    PropertyType.TEXT: "text",
    PropertyType.CODE: "text",
    PropertyType.CODES: "texts",
    PropertyType.WHOLE: "whole",
    PropertyType.NUMBER: "number",
    PropertyType.DAY: "day",
}
# Where a file without a graph says where something is: by its coordinates, or by a name that the distances file knows.
PLACE = (
    FileColumn("area_id", "text", values.text),
    FileColumn("lat", "number", values.number(-90, 90)),
    FileColumn("lon", "number", values.number(-180, 180)),
)


def file_columns(schema: Schema, kind: str, *, may_lack: frozenset[str]) -> tuple[FileColumn, ...]:
    """Return the columns of the template of a kind (`template_of`), and those of a place."""
    return (*template_of(schema, kind, may_lack=may_lack), *PLACE)


def template_of(schema: Schema, kind: str, *, may_lack: frozenset[str]) -> tuple[FileColumn, ...]:
    """Return the columns of the template of a kind.

    What the template requires has a value in each row, but for the columns of `may_lack`.
    """
    return tuple(
        FileColumn(
            column.name,
            _COLUMN_TYPES[column.type],
            _reader(column, schema),
            is_needed=column.is_required and column.name not in may_lack,
        )
        for column in template_columns(schema, kind)
    )


def _reader(column: FactColumn, schema: Schema) -> values.Read:
    if "Product" in column.refers_to:
        return values.word(values.product_words(schema), "produce_file_unknown_product")
    if column.name == ALSO_TAKES:
        return values.words(values.product_words(schema), "produce_file_unknown_product")
    if column.type is PropertyType.CODE:
        return values.word(values.code_words(schema, column.codes or ""), "produce_file_unknown_code")
    if column.type is PropertyType.CODES:
        return values.texts
    if column.type is PropertyType.DAY:
        return values.day
    if column.name.endswith("_fen_per_kg"):
        return values.price(MOST_FEN_PER_KG)
    if column.name.endswith("_fen"):
        return values.whole(0, MOST_FEN)
    if column.name.endswith("_quantity_kg"):
        return values.number(0 if column.name.startswith("min_") else LEAST_KG, MOST_KG)
    if column.name.endswith("_distance_km"):
        return values.number(0, MOST_KM)
    return values.whole(1, MOST_NUMBER) if column.type is PropertyType.WHOLE else values.text
