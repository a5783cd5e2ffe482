"""A workbook in the form of Excel since 2007: its sheets, its texts and its number formats.

ECMA-376 part 1. It is taken apart here, because no reader of sheets says all that a row depends on: which cells hold
an error or a formula without a result, which number format keeps zeros, and what the formats of Chinese spreadsheets
mean.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element, ParseError, iterparse

from loaders.errors import LoadError
from loaders.files.limits import MAX_ELEMENTS, MEGABYTE
from loaders.files.number_format import NumberFormat, Shape, format_of
from loaders.files.packed import Archive

CONTENT_TYPES = "[Content_Types].xml"
# What spreadsheets write besides sheets of cells.
SHEET_RELATION = "/worksheet"
OFFICE_DOCUMENT = "/officeDocument"

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WORKBOOK = re.compile(rb"<(?:\w+:)?workbook[\s>]")
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its name, the part that holds its cells, and whether it is shown."""

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True)
class Workbook:
    """An open workbook. `file` is what it is called in front of a person."""

    archive: Archive
    file: str

    @cached_property
    def is_spreadsheet(self) -> bool:
        """Return whether it is one in XML, and neither another Office document nor one in binary form."""
        return _WORKBOOK.search(self.part(self._main_part)[:MEGABYTE]) is not None

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """Return the sheets of cells in their order. Raises LoadError: `workbook_faulty`, and as `Archive` does."""
        relations = self._relations(self._main_part)
        found: list[Sheet] = []
        for element in self._elements(self._main_part, {"sheet"}):
            relation = next((value for name, value in element.items() if name.endswith("}id")), "")
            kind, part = relations.get(relation, ("", ""))
            if kind.endswith(SHEET_RELATION):
                found.append(Sheet(element.get("name", ""), part, element.get("state", "visible") != "visible"))
        return tuple(found)

    @cached_property
    def is_1904(self) -> bool:
        """Return whether its days are counted from 1904."""
        settings = self._elements(self._main_part, {"workbookPr"})
        return any(element.get("date1904", "0") in ("1", "true") for element in settings)

    @cached_property
    def texts(self) -> list[str]:
        """Return the texts that cells refer to by number."""
        part = self._part_beside("/sharedStrings")
        return [text_of(element) for element in self._elements(part, {"si"})] if part else []

    @cached_property
    def formats(self) -> list[NumberFormat]:
        """Return the number format of each style, in the order that cells refer to."""
        part = self._part_beside("/styles")
        if part is None:
            return []
        codes: dict[int, str] = {}
        formats: list[NumberFormat] = []
        for element in self._elements(part, {"numFmts", "cellXfs"}):
            for entry in element:
                number = _whole(entry.get("numFmtId"))
                if local(entry.tag) == "numFmt":
                    codes[number] = entry.get("formatCode", "")
                else:
                    formats.append(format_of(number, codes.get(number)))
        return formats

    def format(self, style: str | None) -> NumberFormat:
        """Return the number format of a style."""
        number = _whole(style)
        return self.formats[number] if 0 <= number < len(self.formats) else NumberFormat(Shape.PLAIN)

    def part(self, name: str) -> bytes:
        """Return the XML of a part in UTF-8, the only encoding beside UTF-16 that a workbook may have."""
        if name not in self.archive.members:
            raise LoadError("workbook_faulty", file=self.file)
        data = self.archive.read(name)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            data = _DECLARATION.sub("", data.decode("utf-16", errors="replace")).encode("utf-8", errors="replace")
        told = _ENCODING.match(data)
        if b"\0" in data[:4] or (told and told[1].upper() not in (b"UTF-8", b"US-ASCII")):
            raise LoadError("workbook_faulty", file=self.file)
        return data

    def elements(self, data: bytes, wanted: set[str]) -> Iterator[Element]:
        """Yield the elements of the wanted names as each ends; nothing is held longer. Raises `workbook_faulty`.

        Their names are local ones. A part that declares entities, by which few bytes become many, is refused.
        """
        if b"<!DOCTYPE" in data:
            raise LoadError("workbook_faulty", file=self.file)
        names: dict[str, bool] = {}
        path: list[Element] = []
        held, is_inside = 0, False
        try:
            for event, element in iterparse(io.BytesIO(data), ("start", "end")):  # noqa: S314 # entities are refused above
                tag = element.tag
                is_wanted = names[tag] if tag in names else names.setdefault(tag, local(tag) in wanted)
                if event == "start":
                    path.append(element)
                    held += 1
                    is_inside = is_inside or is_wanted
                    if held > MAX_ELEMENTS:
                        raise LoadError("workbook_faulty", file=self.file)
                    continue
                path.pop()
                if is_wanted:
                    yield element
                    is_inside = False
                if not is_inside:
                    element.clear()
                    if path:
                        path[-1].remove(element)
                    held = len(path)
        except ParseError as fault:
            raise LoadError("workbook_faulty", file=self.file) from fault

    @cached_property
    def _main_part(self) -> str:
        found = [part for kind, part in self._relations("").values() if kind.endswith(OFFICE_DOCUMENT)]
        if not found:
            raise LoadError("workbook_faulty", file=self.file)
        return found[0]

    def _elements(self, part: str, wanted: set[str]) -> Iterator[Element]:
        return self.elements(self.part(part), wanted)

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the part of each relation of a part, by its id."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}
        for element in self._elements(posixpath.join(folder, "_rels", f"{name}.rels"), {"Relationship"}):
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
            found[element.get("Id", "")] = (element.get("Type", ""), target)
        return found

    def _part_beside(self, kind: str) -> str | None:
        """Return the first part of a kind that belongs to the workbook as a whole."""
        return next((part for found, part in self._relations(self._main_part).values() if found.endswith(kind)), None)


def is_workbook(archive: Archive) -> bool:
    """Return whether the archive is a workbook (or another Office document) and no archive of files."""
    return CONTENT_TYPES in archive.members


def text_of(element: Element) -> str:
    """Return the text of a cell in its runs, without what only tells its reading aloud."""
    parts: list[str] = []
    for child in element:
        name = local(child.tag)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.extend(run.text or "" for run in child if local(run.tag) == "t")
    return unescaped("".join(parts))


def unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold.

    >>> unescaped("plum_x0041_"), unescaped("_x005F_x0041_")
    ('plumA', '_x0041_')
    """
    if "_x" not in text:
        return text
    return (
        _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
    )


def local(tag: str) -> str:
    """Return the name of an element without its namespace."""
    return tag.rpartition("}")[2]


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
