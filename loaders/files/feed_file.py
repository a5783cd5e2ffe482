"""One table of one file: a plain file, a member of an archive, or a sheet of a workbook."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from loaders.errors import LoadError

STANDARD_INPUT = Path("-")
STANDARD_INPUT_NAME = "stdin"


@dataclass(frozen=True)
class FeedFile:
    """A table to load. `feed` and `kind` are None where neither its name nor the caller tells them.

    `member`: its name inside the archive at `path`; `sheet`: the sheet of the workbook that it stands on.
    `fault`: why it cannot be read, where that was seen already. `origin_member`: what tells its origin in the archive.
    """

    path: Path
    feed: str | None
    kind: str | None
    member: str | None = None
    sheet: str | None = None
    fault: LoadError | None = field(default=None, compare=False)
    origin_member: str | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """Return what the table is called in front of a person.

        >>> FeedFile(Path("in/jan.zip"), None, None, "police.xlsx", "Household").name
        'jan.zip/police.xlsx [Household]'
        """
        # What a terminal calls it in every language; the list of loads keeps the name.
        outer = STANDARD_INPUT_NAME if self.is_standard_input else self.path.name
        inner = f"{outer}/{self.member}" if self.member else outer
        return f"{inner} [{self.sheet}]" if self.sheet else inner

    @property
    def own_name(self) -> str:
        """Return the name of the file that holds the table, without the archive and folder that it lies in."""
        if self.is_standard_input:
            return STANDARD_INPUT_NAME
        return (self.member or self.path.name).rpartition("/")[2]

    @property
    def is_standard_input(self) -> bool:
        """Return whether the table is read from standard input."""
        return self.path == STANDARD_INPUT
