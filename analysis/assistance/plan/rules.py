"""Rules that people set for an assistance plan: pairs locked or forbidden, floors of villages, ceilings of enterprises.

Amounts are fen of need covered, the one measure that money, seats and jobs have in common.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from analysis.errors import CATALOGUE
from graph_schema.messages import LANGUAGES, Label, Language


class Locked(NamedTuple):
    """The programme covers at least so much of the household's needs, through whatever chain."""

    household_id: str
    programme_id: str
    least_fen: int


class Forbidden(NamedTuple):
    """The household gets nothing from the programme."""

    household_id: str
    programme_id: str


class Floor(NamedTuple):
    """At least so much of the needs of the village's households is covered."""

    village_id: str
    least_fen: int


class Ceiling(NamedTuple):
    """At most so much need is covered through the enterprise."""

    enterprise_id: str
    most_fen: int


AnyRule = Locked | Forbidden | Floor | Ceiling


@dataclass(frozen=True)
class Rules:
    """What people decided beforehand; the plan is the best of those that keep it."""

    locked: tuple[Locked, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    floors: tuple[Floor, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()

    @classmethod
    def of(cls, rules: Iterable[AnyRule]) -> Rules:
        """Return the rules sorted into their kinds, in the order given."""
        given = tuple(rules)
        return cls(
            locked=tuple(each for each in given if isinstance(each, Locked)),
            forbidden=tuple(each for each in given if isinstance(each, Forbidden)),
            floors=tuple(each for each in given if isinstance(each, Floor)),
            ceilings=tuple(each for each in given if isinstance(each, Ceiling)),
        )

    @property
    def all(self) -> tuple[AnyRule, ...]:
        """Return every rule, kind by kind."""
        return (*self.locked, *self.forbidden, *self.floors, *self.ceilings)

    @property
    def is_empty(self) -> bool:
        """Return whether nobody has set a rule."""
        return not self.all

    @property
    def demands_something(self) -> bool:
        """Return whether a rule asks for help, so that giving none may break it."""
        return any(lock.least_fen > 0 for lock in self.locked) or any(floor.least_fen > 0 for floor in self.floors)


def rules_text(rules: Rules) -> Label:
    """Return the rules in words, in both languages, separated by semicolons."""
    said = {language: [_said(rule, language) for rule in rules.all] for language in LANGUAGES}
    return Label(en="; ".join(said["en"]), zh="；".join(said["zh"]))


def _said(rule: AnyRule, language: Language) -> str:
    fields: dict[str, object] = dict(rule._asdict())
    for name in ("least_fen", "most_fen"):
        if name in fields:
            fields[name.replace("fen", "yuan")] = _yuan(int(str(fields.pop(name))))
    # A lock on the least that there is asks for any help at all.
    kind = "locked_any" if isinstance(rule, Locked) and rule.least_fen == 1 else type(rule).__name__.lower()
    return CATALOGUE.what(f"assist_rule_{kind}", fields, language)


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
