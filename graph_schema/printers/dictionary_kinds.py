"""Sections of the data dictionary on kinds, properties, code lists and units."""

from __future__ import annotations

from collections.abc import Iterator

from graph_schema.meta import NodeKind, Property, PropertyType, RelationshipKind
from graph_schema.printers.markdown import Block, Heading, table
from graph_schema.printers.words import Words
from graph_schema.tables import FACT_COLUMNS, FactColumn, FactTable, template_columns


def group_blocks(words: Words, group: str) -> list[Block]:
    """Return every node kind of the group with its columns."""
    blocks: list[Block] = []
    for name, kind in words.schema.node_kinds.items():
        if kind.group == group:
            label = kind.label.text(words.language)
            blocks.append(Heading(name if label == name else f"{name} ({label})"))
            blocks.append(("" if words.language == "zh" else " ").join(_sentences(words, kind)))
            head = words.all(("column", "meaning", "type", "unit_or_codes"))
            blocks.append(table(head, _column_rows(words, words.schema.fact_table(name))))
    return blocks


def relationship_blocks(words: Words) -> list[Block]:
    """Return every relationship kind as a row."""
    head = words.all(("kind", "meaning", "from", "to", "cardinality", "kept", "properties"))
    return [table(head, (_relationship_row(words, kind) for kind in words.schema.relationship_kinds.values()))]


def fact_column_blocks(words: Words) -> list[Block]:
    """Return the columns that every ledger table has beside its own."""
    head = words.all(("column", "meaning", "type"))
    rows = []
    for column in FACT_COLUMNS:
        entry = words.schema.properties[column.name]
        rows.append([_marked_name(column, entry), words.meaning(entry), words.type(column.type)])
    return [table(head, rows)]


def type_blocks(words: Words) -> list[Block]:
    """Return the types and how a value of each is written."""
    rows = ([words.type(entry), words.say(f"written_{entry.value}")] for entry in PropertyType)
    return [words.say("types_note"), table(words.all(("type", "how_written")), rows)]


def unit_blocks(words: Words) -> list[Block]:
    """Return the units."""
    rows = ([f"`{key}`", words.unit(key)] for key in words.schema.units)
    return [table(words.all(("unit", "meaning")), rows)]


def code_list_blocks(words: Words) -> list[Block]:
    """Return the code lists, each with all its codes."""
    rows = (
        [f"`{name}`", "; ".join(f"`{entry.code}` {entry.label.text(words.language)}" for entry in codes.codes)]
        for name, codes in words.schema.code_lists.items()
    )
    return [table(words.all(("name", "codes")), rows)]


def _sentences(words: Words, kind: NodeKind) -> Iterator[str]:
    if kind.note is not None:
        note = kind.note.text(words.language)
        yield note[0].upper() + note[1:] + ("。" if words.language == "zh" else ".")
    yield words.say("kept_sentence", kept=words.kept(kind))
    yield words.say(f"id_{kind.id_rule}", parts=", ".join(f"`{part}`" for part in kind.id_parts))
    if kind.is_shared:
        yield words.say("shared_sentence")
    if kind.sources:
        yield f"[{', '.join(kind.sources)}]"


def _column_rows(words: Words, table_: FactTable) -> Iterator[list[str]]:
    own = {entry.name: entry for entry in table_.kind.properties}
    for column in template_columns(words.schema, table_.name):
        if column in FACT_COLUMNS:
            continue
        shown = words.unit_or_codes(column)
        if column.one_of is not None:
            group = [f"`{other.name}`" for other in table_.columns if other.one_of == column.one_of]
            shown = words.say("exactly_one", columns=", ".join(group))
        name = _marked_name(column, own.get(column.name))
        yield [name, words.column(column), words.type(column.type), shown]


def _marked_name(column: FactColumn, entry: Property | None) -> str:
    marks = "*" if column.is_required else ""
    if entry is not None:
        marks += ("👤" if entry.is_personal else "") + ("🔒" if entry.is_sensitive else "")
    return f"`{column.name}`{marks}"


def _relationship_row(words: Words, kind: RelationshipKind) -> list[str]:
    label = kind.label.text(words.language)
    properties = (
        f"`{entry.name}`{'*' if entry.is_required else ''}{'👤' if entry.is_personal else ''}"
        for entry in kind.properties
    )
    return [
        f"`{kind.name}`",
        label if kind.note is None else words.bracketed(label, kind.note.text(words.language)),
        " ".join(f"{name}?" if name in kind.optional_from else name for name in kind.from_kinds),
        " ".join(kind.to_kinds),
        f"{kind.cardinality}{'?' if kind.is_optional else ''}",
        words.kept(kind),
        " ".join(properties),
    ]
