"""Workbooks written part by part, so that they hold exactly what a test says: also what no library writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


@dataclass(frozen=True)
class Xml:
    """A cell as it stands in the file; `{place}` is where."""

    text: str


def formatted(number: float, style: int) -> Xml:
    """Return a number with one of the formats of the workbook, counted from 1."""
    return Xml(f'<c r="{{place}}" s="{style}"><v>{number!r}</v></c>')


Cell = str | float | Xml | None
Rows = Sequence[Sequence[Cell]]


def sheet_xml(rows: Sequence[Sequence[Cell]], merged: Sequence[str] = ()) -> str:
    """Return the part of a sheet; a row without cells and None are left out."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = [_cell(f"{_letters(column)}{number}", cell) for column, cell in enumerate(row) if cell is not None]
        if cells:
            lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    blocks = "".join(f'<mergeCell ref="{block}"/>' for block in merged)
    below = f"<mergeCells>{blocks}</mergeCells>" if merged else ""
    return f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{below}</worksheet>'


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Cell]] | str],
    *,
    merged: Sequence[str] = (),
    formats: Sequence[str] = (),
    hidden: Sequence[str] = (),
    is_1904: bool = False,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return a workbook with the sheets, each as rows or as the XML of its part.

    `formats`: number formats of the styles 1, 2 ...; `parts` are written besides, or instead of those of that name.
    """
    styles = "".join(f'<numFmt numFmtId="{164 + at}" formatCode={_quoted(code)}/>' for at, code in enumerate(formats))
    used = "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(formats)))
    states = ['state="hidden"' if name in hidden else "" for name in sheets]
    entries = [
        f'<sheet name={_quoted(name)} sheetId="{at}" r:id="s{at}" {state}/>'
        for at, (name, state) in enumerate(zip(sheets, states, strict=True), start=1)
    ]
    related = [_relation(f"s{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)]
    written: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations([_relation("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f'<workbookPr date1904="{int(is_1904)}"/><sheets>{"".join(entries)}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *related,
                _relation("t", "styles", "styles.xml"),
                *([_relation("x", "sharedStrings", "sharedStrings.xml")] if parts and SHARED in parts else []),
            ]
        ),
        "xl/styles.xml": f'{DECLARATION}<styleSheet xmlns="{MAIN}"><numFmts>{styles}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{used}</cellXfs></styleSheet>',
        **{
            f"xl/worksheets/sheet{at}.xml": rows if isinstance(rows, str) else sheet_xml(rows, merged)
            for at, rows in enumerate(sheets.values(), start=1)
        },
        **(parts or {}),
    }
    return archive(written)


SHARED = "xl/sharedStrings.xml"


def shared_texts(*items: str) -> dict[str, str]:
    """Return the part of texts that cells refer to by number; each item is what stands inside `<si>`."""
    return {SHARED: f'<sst xmlns="{MAIN}">' + "".join(f"<si>{item}</si>" for item in items) + "</sst>"}


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive of these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _cell(place: str, cell: Cell) -> str:
    if isinstance(cell, Xml):
        return cell.text.replace("{place}", place)
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f'<c r="{place}"><v>{cell!r}</v></c>'


def _letters(column: int) -> str:
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def _relations(entries: Sequence[str]) -> str:
    return f'<Relationships xmlns="{PACKAGE}">{"".join(entries)}</Relationships>'


def _quoted(text: str) -> str:
    return '"' + escape(text, {'"': "&quot;"}) + '"'
