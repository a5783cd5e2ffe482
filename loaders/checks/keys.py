"""The ids of facts: register numbers turned into pseudonyms, ids put together from their parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema import Schema
from graph_schema.meta import NodeKind, PropertyType
from graph_schema.tables import FactColumn
from loaders.checks.row_checks import end_kind_column
from loaders.identity import Identity
from loaders.rows.fact_rows import Fault, Flags, flags, places

ID_JOINT = "-"
# Parts that stand in no column: the feed is known of the whole file, and a first lot or contract needs no number.
FEED_PART, NUMBER_PART, FIRST_NUMBER = "feed", "number", "1"


def pseudonymous(
    column: FactColumn, cells: Mapping[str, pa.Array], *, kind: str, schema: Schema, identity: Identity
) -> pa.Array:
    """Return the cells of a column with every number of a household or person replaced by its pseudonym."""
    own = cells[column.name]
    kinds = (kind,) if column.name == "id" else column.refers_to
    hidden = hidden_kinds(column, kind, schema)
    if len(kinds) == 1:
        return identity.pseudonym_array(hidden[0], own) if hidden else own
    for name in hidden:
        is_of_kind = pc.equal(cells[end_kind_column(column)], name)
        own = pc.if_else(pc.fill_null(is_of_kind, False), identity.pseudonym_array(name, own), own)
    return own


def hidden_kinds(column: FactColumn, kind: str, schema: Schema) -> list[str]:
    """Return the kinds whose register numbers may stand in a column of a kind."""
    kinds = (kind,) if column.name == "id" else column.refers_to
    return [name for name in kinds if _is_hidden(schema, name)]


def _is_hidden(schema: Schema, kind: str) -> bool:
    return kind in schema.node_kinds and schema.node_kinds[kind].id_rule == "pseudonym"


def ids_from_parts(
    kind: NodeKind, template: Sequence[FactColumn], typed: Mapping[str, pa.Array], *, feed: str, is_good: Flags
) -> tuple[pa.Array, list[Fault]]:
    """Return the ids: as given, else the parts joined by `-` where a part that may be missing is left out.

    A good fact without an id of its own and without a part that it needs is at fault: `id_part_missing`.
    """
    columns = {column.name: column for column in template}
    given = typed["id"]
    faults: list[Fault] = []
    parts = []
    for part in kind.id_parts:
        if part == FEED_PART:
            parts.append(pa.repeat(feed, len(given)))
            continue
        names = part.split("|")
        texts = pc.coalesce(*(_as_text(columns[name], typed[name]) for name in names))
        if part == NUMBER_PART:
            texts = pc.fill_null(texts, FIRST_NUMBER)
        parts.append(texts)
        if len(names) > 1 or columns[part].is_required:
            missing = places(pc.and_(pa.array(is_good), pc.and_(pc.is_null(given), pc.is_null(texts))))
            if len(missing):
                faults.append(Fault("id_part_missing", names[0], missing, {"column": ", ".join(names)}))
                is_good = is_good & ~flags(pc.and_(pc.is_null(given), pc.is_null(texts)))
    return pc.coalesce(given, _joined(parts)), faults


def _joined(parts: Sequence[pa.Array]) -> pa.Array:
    """Return the parts joined, those that are null left out; null where all are."""
    filled = pa.array(np.any([flags(pc.is_valid(part)) for part in parts], axis=0))
    # Arrow drops a row in which every part is null, so each has one that is not.
    first = pc.if_else(filled, parts[0], "")
    joined = pc.binary_join_element_wise(first, *parts[1:], ID_JOINT, null_handling="skip")
    return pc.if_else(filled, joined, pa.scalar(None, pa.string()))


def _as_text(column: FactColumn, values: pa.Array) -> pa.Array:
    if column.type is PropertyType.INSTANT:
        encoded = values.dictionary_encode()
        texts = [instant.isoformat().replace("+00:00", "Z") for instant in encoded.dictionary.to_pylist()]
        return pa.array(texts, pa.string()).take(encoded.indices)
    return values.cast(pa.string())
