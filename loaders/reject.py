"""Rejected rows as data: where, what, why and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from graph_schema.messages import LANGUAGES, Language
from loaders.checks.facts import Checked
from loaders.checks.verdict import Verdict
from loaders.errors import LoadError
from loaders.files.raw_table import RaggedRow, RawTable
from loaders.rows.fact_rows import Indexes

SHOWN_CHARACTERS = 80


@dataclass(frozen=True)
class Reject:
    """One reason why a row was rejected.

    `line` is counted from 1; `column` and `value` are those of the file (several joined by a comma where a mapping
    makes one of them), both empty where the row as a whole is meant. `code` is stable.
    """

    file: str
    line: int
    column: str
    value: str
    code: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def what(self, language: Language) -> str:
        """Return what is wrong."""
        return LoadError.catalogue.what(self.code, self._all_fields(), language)

    def remedy(self, language: Language) -> str:
        """Return what to do."""
        return LoadError.catalogue.remedy(self.code, self._all_fields(), language)

    def to_dict(self) -> dict[str, object]:
        """Return the reject for JSON, told in both languages."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "value": self.value,
            "code": self.code,
            "what": {language: self.what(language) for language in LANGUAGES},
            "remedy": {language: self.remedy(language) for language in LANGUAGES},
        }

    def _all_fields(self) -> dict[str, object]:
        return {"value": self.value, "column": self.column, **self.fields}


@dataclass(frozen=True)
class RejectSource:
    """Where rejects come from: a file as it was read, its facts as they were checked, and the verdict."""

    file: str
    raw: RawTable
    checked: Sequence[Checked]
    verdict: Verdict

    def rejects(self) -> Iterator[Reject]:
        """Yield every reject by line; rows that do not fit the header stand in their place."""
        ragged = iter(self.raw.ragged)
        waiting = next(ragged, None)
        for row, part, number, place in self._order():
            line = int(self.raw.lines[row])
            while waiting is not None and waiting.line < line:
                yield self._ragged(waiting)
                waiting = next(ragged, None)
            yield self._reject(line, row, part, number, place)
        while waiting is not None:
            yield self._ragged(waiting)
            waiting = next(ragged, None)

    def _order(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield row, set of facts, fault and place in the fault, by row."""
        found: list[Indexes] = [np.zeros((0, 4), np.int64)]
        for part, faults in enumerate(self.verdict.faults):
            says = self.checked[part].facts.fact_of_row
            for number, fault in enumerate(faults):
                place_of_fact = np.full(len(self.checked[part].facts) + 1, -1, np.int64)
                place_of_fact[fault.facts] = np.arange(len(fault.facts))
                rows = np.flatnonzero(place_of_fact[says] >= 0)
                columns = (rows, np.full_like(rows, part), np.full_like(rows, number), place_of_fact[says[rows]])
                found.append(np.stack(columns, axis=1))
        together = np.concatenate(found)
        for row, part, number, place in together[np.argsort(together[:, 0], kind="stable")].tolist():
            yield row, part, number, place

    def _reject(self, line: int, row: int, part: int, number: int, place: int) -> Reject:
        facts, fault = self.checked[part].facts, self.verdict.faults[part][number]
        fields = {**fault.fields, **{name: values[place] for name, values in fault.fields_of_fact.items()}}
        own = facts.made_of.get(fault.column, ())
        if own:
            value = ", ".join(self.raw.cells[name][row].as_py() for name in own)
        else:
            made = facts.columns.get(fault.column)
            value = "" if made is None else made[int(fault.facts[place])].as_py() or ""
        return Reject(self.file, line, ", ".join(own) or fault.column, _shown(value), fault.code, fields)

    def _ragged(self, row: RaggedRow) -> Reject:
        fields = {"expected": row.expected, "found": len(row.cells)}
        return Reject(self.file, row.line, row.column, _shown(row.value), row.code, fields)


def _shown(value: str) -> str:
    return value if len(value) <= SHOWN_CHARACTERS else value[: SHOWN_CHARACTERS - 1] + "…"
