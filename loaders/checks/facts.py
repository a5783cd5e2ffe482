"""Every check of the facts of one kind that needs no other facts, column by column.

Which references exist is checked afterwards (`references.py`), over all kinds that the file says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from graph_schema import Schema
from graph_schema.meta import NodeKind, PropertyType
from graph_schema.tables import FactColumn, FactTable, template_columns
from loaders.checks.cell_ranges import range_faults
from loaders.checks.cell_types import typed_cells
from loaders.checks.duplicates import duplicate_faults
from loaders.checks.key_texts import key_faults, leaking_ids
from loaders.checks.keys import hidden_kinds, ids_from_parts, pseudonymous
from loaders.checks.misread_cells import text_faults, with_reasons
from loaders.checks.observations import observation_faults
from loaders.checks.row_checks import row_faults
from loaders.identity import Identity
from loaders.rows.cell_text import filled
from loaders.rows.fact_rows import FactRows, Fault, Flags, Indexes, marked

ENDS = ("from_kind", "from_id", "to_kind", "to_id")


@dataclass(frozen=True)
class Checked:
    """The facts of one kind with their typed columns and what is wrong with them.

    `typed`: every column of the kind's template, null where empty or at fault; households and persons by pseudonym,
    ids put together.
    """

    facts: FactRows
    table: FactTable
    template: tuple[FactColumn, ...]
    typed: Mapping[str, pa.Array]
    faults: tuple[Fault, ...]

    @property
    def is_faulty(self) -> Flags:
        """Return which facts have a fault."""
        return marked(len(self.facts), self.faults)


def check_facts(facts: FactRows, *, schema: Schema, identity: Identity, feed: str, lines: Indexes) -> Checked:
    """Return the facts typed, with the faults of their cells, of their columns together and of their keys.

    `lines` are those of the rows of the file.
    """
    table = schema.fact_table(facts.kind)
    template = template_columns(schema, facts.kind)
    typed, faults = _typed_columns(facts, template, schema, identity)
    faults.extend(row_faults(table, template, typed, faults))
    if facts.kind == "Observation":
        faults.extend(observation_faults(typed, schema, feed=feed))
    key: tuple[str, ...] = ("id",)
    if not isinstance(table.kind, NodeKind):
        key = tuple(name for name in ENDS if name in typed)
    elif table.kind.id_rule == "parts":
        is_good = ~marked(len(facts), faults)
        typed["id"], of_ids = ids_from_parts(table.kind, template, typed, feed=feed, is_good=is_good)
        faults.extend(of_ids)
    faults.extend(
        duplicate_faults(
            typed,
            (*key, "valid_from"),
            column="id" if key == ("id",) else "from_id",
            lines=lines[facts.row_of_fact],
            is_good=~marked(len(facts), faults),
        )
    )
    return Checked(facts, table, template, typed, tuple(faults))


def _typed_columns(
    facts: FactRows, template: tuple[FactColumn, ...], schema: Schema, identity: Identity
) -> tuple[dict[str, pa.Array], list[Fault]]:
    nothing = pa.nulls(len(facts), pa.string())
    cells = {
        column.name: filled(facts.columns[column.name], is_trimmed=_is_trimmed(column))
        if column.name in facts.columns
        else nothing
        for column in template
    }
    typed: dict[str, pa.Array] = {}
    faults = list(facts.faults)
    for column in template:
        own = pseudonymous(column, cells, kind=facts.kind, schema=schema, identity=identity)
        typed[column.name], of_column = typed_cells(column, own, schema.code_lists)
        told = marked(len(facts), [fault for fault in facts.faults if fault.column == column.name])
        faults.extend(with_reasons(column, own, _not_told(of_column, told), schema))
        if is_key(column):
            faults.extend(key_faults(column, cells[column.name], is_hidden=own is not cells[column.name]))
        elif column.type is PropertyType.TEXT:
            faults.extend(text_faults(column, own))
        faults.extend(range_faults(column, typed[column.name]))
    if facts.kind in schema.node_kinds:
        hidden = [column.name for column in template if column.refers_to and hidden_kinds(column, facts.kind, schema)]
        faults.extend(leaking_ids(cells["id"], [cells[name] for name in hidden]))
    return typed, faults


def _not_told(faults: Sequence[Fault], told: Flags) -> list[Fault]:
    """Return the faults without the facts whose cell the mapping could not read already."""
    if not told.any():
        return list(faults)
    return [replace(fault, facts=fault.facts[~told[fault.facts]]) for fault in faults if not told[fault.facts].all()]


def _is_trimmed(column: FactColumn) -> bool:
    """Return whether outer blanks mean nothing: they do only in a text that a person reads."""
    return is_key(column) or column.type not in (PropertyType.TEXT, PropertyType.JSON)


def is_key(column: FactColumn) -> bool:
    """Return whether the column holds ids, or says of which kind they are."""
    return column.name in ("id", *ENDS) or bool(column.refers_to)
