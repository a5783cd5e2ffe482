"""`export` writes the graph of a day, the facts that count, or both, into a new folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from logging import getLogger
from pathlib import Path
from typing import Literal

from graph_schema import Schema
from ledger import Ledger
from loaders.export.fact_parts import CountingFacts
from loaders.export.folder import README, ExportedFile, ExportFolder, new_folder
from loaders.export.graph_parts import graph_parts, left_out_properties, left_out_rows, shown_graph
from loaders.export.graphml_form import write_graphml
from loaders.export.manifest import FORM, manifest_text, readme_text
from loaders.export.neo4j_form import write_neo4j
from loaders.export.parts import Part
from loaders.export.table_forms import write_csv, write_parquet
from loaders.export.telling import Telling, telling_of
from loaders.project import project
from policy import Policy

ExportForm = Literal["parquet", "csv", "graphml", "neo4j"]

logger = getLogger(__name__)


@dataclass(frozen=True)
class ExportRequest:
    """What to export and where to.

    `markers`: what the graph notes about itself, for the import into Neo4j. `as_of`: the past instant whose knowledge
    is wanted, None for all that counts at `loads_version`.
    """

    folder: Path
    form: ExportForm
    day: date
    made_at: datetime
    loads_version: int
    markers: Mapping[str, int] = field(default_factory=dict)
    as_of: datetime | None = None
    has_graph: bool = True
    has_facts: bool = False
    show_sensitive: bool = False
    with_names: bool = False
    is_gzip: bool = False


@dataclass
class LeftOut:
    """What an export lacks: rows by kind, and properties as `Person.name`."""

    rows: dict[str, int] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)
    properties: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ExportReport:
    """What was exported. `is_whole`: nothing was left out for being sensitive or a name."""

    request: ExportRequest
    files: tuple[ExportedFile, ...]
    left_out: LeftOut
    is_made_up: bool
    is_whole: bool

    def to_dict(self) -> dict[str, object]:
        """Return the report for JSON; it is the manifest of the folder as well."""
        request = self.request
        return {
            "form": request.form,
            "day": request.day.isoformat(),
            "as_of": request.as_of.isoformat() if request.as_of else None,
            "made_at": request.made_at.isoformat(),
            "ledger_version": request.loads_version,
            "is_made_up": self.is_made_up,
            "is_whole": self.is_whole,
            "show_sensitive": request.show_sensitive,
            "with_names": request.with_names,
            "left_out": vars(self.left_out),
            "files": [vars(file) for file in self.files],
        }


def export(request: ExportRequest, ledger: Ledger, schema: Schema, policy: Policy) -> ExportReport:
    """Return what was written into the folder, which must be empty or not there.

    The manifest is written last: a folder without one was broken off. Raises LoadError `export_folder_not_empty` or
    `export_not_written`; errors of the ledger pass through.
    """
    telling = telling_of(schema, show_sensitive=request.show_sensitive, with_names=request.with_names)
    left_out = LeftOut()
    with new_folder(request.folder, is_gzip=request.is_gzip) as folder:
        if request.has_graph:
            _write_graph(request, _graph(request, ledger, policy, telling, left_out), folder, telling)
        if request.has_facts:
            facts = CountingFacts(ledger, telling, request.loads_version, request.as_of)
            _write_tables(request.form, _counted(facts, left_out), folder)
            left_out.properties += [each for each in facts.hidden_columns() if each not in left_out.properties]
        loads = ledger.loads(request.as_of) if request.as_of else ledger.loads_at_version(request.loads_version)
        is_made_up = any(loads["is_made_up"].to_pylist())
        report = ExportReport(request, tuple(folder.files), left_out, is_made_up, telling.shows_all)
        with folder.plain_file(README) as file:
            file.write(readme_text(report.to_dict(), schema.version).encode())
        folder.finish(manifest_text(report.to_dict(), schema.version))
    logger.info("exported", extra={"form": request.form, "files": len(report.files), "layout": FORM})
    return report


def _graph(request: ExportRequest, ledger: Ledger, policy: Policy, telling: Telling, left_out: LeftOut) -> list[Part]:
    version = None if request.as_of else request.loads_version
    whole = project(ledger, telling.schema, policy, day=request.day, as_of=request.as_of, loads_version=version)
    shown = shown_graph(whole, telling)
    left_out.rows |= left_out_rows(whole, shown)
    left_out.properties += left_out_properties([*whole.nodes, *whole.relationships], telling)
    return graph_parts(shown, telling)


def _write_graph(request: ExportRequest, parts: list[Part], folder: ExportFolder, telling: Telling) -> None:
    if request.form == "graphml":
        write_graphml(parts, folder)
    elif request.form == "neo4j":
        write_neo4j(parts, folder, telling.schema, markers=request.markers if telling.shows_all else None)
    else:
        _write_tables(request.form, iter(parts), folder)


def _write_tables(form: ExportForm, parts: Iterator[Part], folder: ExportFolder) -> None:
    write = write_parquet if form == "parquet" else write_csv
    write(parts, folder)


def _counted(facts: CountingFacts, left_out: LeftOut) -> Iterator[Part]:
    for part, hidden in facts.parts():
        if hidden:
            left_out.facts[part.kind] = hidden
        if part.row_count:
            yield part
