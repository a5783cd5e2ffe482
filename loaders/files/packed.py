"""Packed bytes: gzip, and the members of a ZIP archive, within limits against archives that burst."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import BinaryIO

from loaders.errors import LoadError
from loaders.files.limits import (
    MAX_BYTES,
    MAX_MEMBERS,
    MAX_PACKING_RATIO,
    MEGABYTE,
    RATIO_FROM_BYTES,
)

GZIP_SIGN = b"\x1f\x8b"
ZIP_SIGNS = (b"PK\x03\x04", b"PK\x05\x06")
# Bits of a member's flags: its content is encrypted; its name is in UTF-8.
ENCRYPTED, NAMED_IN_UTF8 = 0x1, 0x800
# What Python reads names in where the flag is not set.
OLD_NAMES = "cp437"

_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    LookupError,
)


def unpacked(data: bytes, file: str) -> bytes:
    """Return what is packed in gzip, all its parts. Raises LoadError: `packed_faulty`, `bursts`, `too_large`."""
    parts: list[bytes] = []
    size, rest = 0, data
    while rest:
        stream = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        waiting = rest
        while not stream.eof:
            try:
                part = stream.decompress(waiting, 4 * MEGABYTE)
            except zlib.error as fault:
                raise LoadError("packed_faulty", file=file) from fault
            waiting = stream.unconsumed_tail
            if not part and not waiting and not stream.eof:
                raise LoadError("packed_faulty", file=file)
            parts.append(part)
            size += len(part)
            _check_size(file, packed=len(data), size=size)
        # Zeros may follow, as tapes and some servers fill blocks up.
        rest = stream.unused_data.lstrip(b"\0")
    return b"".join(parts)


@dataclass(frozen=True)
class Archive:
    """A ZIP archive of `size` bytes. `file` is what it is called in front of a person."""

    stream: BinaryIO
    size: int
    file: str

    @classmethod
    def of(cls, data: bytes, file: str) -> Archive:
        """Return the archive that stands in the bytes."""
        return cls(io.BytesIO(data), len(data), file)

    @cached_property
    def members(self) -> dict[str, zipfile.ZipInfo]:
        """Return the files in it by name, folders left out.

        Raises LoadError: `packed_faulty`, `too_many_members`, `bursts`, `too_large`, `member_twice`.
        """
        found: dict[str, zipfile.ZipInfo] = {}
        try:
            with zipfile.ZipFile(self.stream) as archive:
                members = archive.infolist()
        except _ZIP_FAULTS as fault:
            raise LoadError("packed_faulty", file=self.file) from fault
        if len(members) > MAX_MEMBERS:
            raise LoadError("too_many_members", file=self.file, found=len(members), limit=MAX_MEMBERS)
        _check_size(self.file, packed=self.size, size=sum(member.file_size for member in members))
        for member in members:
            name = _named(member)
            if name.endswith("/"):
                continue
            if not PurePosixPath(name).name:
                raise LoadError("packed_faulty", file=self.file)
            if name in found:
                raise LoadError("member_twice", file=self.file, member=name)
            found[name] = member
        return found

    def read(self, name: str) -> bytes:
        """Return what a member holds.

        Raises LoadError: `no_such_member`, `unsafe_member`, `encrypted_file`, `packed_faulty`, and as `members` does.
        """
        member = self.members.get(name)
        called = f"{self.file}/{name}"
        if member is None:
            raise LoadError("no_such_member", file=self.file, member=name)
        if is_unsafe(name):
            raise LoadError("unsafe_member", file=called)
        if member.flag_bits & ENCRYPTED:
            raise LoadError("encrypted_file", file=called)
        try:
            with zipfile.ZipFile(self.stream) as archive, archive.open(member) as content:
                # Never more than the size that was summed up: what a member really holds may be another.
                return content.read(member.file_size + 1)
        except _ZIP_FAULTS as fault:
            raise LoadError("packed_faulty", file=called) from fault


def is_unsafe(name: str) -> bool:
    """Return whether the name of a member leads out of its archive.

    >>> is_unsafe("../x.csv"), is_unsafe("C:/x.csv"), is_unsafe("一月/x.csv")
    (True, True, False)
    """
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or name[1:2] == ":"


def _check_size(file: str, *, packed: int, size: int) -> None:
    if size > RATIO_FROM_BYTES and size > MAX_PACKING_RATIO * packed:
        raise LoadError("bursts", file=file, limit=MAX_PACKING_RATIO)
    if size > MAX_BYTES:
        raise LoadError("too_large", file=file, limit=MAX_BYTES // MEGABYTE)


def _named(member: zipfile.ZipInfo) -> str:
    """Return the name of a member with / between its folders.

    Archives of a Chinese Windows write names in GBK without saying so, some of any Windows put a backslash in between.
    """
    if member.flag_bits & NAMED_IN_UTF8:
        return member.filename.replace("\\", "/")
    return next(_readings(member.filename), member.filename).replace("\\", "/")


def _readings(name: str) -> Iterator[str]:
    try:
        raw = name.encode(OLD_NAMES)
    except UnicodeEncodeError:
        return
    for encoding in ("utf-8", "gb18030"):
        try:
            yield raw.decode(encoding)
        except UnicodeDecodeError:
            continue
