"""What a snapshot lacked: a statement that the thing has ended, in the words of what was said of it before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.history.statements import Statement

ABSENCE, OBSERVATION = "Absence", "Observation"
KEY_JOINT = "|"
SERIES = ("indicator_id", "household_id", "area_id", "product_id")
"""Observations of one indicator and subject are missing as a series, whatever their days."""


def with_absences(statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements, each absence put as the end of the newest statement that its feed had made of the thing.

    An absence of what nothing was said is left out.
    """
    told = [each for each in statements if each.kind != ABSENCE]
    said: dict[tuple[str, str, str], list[Statement]] = {}
    for each in told:
        for key in _missing_as(each):
            said.setdefault((each.kind, key, each.feed), []).append(each)
    ends = []
    for absence in (each for each in statements if each.kind == ABSENCE):
        thing = (str(absence.values.get("absent_kind")), str(absence.values.get("absent_key")), absence.feed)
        before = _newest(said.get(thing, []), absence)
        if before is not None:
            ends.append(_end(before, absence))
    return sorted([*told, *ends], key=lambda each: each.order)


def _missing_as(statement: Statement) -> Iterable[str]:
    if statement.kind == OBSERVATION:
        yield KEY_JOINT.join(statement.text(name) or "" for name in SERIES)
    elif len(statement.key) == 1:
        yield statement.key[0]
    else:
        yield KEY_JOINT.join(part for part in statement.key if part)


def _newest(said: Sequence[Statement], absence: Statement) -> Statement | None:
    earlier = [each for each in said if each.order < absence.order]
    return max(earlier, key=lambda each: each.order, default=None)


def _end(before: Statement, absence: Statement) -> Statement:
    day = absence.day("absent_on")
    return replace(
        before,
        load=absence.load,
        row=absence.row,
        recorded_at=absence.recorded_at,
        valid_to=day,
        absent_on=day,
        is_made_up=absence.is_made_up,
    )
