"""Which sheets of a workbook hold rows to load."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from loaders.files.sheet_table import has_cells
from loaders.files.workbook import Sheet, Workbook

# What the sheet with the notes is called in our own templates.
NOTES_SHEETS = frozenset({"Notes 说明", "Notes", "说明"})


@dataclass(frozen=True)
class ChosenSheets:
    """The sheets to load, and those that hold something that nobody can tell what it is."""

    taken: tuple[Sheet, ...]
    unknown: tuple[Sheet, ...]


def data_sheets(workbook: Workbook, *, kinds: Collection[str], told: tuple[str, ...]) -> ChosenSheets:
    """Return the sheets `told`, else those named like one of the kinds, else all that are shown.

    Sheets without a cell and sheets of notes are neither taken nor unknown.
    """
    if told:
        return ChosenSheets(tuple(sheet for sheet in workbook.sheets if sheet.name in told), ())
    named = tuple(sheet for sheet in workbook.sheets if sheet.name in kinds)
    others = [
        sheet
        for sheet in workbook.sheets
        if sheet not in named and sheet.name not in NOTES_SHEETS and has_cells(workbook, sheet)
    ]
    if named:
        return ChosenSheets(tuple(sheet for sheet in named if has_cells(workbook, sheet)), tuple(others))
    shown = tuple(sheet for sheet in others if not sheet.is_hidden)
    return ChosenSheets(shown, tuple(sheet for sheet in others if sheet.is_hidden))
