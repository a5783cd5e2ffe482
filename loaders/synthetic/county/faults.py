"""Faults planted on the way from a department to its file, each told in the truth: what is wrong, and what is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema import Schema
from loaders.synthetic.county.chunks import ChunkWriter, same
from loaders.synthetic.county.plan import Flags, Indexes
from loaders.synthetic.county.rates import Rates

Columns = dict[str, pa.Array]

FAULT_COLUMNS = ("file", "line", "fault", "household", "item", "column", "wrong", "right", "is_rejected", "code")
# What no check lets through, in turn: each with the code of the message that a load answers with.
_DAY, _ITEM, _NUMBER, _TWICE = range(4)
_LARGE = 1000
_SHARE_SHIFT = 0.37


@dataclass
class PlantedFaults:
    """The faults planted so far; `row` is the place in the block's part of the file, -1 where the row is missing."""

    parts: list[dict[str, pa.Array]] = field(default_factory=list)

    def add(self, count: int, **columns: object) -> None:
        """Keep some faults; a single value stands for all of them."""
        if count:
            filled = {
                key: value if isinstance(value, pa.Array) else same(value, count) for key, value in columns.items()
            }
            self.parts.append({key: part.cast(_TYPES[key]) for key, part in filled.items()})

    def table(self) -> pa.Table:
        """Return all faults: the columns of FAULT_COLUMNS with `row` in place of `line`."""
        schema = pa.schema([(key, _TYPES[key]) for key in _TYPES])
        tables = [pa.table({key: part[key] for key in _TYPES}, schema=schema) for part in self.parts]
        return pa.concat_tables(tables) if tables else schema.empty_table()


_TYPES = {
    "file": pa.string(),
    "row": pa.int64(),
    "fault": pa.string(),
    "household": pa.string(),
    "item": pa.string(),
    "column": pa.string(),
    "wrong": pa.string(),
    "right": pa.string(),
    "is_rejected": pa.bool_(),
    "code": pa.string(),
}


