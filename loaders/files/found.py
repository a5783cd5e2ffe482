"""The files to load: which feed and kind each holds; archives and workbooks by what stands in them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from graph_schema import Schema
from loaders.errors import LoadError
from loaders.files.feed_file import STANDARD_INPUT, FeedFile
from loaders.files.file_bytes import first_bytes, opened, read_bytes
from loaders.files.origin import ORIGIN_FILE
from loaders.files.other_forms import HEAD_BYTES, OLD_OFFICE_SIGN, form_fault, office_fault
from loaders.files.packed import ZIP_SIGNS, Archive
from loaders.files.reads import Reads
from loaders.files.sheets import data_sheets
from loaders.files.workbook import Workbook, is_workbook

# What stands beside feed files and is none: also what Excel and a Mac leave behind.
COMPANIONS = frozenset({ORIGIN_FILE, "README.md", "LICENSE"})
LEFT_BEHIND = (".", "~$", "__MACOSX")
# What is taken for a feed file in a folder or archive, each also with `.gz` behind it. The last ones cannot be read;
# whoever sends them is to hear it.
SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".parquet", ".zip", ".xls", ".xlsb", ".ods", ".et")
PACKED_SUFFIX = ".gz"


@dataclass(frozen=True)
class FoundFiles:
    """What stands under the given paths: the files to load, in order, and those that nobody can tell what they are."""

    files: tuple[FeedFile, ...]
    unknown: tuple[Path, ...]


@dataclass
class _Search:
    """What is asked for and what was found so far; `reads` is None where no mapping reads the files."""

    schema: Schema
    feed: str | None
    kind: str | None
    reads: Reads | None
    files: list[FeedFile] = field(default_factory=list)
    unknown: list[Path] = field(default_factory=list)


def find_files(
    paths: Sequence[Path], *, schema: Schema, feed: str | None, kind: str | None, reads: Reads | None = None
) -> FoundFiles:
    """Return the files under the paths so that what is referred to comes first, then by name.

    A name is `<feed>.<Kind>.csv`, with more between the kind and the ending where there are several files of a kind;
    what is given as `feed` or `kind` wins over the name. A workbook is `<feed>.xlsx` with sheets named like kinds, or
    named like any other file; without a mapping, sheets that are not named like a kind are `unknown` where others
    are. In a folder or archive a file whose name does not tell both is `unknown`, unless both are given; a file given
    by its own path is always to be loaded, "-" is standard input. Raises `no_such_path`.
    """
    search = _Search(schema, feed, kind, reads)
    for path in paths:
        if path == STANDARD_INPUT:
            search.files.append(FeedFile(path, feed, kind))
        elif _is_folder(path):
            for inside in _inside(path):
                _add_of_folder(search, inside)
        else:
            _add(search, _named(search, path, None), is_asked_for=True)
    order = {name: number for number, name in enumerate(schema.load_order())}
    files = sorted(search.files, key=lambda file: (order.get(file.kind or "", len(order)), file.name, str(file.path)))
    return FoundFiles(tuple(files), tuple(search.unknown))


def _is_folder(path: Path) -> bool:
    try:
        if path.is_dir():
            return True
        if not path.exists():
            raise LoadError("no_such_path", file=path)
    except OSError:
        # Whoever opens it says why it cannot be read.
        return False
    return False


def _inside(folder: Path) -> Iterator[Path]:
    """Yield what is in the folder and its folders and is not hidden; a folder that cannot be listed is yielded too."""
    closed: list[Path] = []
    found: list[Path] = []
    for root, folders, files in os.walk(folder, onerror=lambda fault: closed.append(Path(fault.filename))):
        folders[:] = [name for name in folders if not name.startswith(LEFT_BEHIND)]
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        found.extend(Path(root) / name for name in [*files, *links])
    yield from sorted(path for path in found if not _is_companion(path.name))
    yield from closed


def _is_companion(name: str) -> bool:
    return name in COMPANIONS or name.startswith(LEFT_BEHIND)


def _add_of_folder(search: _Search, path: Path) -> None:
    if path.is_file() and path.name.lower().removesuffix(PACKED_SUFFIX).endswith(SUFFIXES):
        _add(search, _named(search, path, None), is_asked_for=False)
    elif path.is_dir() and not path.is_symlink():
        search.files.append(FeedFile(path, search.feed, search.kind))
    else:
        search.unknown.append(path)


def _add(search: _Search, file: FeedFile, *, is_asked_for: bool) -> None:
    """Add a plain file, or what stands in an archive or a workbook; a fault seen here is told when it is loaded."""
    head = first_bytes(file.path, HEAD_BYTES)
    try:
        if head.startswith(ZIP_SIGNS):
            with opened(file.path) as stream:
                _add_packed(search, file, Archive(stream, os.fstat(stream.fileno()).st_size, file.path.name))
        elif head.startswith(OLD_OFFICE_SIGN):
            raise office_fault(read_bytes(file.path), file.name)
        elif is_asked_for or _is_told(file):
            search.files.append(replace(file, fault=form_fault(head, file.name)))
        else:
            search.unknown.append(file.path)
    except LoadError as fault:
        search.files.append(replace(file, fault=fault))


def _add_packed(search: _Search, file: FeedFile, archive: Archive) -> None:
    if is_workbook(archive):
        _add_sheets(search, file, archive)
        return
    if "mimetype" in archive.members:
        raise LoadError("old_workbook", file=file.name)
    if not archive.members:
        raise LoadError("archive_empty", file=file.name)
    for name in sorted(archive.members):
        parts = PurePosixPath(name).parts
        if any(part.startswith(LEFT_BEHIND) and part != ".." for part in parts) or parts[-1] in COMPANIONS:
            continue
        beside = str(PurePosixPath(name).with_name(ORIGIN_FILE))
        origin = beside if beside in archive.members else None
        member = replace(_named(search, file.path, name), origin_member=origin)
        if name.lower().endswith((".xlsx", ".xlsm")):
            try:
                _add_sheets(search, member, Archive.of(archive.read(name), member.name))
            except LoadError as fault:
                search.files.append(replace(member, fault=fault))
        elif name.lower().endswith(".zip"):
            search.files.append(replace(member, fault=LoadError("nested_archive", file=member.name)))
        elif name.lower().removesuffix(PACKED_SUFFIX).endswith(SUFFIXES) and _is_told(member):
            search.files.append(member)
        else:
            search.unknown.append(file.path / name.lstrip("/"))


def _add_sheets(search: _Search, file: FeedFile, archive: Archive) -> None:
    workbook = Workbook(archive, file.name)
    if not is_workbook(archive) or not workbook.is_spreadsheet:
        raise LoadError("old_workbook", file=file.name)
    told = search.reads.sheets if search.reads is not None else ()
    kinds = [search.kind] if search.kind else list(search.schema.fact_tables)
    chosen = data_sheets(workbook, kinds=() if search.reads is not None else kinds, told=told)
    missing = [name for name in told if name not in {sheet.name for sheet in workbook.sheets}]
    names = [*(sheet.name for sheet in chosen.taken), *missing]
    if not names:
        raise LoadError("no_sheet_with_rows", file=file.name)
    parts = PurePosixPath(file.own_name).name.split(".")
    feed = file.feed or (parts[0] if parts[0] in search.schema.feeds else None)
    for name in names:
        kind = search.kind or (name if name in search.schema.fact_tables else file.kind)
        search.files.append(replace(file, feed=feed, kind=kind, sheet=name))
    search.unknown.extend(file.path.with_name(replace(file, sheet=sheet.name).name) for sheet in chosen.unknown)


def _is_told(file: FeedFile) -> bool:
    return file.feed is not None and file.kind is not None


def _named(search: _Search, path: Path, member: str | None) -> FeedFile:
    file = FeedFile(path, None, None, member)
    parts = file.own_name.split(".")[:-1]
    kind = next((part for part in parts[:2] if part in search.schema.fact_tables), None)
    feed = parts[0] if len(parts) > 1 and parts[1] == kind else None
    return replace(file, feed=search.feed or feed, kind=search.kind or kind)
