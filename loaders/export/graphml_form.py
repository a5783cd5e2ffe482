"""GraphML: the whole graph in one file, as Gephi, yEd, Cytoscape and networkx read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.meta import PropertyType
from loaders.export.folder import ExportFolder
from loaders.export.parts import Part, as_text
from loaders.graph_frames import END_COLUMNS

FILE = "graph.graphml"
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
# What XML 1.0 cannot hold at all, as RE2 reads it; it becomes the sign for what cannot be shown.
UNWRITABLE = "[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\\x00"
REPLACEMENT = "\ufffd"
# A reader of XML turns a carriage return into a new line unless it is written as a number.
ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))
ESCAPES_IN_QUOTES = (('"', "&quot;"), ("\n", "&#10;"), ("\t", "&#9;"))
ATTRIBUTE_TYPES: Mapping[PropertyType, str] = {
    PropertyType.WHOLE: "long",
    PropertyType.NUMBER: "double",
    PropertyType.SHARE: "double",
    PropertyType.FLAG: "boolean",
}
KIND, NODE, EDGE = "kind", "node", "edge"


def write_graphml(parts: Sequence[Part], folder: ExportFolder) -> None:
    """Write the parts as one GraphML file, a batch at a time.

    A node is called by its kind and id, as `Household:h2x5`; its kind and its id are attributes too.
    """
    nodes = [part for part in parts if part.holds == "nodes"]
    edges = [part for part in parts if part.holds == "relationships"]
    with folder.file(FILE, rows=sum(part.row_count for part in parts)) as file:
        file.write(HEAD.encode())
        keys = _declare(file, NODE, nodes, "n") | _declare(file, EDGE, edges, "r")
        file.write(b'<graph edgedefault="directed">\n')
        for part in nodes:
            _write(file, part, _node_begins, keys, NODE)
        for part in edges:
            _write(file, part, _edge_begins, keys, EDGE)
        file.write(b"</graph>\n</graphml>\n")


def _node_begins(batch: pa.RecordBatch, kind: str) -> list[pa.Array | str]:
    return ["<node id=", _quoted_name(kind, batch["id"]), ">"]


def _edge_begins(batch: pa.RecordBatch, _: str) -> list[pa.Array | str]:
    start = _quoted_name(batch["from_kind"], batch["from_id"])
    return ["<edge source=", start, " target=", _quoted_name(batch["to_kind"], batch["to_id"]), ">"]


def _declare(file: BinaryIO, domain: str, parts: Iterable[Part], letter: str) -> dict[tuple[str, str], str]:
    """Write the keys of nodes or edges and return them by domain and name; a name has one type wherever it stands."""
    types = {KIND: PropertyType.TEXT}
    for part in parts:
        types |= {name: each for name, each in part.types.items() if name not in END_COLUMNS}
    keys = {}
    for number, (name, of_type) in enumerate(types.items()):
        key = keys[domain, name] = f"{letter}{number}"
        told = f'<key id="{key}" for="{domain}" attr.name={quoteattr(name)} '
        file.write(f'{told}attr.type="{ATTRIBUTE_TYPES.get(of_type, "string")}"/>\n'.encode())
    return keys


def _write(
    file: BinaryIO,
    part: Part,
    begins: Callable[[pa.RecordBatch, str], list[pa.Array | str]],
    keys: Mapping[tuple[str, str], str],
    domain: str,
) -> None:
    kind = f'<data key="{keys[domain, KIND]}">{part.kind}</data>'
    for batch in part.batches():
        pieces = [*begins(batch, part.kind), kind]
        pieces += [
            _element(batch[name], of_type, keys[domain, name])
            for name, of_type in part.types.items()
            if (domain, name) in keys
        ]
        lines = pc.binary_join_element_wise(*pieces, f"</{domain}>\n", "")
        file.write("".join(lines.to_pylist()).encode())


def _quoted_name(kinds: pa.Array | str, ids: pa.Array) -> pa.Array:
    """Return the names of nodes in quotation marks."""
    names = pc.binary_join_element_wise(kinds, ":", ids, "")
    return pc.binary_join_element_wise('"', _escaped(names, (*ESCAPES, *ESCAPES_IN_QUOTES)), '"', "")


def _element(values: pa.Array, of_type: PropertyType, key: str) -> pa.Array:
    """Return `<data>` elements, an empty text where there is no value."""
    text = as_text(values, of_type)
    if of_type not in ATTRIBUTE_TYPES:
        text = _escaped(text, ESCAPES)
    return pc.fill_null(pc.binary_join_element_wise(f'<data key="{key}">', text, "</data>", ""), "")


def _escaped(text: pa.Array, escapes: Iterable[tuple[str, str]]) -> pa.Array:
    text = pc.replace_substring_regex(text, UNWRITABLE, REPLACEMENT)
    for sign, escape in escapes:
        text = pc.replace_substring(text, sign, escape)
    return text