class FaultyPost:
    """Takes rows as a department has them and writes the file as it arrives."""

    def __init__(self, writer: ChunkWriter, schema: Schema, rates: Rates, random: np.random.Generator) -> None:
        self._writer, self._schema, self._rates, self._random = writer, schema, rates, random
        self._late: dict[str, Columns] = {}
        self.faults = PlantedFaults()

    def send_observations(self, name: str, columns: Columns, *, is_second: Flags, can_be_late: bool) -> None:
        """Write observations: household_id, indicator_id, observed_on, number_value, answer, period_months."""
        feed = name.split(".")[0]
        band = self._bands(len(is_second), is_second, can_be_late=can_be_late)
        self._log_gone(name, "missing", columns, band == 1, item="indicator_id")
        held_back = _chosen(columns, band == 2)
        wrong, columns = _wrong_observations(columns, band == 3, self._schema)
        kept = np.flatnonzero((band == 0) | (band == 3))
        first = self._writer.add(name, _taken(columns, kept))
        self._log_wrong(name, first, columns, wrong, (kept, np.flatnonzero(band == 3), is_second), item="indicator_id")
        self._write_late(name, feed)
        if len(held_back["household_id"]):
            self._late[feed] = held_back
        self._write_faulty(name, columns, np.flatnonzero(band == 4), item="indicator_id", number="number_value")

    def send_incomes(self, name: str, columns: Columns, *, is_second: bool) -> None:
        """Write income components: household_id, income_year, income_kind, low_fen, high_fen, certainty."""
        count = len(columns["household_id"])
        band = self._bands(count, np.full(count, is_second), can_be_late=False)
        self._log_gone(name, "missing", columns, band == 1, item="income_kind")
        chosen = np.flatnonzero(band == 3)
        right = columns["low_fen"].take(pa.array(chosen)).cast(pa.string())
        # A decimal place too many: ten times the amount, low and high alike.
        tenfold = np.where(band == 3, 10, 1)
        columns = {
            **columns,
            "low_fen": _times(columns["low_fen"], tenfold),
            "high_fen": _times(columns["high_fen"], tenfold),
        }
        kept = np.flatnonzero((band == 0) | (band == 3))
        first = self._writer.add(name, _taken(columns, kept))
        wrong = ("low_fen", columns["low_fen"].take(pa.array(chosen)).cast(pa.string()), right)
        self._log_wrong(name, first, columns, wrong, (kept, chosen, np.full(count, is_second)), item="income_kind")
        self._write_faulty(name, columns, np.flatnonzero(band == 4), item="income_kind", number="low_fen")

    def lose_late(self, last_files: Mapping[str, str]) -> None:
        """Tell the truth of rows that were to come late and have no later file: `last_files` by feed."""
        for feed, columns in self._late.items():
            count = len(columns["household_id"])
            self._log_gone(last_files[feed], "late_not_arrived", columns, np.ones(count, np.bool_), item="indicator_id")

    def _bands(self, count: int, is_second: Flags, *, can_be_late: bool) -> Indexes:
        """Return for each row 0 right, 1 missing, 2 late, 3 wrong, 4 faulty."""
        rate = self._rates.number
        chance = self._random.random(count)
        wrong = np.where(is_second, rate("fault.disagreement"), rate("fault.wrong_value"))
        late = rate("fault.late_row") if can_be_late else 0.0
        ends = np.cumsum(
            np.stack(
                [
                    np.full(count, rate("fault.missing_row")),
                    np.full(count, late),
                    wrong,
                    np.full(count, rate("fault.faulty_row")),
                ]
            ),
            axis=0,
        )
        band = (chance[None, :] >= ends).sum(axis=0) + 1
        return np.where(band == 5, 0, band)

    def _log_gone(self, name: str, fault: str, columns: Columns, gone: Flags, *, item: str) -> None:
        lost = _chosen(columns, gone)
        number = "number_value" if "number_value" in columns else "low_fen"
        value = lost[number].cast(pa.string())
        if "answer" in lost:
            value = pc.coalesce(value, lost["answer"])
        self._log(name, fault, lost, -1, column="", wrong="", right=value, item=item)

    def _log_wrong(
        self,
        name: str,
        first: int,
        columns: Columns,
        wrong: tuple[object, pa.Array, pa.Array],
        places: tuple[Indexes, Indexes, Flags],
        *,
        item: str,
    ) -> None:
        kept, chosen, is_second = places
        rows = pa.array(first + np.searchsorted(kept, chosen))
        kind = pa.array(np.where(is_second[chosen], "disagrees", "wrong_value"), pa.string())
        self._log(name, kind, _taken(columns, chosen), rows, column=wrong[0], wrong=wrong[1], right=wrong[2], item=item)

    def _write_late(self, name: str, feed: str) -> None:
        late = self._late.pop(feed, None)
        if late is None:
            return
        first = self._writer.add(name, late)
        rows = pa.array(first + np.arange(len(late["household_id"])))
        self._log(
            name,
            "late",
            late,
            rows,
            column="",
            wrong="",
            right=late["observed_on"].cast(pa.string()),
            item="indicator_id",
        )

    def _write_faulty(self, name: str, columns: Columns, chosen: Indexes, *, item: str, number: str) -> None:
        """Write rows that are rejected after the good ones; the last sort is a good row written twice."""
        if not len(chosen):
            return
        sort = np.arange(len(chosen)) % (_TWICE + 1)
        if number == "low_fen":
            sort = np.where(sort == _DAY, _NUMBER, sort)
        rows = _taken(columns, chosen)
        texts = {key: part.cast(pa.string()) for key, part in rows.items()}
        is_answer = pa.array(np.zeros(len(chosen), np.bool_))
        if "answer" in rows:
            is_answer = pc.is_valid(rows["answer"])
        spoiled: dict[str, pa.Array] = dict(texts)
        if "observed_on" in texts:
            bad = pc.binary_join_element_wise(pc.utf8_slice_codeunits(texts["observed_on"], 0, 4), "02-30", "-")
            spoiled["observed_on"] = _where(sort == _DAY, bad, texts["observed_on"])
        spoiled[item] = _where(sort == _ITEM, same("I999", len(chosen)), texts[item])
        of_answer = np.asarray(is_answer.to_numpy(zero_copy_only=False), np.bool_)
        spoiled[number] = _where((sort == _NUMBER) & ~of_answer, same("约3", len(chosen)), texts[number])
        if "answer" in texts:
            spoiled["answer"] = _where((sort == _NUMBER) & of_answer, same("?", len(chosen)), texts["answer"])
        twice = np.flatnonzero(sort == _TWICE)
        self._writer.add(name, _taken(texts, twice))
        first = self._writer.add(name, spoiled)
        self._log_faulty(name, first, (texts, spoiled), (sort, of_answer), (item, number))

    def _log_faulty(
        self,
        name: str,
        first: int,
        rows: tuple[Columns, Columns],
        sorts: tuple[Indexes, Flags],
        columns: tuple[str, str],
    ) -> None:
        texts, spoiled = rows
        sort, of_answer = sorts
        item, number = columns
        is_income = number == "low_fen"
        kinds = (
            (_DAY, np.ones(len(sort), np.bool_), "observed_on", "no_such_day"),
            (_ITEM, np.ones(len(sort), np.bool_), item, "not_a_code" if is_income else "unknown_reference"),
            (_NUMBER, ~of_answer, number, "not_whole" if is_income else "not_a_number"),
            (_NUMBER, of_answer, "answer", "needs_answer"),
            (_TWICE, np.ones(len(sort), np.bool_), item, "same_row_twice"),
        )
        for kind, fits, column, code in kinds:
            chosen = np.flatnonzero((sort == kind) & fits)
            if len(chosen):
                place = pa.array(chosen)
                self._log(
                    name,
                    "row_twice" if kind == _TWICE else "faulty_row",
                    _taken(texts, chosen),
                    pa.array(first + chosen),
                    column=column,
                    wrong=spoiled[column].take(place),
                    right=texts[column].take(place),
                    item=item,
                    code=code,
                )

    def _log(
        self, name: str, fault: object, columns: Columns, row: object, *, item: str, code: str = "", **texts: object
    ) -> None:
        self.faults.add(
            len(columns["household_id"]),
            file=name,
            row=row,
            fault=fault,
            household=columns["household_id"],
            item=columns[item],
            is_rejected=bool(code),
            code=code,
            **texts,
        )


