"""Rules typed on the command line: a lock, a forbidden pair, a floor of a village, a ceiling of an enterprise."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from analysis.assistance.files.rules_file import ANY_HELP_FEN
from analysis.assistance.plan.rules import Ceiling, Floor, Forbidden, Locked, Rules
from cli.trade_options import parse_yuan
from cli.usage import UsageError
from loaders.identity import Identity

Locks = Annotated[
    list[str] | None, typer.Option("--lock", metavar="HOUSEHOLD,PROGRAMME[,YUAN]", help="option.add_lock")
]
Bans = Annotated[list[str] | None, typer.Option("--forbid", metavar="HOUSEHOLD,PROGRAMME", help="option.add_forbidden")]
Floors = Annotated[list[str] | None, typer.Option("--floor", metavar="VILLAGE,YUAN", help="option.add_floor")]
Ceilings = Annotated[list[str] | None, typer.Option("--ceiling", metavar="ENTERPRISE,YUAN", help="option.add_ceiling")]


@dataclass(frozen=True)
class RulesTyped:
    """Rules that are added to an order. Each field is an option that may be typed several times."""

    lock: Locks = None
    forbid: Bans = None
    floor: Floors = None
    ceiling: Ceilings = None

    def read(self, known_household: Callable[[str], str]) -> Rules:
        """Return the rules. Raises UsageError for one that cannot be read, or where none was typed.

        `known_household`: gives the id of a household by what was typed.
        """
        rules = Rules(
            locked=tuple(_lock(text) for text in self.lock or ()),
            forbidden=tuple(Forbidden(*_parts(text, "--forbid", 2)) for text in self.forbid or ()),
            floors=tuple(Floor(village, _fen(yuan)) for village, yuan in _pairs(self.floor, "--floor")),
            ceilings=tuple(Ceiling(name, _fen(yuan, least=0)) for name, yuan in _pairs(self.ceiling, "--ceiling")),
        )
        if rules.is_empty:
            raise UsageError("assist_no_rule")
        return by_known_households(rules, known_household)


def by_known_households(rules: Rules, known_household: Callable[[str], str]) -> Rules:
    """Return the rules with each household by its id, however it was written."""
    return replace(
        rules,
        locked=tuple(rule._replace(household_id=known_household(rule.household_id)) for rule in rules.locked),
        forbidden=tuple(rule._replace(household_id=known_household(rule.household_id)) for rule in rules.forbidden),
    )


def household_among(known: Container[str], typed: str, identity: Identity) -> str:
    """Return the id of a household: as it was typed where it is known, else by its register number.

    One that is not known either way stays as it was typed, so that it is told so.
    """
    if typed in known:
        return typed
    pseudonym = identity.pseudonym("Household", typed)
    return pseudonym if pseudonym in known else typed


def _lock(text: str) -> Locked:
    if text.count(",") == 1:
        household, programme = _parts(text, "--lock", 2)
        return Locked(household, programme, ANY_HELP_FEN)
    household, programme, yuan = _parts(text, "--lock", 3)
    return Locked(household, programme, _fen(yuan))


def _pairs(texts: Sequence[str] | None, option: str) -> list[list[str]]:
    return [_parts(text, option, 2) for text in texts or ()]


def _parts(text: str, option: str, count: int) -> list[str]:
    """Return the parts between commas. Raises UsageError where one is empty or there are more or fewer."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != count or not all(parts):
        raise UsageError("assist_rule_misread", option=option, value=text)
    return parts


def _fen(text: str, *, least: int = ANY_HELP_FEN) -> int:
    fen = parse_yuan(text)
    if fen < least:
        raise UsageError("not_yuan", value=text)
    return fen
