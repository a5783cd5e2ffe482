"""The forms in which an answer is handed out: JSON, graphs for other programs, drawings, tables and files.

A route of a question names the forms that it offers, asks `wanted_form` which one is meant and gives what it wrote in
that form to `formed`.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, TypeVar, get_args

from fastapi import Request, Response
from pydantic import BaseModel
from starlette.responses import StreamingResponse

from analysis.tables.table import Table
from analysis.tables.table_csv import table_csv
from analysis.tables.tables_xlsx import tables_xlsx
from api.accept import preferred_media_type
from api.errors import NoSuchTable
from api.etag import TAG_HEADER, entity_tag
from graph_schema.messages import Language

Form = Literal["json", "node-link", "graphml", "svg", "csv", "xlsx", "html"]
# What most answers are handed out in.
TableForm = Literal["json", "csv", "xlsx"]
TABLE_FORMS: tuple[TableForm, ...] = get_args(TableForm)
# A route offers some of the forms.
OfferedForm = TypeVar("OfferedForm", bound=Form)

MEDIA_TYPES: Mapping[Form, str] = {
    "json": "application/json",
    "node-link": "application/vnd.plumline.node-link+json",
    "graphml": "application/graphml+xml",
    "svg": "image/svg+xml",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
}
SUFFIXES: Mapping[Form, str] = {
    "json": "json",
    "node-link": "json",
    "graphml": "graphml",
    "svg": "svg",
    "csv": "csv",
    "xlsx": "xlsx",
    "html": "html",
}
_MEANINGS: Mapping[Form, str] = {
    "node-link": "networkx's node-link form; links stand under `edges`.",
    "graphml": "GraphML, as Gephi and networkx read it.",
    "svg": "A drawing, in the language asked for.",
    "csv": "One table with its columns named in the language asked for: UTF-8 with a byte order mark, as Excel reads "
    "it. Text that a spreadsheet would take for a formula has an apostrophe before it.",
    "xlsx": "A workbook with every table of the answer as a sheet, in the language asked for.",
    "html": "One file to send by mail, which needs nothing else, in the language asked for.",
}
# A browser says of every address that it would like HTML; the file to send by mail only comes when it is named.
_ONLY_BY_NAME: frozenset[Form] = frozenset({"html"})
# In these the words are those of one language.
_IN_ONE_LANGUAGE: frozenset[Form] = frozenset({"svg", "csv", "xlsx", "html"})
# These are kept as a file; the others are shown or read. The file of HTML runs a script of its own, which it may do on
# a disk but never under the address of this server.
_KEPT: frozenset[Form] = frozenset({"csv", "xlsx", "html"})
VARY = "Accept, Accept-Language"
FORMAT_MEANING = "The form of the answer. When it is left out, the header `Accept` decides, and JSON comes first."
TABLE_MEANING = "Which table of the answer CSV holds, the first of them when it is left out; a workbook holds them all."
# An answer longer than this goes out piece by piece, as fast as it is taken.
LARGE_BYTES = 256 * 1024
_PIECE_BYTES = 64 * 1024


def wanted_form(request: Request, asked: OfferedForm | None, offered: Sequence[OfferedForm]) -> OfferedForm:
    """Return the form `asked` for in the address, else the one of `offered` that the header `Accept` prefers.

    Of equals the first one that is offered counts.
    """
    if asked is not None:
        return asked
    by_type = {MEDIA_TYPES[form]: form for form in offered if form not in _ONLY_BY_NAME}
    return by_type[preferred_media_type(",".join(request.headers.getlist("accept")), list(by_type))]


def formed(body: bytes | str | Iterable[bytes], form: Form, *, file_name: str, language: Language) -> Response:
    """Return the answer that was written in a form; a file to keep is named `file_name` with its suffix.

    A body that comes in pieces is sent as they are made. One that breaks off half-way ends the connection, so that
    nobody takes a half for the whole.
    """
    headers = {"Vary": VARY}
    if form in _IN_ONE_LANGUAGE:
        headers["Content-Language"] = language
    if form != "json":
        way = "attachment" if form in _KEPT else "inline"
        headers["Content-Disposition"] = f'{way}; filename="{_plain(file_name)}.{SUFFIXES[form]}"'
    media_type = MEDIA_TYPES[form]
    whole = body.encode() if isinstance(body, str) else body
    if not isinstance(whole, bytes):
        return StreamingResponse(whole, headers=headers, media_type=media_type)
    if len(whole) <= LARGE_BYTES:
        return Response(whole, headers=headers, media_type=media_type)
    headers |= {"Content-Length": str(len(whole)), TAG_HEADER: entity_tag(whole)}
    return StreamingResponse(_pieces(whole), headers=headers, media_type=media_type)


def as_json(answer: BaseModel) -> bytes:
    """Return the answer of a question as JSON."""
    return answer.__pydantic_serializer__.to_json(answer, by_alias=True)


def as_tables(
    tables: Sequence[Table], form: Literal["csv", "xlsx"], language: Language, *, table: str | None = None
) -> bytes:
    """Return the tables of an answer as a workbook, or the one named `table` (the first for None) as CSV.

    Raises NoSuchTable for a table that this answer does not have.
    """
    if form == "xlsx":
        return tables_xlsx(tables, language)
    for each in tables:
        if table in (None, each.name):
            return table_csv(each, language)
    raise NoSuchTable("no_such_table", tables=", ".join(each.name for each in tables))


def as_told(
    answer: BaseModel,
    tables: Callable[[], Sequence[Table]],
    form: TableForm,
    language: Language,
    *,
    table: str | None = None,
) -> bytes:
    """Return an answer as JSON, or its tables, which are only made then, as `as_tables` does."""
    return as_json(answer) if form == "json" else as_tables(tables(), form, language, table=table)


def declared(*forms: Form) -> dict[int | str, dict[str, Any]]:
    """Return the declaration of an answer in these forms, beside JSON, for the description of a route."""
    return {
        200: {
            "content": {
                MEDIA_TYPES[form]: {"schema": {"type": _json_type(form), "description": _MEANINGS[form]}}
                for form in forms
                if form != "json"
            }
        }
    }


def _json_type(form: Form) -> str:
    return "object" if form == "node-link" else "string"


def _plain(file_name: str) -> str:
    """Return the name with nothing in it that a file system or a header could misread."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", file_name).strip("-.") or "plumline"


async def _pieces(whole: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(whole), _PIECE_BYTES):
        yield whole[start : start + _PIECE_BYTES]
