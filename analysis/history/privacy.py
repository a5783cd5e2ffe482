"""What of a history may not be shown without the right to see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.history.events import Event
from analysis.history.statements import FROM, TO, Statement
from analysis.sensitivity import is_sensitive_cause, is_sensitive_help, is_sensitive_measure
from graph_schema import Schema
from graph_schema.meta import Property
from graph_schema.tables import FactColumn

FREE_TEXT = frozenset({"reason", "note"})
"""What people write in their own words may tell anything, an illness too."""

CODES_JOINED_BY = ";"

Key = tuple[str, tuple[str, ...]]


def sensitive_keys(schema: Schema, statements: Sequence[Statement]) -> frozenset[Key]:
    """Return kind and key of everything that tells of a sensitive cause, indicator or measure, or hangs on such.

    One statement that tells is enough: what another feed says of the same thing would lead to it.
    """
    hidden: set[Key] = {(each.kind, each.key) for each in statements if _tells(schema, each)}
    hidden |= _help_aimed_at_nothing_else(schema, statements)
    while True:
        more = {
            (each.kind, each.key)
            for each in statements
            if (each.kind, each.key) not in hidden and _hangs_on(schema, each, hidden)
        }
        more |= {
            ("Contradiction", (str(each.values[FROM]),))
            for each in statements
            if each.kind == "COMPARES" and ("Observation", (str(each.values[TO]),)) in hidden
        } - hidden
        if not more:
            return frozenset(hidden)
        hidden |= more


def shown_event(
    schema: Schema, event: Event, hidden: Iterable[Key], *, show_sensitive: bool
) -> tuple[Event | None, bool]:
    """Return the event as it may be shown, None where nothing of it may, and whether anything was left out.

    What is personal, such as a name, loses its value for everybody and does not count as left out.
    """
    if show_sensitive:
        return event, False
    statement = event.statement
    if (statement.kind, statement.key) in hidden:
        return None, True
    secret = {each.name for each in schema.fact_table(statement.kind).kind.properties if _is_secret(each)}
    left_out = secret & statement.values.keys()
    differences = tuple(each for each in event.differences if each.name not in secret)
    is_shortened = bool(left_out) if event.happening == "told" else len(differences) < len(event.differences)
    tells_nothing = event.happening == "changed" and not differences
    told = [name for name in statement.values if name not in secret and _is_property(schema, statement.kind, name)]
    if tells_nothing or (left_out and not told):
        return None, True
    values = {name: value for name, value in statement.values.items() if name not in secret}
    return replace(event, statement=replace(statement, values=values), differences=differences), is_shortened


def _is_secret(entry: Property) -> bool:
    return entry.is_sensitive or entry.name in FREE_TEXT


def _is_property(schema: Schema, kind: str, name: str) -> bool:
    return any(entry.name == name for entry in schema.fact_table(kind).kind.properties)


def _tells(schema: Schema, statement: Statement) -> bool:
    table = schema.fact_table(statement.kind)
    named = (column for column in table.columns if statement.text(column.name) is not None)
    return any(_names_sensitive(schema, column, statement) for column in named)


def _names_sensitive(schema: Schema, column: FactColumn, statement: Statement) -> bool:
    value = str(statement.values[column.name])
    if column.refers_to == ("Cause",):
        return is_sensitive_cause(schema, value)
    if column.refers_to == ("Measure",):
        return is_sensitive_measure(schema, value)
    if column.refers_to == ("Indicator",):
        return value not in schema.indicators or schema.indicators[value].is_sensitive
    if column.name == "answer":
        return any(_is_telling_code(schema, code) for code in value.split(CODES_JOINED_BY))
    if column.name == "aim_code":
        return _is_telling_code(schema, value)
    if column.name == "is_sensitive":
        return bool(statement.values[column.name])
    if column.name == "aspect":
        return _is_telling_rule(schema, f"{statement.text('subject_kind')}-{value}")
    return column.name == "rule_id" and _is_telling_rule(schema, value)


def _is_telling_code(schema: Schema, code: str) -> bool:
    link = schema.links.get(code)
    cause = code if link is None else link.from_cause
    return cause in schema.causes and is_sensitive_cause(schema, cause)


def _is_telling_rule(schema: Schema, rule_id: str) -> bool:
    """Return whether the parts of a rule's id name a sensitive indicator, cause or property."""
    parts = rule_id.replace(".", "-").split("-")
    kinds = [kind for kind in parts if kind in schema.node_kinds]
    sensitive = {entry.name for kind in kinds for entry in schema.node_kinds[kind].properties if entry.is_sensitive}
    return any(
        part in sensitive
        or _is_telling_code(schema, part)
        or (part in schema.indicators and schema.indicators[part].is_sensitive)
        for part in parts
    )


def _help_aimed_at_nothing_else(schema: Schema, statements: Sequence[Statement]) -> set[Key]:
    aims: dict[str, list[str]] = {}
    for each in statements:
        if each.kind == "TARGETS":
            aims.setdefault(str(each.values[FROM]), []).append(str(each.values[TO]))
    return {("Assistance", (help_id,)) for help_id, causes in aims.items() if is_sensitive_help(schema, None, causes)}


def _hangs_on(schema: Schema, statement: Statement, hidden: set[Key]) -> bool:
    for column in schema.fact_table(statement.kind).columns:
        value = statement.text(column.name)
        if value is not None and any((kind, (value,)) in hidden for kind in column.refers_to):
            return True
    return False
