"""Rejects files freed of the rows that name erased people: they hold the departments' rows as they were.

Numbers of persons are known here as pseudonyms only, so every cell of a file, and every word in it, is turned into its
pseudonym and compared.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category, normalize

from graph_schema.formula_guard import GUARD
from ledger.durable import sync
from loaders.files.rejects_columns import LINE_COLUMN
from loaders.identity import Identity
from loaders.rejects_file import ENCODING

REJECTS_FILES = "*.csv"
# The ending of a file that is being written anew; a killed process may leave one, which holds such rows too.
ASIDE_ENDING = ".erasing"
# A number may bear hyphens or strokes, or stand within a sentence.
WORD = re.compile(r"\w+")
WHOLE_WORD = re.compile(r"[^\s,;|，；、。：“”（）()\"']+")
# Controls and marks of no width.
UNSEEN = ("Cc", "Cf")
OWNER_ONLY = 0o600


@dataclass(frozen=True)
class People:
    """Whom an erasure is about: pseudonyms by kind, and names."""

    ids: dict[str, frozenset[str]]
    names: frozenset[str]

    @property
    def pseudonyms(self) -> frozenset[str]:
        """Return the pseudonyms of all kinds."""
        return frozenset().union(*self.ids.values())


@dataclass(frozen=True)
class FreedFile:
    """A rejects file without the rows of the people; no `text` where nothing is left of it."""

    path: Path
    row_count: int
    text: str | None


def free_rejects(folder: Path, people: People, identity: Identity) -> tuple[FreedFile, ...]:
    """Return the rejects files that name the people, as they are to be; nothing is written."""
    files = sorted(folder.glob(REJECTS_FILES)) if folder.is_dir() else []
    found = (_freed(path, people, identity) for path in files)
    return tuple(file for file in found if file is not None)


def write_freed(folder: Path, files: Iterable[FreedFile]) -> None:
    """Put the freed files in the place of the old ones, each in one step, and remove those with nothing left."""
    for left in folder.glob(f"*{ASIDE_ENDING}"):
        left.unlink()
    for file in files:
        if file.text is None:
            file.path.unlink()
            continue
        aside = file.path.with_name(file.path.name + ASIDE_ENDING)
        aside.touch(mode=OWNER_ONLY)
        aside.write_bytes(file.text.encode(ENCODING))
        sync(aside)
        aside.replace(file.path)
    if folder.is_dir():
        sync(folder)


def tells_who(text: str, people: People, identity: Identity) -> bool:
    """Return whether a text names one of the people, by register number, pseudonym or name."""
    return _is_theirs([text], people, _numbers([[text]], people, identity)) or any(
        name in text for name in people.names
    )


def _freed(path: Path, people: People, identity: Identity) -> FreedFile | None:
    text = path.read_bytes().decode(ENCODING, errors="replace")
    delimiter = _delimiter(text)
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except (csv.Error, ValueError):
        # What cannot be taken apart into rows goes as a whole.
        return FreedFile(path, text.count("\n"), None) if tells_who(text, people, identity) else None
    numbers = _numbers(rows, people, identity)
    kept = [row for row in rows if not _is_theirs(row, people, numbers)]
    if len(kept) == len(rows):
        return None
    return FreedFile(path, len(rows) - len(kept), _written([header, *kept], delimiter) if kept else None)


def _numbers(rows: list[list[str]], people: People, identity: Identity) -> frozenset[str]:
    """Return the words and cells of the rows that are register numbers of the people."""
    words = sorted({word for row in rows for cell in row for word in _words(cell)} - {""})
    return frozenset(
        word
        for kind, wanted in people.ids.items()
        for word, pseudonym in zip(words, identity.pseudonyms(kind, words), strict=True)
        if pseudonym in wanted
    )


def _is_theirs(row: list[str], people: People, numbers: frozenset[str]) -> bool:
    """Return whether the row has one of the numbers or pseudonyms anywhere, or one of the names as a whole cell.

    A name alone may be that of somebody else, whose row then goes too: the department has it still, while a row of an
    erased person that lacks its number, which is a frequent reason for rejecting it, would otherwise stay.
    """
    return any(
        cell.strip() in people.names
        or not numbers.isdisjoint(_words(cell))
        or any(pseudonym in cell for pseudonym in people.pseudonyms)
        for cell in row
    )


def _words(cell: str) -> Iterator[str]:
    """Yield the cell itself and every word in it, however a number may have been written."""
    plain = "".join(letter for letter in normalize("NFKC", cell) if category(letter) not in UNSEEN).strip()
    yield from (cell.strip(), plain, plain.removeprefix(GUARD), *WORD.findall(plain), *WHOLE_WORD.findall(plain))


def _delimiter(text: str) -> str:
    before = text.partition(LINE_COLUMN)[0]
    return before[-1] if before and before[-1] not in "\"'\r\n" else ","


def _written(rows: list[list[str]], delimiter: str) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue()
