"""Feed templates: for each feed an empty CSV file per kind it may fill, and one workbook with notes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO, StringIO

import xlsxwriter

from graph_schema.messages import LANGUAGES
from graph_schema.printers.words import Words
from graph_schema.schema import Schema
from graph_schema.tables import FactColumn, template_columns

# What the product computes itself comes in no file.
_COMPUTED = "derived"

# The same workbook is printed from the same schema, to the byte.
_PRINTED_AT = datetime(2026, 1, 1)

_HEAD = ("sheet", "column", "meaning", "type", "how_written", "unit_or_codes", "required")


def feed_templates(schema: Schema) -> dict[str, bytes]:
    """Return the template files by their path under `templates/`."""
    files: dict[str, bytes] = {}
    for feed in schema.feeds:
        kinds = schema.kinds_filled_by(feed)
        if feed == _COMPUTED or not kinds:
            continue
        for kind in kinds:
            files[f"{feed}/{feed}.{kind}.csv"] = _header(schema, kind).encode()
        files[f"{feed}.xlsx"] = _workbook(schema, kinds)
    return files


def _header(schema: Schema, kind: str) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerow(column.name for column in template_columns(schema, kind))
    return text.getvalue()


def _workbook(schema: Schema, kinds: tuple[str, ...]) -> bytes:
    content = BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    workbook.set_properties({"created": _PRINTED_AT})
    bold = workbook.add_format({"bold": True})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    for kind in kinds:
        sheet = workbook.add_worksheet(kind)
        sheet.write_row(0, 0, [column.name for column in template_columns(schema, kind)], bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(template_columns(schema, kind)) - 1, 18)
    languages = [Words(schema, language) for language in LANGUAGES]
    notes = workbook.add_worksheet(" ".join(words.say("notes_sheet") for words in languages))
    notes.write_row(0, 0, [" / ".join(words.say(code) for words in languages) for code in _HEAD], bold)
    for number, row in enumerate(_notes(schema, kinds, languages), start=1):
        notes.write_row(number, 0, row, wrapped)
    notes.freeze_panes(1, 0)
    notes.set_column(0, 1, 22)
    notes.set_column(2, 5, 40)
    workbook.close()
    return content.getvalue()


def _notes(schema: Schema, kinds: tuple[str, ...], languages: list[Words]) -> Iterator[list[str]]:
    for kind in kinds:
        for column in template_columns(schema, kind):
            yield [kind, column.name, *_in_both(schema, kind, column, languages)]


def _in_both(schema: Schema, kind: str, column: FactColumn, languages: list[Words]) -> Iterator[str]:
    table = schema.fact_table(kind)
    group = [other.name for other in table.columns if other.one_of is not None and other.one_of == column.one_of]
    for shown in (
        [words.column(column) for words in languages],
        [words.type(column.type) for words in languages],
        [words.say(f"written_{column.type.value}") for words in languages],
        [words.labelled_codes(column) for words in languages],
        [
            words.say("exactly_one", columns=", ".join(group)) if group else words.yes(column.is_required)
            for words in languages
        ],
    ):
        yield "\n".join(dict.fromkeys(text for text in shown if text))
