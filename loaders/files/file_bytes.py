"""The bytes of a file, whole and unchanged while they were read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from loaders.errors import LoadError
from loaders.files.limits import MAX_BYTES, MEGABYTE


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Give the open file, which must be the same before and after it is read.

    Raises LoadError: `unreadable_file`, `not_a_file`, `file_changed`.
    """
    try:
        before = path.stat()
        if stat.S_ISDIR(before.st_mode):
            # Only a folder that cannot be listed is ever taken for a file.
            os.scandir(path).close()
        if not stat.S_ISREG(before.st_mode):
            # To open a pipe would wait for ever.
            raise LoadError("not_a_file", file=path)
        with path.open("rb") as file:
            states = {_state(before), _state(os.fstat(file.fileno()))}
            yield file
            states |= {_state(os.fstat(file.fileno())), _state(path.stat())}
    except OSError as fault:
        raise LoadError("unreadable_file", file=path, reason=fault.strerror or fault) from fault
    if len(states) > 1:
        raise LoadError("file_changed", file=path)


def read_bytes(path: Path) -> bytes:
    """Return what stands in the file. Raises LoadError as `opened` does, and `too_large`."""
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size > MAX_BYTES:
            raise LoadError("too_large", file=path, limit=MAX_BYTES // MEGABYTE)
        try:
            data = file.read()
        except MemoryError as fault:
            raise LoadError("too_large", file=path, limit=MAX_BYTES // MEGABYTE) from fault
        size = os.fstat(file.fileno()).st_size
    if len(data) != size:
        raise LoadError("file_changed", file=path)
    return data


def first_bytes(path: Path, count: int) -> bytes:
    """Return how the file begins, nothing where it cannot be read; whoever reads it whole says why."""
    try:
        with opened(path) as file:
            return file.read(count)
    except LoadError:
        return b""


def read_standard_input(stream: BinaryIO | None, name: str) -> bytes:
    """Return all that comes. Raises LoadError: `no_standard_input`, `unreadable_file`, `too_large`."""
    if stream is None:
        raise LoadError("no_standard_input")
    parts: list[bytes] = []
    left = MAX_BYTES
    try:
        while part := stream.read(MEGABYTE):
            parts.append(part)
            left -= len(part)
            if left < 0:
                raise LoadError("too_large", file=name, limit=MAX_BYTES // MEGABYTE)
    except OSError as fault:
        raise LoadError("unreadable_file", file=name, reason=fault.strerror or fault) from fault
    return b"".join(parts)


def _state(found: os.stat_result) -> tuple[int, ...]:
    # Whoever copies over a file may set the time of its content back, but not that of the change itself.
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
