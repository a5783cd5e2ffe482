"""The JSON Schema (2020-12) of a row of every fact table, as feed templates have it."""

from __future__ import annotations

import json

from graph_schema.meta import NodeKind, PropertyType
from graph_schema.printers.words import Words
from graph_schema.schema import Schema
from graph_schema.tables import FactColumn, template_columns

_FORMS: dict[PropertyType, dict[str, object]] = {
    PropertyType.TEXT: {"type": "string"},
    PropertyType.DAY: {"type": "string", "format": "date"},
    PropertyType.INSTANT: {"type": "string", "format": "date-time"},
    PropertyType.WHOLE: {"type": "integer"},
    PropertyType.NUMBER: {"type": "number"},
    PropertyType.SHARE: {"type": "number", "minimum": 0, "maximum": 1},
    PropertyType.FLAG: {"type": "boolean"},
    PropertyType.CODE: {"type": "string"},
    PropertyType.CODES: {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
    PropertyType.JSON: {"type": "string", "contentMediaType": "application/json"},
}


def json_schema(schema: Schema) -> str:
    """Return one document with a definition per kind.

    Of kinds that several feeds may each know a part of, a row must hold only the id, if that is not made of parts.
    """
    words = Words(schema, "en")
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:plumline:schema",
        "description": words.say("json_schema_note", version=schema.version),
        "$defs": {name: _row(words, name) for name in schema.fact_tables},
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _row(words: Words, kind_name: str) -> dict[str, object]:
    kind = words.schema.fact_table(kind_name).kind
    columns = template_columns(words.schema, kind_name)
    is_shared = isinstance(kind, NodeKind) and kind.is_shared
    row: dict[str, object] = {
        "title": kind.label.en,
        "type": "object",
        "properties": {column.name: _value(words, column) for column in columns},
        "required": [
            column.name for column in columns if column.is_required and (not is_shared or column.name == "id")
        ],
        "additionalProperties": False,
    }
    groups: dict[str, list[str]] = {}
    for column in columns:
        if column.one_of is not None:
            groups.setdefault(column.one_of, []).append(column.name)
    if groups and not is_shared:
        row["allOf"] = [{"oneOf": [_is_filled(name) for name in names]} for names in groups.values()]
    return row


def _is_filled(name: str) -> dict[str, object]:
    return {"required": [name], "properties": {name: {"type": "string"}}}


def _value(words: Words, column: FactColumn) -> dict[str, object]:
    form = dict(_FORMS[column.type])
    nothing = [] if column.is_required else [None]
    if nothing:
        form["type"] = [form["type"], "null"]
    if column.codes is not None:
        codes = [entry.code for entry in words.schema.code_list(column.codes).codes]
        if column.type is PropertyType.CODES:
            form["items"] = {"type": "string", "enum": codes}
        else:
            form["enum"] = [*codes, *nothing]
    unit = words.unit_or_codes(column) if column.codes is None else ""
    meaning = words.column(column)
    return {"description": f"{meaning}; {unit}" if unit else meaning, **form}
