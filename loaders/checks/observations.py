"""What an observation must say, told by its indicator: a number or one of its answers, of the right subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema import Schema
from graph_schema.meta import Indicator
from loaders.checks.cell_ranges import share_faults
from loaders.checks.cell_types import CODE_JOINT
from loaders.errors import LoadError
from loaders.feed_rights import feeds_measuring, may_measure
from loaders.rows.fact_rows import Fault, Flags, Indexes, flags

SHARE_UNIT = "share"
SUBJECTS = {"household_id": ("household",), "area_id": ("area", "product_area")}


@dataclass(frozen=True)
class _Measured:
    """Observations with their indicators: `number` is the place of each one's indicator, -1 where it is not known."""

    typed: Mapping[str, pa.Array]
    indicators: tuple[Indicator, ...]
    number: Indexes

    def where(self, met: Iterable[bool]) -> Flags:
        """Return the observations whose indicator meets a condition; `met` has one flag per indicator."""
        return np.array([*met, False], dtype=np.bool_)[self.number]

    def has(self, name: str) -> Flags:
        """Return the observations whose column is filled."""
        return flags(pc.is_valid(self.typed[name]))


def observation_faults(typed: Mapping[str, pa.Array], schema: Schema, *, feed: str) -> list[Fault]:
    """Return the faults of observations in value, subject and feed; an unknown indicator is left to the references."""
    measured = _measured(typed, schema)
    found = (
        *_value_faults(measured, schema),
        *_subject_faults(measured),
        *_feed_faults(measured, schema, feed),
    )
    return [fault for fault in found if len(fault.facts)]


def allowed_answers(indicator: Indicator, schema: Schema) -> tuple[str, ...]:
    """Return the codes that may answer the indicator, none where it is measured by a number."""
    if any(rule.operator == "names" for rule in indicator.raises):
        return tuple(schema.causes)
    return indicator.answers


def _measured(typed: Mapping[str, pa.Array], schema: Schema) -> _Measured:
    encoded = typed["indicator_id"].dictionary_encode()
    known: list[Indicator] = []
    place_of_code: list[int] = []
    for code in encoded.dictionary.to_pylist():
        is_known = code in schema.indicators
        place_of_code.append(len(known) if is_known else -1)
        if is_known:
            known.append(schema.indicators[code])
    codes = np.asarray(pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False), dtype=np.int64)
    return _Measured(typed, tuple(known), np.array([*place_of_code, -1], dtype=np.int64)[codes])


def _value_faults(measured: _Measured, schema: Schema) -> Iterator[Fault]:
    has_number, has_answer = measured.has("number_value"), measured.has("answer")
    has_value = has_number | has_answer
    yield Fault("no_value", "number_value", np.flatnonzero((measured.number >= 0) & ~has_value))
    for place, indicator in enumerate(measured.indicators):
        allowed = allowed_answers(indicator, schema)
        of_this = (measured.number == place) & has_value
        if allowed:
            fields = {"indicator": indicator.code, "allowed": ", ".join(allowed)}
            yield Fault("needs_answer", "answer", _answered_wrongly(measured, of_this, allowed), fields)
        else:
            missing = np.flatnonzero(of_this & ~has_number)
            yield Fault("needs_number", "number_value", missing, {"indicator": indicator.code})
    of_share = measured.where(indicator.unit == SHARE_UNIT for indicator in measured.indicators)
    shares = pc.if_else(pa.array(of_share), measured.typed["number_value"], pa.scalar(None, pa.float64()))
    yield from share_faults("number_value", shares)


def _answered_wrongly(measured: _Measured, of_this: Flags, allowed: tuple[str, ...]) -> Indexes:
    answers = measured.typed["answer"].dictionary_encode()
    codes = np.asarray(pc.fill_null(answers.indices, -1).to_numpy(zero_copy_only=False), dtype=np.int64)
    fits = [set(answer.split(CODE_JOINT)).issubset(allowed) for answer in answers.dictionary.to_pylist()]
    return np.flatnonzero(of_this & ~np.array([*fits, False], dtype=np.bool_)[codes])


def _subject_faults(measured: _Measured) -> Iterator[Fault]:
    for column, scopes in SUBJECTS.items():
        in_scope = [indicator.scope in scopes for indicator in measured.indicators]
        wrong = np.flatnonzero(measured.where(in_scope) & ~measured.has(column))
        indicators = [measured.indicators[place].code for place in measured.number[wrong]]
        fields = {"scope": LoadError.catalogue.messages[f"scope_{scopes[0]}"].what, "column": column}
        yield Fault("wrong_subject", column, wrong, fields, {"indicator": indicators})


def _feed_faults(measured: _Measured, schema: Schema, feed: str) -> Iterator[Fault]:
    for place, indicator in enumerate(measured.indicators):
        if not may_measure(schema, feed, indicator.code):
            fields = {"feed": feed, "known": ", ".join(feeds_measuring(schema, indicator.code))}
            yield Fault("feed_does_not_measure", "indicator_id", np.flatnonzero(measured.number == place), fields)
