"""What is wrong with the text of an id before it becomes a pseudonym: afterwards nobody could see it any more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.tables import FactColumn
from loaders.checks.cell_types import TEXT_LIMIT
from loaders.checks.misread_cells import SCIENTIFIC, misread_text, plain
from loaders.rows.fact_rows import Fault, places

# Controls, marks of direction, and blanks of no width: two ids that look the same would be two households.
_UNSEEN = "\x01-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff"
_UNSEEN_CHARACTER = re.compile(f"[{_UNSEEN}]")
_WIDE_CHARACTER = re.compile("[\uff01-\uff5e]")
# One look at every id, as RE2 reads it; what it finds is looked at more closely.
_SUSPECT = (
    f"[{_UNSEEN}\uff01-\uff5e]"
    r"|^[#=+@\\-]|^[0-9](\.[0-9]+)?[eE]\+?[0-9]{1,3}$"
    r"|^(?i:[-—/?？]+|null|none|nan|n/a|na|nil|无|空|暂无|不详|未知|不清楚)$"
)
# A shorter number also stands in ids that have nothing to do with it.
TELLING_CHARACTERS = 6
_WORD = re.compile(r"\w+")


def key_faults(column: FactColumn, cells: pa.Array, *, is_hidden: bool) -> list[Fault]:
    """Return the faults of the ids in a column as they were typed, without outer blanks.

    `is_hidden`: they become pseudonyms, so that no later check sees their text.
    """
    found: dict[str, list[tuple[int, Mapping[str, object]]]] = {}
    suspects = places(pc.match_substring_regex(cells, _SUSPECT))
    for place, text in zip(suspects.tolist(), cells.take(pa.array(suspects)).to_pylist(), strict=True):
        told = _misread_key(text)
        if told is not None:
            found.setdefault(told[0], []).append((place, told[1]))
    faults = [_fault(code, column, told) for code, told in found.items()]
    if is_hidden:
        long = places(pc.greater(pc.binary_length(cells), TEXT_LIMIT))
        broken = places(pc.match_substring(cells, "\0"))
        faults.append(Fault("too_long", column.name, long, {"limit": TEXT_LIMIT}))
        faults.append(Fault("nul_in_cell", column.name, broken))
    return [fault for fault in faults if len(fault.facts)]


def leaking_ids(ids: pa.Array, numbers: Sequence[pa.Array]) -> Iterator[Fault]:
    """Yield the fault of ids given whole that hold a register number of their own row, which is kept nowhere."""
    if ids.null_count == len(ids):
        return
    rows = places(pc.is_valid(ids))
    given = ids.take(pa.array(rows)).to_pylist()
    leaks = np.zeros(len(rows), np.bool_)
    for column in numbers:
        for place, (text, number) in enumerate(zip(given, column.take(pa.array(rows)).to_pylist(), strict=True)):
            leaks[place] |= number is not None and _holds(text, number)
    if leaks.any():
        yield Fault("id_holds_number", "id", rows[leaks])


def _holds(text: str, number: str) -> bool:
    if len(number) >= TELLING_CHARACTERS:
        return number.lower() in text.lower()
    return number in _WORD.findall(text)


def _misread_key(text: str) -> tuple[str, Mapping[str, object]] | None:
    if unseen := _UNSEEN_CHARACTER.search(text):
        return "unseen_character", {"character": f"U+{ord(unseen[0]):04X}"}
    if _WIDE_CHARACTER.search(text):
        return "wide_characters", {"plain": plain(text)}
    if SCIENTIFIC.fullmatch(text):
        return "shortened_number", {}
    return misread_text(text)


def _fault(code: str, column: FactColumn, told: Sequence[tuple[int, Mapping[str, object]]]) -> Fault:
    facts = np.array([place for place, _ in told], np.int64)
    return Fault(code, column.name, facts, {}, {name: [fields[name] for _, fields in told] for name in told[0][1]})
