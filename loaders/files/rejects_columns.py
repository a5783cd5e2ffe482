"""What a rejects file has beside the columns of the file whose rows it holds."""

from __future__ import annotations

import re

# Their names are those of no column of any kind; some kinds have a `reason` of their own.
LINE_COLUMN, BECAUSE_COLUMN, REMEDY_COLUMN = "rejected_line", "rejected_because", "what_to_do"
REJECT_COLUMNS = (LINE_COLUMN, BECAUSE_COLUMN, REMEDY_COLUMN)

HEAD_BYTES = 1 << 16
# A spreadsheet may have put the names into quotation marks, or have saved with another delimiter.
_HEADER_END = re.compile(rf'{LINE_COLUMN}"?(.)"?{BECAUSE_COLUMN}"?\1"?{REMEDY_COLUMN}'.encode())
_HEADER_END_WIDE = re.compile(rf'{LINE_COLUMN}"?(.)"?{BECAUSE_COLUMN}"?\1"?{REMEDY_COLUMN}')


def delimiter_of_rejects(data: bytes) -> str | None:
    """Return what stands between the cells of a rejects file, None where the text is none.

    A rejects file is always text with one header row, whatever the file was that its rows come from.
    """
    # A name may hold a line break, so the first line alone is not all of the header.
    found = _HEADER_END.search(data, 0, max(HEAD_BYTES, data.find(b"\n") + 1))
    if found:
        return found[1].decode("latin-1")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        wide = _HEADER_END_WIDE.search(data[: 2 * HEAD_BYTES].decode("utf-16", errors="ignore"))
        return wide[1] if wide else None
    return None
