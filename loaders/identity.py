"""Register numbers of households and persons become keyed hashes before anything is kept.

The same number gives the same pseudonym in every feed, so facts still meet; without the key nobody can turn one back.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ledger.durable import own_name_aside, sync
from loaders.errors import LoadError

KEY_FILE = "identity.key"
KEY_BYTES = 32
# 80 bits of the hash are 16 characters of 5 bits each.
HASH_BYTES, HASH_CHARACTERS, BITS_OF_A_CHARACTER = 10, 16, 5
ALPHABET = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", np.uint8)


# HMAC (RFC 2104) hashes twice, each time with the key under another mask, filled up to one block of SHA-256.
BLOCK_BYTES, INNER_MASK, OUTER_MASK = 64, 0x36, 0x5C


class Identity:
    """Turns register numbers into pseudonyms with one secret key.

    What was turned once is remembered, as the files of one county name the same people again and again.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._known: dict[str, tuple[pa.Array, pa.Array]] = {}

    @classmethod
    def for_folder(cls, folder: Path, *, is_first: bool = True) -> Identity:
        """Return the identity of a data folder, making its key when the folder has none yet.

        `is_first` is false when the folder already holds facts: then a missing key is an error, for a new one would
        give every household a second pseudonym. Errors: `identity_key_missing`, `identity_key_faulty`,
        `identity_key_not_written`.
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
        letters = _base32([digest[:HASH_BYTES] for digest in self._digests(kind, numbers)])
        first = kind[0].lower()
        return [first + letters[place : place + HASH_CHARACTERS] for place in range(0, len(letters), HASH_CHARACTERS)]

    def pseudonym_array(self, kind: str, numbers: pa.Array) -> pa.Array:
        """Return the pseudonyms of a string array, null where a number is null."""
        nothing = pa.array([], pa.string())
        known, pseudonyms = self._known.get(kind, (nothing, nothing))
        places = pc.index_in(numbers, value_set=known)
        if places.null_count > numbers.null_count:
            new = numbers.filter(pc.and_(pc.is_null(places), pc.is_valid(numbers))).unique()
            made = pa.array(self.pseudonyms(kind, new.to_pylist()), pa.string())
            self._known[kind] = pa.concat_arrays([known, new]), pa.concat_arrays([pseudonyms, made])
            if len(new) == len(numbers):
                # A register names everybody once, and for the first time.
                return made
            known, pseudonyms = self._known[kind]
            places = pc.index_in(numbers, value_set=known)
        return pseudonyms.take(places)

    def _digests(self, kind: str, numbers: Iterable[str]) -> list[bytes]:
        """Return HMAC-SHA256 of kind and number; what is the same for all numbers is hashed once."""
        padded = self._key.ljust(BLOCK_BYTES, b"\0")
        begun = hashlib.sha256(bytes(byte ^ INNER_MASK for byte in padded) + kind.encode() + b"\0")
        closing = hashlib.sha256(bytes(byte ^ OUTER_MASK for byte in padded))

        def digest(number: str) -> bytes:
            inner, outer = begun.copy(), closing.copy()
            inner.update(number.encode())
            outer.update(inner.digest())
            return outer.digest()

        return [digest(number) for number in numbers]


def _base32(hashes: list[bytes]) -> str:
    """Return all hashes in small base32 letters, one after the other; much faster than one by one."""
    bits = np.unpackbits(np.frombuffer(b"".join(hashes), np.uint8)).reshape(-1, BITS_OF_A_CHARACTER)
    values = bits @ np.array([16, 8, 4, 2, 1], np.uint8)
    return ALPHABET[values].tobytes().decode("ascii")


def _write_new_key(path: Path) -> None:
    """Write a random key that only its owner may read; a key that another process made meanwhile stays.

    It gets its name when it is whole: a killed process must not leave half a key, nor another one read it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = own_name_aside(path)
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        _give_name(aside, path)
        sync(path.parent)
    except OSError as fault:
        raise LoadError("identity_key_not_written", file=path, reason=fault.strerror or fault) from fault
    finally:
        aside.unlink(missing_ok=True)


def _give_name(aside: Path, path: Path) -> None:
    """Give the file aside its name unless there is one by now."""
    try:
        path.hardlink_to(aside)
    except FileExistsError:
        return
    except OSError:
        # Some disks know no second name for a file.
        if not path.exists():
            aside.replace(path)
