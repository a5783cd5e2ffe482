"""What a backup holds: the list of its files with their hashes, and which names may be in it.

A backup is one tar file or one folder. The list comes last, so what was broken off in writing has none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from ledger.errors import LedgerError
from ledger.format import FORMAT_FILE, KNOWN_FORMAT
from ledger.ledger import TABLES_FOLDER

LIST_FILE = "backup.json"
FORM_NAME, FORM_NUMBER = "plumline-backup", 1
# A list of a million files; more is no backup of ours and would only fill the memory.
LONGEST_LIST = 256 * 1024 * 1024
# Read and written at once; whatever the size of the ledger, a backup needs no more memory than a few of these.
CHUNK_BYTES = 1024 * 1024

_PART = re.compile(r"[^/\\\x00-\x1f]+\Z")


class BackupRefused(LedgerError):
    """A backup cannot be written or taken as it is; nothing was changed."""

    status = 422


@dataclass(frozen=True)
class BackedUpFile:
    """One file of a backup: its path inside the data folder, its size and its SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class BackupList:
    """What a backup says of itself.

    `format` is that of the data folder, `ledger_version` the number of its last event, `keys` the names of the secret
    files that are in it.
    """

    format: int
    ledger_version: int
    made_at: datetime
    keys: tuple[str, ...]
    files: tuple[BackedUpFile, ...]

    @property
    def size(self) -> int:
        """Return how many bytes the files have together."""
        return sum(file.size for file in self.files)

    def text(self) -> str:
        """Return the list as it is written into the backup."""
        form = {"form": f"{FORM_NAME}/{FORM_NUMBER}"}
        return json.dumps({**form, **asdict(self), "made_at": self.made_at.isoformat()}, indent=1) + "\n"


def read_list(text: bytes, *, backup: object) -> BackupList:
    """Return the list that a backup ends with. Raises `backup_broken` or `backup_newer`."""
    try:
        told = json.loads(text)
        name, _, number = str(told["form"]).partition("/")
        if name != FORM_NAME:
            raise ValueError(name[:40])
        if int(number) > FORM_NUMBER or int(told["format"]) > KNOWN_FORMAT:
            raise BackupRefused("backup_newer", backup=backup, found=told["format"], known=KNOWN_FORMAT)
        return BackupList(
            format=int(told["format"]),
            ledger_version=int(told["ledger_version"]),
            made_at=datetime.fromisoformat(told["made_at"]),
            keys=tuple(map(str, told["keys"])),
            files=tuple(
                BackedUpFile(str(file["path"]), int(file["size"]), str(file["sha256"])) for file in told["files"]
            ),
        )
    except (ValueError, KeyError, TypeError) as fault:
        raise BackupRefused("backup_broken", backup=backup, reason=f"{LIST_FILE}: {fault}") from fault


def check_name(path: str, keys: Sequence[str], *, backup: object) -> str:
    """Return the path of a file in a backup if it may stand there. Raises `backup_unsafe`.

    Only the format, the keys and what lies in the folder of the tables may; a name that leads out of the data folder
    may not.
    """
    parts = path.split("/")
    is_plain = all(_PART.match(part) and part not in (".", "..") for part in parts)
    is_ours = path in (FORMAT_FILE, *keys) or (parts[0] == TABLES_FOLDER and len(parts) > 1)
    if not (is_plain and is_ours):
        raise BackupRefused("backup_unsafe", backup=backup, name=ascii(path[:100]))
    return path
