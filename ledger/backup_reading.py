"""A backup read back: every file with its hash, none that its list does not name, none missing."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ledger.backup_form import (
    CHUNK_BYTES,
    LIST_FILE,
    LONGEST_LIST,
    BackedUpFile,
    BackupList,
    BackupRefused,
    check_name,
    read_list,
)
from ledger.backup_writing import HashingReader, refused

Sink = Callable[[str], BinaryIO]


@dataclass(frozen=True)
class _Part:
    path: str
    stream: BinaryIO
    size: int


def read_backup(backup: Path, *, keys: Sequence[str], sink: Sink | None = None) -> BackupList:
    """Return the list of a backup, once every file has been read and compared with it.

    `sink` gives the file that each path is copied into, if it is to be restored; what was copied counts only when this
    returns. Raises `no_backup`, `backup_broken`, `backup_newer`, `backup_unsafe` or `backup_differs`.
    """
    if not backup.exists():
        raise BackupRefused("no_backup", backup=backup)
    found: dict[str, BackedUpFile] = {}
    told: BackupList | None = None
    with _told_as_broken(backup):
        for part in _parts(backup):
            if told is not None or part.path in found:
                raise BackupRefused("backup_unsafe", backup=backup, name=ascii(part.path[:100]))
            if part.path == LIST_FILE:
                told = read_list(_whole_list(part, backup), backup=backup)
            else:
                found[part.path] = _copied(part, check_name(part.path, keys, backup=backup), sink)
    if told is None:
        raise BackupRefused("backup_broken", backup=backup, reason=LIST_FILE)
    _compare(told, found, backup)
    return told


def _parts(backup: Path) -> Iterator[_Part]:
    if backup.is_dir():
        return _parts_of_folder(backup)
    return _parts_of_tar(backup)


def _parts_of_tar(backup: Path) -> Iterator[_Part]:
    with backup.open("rb") as file:
        _forget_cached(file)
        with tarfile.open(fileobj=file, mode="r:", errorlevel=2) as tar:
            while (member := tar.next()) is not None:
                stream = tar.extractfile(member) if _is_plain(member) else None
                if stream is None:
                    raise BackupRefused("backup_unsafe", backup=backup, name=ascii(member.name[:100]))
                yield _Part(member.name, stream, member.size)  # type: ignore[arg-type] # it is only read
                # The list of members would grow with the backup.
                tar.members.clear()  # type: ignore[attr-defined] # the hints leave this attribute out


def _is_plain(member: tarfile.TarInfo) -> bool:
    return member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse()


def _parts_of_folder(backup: Path) -> Iterator[_Part]:
    for folder, folders, names in os.walk(backup, onerror=refused):
        folders.sort()
        for name in [*folders, *names]:
            path = Path(folder) / name
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                raise BackupRefused("backup_unsafe", backup=backup, name=ascii(str(path.relative_to(backup))[:100]))
        for name in sorted(names):
            path = Path(folder) / name
            if path != backup / LIST_FILE:
                yield from _part_of_folder(backup, path)
    if (backup / LIST_FILE).is_file():
        yield from _part_of_folder(backup, backup / LIST_FILE)


def _part_of_folder(backup: Path, path: Path) -> Iterator[_Part]:
    with path.open("rb") as stream:
        _forget_cached(stream)
        yield _Part(path.relative_to(backup).as_posix(), stream, os.fstat(stream.fileno()).st_size)


def _forget_cached(file: BinaryIO) -> None:
    """Let the file be read from the disk again, not from memory, where the system can."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _whole_list(part: _Part, backup: Path) -> bytes:
    if part.size > LONGEST_LIST:
        raise BackupRefused("backup_broken", backup=backup, reason=f"{LIST_FILE}: {part.size} bytes")
    return part.stream.read()


def _copied(part: _Part, path: str, sink: Sink | None) -> BackedUpFile:
    hashing = HashingReader(part.stream)
    if sink is None:
        while hashing.read(CHUNK_BYTES):
            continue
    else:
        with sink(path) as copy:
            while chunk := hashing.read(CHUNK_BYTES):
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
    if hashing.size != part.size:
        raise tarfile.ReadError(path)
    return BackedUpFile(path, hashing.size, hashing.sha256)


def _compare(told: BackupList, found: dict[str, BackedUpFile], backup: Path) -> None:
    listed = {file.path: file for file in told.files}
    differing = sorted(path for path in listed.keys() | found.keys() if listed.get(path) != found.get(path))
    if differing:
        raise BackupRefused("backup_differs", backup=backup, count=len(differing), name=ascii(differing[0][:100]))


@contextmanager
def _told_as_broken(backup: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError) as fault:
        raise BackupRefused("backup_broken", backup=backup, reason=fault) from fault
