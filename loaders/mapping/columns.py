"""The columns of a mapping as a file writes them: brackets, percent signs and strokes may be narrow or wide there."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as ByName
from string import Formatter

from loaders.mapping.forms import CellForm, FactForm, Mapping

NARROW, WIDE = "()%/:", "（）％／："
_TO_NARROW, _TO_WIDE = str.maketrans(WIDE, NARROW), str.maketrans(NARROW, WIDE)


def ways_to_write(name: str) -> tuple[str, ...]:
    """Return the name as it is, then with narrow and with wide signs.

    >>> ways_to_write("金额(元)")
    ('金额(元)', '金额（元）')
    """
    return tuple(dict.fromkeys((name, name.translate(_TO_NARROW), name.translate(_TO_WIDE))))


def as_the_file_writes(mapping: Mapping, columns: Collection[str]) -> Mapping:
    """Return the mapping with the names of the columns as they stand in the file; what the file lacks stays."""
    found = {name: _found(name, columns) for name in mapping.reads_columns}
    names = {name: own for name, own in found.items() if own is not None and own != name}
    if not names:
        return mapping
    return mapping.model_copy(update={"facts": tuple(_renamed(fact, names) for fact in mapping.facts)})


def _found(name: str, columns: Collection[str]) -> str | None:
    """Return what the file calls the column, None where it has none of that name."""
    return next((way for way in ways_to_write(name) if way in columns), None)


def _renamed(fact: FactForm, names: ByName[str, str]) -> FactForm:
    conditions = [
        condition.model_copy(update={"column": names.get(condition.column, condition.column)})
        for condition in fact.where
    ]
    return fact.model_copy(
        update={
            "columns": {name: _renamed_cell(cell, names) for name, cell in fact.columns.items()},
            "where": tuple(conditions),
            "group_by": tuple(names.get(name, name) for name in fact.group_by),
        }
    )


def _renamed_cell(cell: CellForm, names: ByName[str, str]) -> CellForm:
    update: dict[str, object] = {}
    if cell.column is not None:
        update["column"] = names.get(cell.column, cell.column)
    if cell.over is not None:
        update["over"] = names.get(cell.over, cell.over)
    if cell.first_of:
        update["first_of"] = tuple(names.get(name, name) for name in cell.first_of)
    if cell.text is not None:
        parts = [(_escaped(literal), name) for literal, name, _, _ in Formatter().parse(cell.text)]
        update["text"] = "".join(
            literal + ("{" + names.get(name, name) + "}" if name else "") for literal, name in parts
        )
    return cell.model_copy(update=update)


def _escaped(literal: str) -> str:
    return literal.replace("{", "{{").replace("}", "}}")
