"""Register numbers of households and persons become keyed hashes before anything is kept.

The same number gives the same pseudonym in every feed, so facts still meet; without the key nobody can turn one back.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from loaders.errors import LoadError

KEY_FILE = "identity.key"
KEY_BYTES = 32
# 80 bits of the hash are 16 characters of 5 bits each.
HASH_BYTES, HASH_CHARACTERS, BITS_OF_A_CHARACTER = 10, 16, 5
ALPHABET = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", np.uint8)


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
        return self.pseudonyms(kind, [number])[0]

    def pseudonyms(self, kind: str, numbers: Iterable[str]) -> list[str]:
        """Return one pseudonym per number, in the same order."""
        beginning = f"{kind}\0"
        digests = [hmac.digest(self._key, (beginning + number).encode(), "sha256") for number in numbers]
        letters = _base32([digest[:HASH_BYTES] for digest in digests])
        first = kind[0].lower()
        return [first + letters[place : place + HASH_CHARACTERS] for place in range(0, len(letters), HASH_CHARACTERS)]


def _base32(hashes: list[bytes]) -> str:
    """Return all hashes in small base32 letters, one after the other; much faster than one by one."""
    bits = np.unpackbits(np.frombuffer(b"".join(hashes), np.uint8)).reshape(-1, BITS_OF_A_CHARACTER)
    values = bits @ np.array([16, 8, 4, 2, 1], np.uint8)
    return ALPHABET[values].tobytes().decode("ascii")


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
