"""Bytes as the rows that stand in them, as loading reads them."""

from __future__ import annotations

import io

import pytest

from loaders.errors import LoadError
from loaders.files.content import Content, open_content
from loaders.files.feed_file import STANDARD_INPUT, FeedFile
from loaders.files.raw_table import RawTable
from loaders.files.reads import Reads

NAME = "stdin"


def content_of(data: bytes, *, kind: str = "Household", sheet: str | None = None) -> Content:
    """Return what stands in the bytes."""
    return open_content(FeedFile(STANDARD_INPUT, "police", kind, sheet=sheet), standard_input=io.BytesIO(data))


def table_of(data: bytes, reads: Reads | None = None, *, needed: tuple[str, ...] | None = None) -> RawTable:
    """Return the rows that stand in the bytes."""
    return content_of(data).table(reads or Reads(), needed)


def rows_of(data: bytes, reads: Reads | None = None) -> list[tuple[str, ...]]:
    """Return the header and the rows that fit it."""
    cells = table_of(data, reads).cells
    return [tuple(cells.column_names), *zip(*(column.to_pylist() for column in cells.columns), strict=True)]


def fault_of(data: bytes, reads: Reads | None = None) -> tuple[str, dict[str, object]]:
    """Return the code and the places, the file left out, of the error that reading the bytes ends in."""
    with pytest.raises(LoadError) as caught:
        table_of(data, reads)
    assert caught.value.what("en")
    assert caught.value.remedy("zh")
    return caught.value.code, {name: value for name, value in caught.value.fields.items() if name != "file"}
