"""Why a cell could not be read: what spreadsheets and keyboards do to numbers, days and codes, each with its remedy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema import Schema
from graph_schema.messages import Label
from graph_schema.meta import PropertyType
from graph_schema.tables import FactColumn
from loaders.rows.fact_rows import Fault, places

# A longer cell is no number, day or code at all.
LONGEST = 100
NUMBERS = frozenset({PropertyType.WHOLE, PropertyType.NUMBER, PropertyType.SHARE})
# What people write where they know nothing.
PLACEHOLDERS = frozenset(
    {"-", "--", "—", "——", "/", "\\", "?", "？", "null", "none", "nan", "n/a", "na", "nil"}
    | {"无", "空", "暂无", "不详", "未知", "不清楚"}
)
# Spreadsheets count days from here, their first one being the 31st of December 1899.
DAY_ZERO = date(1899, 12, 30)

ERROR = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|#+)")
FORMULA = re.compile(r"[=＝]|[+@-][A-Za-z(]")
SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]{1,3}")
_PERCENT = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)\s*%")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}([, '][0-9]{3})+(\.[0-9]+)?")
_WITH_UNIT = re.compile(r"[+-]?[0-9][0-9.,]*\s*[^\W\d_][^\d]*[23]?|[¥$€]\s*[0-9][0-9.,]*\D*")
_DECIMAL = re.compile(r"[+-]?[0-9]+\.[0-9]+")
_DAY = re.compile(r"([0-9]{4})\s*[-/.年]?\s*([0-9]{1,2})\s*[-/.月]?\s*([0-9]{1,2})\s*日?")
_JOINED_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SERIAL_DAY = re.compile(r"[1-9][0-9]{4}")

Told = tuple[str, dict[str, object]]


def with_reasons(column: FactColumn, cells: pa.Array, faults: Sequence[Fault], schema: Schema) -> list[Fault]:
    """Return the faults of one column, those that a known cause explains under the code of that cause.

    `cells` are the texts that could not be read.
    """
    explain = _explainer(column, schema)
    if explain is None:
        return list(faults)
    return [better for fault in faults for better in _explained(fault, cells, explain)]


def text_faults(column: FactColumn, cells: pa.Array) -> list[Fault]:
    """Return the faults of free texts that are the error of a spreadsheet: what stood there is lost."""
    wrong = places(pc.match_substring_regex(cells, rf"\A{ERROR.pattern}\z"))
    return [Fault("spreadsheet_error", column.name, wrong)] if len(wrong) else []


def plain(text: str) -> str:
    """Return the text with the narrow forms of wide digits, letters and signs.

    >>> plain("１２．５％")
    '12.5%'
    """
    return unicodedata.normalize("NFKC", text)


def misread_text(text: str) -> Told | None:
    """Return why a text is none that anybody typed: the error or the formula of a spreadsheet, or a placeholder."""
    if ERROR.fullmatch(text):
        return "spreadsheet_error", {}
    if FORMULA.match(text):
        return "formula_in_cell", {}
    if text.lower() in PLACEHOLDERS:
        return "placeholder", {}
    return None


def _explainer(column: FactColumn, schema: Schema) -> Callable[[str], Told | None] | None:
    if column.type in NUMBERS:
        return lambda text: _misread_number(text, column, schema)
    if column.type is PropertyType.DAY:
        return _misread_day
    if column.type is PropertyType.CODE and column.codes:
        names = {
            name: entry.code
            for entry in schema.code_lists[column.codes].codes
            for name in (entry.label.en.lower(), entry.label.zh, entry.code.lower())
        }
        return lambda text: _misread_code(text, names)
    return misread_text if column.type is PropertyType.FLAG else None


def _explained(fault: Fault, cells: pa.Array, explain: Callable[[str], Told | None]) -> Iterator[Fault]:
    """Yield the fault split by what explains it; what nothing explains keeps its code."""
    texts = cells.take(pa.array(fault.facts)).to_pylist()
    known = {text: explain(text) for text in set(texts) if len(text) <= LONGEST}
    told = [known.get(text) for text in texts]
    codes = dict.fromkeys(None if one is None else one[0] for one in told)
    for code in codes:
        chosen = [place for place, one in enumerate(told) if (one is None and code is None) or (one and one[0] == code)]
        facts = fault.facts[np.array(chosen, np.int64)]
        if code is None:
            yield Fault(fault.code, fault.column, facts, fault.fields)
            continue
        fields = [one[1] for place in chosen if (one := told[place]) is not None]
        names = fields[0].keys()
        yield Fault(code, fault.column, facts, {}, {name: [each[name] for each in fields] for name in names})


def _misread_number(text: str, column: FactColumn, schema: Schema) -> Told | None:
    narrow = plain(text)
    if known := misread_text(text):
        return known
    if percent := _PERCENT.fullmatch(narrow):
        return "percent_sign", {"plain": f"{float(percent[1]) / 100:.10g}"}
    if _GROUPED.fullmatch(narrow):
        return "grouped_digits", {"plain": re.sub(r"[, ']", "", narrow)}
    if column.type is PropertyType.WHOLE and SCIENTIFIC.fullmatch(narrow):
        return "shortened_number", {}
    if _WITH_UNIT.fullmatch(narrow):
        return "unit_in_cell", {"unit": _unit(column, schema)}
    if _DECIMAL.fullmatch(narrow) and "_fen" in column.name:
        return "yuan_for_fen", {"plain": f"{float(narrow) * 100:.0f}"}
    if narrow != text:
        return "wide_characters", {"plain": narrow}
    return None


def _unit(column: FactColumn, schema: Schema) -> Label:
    entry = schema.properties.get(column.name)
    names = schema.units.get(entry.unit) if entry and entry.unit else None
    return Label(names.en, names.zh) if names else Label("the unit of the column", "本列规定的单位")


def _misread_day(text: str) -> Told | None:
    if known := misread_text(text):
        return known
    narrow = plain(text)
    if _SERIAL_DAY.fullmatch(narrow):
        return "day_as_number", {"plain": (DAY_ZERO + timedelta(days=int(narrow))).isoformat()}
    parts = _JOINED_DAY.fullmatch(narrow) or _DAY.fullmatch(narrow)
    if parts is None:
        return None
    year, month, day = (int(part) for part in parts.groups())
    try:
        return "day_in_other_form", {"plain": date(year, month, day).isoformat()}
    except ValueError:
        return "no_such_day", {}


def _misread_code(text: str, names: dict[str, str]) -> Told | None:
    if known := misread_text(text):
        return known
    code = names.get(plain(text).strip().lower())
    return ("name_for_code", {"plain": code}) if code else None
