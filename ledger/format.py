"""The file FORMAT in a data folder: the number of the format that the folder is written in."""

from __future__ import annotations

from pathlib import Path

from ledger.durable import replace_file
from ledger.errors import LedgerError

FORMAT_FILE = "FORMAT"
KNOWN_FORMAT = 1


def has_format(folder: Path) -> bool:
    """Return whether the folder is a data folder."""
    return (folder / FORMAT_FILE).is_file()


def write_format(folder: Path) -> None:
    """Make the folder a data folder of the present format. Raises `folder_not_writable`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(folder / FORMAT_FILE, f"{KNOWN_FORMAT}\n")
    except OSError as fault:
        raise LedgerError("folder_not_writable", folder=folder, reason=fault.strerror or fault) from fault


def check_format(folder: Path) -> int:
    """Return the format of the data folder. Raises `newer_format` or `unknown_format`."""
    file = folder / FORMAT_FILE
    text = file.read_text(encoding="utf-8", errors="replace").strip()
    if not (text.isascii() and text.isdigit()):
        raise LedgerError("unknown_format", file=file, found=text[:20])
    if int(text) > KNOWN_FORMAT:
        raise LedgerError("newer_format", folder=folder, found=int(text), known=KNOWN_FORMAT)
    return int(text)
