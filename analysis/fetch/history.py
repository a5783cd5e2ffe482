"""All that was ever said of one household, read from the ledger: what counts, and what was taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from analysis.history.belonging import columns_naming, has_own_life, is_named
from analysis.history.statements import HOUSEHOLD, PERSON, STAY, LoadTold, Statement, as_day
from graph_schema import Schema
from graph_schema.tables import FACT_COLUMNS
from ledger import Ledger

Row = Mapping[str, object]
Read = Callable[[str, str, Sequence[str]], list[Row]]

_FACT_NAMES = frozenset(column.name for column in FACT_COLUMNS)
# Organisations and places have an open name; that of a person or an account is personal.
_NAME = "name"


def household_statements(ledger: Ledger, schema: Schema, household_id: str) -> list[Statement]:
    """Return every statement about a household, its people while they are of it or elsewhere, and what hangs on these.

    From the household each reference is followed downward: its stays, its people, their work, its help and the
    payments for it. Nothing comes back for a household of whom nothing was said.
    """
    loads = loads_told(ledger)
    read = reader(ledger, loads)
    found: dict[tuple[str, str, object, tuple[str, ...]], Statement] = {}
    waiting: dict[str, set[str]] = {HOUSEHOLD: {household_id}}
    seen: dict[str, set[str]] = {}
    while waiting:
        kind, ids = waiting.popitem()
        new = ids - seen.setdefault(kind, set())
        if not new:
            continue
        seen[kind] |= new
        for statement in _naming(read, schema, loads, kind, sorted(new)):
            found[statement.kind, statement.load.load_id, statement.row, statement.key] = statement
            for next_kind, next_id in _leads_to(schema, statement, household_id):
                waiting.setdefault(next_kind, set()).add(next_id)
    return sorted(found.values(), key=lambda each: (each.order, each.kind, each.key))


def names_of(ledger: Ledger, schema: Schema, statements: Iterable[Statement]) -> dict[tuple[str, str], str]:
    """Return by kind and id the newest names of the places and organisations that the statements refer to."""
    wanted: dict[str, set[str]] = {}
    for statement in statements:
        for column in schema.fact_table(statement.kind).columns:
            for kind in column.refers_to:
                if statement.text(column.name) is not None and _has_open_name(schema, kind):
                    wanted.setdefault(kind, set()).add(str(statement.values[column.name]))
    names = {}
    for kind, ids in wanted.items():
        rows = ledger.facts(kind, columns=["id", _NAME], where={"id": sorted(ids)}).to_pylist()
        names.update({(kind, str(row["id"])): str(row[_NAME]) for row in rows if row[_NAME]})
    return names


def _has_open_name(schema: Schema, kind: str) -> bool:
    if kind not in schema.fact_tables or schema.is_vocabulary(kind):
        return False
    return any(entry.name == _NAME and not entry.is_personal for entry in schema.node_kinds[kind].properties)


def loads_told(ledger: Ledger) -> dict[str, LoadTold]:
    """Return every load ever counted by its id."""
    loads = (
        LoadTold(row["load_id"], row["sequence"], row["withdrawn_at"], row["why"], bool(row["is_backfill"]))
        for row in ledger.all_loads().to_pylist()
    )
    return {load.load_id: load for load in loads}


def reader(ledger: Ledger, loads: Mapping[str, LoadTold]) -> Read:
    """Return what reads the rows of a table that have one of some ids in a column, of every load ever counted.

    What a load that died left behind was never said, and does not come back.
    """

    def read(table_name: str, column: str, ids: Sequence[str]) -> list[Row]:
        columns = ledger.arrow_schema(table_name).names
        rows = ledger.stored_facts(table_name, columns=columns, where={column: ids}).to_pylist()
        return [row for row in rows if row["load_id"] in loads]

    return read


def _naming(
    read: Read, schema: Schema, loads: Mapping[str, LoadTold], kind: str, ids: Sequence[str]
) -> Iterable[Statement]:
    itself = [(kind, "id")] if kind in schema.fact_tables and not _is_named_in_its_id(schema, kind) else []
    places = [*itself, *columns_naming(schema, kind)]
    for table_name, column in places:
        for row in read(table_name, column, ids):
            side = column.removesuffix("id") + "kind"
            kind_in_row = row.get(side)
            named = None if kind_in_row is None else str(kind_in_row)
            if column == "id" or is_named(schema, table_name, column, named, kind):
                yield statement_of(table_name, row, loads)


def _is_named_in_its_id(schema: Schema, kind: str) -> bool:
    """Return whether the id of a kind is made of its household or person.

    Whoever names these has then been found with all that was said under its id, which need not be looked for again.
    """
    node_kind = schema.node_kinds.get(kind)
    parts = () if node_kind is None or node_kind.id_rule != "parts" else node_kind.id_parts
    return any({*part.split("|")} & {"household_id", "person_id"} for part in parts)


def statement_of(table_name: str, row: Row, loads: Mapping[str, LoadTold]) -> Statement:
    """Return a row of the ledger as a statement."""
    recorded_at = row["recorded_at"]
    if not isinstance(recorded_at, datetime):
        raise TypeError("a fact says when it was recorded")
    return Statement(
        kind=table_name,
        values={name: value for name, value in row.items() if value is not None and name not in _FACT_NAMES},
        feed=str(row["feed"]),
        load=loads[str(row["load_id"])],
        row=int(str(row["source_row"])),
        recorded_at=recorded_at,
        valid_from=as_day(row["valid_from"]),
        valid_to=as_day(row["valid_to"]),
        is_made_up=bool(row["is_made_up"]),
    )


def _leads_to(schema: Schema, statement: Statement, household_id: str) -> Iterable[tuple[str, str]]:
    """Yield kind and id of what a statement leads on to: itself, and who stays in the household."""
    if statement.kind == STAY:
        if statement.text("household_id") == household_id and statement.text("person_id") is not None:
            yield PERSON, str(statement.values["person_id"])
    elif statement.kind not in (HOUSEHOLD, PERSON) and has_own_life(schema, statement.kind):
        yield statement.kind, statement.key[0]
