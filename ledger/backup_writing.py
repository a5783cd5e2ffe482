"""The two forms that a backup is written in: one tar file, or a folder."""

from __future__ import annotations

import io
import os
import shutil
import tarfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

from ledger.backup_form import CHUNK_BYTES, LIST_FILE, BackedUpFile, BackupList, BackupRefused
from ledger.durable import sync

OWNER_ONLY, FOR_ALL = 0o600, 0o644
TAR_SUFFIX = ".tar"


class BackupWriter(Protocol):
    """Takes the files of a backup one after the other, then their list."""

    def add(self, source: Path, path: str, *, is_secret: bool) -> BackedUpFile:
        """Copy a file into the backup under `path`. Raises `backup_changed` where it changed meanwhile."""
        ...

    def finish(self, files: BackupList) -> None:
        """Write the list last, and force everything to the disk."""
        ...

    def close(self) -> None:
        """Let go of what is still open; nothing more is written."""
        ...


class TarBackup:
    """A backup as one tar file, without the owner's name in it."""

    def __init__(self, target: Path, *, has_secret: bool) -> None:
        mode = OWNER_ONLY if has_secret else FOR_ALL
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        self._file = os.fdopen(descriptor, "wb")
        self._tar = tarfile.open(fileobj=self._file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - closed by `close`

    def add(self, source: Path, path: str, *, is_secret: bool) -> BackedUpFile:
        """Copy a file. See `BackupWriter`."""
        with source.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            hashing = HashingReader(stream)
            self._add(path, hashing, size, mode=OWNER_ONLY if is_secret else FOR_ALL)
            return checked_copy(hashing, source, path, size)

    def finish(self, files: BackupList) -> None:
        """Write the list and close. See `BackupWriter`."""
        text = files.text().encode()
        self._add(LIST_FILE, io.BytesIO(text), len(text), mode=FOR_ALL)
        self._tar.close()
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file. See `BackupWriter`."""
        # After a full disk what is still in memory cannot be written either, which has been told already.
        with suppress(OSError):
            self._file.close()

    def _add(self, path: str, stream: BinaryIO | HashingReader, size: int, *, mode: int) -> None:
        member = tarfile.TarInfo(path)
        member.size, member.mode = size, mode
        try:
            self._tar.addfile(member, stream)
        except OSError as fault:
            if fault.errno is not None:
                raise
            # tarfile's own way to say that the file ended too early.
            raise BackupRefused("backup_changed", file=path) from fault


class FolderBackup:
    """A backup as a folder with the files as they lie in the data folder."""

    def __init__(self, target: Path) -> None:
        target.mkdir()
        self._target = target

    def add(self, source: Path, path: str, *, is_secret: bool) -> BackedUpFile:
        """Copy a file. See `BackupWriter`."""
        copy = self._target / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as stream, new_file(copy, is_secret=is_secret) as written:
            size = os.fstat(stream.fileno()).st_size
            hashing = HashingReader(stream)
            shutil.copyfileobj(hashing, written, CHUNK_BYTES)
            written.flush()
            os.fsync(written.fileno())
        return checked_copy(hashing, source, path, size)

    def finish(self, files: BackupList) -> None:
        """Write the list and force the folders to the disk. See `BackupWriter`."""
        with new_file(self._target / LIST_FILE, is_secret=False) as written:
            written.write(files.text().encode())
            written.flush()
            os.fsync(written.fileno())
        sync_folders(self._target)

    def close(self) -> None:
        """Do nothing: each file was closed. See `BackupWriter`."""


class HashingReader:
    """A stream that is read once, and the SHA-256 and the size of what was read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        chunk = self._stream.read(size)
        self._hash.update(chunk)
        self.size += len(chunk)
        return chunk

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of all that was read."""
        return self._hash.hexdigest()


def new_file(path: Path, *, is_secret: bool) -> BinaryIO:
    """Return a new file opened for writing, which only its owner may read where it is secret."""
    mode = OWNER_ONLY if is_secret else FOR_ALL
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb")


def checked_copy(copied: HashingReader, source: Path, path: str, size: int) -> BackedUpFile:
    """Return what was copied. Raises `backup_changed` where the file did not keep its size while it was read."""
    if not copied.size == size == source.stat().st_size:
        raise BackupRefused("backup_changed", file=path)
    return BackedUpFile(path, size, copied.sha256)


def sync_folders(top: Path) -> None:
    """Force the names in a folder and in all folders below it to the disk."""
    for folder, _, _ in os.walk(top, topdown=False, onerror=refused):
        sync(Path(folder))


def refused(fault: OSError) -> None:
    """Raise what `os.walk` would pass over in silence: a folder that cannot be looked into."""
    raise fault
