"""An answer written as a table file: a workbook with all its tables, or one of them as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from analysis.tables.table import Table
from analysis.tables.table_csv import table_csv
from analysis.tables.tables_xlsx import tables_xlsx
from cli.usage import UsageError
from cli.voice import Voice

WORKBOOK, TEXT = ".xlsx", ".csv"
# Before the ending of a CSV file may stand which table is meant: plan.plan_lots.csv.
JOINT = "."

TableFile = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="option.table_file")]


def write_tables(voice: Voice, tables: Sequence[Table], output: Path) -> None:
    """Write the tables as .xlsx; as .csv the one that the name names before its ending, else the first.

    Raises UsageError for another ending.
    """
    ending = output.suffix.lower()
    if ending == WORKBOOK:
        data = tables_xlsx(tables, voice.language)
    elif ending == TEXT:
        named = output.stem.rpartition(JOINT)[2]
        data = table_csv(next((table for table in tables if table.name == named), tables[0]), voice.language)
    else:
        raise UsageError("no_table_file", file=output.name, tables=", ".join(table.name for table in tables))
    output.write_bytes(data)
    voice.say("written", file=output)
