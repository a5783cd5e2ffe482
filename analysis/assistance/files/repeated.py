"""What several rows of a file say of one thing, such as a household of several causes, and where they disagree."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import pandas as pd

from analysis.frames import Contract, frame_of
from analysis.produce.files.faults import FileFault
from analysis.produce.files.file_table import ReadFile


def one_row_each(
    read: ReadFile, keys: Sequence[Hashable | None], said: Contract
) -> tuple[list[Hashable], pd.DataFrame]:
    """Return each key once, sorted, and in the same order what the rows with it say in the columns `said`.

    `keys`: what each row is about, None where that is not known. One row may say a thing, or each; an empty cell says
    nothing. Notes a fault where a row says something else than the first one that said anything; lists between
    semicolons are alike whatever their order.
    """
    found: dict[Hashable, dict[str, object]] = {key: {} for key in keys if key is not None}
    for column in said:
        first_row: dict[Hashable, int] = {}
        for row, (key, value) in enumerate(zip(keys, read.frame[column].tolist(), strict=True)):
            if key is None or _says_nothing(value):
                continue
            known = found[key].setdefault(column, value)
            first = first_row.setdefault(key, row)
            if not _is_alike(known, value):
                read.faults.append(_fault(read, key, column, row, first))
    names = sorted(found, key=str)
    return names, frame_of(({column: found[name].get(column) for column in said} for name in names), said)


def rows_by_id(read: ReadFile, column: str, said: Contract) -> pd.DataFrame:
    """Return `one_row_each` for the ids in a column, which is the first of the frame."""
    ids, frame = one_row_each(read, ids_in(read, column), said)
    frame.insert(0, column, pd.Series(ids, dtype="object"))
    return frame


def ids_in(read: ReadFile, column: str) -> list[Hashable | None]:
    """Return the id that each row has in a column, None where it has none."""
    return [None if _says_nothing(value) else str(value) for value in read.frame[column].tolist()]


def tell_twice(read: ReadFile, columns: Sequence[str], code: str) -> None:
    """Note rows that have the same in all of these columns as an earlier row, with the line of that one."""
    frame = read.frame[list(columns)]
    is_whole = frame.iloc[:, 0].notna()
    is_later = (frame.duplicated() & is_whole).to_numpy(bool)
    first: dict[tuple[object, ...], int] = {}
    lines = []
    for row, named in enumerate(frame.itertuples(index=False, name=None)):
        names = tuple(None if _says_nothing(value) else value for value in named)
        lines.append(int(read.table.lines[first.setdefault(names, row)]))
    read.add(code, is_later, columns[0], first_line=lines)


def _says_nothing(value: object) -> bool:
    return value == () or (not isinstance(value, tuple) and bool(pd.isna(value)))  # type: ignore[call-overload] # a cell


def _is_alike(one: object, other: object) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return one == other


def _fault(read: ReadFile, key: Hashable, column: str, row: int, first: int) -> FileFault:
    table = read.table
    fields: dict[str, object] = {
        # Of a partnership the programme and the partner are told, not the kind of the partner.
        "id": ", ".join(key[:2]) if isinstance(key, tuple) else str(key),
        "first_value": str(table.cells[column][first]),
        "first_line": int(table.lines[first]),
    }
    value = str(table.cells[column][row])
    return FileFault("assist_file_two_values", table.name, int(table.lines[row]), column, value, fields)
