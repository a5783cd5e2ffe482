"""Text in whatever encoding as UTF-8.

UTF-8 is believed first. GB18030 gives a meaning to nearly any two bytes, so it is believed only where the text is
wholly GB18030, reads as everyday Chinese, and is not UTF-8 with a few broken bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from loaders.errors import LoadError
from loaders.files.reads import AUTO

UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# How much around the first byte that is no UTF-8 tells what the text is.
SAMPLE_BYTES = 1 << 19
# One broken character is no evidence of another encoding.
MIN_CHARACTERS = 2
# A UTF-8 text with broken bytes has more whole characters than broken ones; GB18030 has hardly any by chance.
MIN_BROKEN_TO_WHOLE = 3
# Names hold rare characters, but most of a text is among the 6,763 of GB 2312. What Latin text turns into is not.
MIN_EVERYDAY_SHARE = 0.8

# As `surrogateescape` shows bytes that are no UTF-8.
_BROKEN = re.compile("[\udc80-\udcff]")
_CUT_OFF = re.compile("(?<![\udc80-\udcff])[\udce0-\udcf4][\udc80-\udcbf]{1,2}(?![\udc80-\udcff])")
_WHOLE = re.compile("[\u0800-\ud7ff\ue000-\uffff\U00010000-\U0010ffff]")


def as_utf8(data: bytes, *, file: str, encoding: str) -> bytes:
    """Return the text in UTF-8, perhaps with its mark. A mark wins over the `encoding` told.

    Under "auto" bytes that may be UTF-8 with a fault come back as they are, so that whoever reads them says where the
    fault is. Raises LoadError: `not_in_encoding`.
    """
    if data.startswith(UTF8_MARK):
        return data
    if data.startswith(UTF16_MARKS):
        return _recoded(data, "utf-16", file)
    if encoding not in (AUTO, "utf-8"):
        return _recoded(data, encoding, file)
    if encoding == AUTO:
        place = _first_broken(data)
        if place is not None and is_gb18030(data, place):
            return data.decode("gb18030").encode("utf-8")
    return data


def is_gb18030(data: bytes, place: int) -> bool:
    """Return whether text that stops being UTF-8 at `place` is Chinese in GB18030."""
    sample = data[max(0, place - SAMPLE_BYTES) : place + SAMPLE_BYTES].decode("utf-8", errors="surrogateescape")
    cut_off = sum(len(found[0]) for found in _CUT_OFF.finditer(sample))
    broken = sum(1 for _ in _BROKEN.finditer(sample))
    whole = sum(1 for _ in _WHOLE.finditer(sample))
    if broken - cut_off <= MIN_BROKEN_TO_WHOLE * (whole + cut_off):
        return False
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    foreign = "".join(character for character in text[: 2 * SAMPLE_BYTES] if character > "\x7f")
    everyday = len(foreign.encode("gb2312", errors="ignore")) // 2
    return len(foreign) >= MIN_CHARACTERS and everyday >= MIN_EVERYDAY_SHARE * len(foreign)


def not_utf8(data: bytes, file: str) -> LoadError | None:
    """Return the error that names the line and the byte at which the text stops being UTF-8, None if it does not."""
    place = _first_broken(data)
    if place is None:
        return None
    return LoadError("not_utf8", file=file, line=data.count(b"\n", 0, place) + 1, byte=f"{data[place]:02X}")


def _recoded(data: bytes, encoding: str, file: str) -> bytes:
    try:
        return data.decode(encoding).encode("utf-8")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        byte = f"{data[fault.start]:02X}" if fault.start < len(data) else "?"
        named = encoding.upper()
        raise LoadError("not_in_encoding", file=file, encoding=named, line=line, byte=byte) from fault
    except UnicodeEncodeError as fault:
        # Half a pair of UTF-16, which Python lets pass on the way in.
        line = str(fault.object).count("\n", 0, fault.start) + 1
        raise LoadError("not_in_encoding", file=file, encoding=encoding.upper(), line=line, byte="?") from fault


def _first_broken(data: bytes) -> int | None:
    """Return the place of the first byte that is no part of a character in UTF-8, None if there is none."""
    if _is_utf8(data):
        return None
    begin = 0
    for block in _blocks(data):
        try:
            block.decode("utf-8")
        except UnicodeDecodeError as fault:
            return begin + fault.start
        begin += len(block)
    return None


def _is_utf8(data: bytes) -> bool:
    """Return whether the text is UTF-8 throughout: Arrow checks it ten times as fast as Python, but not where."""
    ends = pa.py_buffer(np.array([0, len(data)], np.int64))
    whole = pa.LargeBinaryArray.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(data)])
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _blocks(data: bytes) -> Iterator[bytes]:
    """Yield the text in pieces that end with a line, so that no character is cut in two."""
    begin = 0
    while begin < len(data):
        end = data.find(b"\n", begin + (1 << 20)) + 1 or len(data)
        yield data[begin:end]
        begin = end
