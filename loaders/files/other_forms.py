"""What a file is by its first bytes, where it is none that holds a table: so that a person is told what was sent."""

from __future__ import annotations

import re

from loaders.errors import LoadError

# How much of a file tells its form.
HEAD_BYTES = 1024
# Excel before 2007, and any workbook that asks for a password; the latter holds a part of this name.
OLD_OFFICE_SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_PART = "EncryptedPackage".encode("utf-16-le")
LOCKED_PARQUET_SIGN = b"PARE"

_SIGNS = {
    b"%PDF-": "PDF",
    b"Rar!\x1a\x07": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"\xfd7zXZ\0": "xz",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"\x89PNG\r\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"{\\rtf": "RTF",
    b"SQLite format 3\0": "SQLite",
    b"ARROW1\0\0": "Arrow",
}
_BZIP2 = re.compile(rb"BZh[1-9]1AY&SY")
_MARKUP = re.compile(rb"<(?:[a-zA-Z]|[!?][a-zA-Z-])")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
# A header may begin with a bracket, but not like this.
_JSON = re.compile(rb'\{\s*"|\[\s*[{\["]')


def form_fault(head: bytes, file: str) -> LoadError | None:
    """Return why a file that begins like this holds no table, None if it may hold one.

    Web pages count too: many systems export them under the ending .xls.
    """
    if head.startswith(LOCKED_PARQUET_SIGN):
        return LoadError("encrypted_file", file=file)
    form = _form(head)
    return LoadError("other_form", file=file, form=form) if form else None


def office_fault(data: bytes, file: str) -> LoadError:
    """Return why an office document that begins with `OLD_OFFICE_SIGN` cannot be read: it is locked, or too old."""
    return LoadError("encrypted_file" if LOCKED_PART in data else "old_workbook", file=file)


def _form(head: bytes) -> str | None:
    for sign, form in _SIGNS.items():
        if head.startswith(sign):
            return form
    if _BZIP2.match(head):
        return "bzip2"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _MARKUP.match(text):
        return "HTML" if _HTML.search(text) else "XML"
    return "JSON" if _JSON.match(text) else None
