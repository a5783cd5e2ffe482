"""The folder of an export: new files one by one, their sizes and hashes, and the manifest that is written last."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from ledger.durable import replace_file, sync
from loaders.errors import LoadError
from loaders.export.parts import Part

MANIFEST, README = "manifest.json", "README.txt"


@dataclass(frozen=True)
class ExportedFile:
    """One file of an export. `kind` and `holds` say what is in it; None for what holds several kinds."""

    file: str
    kind: str | None
    holds: str | None
    rows: int
    size: int
    sha256: str


class ExportFolder:
    """A folder that was empty or not there before. `files` are those written so far, in order."""

    def __init__(self, path: Path, *, is_gzip: bool = False) -> None:
        self.path = path
        self.is_gzip = is_gzip
        self.files: list[ExportedFile] = []

    @contextmanager
    def file(self, name: str, part: Part | None = None, *, rows: int = 0) -> Iterator[BinaryIO]:
        """Yield a new file to write; with gzip its name ends in `.gz`. It is hashed once it is on the disk."""
        with self._counted(f"{name}.gz" if self.is_gzip else name, part, rows) as raw:
            if not self.is_gzip:
                yield raw
                return
            # Without the hour, so that the same graph gives the same bytes.
            with gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as packed:
                yield cast("BinaryIO", packed)

    @contextmanager
    def plain_file(self, name: str, part: Part | None = None) -> Iterator[BinaryIO]:
        """Yield a new file that is never packed."""
        with self._counted(name, part, 0) as raw:
            yield raw

    @contextmanager
    def _counted(self, name: str, part: Part | None, rows: int) -> Iterator[BinaryIO]:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as raw:
            yield raw
        sync(path)
        with path.open("rb") as raw:
            digest = hashlib.file_digest(raw, "sha256").hexdigest()
        kind, holds, count = (part.kind, part.holds, part.row_count) if part else (None, None, rows)
        self.files.append(ExportedFile(name, kind, holds, count, path.stat().st_size, digest))

    def finish(self, manifest: str) -> None:
        """Write the manifest: from now on the export counts as whole."""
        for folder in {(self.path / file.file).parent for file in self.files}:
            sync(folder)
        replace_file(self.path / MANIFEST, manifest)


@contextmanager
def new_folder(path: Path, *, is_gzip: bool) -> Iterator[ExportFolder]:
    """Yield the folder of an export, made if it is not there; after a fault nothing that was written is left.

    Raises LoadError `export_folder_not_empty` or `export_not_written`.
    """
    folder = ExportFolder(path, is_gzip=is_gzip)
    try:
        was_there = path.exists()
        path.mkdir(parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise LoadError("export_folder_not_empty", folder=path)
        try:
            yield folder
        except BaseException:
            _clear(path, was_there=was_there)
            raise
    except OSError as fault:
        raise LoadError("export_not_written", folder=path, reason=fault.strerror or fault) from fault


def _clear(path: Path, *, was_there: bool) -> None:
    """Remove what was written; nothing else was in the folder."""
    for written in sorted(path.rglob("*"), reverse=True):
        if written.is_dir():
            written.rmdir()
        else:
            written.unlink()
    if not was_there:
        path.rmdir()
