"""Files of produce as `plumline produce` takes them: CSV, Excel or Parquet, read as `plumline load` reads files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from analysis.produce.files.cooperatives import read_roads
from analysis.produce.files.faults import FileFault, check_faults
from analysis.produce.files.file_table import FileTable
from analysis.produce.files.produce_files import FileTables
from loaders.files.content import open_content
from loaders.files.feed_file import FeedFile
from loaders.files.origin import read_origin
from loaders.files.raw_table import RaggedRow, RawTable
from loaders.files.reads import Reads
from loaders.rows.cell_text import filled, without_guard

Lots = Annotated[Path | None, typer.Option("--lots", metavar="FILE", help="option.lots_file")]
Demands = Annotated[Path | None, typer.Option("--demands", metavar="FILE", help="option.demands_file")]
Cooperatives = Annotated[Path | None, typer.Option("--cooperatives", metavar="FILE", help="option.cooperatives_file")]
Members = Annotated[Path | None, typer.Option("--members", metavar="FILE", help="option.members_file")]
Distances = Annotated[Path | None, typer.Option("--distances", metavar="FILE", help="option.distances_file")]


@dataclass(frozen=True)
class ProducePaths:
    """Where the files of a plan lie."""

    lots: Path
    demands: Path
    cooperatives: Path | None = None
    distances: Path | None = None
    members: Path | None = None


def read_tables(paths: ProducePaths) -> FileTables:
    """Return the files as text. Raises LoadError where one cannot be taken apart into rows."""
    given = (paths.lots, paths.demands, paths.cooperatives, paths.distances, paths.members)
    origins = [read_origin(path.parent) for path in given if path is not None]
    return FileTables(
        lots=read_table(paths.lots, "SupplyLot"),
        demands=read_table(paths.demands, "Demand"),
        cooperatives=None if paths.cooperatives is None else read_table(paths.cooperatives, "Cooperative"),
        distances=None if paths.distances is None else read_table(paths.distances),
        members=None if paths.members is None else read_table(paths.members, "Membership"),
        is_made_up=any(origin is not None and origin.is_made_up for origin in origins),
    )


def read_table(path: Path, kind: str | None = None) -> FileTable:
    """Return the rows of a file as text, blanks at the ends of cells taken off. Raises LoadError.

    Of a workbook with several sheets the one named like the kind is read.
    """
    content = open_content(FeedFile(path, None, kind), standard_input=None)
    raw = content.table(Reads())
    texts = {name: filled(without_guard(raw.cells[name]), is_trimmed=True) for name in raw.columns}
    return FileTable(
        name=path.name,
        cells={
            name.strip(): cells.fill_null("").to_numpy(zero_copy_only=False).astype(object)
            for name, cells in texts.items()
        },
        lines=raw.lines,
        faults=_crooked(path.name, raw),
    )


def _crooked(name: str, raw: RawTable) -> tuple[FileFault, ...]:
    return tuple(_fault(name, row) for row in raw.ragged)


def _fault(name: str, row: RaggedRow) -> FileFault:
    if row.column:
        return FileFault("produce_file_hidden_value", name, row.line, row.column, row.value)
    fields: dict[str, object] = {"found": len(row.cells), "expected": row.expected}
    return FileFault("produce_file_crooked_row", name, row.line, "", "", fields)


def read_road_frame(path: Path) -> pd.DataFrame:
    """Return the roads of a file of distances (ROADS). Raises LoadError, and FaultyFiles with every fault."""
    roads, faults = read_roads(read_table(path))
    check_faults(faults)
    return roads
