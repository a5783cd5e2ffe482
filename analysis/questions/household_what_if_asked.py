"""The changes that may be asked for at one household, as data and as they are written on a command line or address."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from analysis.errors import QuestionError

Value = TypeVar("Value")


@dataclass(frozen=True)
class HouseholdChanges:
    """What is to be different at a household; what is left out stays as it is.

    `confirmed`: code of a cause or state -> severity above 0 and at most 1; None: as found today, else fully severe.
    `refuted`, `closed`: codes; what is refuted is known not to be there, what is closed is as if nobody had looked.
    `severity`: code -> new severity of what is found there. `given`, `taken`: codes of measures. `strengths`: id of a
    link -> strength above 0 and at most 1.
    """

    confirmed: Mapping[str, float | None] = field(default_factory=dict)
    refuted: Collection[str] = ()
    closed: Collection[str] = ()
    severity: Mapping[str, float] = field(default_factory=dict)
    given: Collection[str] = ()
    taken: Collection[str] = ()
    strengths: Mapping[str, float] = field(default_factory=dict)

    @property
    def causes(self) -> tuple[str, ...]:
        """Return every code of a cause or state, as often as it is named."""
        return (*self.confirmed, *self.refuted, *self.closed, *self.severity)

    @property
    def measures(self) -> tuple[str, ...]:
        """Return every code of a measure, as often as it is named."""
        return (*self.given, *self.taken)


def written_changes(
    *,
    confirm: Sequence[str] = (),
    refute: Sequence[str] = (),
    close: Sequence[str] = (),
    severity: Sequence[str] = (),
    give: Sequence[str] = (),
    take: Sequence[str] = (),
    strength: Sequence[str] = (),
) -> HouseholdChanges:
    """Return changes that were written as text.

    `confirm`: CODE, or CODE:SEVERITY such as M02:0.8. `severity`: CODE=SEVERITY. `strength`: LINK=STRENGTH. The others:
    codes. Raises QuestionError for what cannot be read, or a code that is written twice.
    """
    return HouseholdChanges(
        confirmed=_each_once(_confirmed(text) for text in confirm),
        refuted=_codes(refute),
        closed=_codes(close),
        severity=_each_once(_pair(text, "=", "CODE=0.6") for text in severity),
        given=_codes(give),
        taken=_codes(take),
        strengths=_each_once(_pair(text, "=", "K50=0.4") for text in strength),
    )


def _confirmed(text: str) -> tuple[str, float | None]:
    return _pair(text, ":", "M02:0.8") if ":" in text else (_code(text), None)


def _pair(text: str, sign: str, form: str) -> tuple[str, float]:
    parts = text.split(sign)
    try:
        code, number = parts
        return _code(code), float(number)
    except ValueError as fault:
        raise QuestionError("what_if_unreadable", text=text, form=form) from fault


def _code(text: str) -> str:
    if not text.strip():
        raise QuestionError("what_if_unreadable", text=text, form="M02")
    return text.strip()


def _codes(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(_each_once((_code(text), None) for text in texts))


def _each_once(pairs: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for code, value in pairs:
        if code in found:
            raise QuestionError("what_if_twice", changed=code)
        found[code] = value
    return found
