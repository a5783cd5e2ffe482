"""How much a file may hold. None of these has a meaning for a household: they keep one file from taking the machine."""

from __future__ import annotations

MEGABYTE = 1 << 20
# A file, unpacked, is held in memory whole; its rows as text take about as much again.
MAX_BYTES = 2048 * MEGABYTE
# Text and the XML of a workbook pack 3 to 60 times; deflate itself ends at 1,032.
MAX_PACKING_RATIO = 250
# A small file that packs well, such as a column of the same value, does no harm.
RATIO_FROM_BYTES = 64 * MEGABYTE
# More files than a department sends; each is looked up in the list of all.
MAX_MEMBERS = 5_000
# The width of the widest sheet a spreadsheet can save.
MAX_COLUMNS = 16_384
# Of a workbook one row is held at a time. The widest has three elements a cell; more is no spreadsheet's work.
MAX_ELEMENTS = 1 << 20
# Parquet packs a billion equal cells into a few bytes.
MAX_PARQUET_CELLS = 300_000_000
