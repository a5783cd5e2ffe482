"""Rules that people set for an assistance plan, read from a YAML file; amounts are yuan. Every part may be left out.

    locked: [{household: H-1, programme: P-1, least_yuan: 500}]
    forbidden: [{household: H-1, programme: P-2}]
    floors: [{village: V-1, least_yuan: 20000}]
    ceilings: [{enterprise: E-1, most_yuan: 100000.50}]

A lock without an amount asks for any help at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from analysis.assistance.plan.rules import Ceiling, Floor, Forbidden, Locked, Rules
from analysis.rules_form import checked_rules
from graph_schema.meta import Form
from graph_schema.yaml_lines import Document, read_document

# The least that can be covered: any help at all.
ANY_HELP_FEN = 1
FEN_PER_YUAN = 100


def fen_of_yuan(value: object) -> int:
    """Return an amount in yuan, a number of the file with at most two digits behind the point, in whole fen.

    Raises ValueError for anything else.

    >>> fen_of_yuan(500), fen_of_yuan(0.29)
    (50000, 29)
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("no number")
    fen = Decimal(str(value)) * FEN_PER_YUAN
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise ValueError("no whole fen")
    return int(fen)


_Yuan = Annotated[int, BeforeValidator(fen_of_yuan)]


class _Locked(Form):
    household: str = Field(min_length=1)
    programme: str = Field(min_length=1)
    least_yuan: Annotated[_Yuan, Field(ge=ANY_HELP_FEN)] = ANY_HELP_FEN


class _Forbidden(Form):
    household: str = Field(min_length=1)
    programme: str = Field(min_length=1)


class _Floor(Form):
    village: str = Field(min_length=1)
    least_yuan: Annotated[_Yuan, Field(ge=ANY_HELP_FEN)]


class _Ceiling(Form):
    enterprise: str = Field(min_length=1)
    most_yuan: Annotated[_Yuan, Field(ge=0)]


class _File(Form):
    locked: tuple[_Locked, ...] = ()
    forbidden: tuple[_Forbidden, ...] = ()
    floors: tuple[_Floor, ...] = ()
    ceilings: tuple[_Ceiling, ...] = ()


def read_rules(path: Path) -> Rules:
    """Return the rules of a YAML file.

    Raises SchemaError where the file is missing or no YAML, QuestionError with file, line and place where a value is
    wrong.
    """
    return _checked(read_document(path.parent, path.name))


def rules_of(entries: Mapping[str, object], name: str = "rules") -> Rules:
    """Return the rules of a mapping of the file's form; `name` is what a fault calls it.

    Raises QuestionError with the place where a value is wrong.
    """
    return _checked(Document(name=name, entries=entries, lines={}))


def rules_entries(rules: Rules) -> dict[str, list[dict[str, object]]]:
    """Return the rules in the form of a rules file, without the kinds of which there is none; `rules_of` reads it."""
    entries: dict[str, list[dict[str, object]]] = {
        "locked": [
            {"household": each.household_id, "programme": each.programme_id, "least_yuan": _yuan(each.least_fen)}
            for each in rules.locked
        ],
        "forbidden": [{"household": each.household_id, "programme": each.programme_id} for each in rules.forbidden],
        "floors": [{"village": each.village_id, "least_yuan": _yuan(each.least_fen)} for each in rules.floors],
        "ceilings": [{"enterprise": each.enterprise_id, "most_yuan": _yuan(each.most_fen)} for each in rules.ceilings],
    }
    return {kind: of_kind for kind, of_kind in entries.items() if of_kind}


def joined_rules(first: Rules, then: Rules) -> Rules:
    """Return the rules of both, each once, those of the first before the others."""
    return Rules.of(dict.fromkeys((*first.all, *then.all)))


def _yuan(fen: int) -> int | float:
    return fen // FEN_PER_YUAN if fen % FEN_PER_YUAN == 0 else fen / FEN_PER_YUAN


def _checked(document: Document) -> Rules:
    given = checked_rules(document, _File, code="assist_rules")
    return Rules(
        locked=tuple(Locked(each.household, each.programme, each.least_yuan) for each in given.locked),
        forbidden=tuple(Forbidden(each.household, each.programme) for each in given.forbidden),
        floors=tuple(Floor(each.village, each.least_yuan) for each in given.floors),
        ceilings=tuple(Ceiling(each.enterprise, each.most_yuan) for each in given.ceilings),
    )
