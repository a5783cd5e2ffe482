"""Files that are too big or too strange to be written down."""

from __future__ import annotations

import gzip
import io
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from tests.loaders.files.small_workbook import Rows, Xml, formatted, sheet_xml, workbook

HOUSEHOLDS = "id,member_count\n100,3\n101,4\n"
MEGABYTE = 1 << 20
# What Excel before 2007 begins with, and so does a workbook that asks for a password.
OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Each entity is ten of the one before: a few hundred bytes stand for a gigabyte.
ENTITIES = '<!ENTITY e0 "plum">' + "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 9))


def long_cell(*, column: str, characters: int) -> bytes:
    """Return two households, the first with a cell of so many characters."""
    long = "x" * characters
    first = f"{long},Lin" if column == "id" else f"100,{long}"
    return f"id,head_name\n{first}\n101,Chen\n".encode()


def many_columns(*, count: int) -> bytes:
    """Return one household with so many columns, of which only the first one is known."""
    names = ["id", *(f"column_{number}" for number in range(2, count + 1))]
    return f"{','.join(names)}\n{','.join(['100'] * count)}\n".encode()


def encoded(*, text: str, encoding: str, cut: int = 0) -> bytes:
    """Return a text in an encoding, without its last bytes."""
    data = text.encode(encoding)
    return data[: len(data) - cut]


def gzipped(*, megabytes: int = 0, cut: int = 0, times: int = 1) -> bytes:
    """Return households, or zeros, packed so many times, without the last bytes."""
    data = bytes(megabytes * MEGABYTE) if megabytes else HOUSEHOLDS.encode()
    for _ in range(times):
        data = gzip.compress(data, mtime=0)
    return data[: len(data) - cut]


def zipped(
    *, names: Sequence[str] = ("police.Household.csv",), megabytes: int = 0, cut: int = 0, locked: bool = False
) -> bytes:
    """Return an archive whose members all hold the same, without its last bytes."""
    content = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(content, "w") as packed:
        # Python warns of a name that stands twice.
        warnings.simplefilter("ignore")
        for name in names:
            text = bytes(megabytes * MEGABYTE) if megabytes else HOUSEHOLDS
            packed.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    data = content.getvalue()
    if locked:
        # The lowest bit of the flags, in the local header and in the list at the end, says that a member is encrypted.
        data = data.replace(b"PK\x03\x04\x14\0\0", b"PK\x03\x04\x14\0\1")
        data = data.replace(b"PK\x01\x02\x14\x03\x14\0\0", b"PK\x01\x02\x14\x03\x14\0\1")
    return data[: len(data) - cut]


def many_members(*, count: int) -> bytes:
    """Return an archive of so many files."""
    return zipped(names=[f"police.Household.{number}.csv" for number in range(count)])


def old_office(*, locked: bool = False) -> bytes:
    """Return what an Office document before 2007, or one with a password, looks like from outside."""
    return OFFICE + bytes(512) + ("EncryptedPackage".encode("utf-16-le") if locked else b"")


def sheet(
    *, rows: Sequence[Sequence[str | float | None]] = (), cell: str | None = None, style: str = "General", cut: int = 0
) -> bytes:
    """Return a workbook of one sheet, without its last bytes.

    `cell`: the XML of a second cell in a last row; a number in it has the number format `style`.
    """
    last: Rows = [["109", Xml(f'<c r="{{place}}" {cell}</c>')]] if cell else []
    data = workbook({"Household": [*rows, *last]}, formats=(style,))
    return data[: len(data) - cut]


def counted_day(*, day: int) -> bytes:
    """Return a household whose day is a number without the format of a day."""
    return workbook({"Household": [["id", "poverty_exit_on"], ["100", formatted(day, 1)]]}, formats=("General",))


def entities() -> bytes:
    """Return a workbook with a sheet whose few bytes stand for a gigabyte."""
    plain = sheet_xml([["id"], ["PLUM"]])
    bomb = plain.replace("<worksheet", f"<!DOCTYPE worksheet [{ENTITIES}]><worksheet").replace("PLUM", "&e8;")
    return workbook({"Household": bomb})


def document() -> bytes:
    """Return an Office document that is no workbook."""
    return workbook({"Household": []}, parts={"xl/workbook.xml": "<w:document xmlns:w='word'/>"})


def parquet(*, cut: int = 0, nested: bool = False) -> bytes:
    """Return two households, perhaps with their people inside a cell, without the last bytes."""
    content = io.BytesIO()
    columns: dict[str, pa.Array] = {"id": pa.array(["100", "101"]), "member_count": pa.array([3, 4])}
    if nested:
        columns["head_name"] = pa.array([{"name": "Lin"}, {"name": "Chen"}])
    pq.write_table(pa.table(columns), content)
    return content.getvalue()[: len(content.getvalue()) - cut]


BUILDERS: Mapping[str, Callable[..., bytes]] = {
    builder.__name__: builder
    for builder in (
        long_cell,
        many_columns,
        encoded,
        gzipped,
        zipped,
        many_members,
        old_office,
        sheet,
        counted_day,
        entities,
        document,
        parquet,
    )
}
