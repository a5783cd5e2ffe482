"""The cells of one sheet as text, row by row, and where cells are merged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from loaders.errors import LoadError
from loaders.files.limits import MAX_COLUMNS
from loaders.files.number_format import LostDigits, NumberFormat, shown
from loaders.files.workbook import Sheet, Workbook, text_of, unescaped

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref\s*=\s*["\']([A-Z0-9$]+):([A-Z0-9$]+)["\']')
_MERGED_BEGIN = re.compile(rb"<(?:\w+:)?mergeCells\b")


@dataclass(frozen=True)
class CellFault:
    """A cell of which the sheet does not tell what stands in it: the code of the fault and the text shown."""

    code: str
    shown: str


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet: its number, counted from 1, and its cells that are not empty, by column from 0."""

    number: int
    cells: dict[int, str | CellFault]


@dataclass(frozen=True)
class Merged:
    """A block of merged cells, its ends included: rows counted from 1, columns from 0."""

    top: int
    bottom: int
    left: int
    right: int


def rows_of(workbook: Workbook, sheet: Sheet) -> Iterator[SheetRow]:
    """Yield the rows that have a cell, from above. Raises LoadError: `workbook_faulty`."""
    return _rows(workbook, workbook.part(sheet.part))


def rows_and_merged(workbook: Workbook, sheet: Sheet) -> tuple[Iterator[SheetRow], tuple[Merged, ...]]:
    """Return the rows as `rows_of` does, and the merged blocks by their place."""
    data = workbook.part(sheet.part)
    begin = _MERGED_BEGIN.search(data, max(0, data.rfind(b"</sheetData>")))
    found: list[Merged] = []
    for first, last in _MERGED.findall(data, begin.start()) if begin else ():
        left, top = _place(first.decode(), workbook.file)
        right, bottom = _place(last.decode(), workbook.file)
        found.append(Merged(top, bottom, left, right))
    return _rows(workbook, data), tuple(sorted(found, key=lambda merged: (merged.top, merged.left)))


def _rows(workbook: Workbook, data: bytes) -> Iterator[SheetRow]:
    reader = _CellReader(workbook)
    last = 0
    for element in workbook.elements(data, {"row"}):
        told = element.get("r")
        number = int(told) if told and told.isdecimal() and len(told) < 10 else last + 1
        if number <= last:
            raise LoadError("workbook_faulty", file=workbook.file)
        last = number
        cells = reader.cells(element)
        if cells:
            yield SheetRow(number, cells)


class _CellReader:
    """Reads the cells of one sheet; what every cell needs is at hand."""

    def __init__(self, workbook: Workbook) -> None:
        self._file = workbook.file
        self._texts = workbook.texts
        self._workbook = workbook
        self._is_1904 = workbook.is_1904
        self._columns: dict[str, int] = {}
        self._formats: dict[str | None, NumberFormat] = {}

    def cells(self, row: Element) -> dict[int, str | CellFault]:
        found: dict[int, str | CellFault] = {}
        column = -1
        for cell in row:
            place = cell.get("r")
            before, column = column, column + 1 if place is None else self._column(place)
            if not before < column < MAX_COLUMNS:
                raise LoadError("workbook_faulty", file=self._file)
            text = self._text(cell)
            if text != "":
                found[column] = text
        return found

    def _column(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        if letters not in self._columns:
            self._columns[letters] = _place(place, self._file)[0]
        return self._columns[letters]

    def _text(self, cell: Element) -> str | CellFault:
        kind, value, formula, has_value = cell.get("t", "n"), "", None, False
        for child in cell:
            tag = child.tag
            if tag.endswith("}v"):
                value, has_value = child.text or "", True
            elif tag.endswith("}f"):
                formula = child.text or ""
            elif tag.endswith("}is"):
                return text_of(child)
        if kind == "str" and has_value:
            # A formula whose result is an empty text has a value, too.
            return unescaped(value)
        if value == "":
            return "" if formula is None else CellFault("formula_without_value", f"={formula}")
        if kind == "s":
            return self._shared(value)
        if kind == "e":
            return CellFault("spreadsheet_error", value)
        if kind == "b":
            return "no" if value in ("0", "false") else "yes"
        if kind == "d":
            return value.removesuffix("T00:00:00").removesuffix("T00:00:00.000")
        try:
            return shown(value.strip(), self._format(cell.get("s")), is_1904=self._is_1904)
        except LostDigits:
            return CellFault("shortened_number", value)
        except ValueError as fault:
            raise LoadError("workbook_faulty", file=self._file) from fault

    def _format(self, style: str | None) -> NumberFormat:
        if style not in self._formats:
            self._formats[style] = self._workbook.format(style)
        return self._formats[style]

    def _shared(self, value: str) -> str:
        number = int(value) if value.strip().isdecimal() and len(value) < 12 else -1
        if not 0 <= number < len(self._texts):
            raise LoadError("workbook_faulty", file=self._file)
        return self._texts[number]


def _place(text: str, file: str) -> tuple[int, int]:
    """Return the column from 0 and the row from 1 of a place such as B3."""
    found = _PLACE.fullmatch(text)
    column = 0
    for letter in found[1] if found else "":
        column = column * 26 + ord(letter) - ord("A") + 1
    if found is None or column > MAX_COLUMNS:
        raise LoadError("workbook_faulty", file=file)
    return column - 1, int(found[2])
