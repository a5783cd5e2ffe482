"""The names of the columns, from the rows of the header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.errors import LoadError
from loaders.files.limits import MAX_COLUMNS

# Between the names of the levels of a header, from above: `家庭成员/姓名`.
LEVELS = "/"

_BREAK_IN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s*[\r\n]+\s*(?=[^\x00-\x7f])")
_BREAK = re.compile(r"\s*[\r\n]+\s*")


@dataclass(frozen=True)
class HeaderRows:
    """Where the header stands: its first row, counted from 1, and how many rows it takes; None = found out."""

    first: int | None = None
    count: int | None = None


def joined_names(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return one name per column from the rows of a header, from above.

    A cell above that is empty takes the name to its left as long as a name stands below both, as merged cells are
    written in plain text; the same name above and below is one name.

    >>> joined_names([["no", "member", ""], ["", "name", "age"]])
    ['no', 'member/name', 'member/age']
    """
    width = max(len(row) for row in rows)
    levels = [[*(cell.strip() for cell in row), *[""] * (width - len(row))] for row in rows]
    for above, below in pairwise(levels):
        carried = ""
        for column in range(width):
            if above[column]:
                carried = above[column] if below[column] and below[column] != above[column] else ""
            elif below[column]:
                above[column] = carried
            else:
                carried = ""
    return [LEVELS.join(dict.fromkeys(part for part in parts if part)) for parts in zip(*levels, strict=True)]


def on_one_line(name: str) -> str:
    r"""Return a name without the line breaks that only make it fit its cell.

    >>> on_one_line("户主\n姓名"), on_one_line("name of\nhead")
    ('户主姓名', 'name of head')
    """
    return _BREAK.sub(" ", _BREAK_IN_CHINESE.sub("", name.strip()))


def checked_names(names: Sequence[str], file: str) -> tuple[str, ...]:
    """Return the names. Raises `too_many_columns`, `nul_in_header`, `header_name_missing`, `header_name_twice`."""
    if len(names) > MAX_COLUMNS:
        raise LoadError("too_many_columns", file=file, found=len(names), limit=MAX_COLUMNS)
    if any("\0" in name for name in names):
        raise LoadError("nul_in_header", file=file)
    if "" in names:
        raise LoadError("header_name_missing", file=file, number=names.index("") + 1)
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise LoadError("header_name_twice", file=file, column=name)
        seen.add(name)
    return tuple(names)
