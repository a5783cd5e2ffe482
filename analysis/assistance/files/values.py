"""Texts of cells that only files of assistance have: amounts in fen, severities, answers that may be unknown."""

from __future__ import annotations

import re

from analysis.produce.files import values
from analysis.produce.files.values import Misread
from graph_schema import Schema

# Above what any programme has: who writes more has written another unit.
MOST_FEN = 1_000_000_000_000
MOST_PLACES = 10_000_000

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")

places = values.whole(0, MOST_PLACES)


def fen(cell: str) -> int:
    """Return an amount in whole fen, 0 or more; an amount in yuan is told as such."""
    if not _NUMBER.fullmatch(cell):
        raise Misread("produce_file_no_number")
    if float(cell) < 0:
        raise Misread("produce_file_negative")
    if not _WHOLE.fullmatch(cell):
        raise Misread("assist_file_no_fen")
    if int(cell) > MOST_FEN:
        raise Misread("assist_file_fen_far", most=f"{MOST_FEN // 100:,}")
    return int(cell)


def severity(cell: str) -> float:
    """Return a severity: a share from 0 to 1."""
    if not _NUMBER.fullmatch(cell):
        raise Misread("produce_file_no_number")
    if not 0 <= float(cell) <= 1:
        raise Misread("assist_file_severity")
    return float(cell)


def cause_of(schema: Schema) -> values.Read:
    """Return what reads a cause by its code or its name, in English or Chinese."""
    entries = ((code, cause.label.en, cause.label.zh) for code, cause in schema.causes.items())
    return values.word(values.words_of(entries), "assist_file_unknown_cause")


def measure_of(schema: Schema) -> values.Read:
    """Return what reads a measure by its code or its name."""
    return values.word(_measure_words(schema), "assist_file_unknown_measure")


def measures_of(schema: Schema) -> values.Read:
    """Return what reads several measures between semicolons, each once."""
    return values.words(_measure_words(schema), "assist_file_unknown_measure")


def code_of(schema: Schema, code_list: str) -> values.Read:
    """Return what reads one code of a list by its code or its name."""
    return values.word(values.code_words(schema, code_list), "produce_file_unknown_code")


def codes_of(schema: Schema, code_list: str) -> values.Read:
    """Return what reads several codes of a list between semicolons, each once."""
    return values.words(values.code_words(schema, code_list), "produce_file_unknown_code")


def yes_no(cell: str) -> int:
    """Return 1 for yes and 0 for no; a cell that says neither stays empty: unknown."""
    return int(values.answer(cell))


def _measure_words(schema: Schema) -> dict[str, str]:
    return values.words_of((code, each.label.en, each.label.zh) for code, each in schema.measures.items())
