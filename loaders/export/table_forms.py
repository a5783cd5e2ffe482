"""Parquet and CSV: one file a kind."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from graph_schema.formula_guard import MAY_BE_FORMULA, guarded
from graph_schema.meta import PropertyType
from loaders.export.folder import ExportFolder
from loaders.export.parts import TEXTS, Part, as_text

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write_parquet(parts: Iterable[Part], folder: ExportFolder) -> None:
    """Write a Parquet file for each part, with whole numbers, days, instants and lists as such."""
    for part in parts:
        with (
            folder.plain_file(f"{part.holds}/{part.kind}.parquet", part) as file,
            pq.ParquetWriter(file, part.schema, compression="zstd") as writer,
        ):
            for batch in part.batches():
                writer.write_batch(batch)


def write_csv(parts: Iterable[Part], folder: ExportFolder) -> None:
    """Write a CSV file for each part: UTF-8 with a mark, days in ISO form, lists joined by `;`.

    A text that a spreadsheet would take for a formula has an apostrophe before it. Null is an empty cell, an empty text
    is two quotation marks.
    """
    for part in parts:
        with folder.file(f"{part.holds}/{part.kind}.csv", part) as file:
            file.write(BYTE_ORDER_MARK)
            # The names are plain words and need no quotation marks.
            file.write((",".join(part.types) + "\n").encode())
            for batch in part.batches():
                write_rows([_cells(batch[name], each) for name, each in part.types.items()], file)


def write_rows(columns: list[pa.Array], file: object) -> None:
    """Write rows without a header: texts in quotation marks, numbers, days and flags bare, null as nothing."""
    names = [str(place) for place in range(len(columns))]
    rows = pa.RecordBatch.from_arrays(columns, names)
    options = pacsv.WriteOptions(include_header=False, quoting_style="needed")
    pacsv.write_csv(pa.Table.from_batches([rows]), file, options)


def _cells(values: pa.Array, of_type: PropertyType) -> pa.Array:
    if of_type in (PropertyType.INSTANT, PropertyType.CODES):
        values = as_text(values, of_type)
    elif of_type not in TEXTS:
        return values
    # `guarded` looks at single texts; most columns have none that begins so.
    if not pc.any(pc.match_substring_regex(values, MAY_BE_FORMULA)).as_py():
        return values
    return pa.array([None if text is None else guarded(text) for text in values.to_pylist()], pa.string())
