"""What stands in a file, read once: its hash, and its rows as text."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import BinaryIO

from loaders.errors import LoadError
from loaders.files.csv_text import parse_csv
from loaders.files.delimiter import DELIMITERS, found_delimiter
from loaders.files.feed_file import FeedFile
from loaders.files.file_bytes import opened, read_bytes, read_standard_input
from loaders.files.header import HeaderRows
from loaders.files.other_forms import HEAD_BYTES, OLD_OFFICE_SIGN, form_fault, office_fault
from loaders.files.packed import GZIP_SIGN, ZIP_SIGNS, Archive, unpacked
from loaders.files.parquet_table import SIGN as PARQUET_SIGN
from loaders.files.parquet_table import parquet_table
from loaders.files.raw_table import RawTable
from loaders.files.reads import AUTO, Reads
from loaders.files.rejects_columns import delimiter_of_rejects
from loaders.files.sheet_table import sheet_table
from loaders.files.sheets import data_sheets
from loaders.files.text_encoding import as_utf8
from loaders.files.workbook import Sheet, Workbook, is_workbook


@dataclass(frozen=True)
class Content:
    """The bytes of a table, unpacked. `file_hash`: SHA-256 in hex, the name of the sheet mixed in where it has one."""

    file: FeedFile
    data: bytes
    file_hash: str

    def table(self, reads: Reads, needed: Collection[str] | None = None) -> RawTable:
        """Return the rows as text. Raises LoadError where they cannot be taken apart.

        Cells of a workbook that do not tell their value count as faults in the columns `needed`, in all if it is None.
        """
        name = self.file.name
        if self._workbook is not None:
            sheet = self._sheet(self._workbook, reads)
            return sheet_table(self._workbook, sheet, file=name, header=_told(reads), needed=needed)
        if self.data.startswith(PARQUET_SIGN):
            return parquet_table(self.data, file=name)
        header = HeaderRows() if self._rejects_delimiter else _told(reads)
        return parse_csv(self._text(reads), file=name, delimiter=self.delimiter(reads), header=header)

    def delimiter(self, reads: Reads) -> str:
        """Return what stands between two cells, in the file and in its rejects file. Raises as `table` does."""
        if self._rejects_delimiter:
            return self._rejects_delimiter
        if reads.delimiter != AUTO:
            return reads.delimiter
        return found_delimiter(self._text(reads)) if self._is_text else DELIMITERS[0]

    @cached_property
    def _is_text(self) -> bool:
        return self._workbook is None and not self.data.startswith(PARQUET_SIGN)

    @cached_property
    def _workbook(self) -> Workbook | None:
        return Workbook(Archive.of(self.data, self.file.name), self.file.name) if self.data[:4] in ZIP_SIGNS else None

    @cached_property
    def _rejects_delimiter(self) -> str | None:
        return delimiter_of_rejects(self.data) if self._is_text else None

    @cached_property
    def _texts(self) -> dict[str, bytes]:
        return {}

    def _text(self, reads: Reads) -> bytes:
        encoding = AUTO if self._rejects_delimiter else reads.encoding
        if encoding not in self._texts:
            self._texts[encoding] = as_utf8(self.data, file=self.file.name, encoding=encoding)
        return self._texts[encoding]

    def _sheet(self, workbook: Workbook, reads: Reads) -> Sheet:
        by_name = {sheet.name: sheet for sheet in workbook.sheets}
        told = reads.sheets if self.file.sheet is None else (self.file.sheet,)
        for name in told:
            if name not in by_name:
                raise LoadError("no_such_sheet", file=self.file.name, sheet=name, known=", ".join(by_name))
        chosen = data_sheets(workbook, kinds=(self.file.kind or "",), told=told).taken
        if not chosen:
            raise LoadError("no_sheet_with_rows", file=self.file.name)
        if len(chosen) > 1:
            known = ", ".join(sheet.name for sheet in chosen)
            raise LoadError("which_sheet", file=self.file.name, known=known)
        return chosen[0]


def open_content(file: FeedFile, *, standard_input: BinaryIO | None) -> Content:
    """Return what stands in the file.

    Raises LoadError: `unreadable_file`, `not_a_file`, `file_changed`, `no_standard_input`, `too_large`, what `Archive`
    and `unpacked` raise, `nested_archive`, `archive_not_opened`, `archive_empty`, `old_workbook`, `encrypted_file`,
    `other_form`, `workbook_faulty`.
    """
    if file.is_standard_input:
        data = read_standard_input(standard_input, file.name)
    elif file.member is None:
        data = read_bytes(file.path)
    else:
        with opened(file.path) as stream:
            data = Archive(stream, os.fstat(stream.fileno()).st_size, file.path.name).read(file.member)
    data = _opened(data, file)
    digest = sha256(data)
    if file.sheet is not None:
        digest.update(b"\0" + file.sheet.encode("utf-8", errors="surrogatepass"))
    return Content(file, data, digest.hexdigest())


def _opened(data: bytes, file: FeedFile) -> bytes:
    """Return the bytes of the table or workbook: gzip taken off, what cannot be read refused."""
    if data.startswith(GZIP_SIGN):
        data = unpacked(data, file.name)
        if data.startswith(GZIP_SIGN):
            raise LoadError("nested_archive", file=file.name)
    if data.startswith(OLD_OFFICE_SIGN):
        raise office_fault(data, file.name)
    if data[:4] in ZIP_SIGNS:
        archive = Archive.of(data, file.name)
        if not archive.members:
            raise LoadError("archive_empty", file=file.name)
        if not is_workbook(archive):
            if "mimetype" in archive.members:
                raise LoadError("old_workbook", file=file.name)
            # An archive whose members could be listed comes here as its members.
            raise LoadError("nested_archive" if file.member else "archive_not_opened", file=file.name)
        if not Workbook(archive, file.name).is_spreadsheet:
            raise LoadError("old_workbook", file=file.name)
    elif fault := form_fault(data[:HEAD_BYTES], file.name):
        raise fault
    return data


def _told(reads: Reads) -> HeaderRows:
    return HeaderRows(
        None if reads.first_header_row == "auto" else reads.first_header_row,
        None if reads.header_rows == "auto" else reads.header_rows,
    )