def _wrong_observations(
    columns: Columns, is_wrong: Flags, schema: Schema
) -> tuple[tuple[pa.Array, pa.Array, pa.Array], Columns]:
    """Return column, wrong and right text of the rows that are to be wrong, and all columns with their wrong values."""
    chosen = np.flatnonzero(is_wrong)
    place = pa.array(chosen)
    indicators = columns["indicator_id"].take(place)
    numbers = columns["number_value"].to_numpy(zero_copy_only=False).astype(np.float64).copy()
    answers = columns["answer"].take(place)
    units = {code: indicator.unit for code, indicator in schema.indicators.items()}
    is_share = np.array([units[code] == "share" for code in indicators.to_pylist()], np.bool_)
    before = numbers[chosen]
    wrong = np.where(is_share, np.round((before + _SHARE_SHIFT) % 1.0, 2), before + 1.0)
    wrong = np.where(before >= _LARGE, before * 10.0, wrong)
    numbers[chosen] = wrong
    other = [
        _other_answer(code, answer, schema)
        for code, answer in zip(indicators.to_pylist(), answers.to_pylist(), strict=True)
    ]
    all_answers = pc.replace_with_mask(columns["answer"], pa.array(is_wrong), pa.array(other, pa.string()))
    is_answer = pc.is_valid(answers)
    changed = pa.array(numbers, pa.float64(), from_pandas=True)
    told = pc.if_else(is_answer, "answer", "number_value")
    wrong_text = pc.coalesce(pa.array(other, pa.string()), changed.take(place).cast(pa.string()))
    right_text = pc.coalesce(answers, columns["number_value"].take(place).cast(pa.string()))
    return (told, wrong_text, right_text), {**columns, "number_value": changed, "answer": all_answers}


def _other_answer(indicator: str, answer: str | None, schema: Schema) -> str | None:
    if answer is None:
        return None
    allowed = schema.indicators[indicator].answers or ("S06", "M07")
    return next(other for other in allowed if other != answer)


def _where(chosen: Flags, one: pa.Array, other: pa.Array) -> pa.Array:
    return pc.if_else(pa.array(chosen), one, other)


def _times(amounts: pa.Array, factor: Indexes) -> pa.Array:
    return pc.multiply(amounts, pa.array(factor))


def _taken(columns: Columns, places: Indexes) -> Columns:
    chosen = pa.array(places)
    return {key: part.take(chosen) for key, part in columns.items()}


def _chosen(columns: Columns, mask: Flags) -> Columns:
    return _taken(columns, np.flatnonzero(mask))
