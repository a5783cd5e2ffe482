"""Register numbers of households and persons become keyed hashes before anything is kept.

The same number gives the same pseudonym in every feed, so facts still meet; without the key nobody can turn one back.
"""

from __future__ import annotations

import hmac
import os
from base64 import b32encode
from collections.abc import Iterable
from pathlib import Path

from loaders.errors import LoadError

KEY_FILE = "identity.key"
KEY_BYTES = 32
HASH_CHARACTERS = 16


class Identity:
    """Turns register numbers into pseudonyms with one secret key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def for_folder(cls, folder: Path, *, is_first: bool = True) -> Identity:
        """Return the identity of a data folder, making its key when the folder has none yet.

        `is_first` is false when the folder already holds facts: then a missing key is an error, for a new one would
        give every household a second pseudonym. Errors: `identity_key_missing`, `identity_key_faulty`.
        """
        path = folder / KEY_FILE
        if not path.exists():
            if not is_first:
                raise LoadError("identity_key_missing", file=path)
            _write_new_key(path)
        key = path.read_bytes()
        if len(key) != KEY_BYTES:
            raise LoadError("identity_key_faulty", file=path, expected=KEY_BYTES, found=len(key))
        return cls(key)

    def pseudonym(self, kind: str, number: str) -> str:
        """Return the first letter of the kind and 16 base32 characters (80 bits), such as `h2x5...` for a household."""
        digest = hmac.digest(self._key, f"{kind}\0{number}".encode(), "sha256")
        return kind[0].lower() + b32encode(digest)[:HASH_CHARACTERS].decode("ascii").lower()

    def pseudonyms(self, kind: str, numbers: Iterable[str]) -> list[str]:
        """Return one pseudonym per number, in the same order."""
        return [self.pseudonym(kind, number) for number in numbers]


def _write_new_key(path: Path) -> None:
    """Write a random key that only its owner may read; a key that another process made meanwhile stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(os.urandom(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
