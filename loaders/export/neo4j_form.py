"""Files for `neo4j-admin database import`: the database it makes equals one that `plumline rebuild` makes."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema import Schema
from graph_schema.meta import PropertyType
from graph_store.ddl import ddl_statements
from loaders.export.folder import ExportFolder
from loaders.export.parts import TEXTS, Part, as_text, between, pairs_of_kinds
from loaders.export.table_forms import write_rows
from loaders.facts import CODE_JOINT

IMPORT_FILE, CONSTRAINTS_FILE = "import.txt", "constraints.cypher"
MARKERS = "_Meta"
DATABASE = "neo4j"
# The types of the store: whole numbers have 64 bits, instants are in UTC and bear no zone.
HEADER_TYPES: Mapping[PropertyType, str] = {
    PropertyType.WHOLE: "long",
    PropertyType.NUMBER: "double",
    PropertyType.SHARE: "double",
    PropertyType.FLAG: "boolean",
    PropertyType.DAY: "date",
    PropertyType.INSTANT: "localdatetime",
    PropertyType.CODES: "string[]",
}
OPTIONS = ("--delimiter=,", f"--array-delimiter={CODE_JOINT}", "--multiline-fields=true", "--bad-tolerance=0")
# The importer refuses a cell that is longer than its buffer, which has 4 MiB unless it is told otherwise.
USUAL_BUFFER_BYTES = 4 * 1024 * 1024
BYTES_A_CHARACTER = 4


@dataclass
class _Written:
    nodes: list[str]
    relationships: list[str]
    longest_cell: int = 0


def write_neo4j(
    parts: Iterable[Part], folder: ExportFolder, schema: Schema, *, markers: Mapping[str, int] | None
) -> None:
    """Write a file for each kind of node, and for each kind of relationship between two kinds of node.

    `markers` say which version of the ledger the graph has taken in; without them, as for a graph that lacks what may
    not be shown, the next update makes the graph anew. `import.txt` holds the command.
    """
    written = _Written([], [])
    for part in parts:
        if part.holds == "nodes":
            _write_nodes(part, folder, written)
        else:
            for from_kind, to_kind in pairs_of_kinds(part):
                _write_relationships(between(part, from_kind, to_kind), from_kind, to_kind, folder, written)
    if markers is not None:
        _write_nodes(_marker_part(markers), folder, written)
    with folder.plain_file(CONSTRAINTS_FILE) as file:
        file.write("".join(f"{statement};\n" for statement in ddl_statements(schema)).encode())
    with folder.plain_file(IMPORT_FILE) as file:
        file.write(
            f"{shlex.join(import_command(written.nodes, written.relationships, written.longest_cell))}\n".encode()
        )


def import_command(nodes: Iterable[str], relationships: Iterable[str], longest_cell: int) -> list[str]:
    """Return the command that imports the files, to be run in the folder of the export."""
    options = [*OPTIONS]
    if longest_cell * BYTES_A_CHARACTER > USUAL_BUFFER_BYTES:
        options.append(f"--read-buffer-size={longest_cell * BYTES_A_CHARACTER}")
    files = [f"--nodes={name}" for name in nodes] + [f"--relationships={name}" for name in relationships]
    return ["neo4j-admin", "database", "import", "full", DATABASE, *options, *files]


def _write_nodes(part: Part, folder: ExportFolder, written: _Written) -> None:
    others = {name: each for name, each in part.types.items() if name != "id"}
    header = [f"id:ID({part.kind})", *_headers(others), ":LABEL"]
    written.nodes.append(_write(part, ["id", *others], header, f"nodes/{part.kind}.csv", folder, written))


def _write_relationships(part: Part, from_kind: str, to_kind: str, folder: ExportFolder, written: _Written) -> None:
    others = {name: each for name, each in part.types.items() if name not in ("from_id", "to_id")}
    header = [f":START_ID({from_kind})", f":END_ID({to_kind})", *_headers(others), ":TYPE"]
    name = f"relationships/{part.kind}-{from_kind}-{to_kind}.csv"
    written.relationships.append(_write(part, ["from_id", "to_id", *others], header, name, folder, written))


def _headers(types: Mapping[str, PropertyType]) -> list[str]:
    return [f"{name}:{HEADER_TYPES.get(each, 'string')}" for name, each in types.items()]


def _write(
    part: Part, columns: list[str], header: list[str], name: str, folder: ExportFolder, written: _Written
) -> str:
    with folder.file(name, part) as file:
        file.write((",".join(header) + "\n").encode())
        for batch in part.batches():
            cells = [_cells(batch[column], part.types[column]) for column in columns]
            for values in cells:
                if pa.types.is_string(values.type):
                    written.longest_cell = max(written.longest_cell, pc.max(pc.binary_length(values)).as_py() or 0)
            write_rows([*cells, pa.array([part.kind] * batch.num_rows)], file)
    return folder.files[-1].file


def _cells(values: pa.Array, of_type: PropertyType) -> pa.Array:
    """Return what stands in the cells: texts as they are, since an apostrophe before them would be another text."""
    is_bare = of_type in TEXTS or of_type not in (PropertyType.INSTANT, PropertyType.CODES)
    return values if is_bare else as_text(values, of_type, zone="")


def _marker_part(markers: Mapping[str, int]) -> Part:
    batch = pa.RecordBatch.from_pydict({"id": list(markers), "version": pa.array(markers.values(), pa.int64())})
    types = {"id": PropertyType.TEXT, "version": PropertyType.WHOLE}
    return Part(MARKERS, "nodes", types, batch.num_rows, lambda: iter([batch]))
