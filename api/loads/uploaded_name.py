"""The name of an uploaded file as it may be kept: whoever sends a file names it as they please."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from unicodedata import category, normalize

NAMELESS = "upload"
# File systems take 255 bytes; the rejects file adds the id of the load.
MOST_BYTES = 160
_SEPARATORS = re.compile(r"[/\\]")
# Controls, marks that turn the direction of writing or have no width, halves of characters, and what is no character.
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def kept_name(name: str) -> str:
    r"""Return the last part of a name, with nothing in it that hides, turns or leads elsewhere.

    It tells feed and kind as before, and is the same when it is kept again.

    >>> kept_name("C:\\Users\\..\\police.Household.csv"), kept_name("../.."), kept_name("a\u202evsc.exe")
    ('police.Household.csv', 'upload', 'avsc.exe')
    """
    last = _SEPARATORS.split(name)[-1]
    plain = "".join(" " if category(letter) == "Zs" else letter for letter in normalize("NFC", last))
    seen = "".join(letter for letter in plain if category(letter) not in _UNSEEN)
    return _shortened(seen.strip().lstrip(".~- ").rstrip(". ")) or NAMELESS


def _shortened(name: str) -> str:
    if len(name.encode()) <= MOST_BYTES:
        return name
    ending = PurePosixPath(name).suffix.encode()[: MOST_BYTES // 4].decode(errors="ignore")
    return name.encode()[: MOST_BYTES - len(ending.encode())].decode(errors="ignore").rstrip(". ") + ending
