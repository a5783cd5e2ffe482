"""The dictionary: what each word, code, cause, measure and feed means, section by section, from the schema."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from markupsafe import Markup, escape
from pydantic import Field
from starlette.responses import Response

from api.deps import Dictionary, Keeper
from api.errors import AddressUnknown
from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.rendering import page
from api.pages.words import worded
from graph_schema.messages import Language
from graph_schema.printers.dictionary import Section, marks
from graph_schema.printers.markdown import Block, Table

router = APIRouter(include_in_schema=False)

_INLINE = re.compile(r"`([^`]*)`|\*\*([^*]+)\*\*|(👤|🔒)")
# Not every machine can draw the signs of the printed dictionary; a page says them in words.
_SIGNS = {"👤": "dictionary.personal", "🔒": "dictionary.sensitive"}
# A code at the beginning of a row, by which links point to it: H01, I14a, green_plum.
_CODE = re.compile(r"`?([A-Za-z][A-Za-z0-9_.-]*)")
MOST_FOUND = 200


class DictionaryAsking(PageAsking):
    """The words looked for."""

    q: Annotated[str, Field(max_length=100)] | None = None


@router.get("/dictionary", name="dictionary_page")
def dictionary(
    request: Request, asking: Annotated[DictionaryAsking, Query()], language: PageLanguage, whole: Dictionary
) -> Response:
    """Show the sections, and the rows of all of them that hold the words looked for."""
    listed = whole.sections(language)
    found = _found(listed, asking.q.strip().casefold()) if asking.q and asking.q.strip() else None
    return page(
        request,
        "dictionary.html.j2",
        language=language,
        sections=listed,
        found=found,
        found_count=sum(len(_tables(section)[0].rows) for section in found or ()),
        words=listed[0],
        asked=asking.q or "",
        printed=Printed(language),
    )


@router.get("/dictionary/{anchor}", name="dictionary_section_page")
def section_page(
    request: Request,
    anchor: Annotated[str, Path(max_length=60)],
    asking: Annotated[PageAsking, Query()],
    language: PageLanguage,
    keeper: Keeper,
    whole: Dictionary,
) -> Response:
    """Show one section of the dictionary."""
    listed = whole.sections(language)
    section = next((each for each in listed if each.anchor == anchor), None)
    if section is None:
        raise AddressUnknown("not_found")
    notes = marks(keeper.workspace.schema, language)
    return page(
        request,
        "dictionary_section.html.j2",
        language=language,
        section=section,
        notes=notes,
        printed=Printed(language),
    )


@dataclass(frozen=True)
class Printed:
    """What the templates need to print sections in one language."""

    language: Language

    def text(self, text: str) -> Markup:
        """Return a text of the dictionary as markup."""
        return marked_up(text, self.language)

    def anchor(self, row: Sequence[str]) -> str:
        """Return the code that a row begins with; empty where it begins with none."""
        return row_anchor(row[0])

    def kind(self, block: Block) -> str:
        """Return what a block is: Table, Heading or str."""
        return type(block).__name__

    def row_count(self, section: Section) -> int:
        """Return how many rows the tables of a section have."""
        return sum(len(table.rows) for table in _tables(section))


def marked_up(text: str, language: Language) -> Markup:
    """Return a text of the dictionary with its `code`, **bold** and signs as markup, everything else escaped.

    >>> marked_up("`a<b` is **so**", "en")
    Markup('<code>a&lt;b</code> is <strong>so</strong>')
    """
    made, begin = Markup(), 0
    for match in _INLINE.finditer(text):
        made += escape(text[begin : match.start()]) + _mark(match, language)
        begin = match.end()
    return made + escape(text[begin:])


def _mark(match: re.Match[str], language: Language) -> Markup:
    if match[3] is not None:
        return Markup(' <span class="badge">{0}</span> ').format(worded(_SIGNS[match[3]], language))
    if match[1] is not None:
        return Markup("<code>{0}</code>").format(match[1])
    return Markup("<strong>{0}</strong>").format(match[2])


def row_anchor(cell: str) -> str:
    """Return the code that a row begins with, by which a link points to it; empty where it begins with no code."""
    match = _CODE.match(cell)
    return match[1] if match else ""


def _found(listed: Iterable[Section], words: str) -> list[Section]:
    """Return the sections with only the rows that hold the words, up to MOST_FOUND rows in all."""
    found, room = [], MOST_FOUND
    for section in listed:
        for table in _tables(section):
            rows = tuple(row for row in table.rows if any(words in cell.casefold() for cell in row))[:room]
            room -= len(rows)
            if rows:
                found.append(replace(section, blocks=(Table(table.head, rows),)))
    return found


def _tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]
