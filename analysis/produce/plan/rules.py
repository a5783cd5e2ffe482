"""Rules that people set for a plan: pairs locked or forbidden, kg reserved for a buyer, floors for a cooperative.

A rules file is YAML; every part may be left out:

    locked: [{lot: L1, demand: D1, least_kg: 500}]
    forbidden: [{lot: L1, demand: D2}]
    reserved: [{buyer: E1, least_kg: 3000, lots: [L1, L2]}]
    floors: [{cooperative: C1, least_kg: 1000}]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pydantic import Field

from analysis.errors import CATALOGUE
from analysis.rules_form import checked_rules
from graph_schema.messages import LANGUAGES, Label, Language
from graph_schema.meta import Form
from graph_schema.yaml_lines import Document, read_document


class Locked(NamedTuple):
    """At least so many kg of the lot go to the demand, in whatever way."""

    lot_id: str
    demand_id: str
    least_kg: int


class Forbidden(NamedTuple):
    """Nothing of the lot goes to the demand, in whatever way."""

    lot_id: str
    demand_id: str


class Reserved(NamedTuple):
    """At least so many kg of the lots go to the buyer: one demand, or all demands of an enterprise.

    `lot_ids`: empty means every lot.
    """

    buyer_id: str
    least_kg: int
    lot_ids: tuple[str, ...] = ()


class Floor(NamedTuple):
    """At least so many kg are sold through the cooperative, its own lots that it sends itself included."""

    cooperative_id: str
    least_kg: int


AnyRule = Locked | Forbidden | Reserved | Floor


@dataclass(frozen=True)
class Rules:
    """What people decided beforehand; the plan is the best of those that keep it."""

    locked: tuple[Locked, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    reserved: tuple[Reserved, ...] = ()
    floors: tuple[Floor, ...] = ()

    @classmethod
    def of(cls, rules: Iterable[AnyRule]) -> Rules:
        """Return the rules sorted into their kinds, in the order given."""
        given = tuple(rules)
        return cls(
            locked=tuple(each for each in given if isinstance(each, Locked)),
            forbidden=tuple(each for each in given if isinstance(each, Forbidden)),
            reserved=tuple(each for each in given if isinstance(each, Reserved)),
            floors=tuple(each for each in given if isinstance(each, Floor)),
        )

    @property
    def all(self) -> tuple[AnyRule, ...]:
        """Return every rule, kind by kind."""
        return (*self.locked, *self.forbidden, *self.reserved, *self.floors)

    @property
    def is_empty(self) -> bool:
        """Return whether nobody has set a rule."""
        return not (self.locked or self.forbidden or self.reserved or self.floors)

    @property
    def demands_something(self) -> bool:
        """Return whether a rule asks for kilograms, so that selling nothing may break it."""
        return bool(self.locked or self.reserved or self.floors)


def rules_text(rules: Rules) -> Label:
    """Return the rules in words, in both languages, separated by semicolons."""
    said = {language: [_said(rule, language) for rule in rules.all] for language in LANGUAGES}
    return Label(en="; ".join(said["en"]), zh="；".join(said["zh"]))


def _said(rule: AnyRule, language: Language) -> str:
    fields: dict[str, object] = dict(rule._asdict())
    code = f"produce_rule_{type(rule).__name__.lower()}"
    if isinstance(rule, Reserved) and rule.lot_ids:
        code, fields["lot_ids"] = "produce_rule_reserved_lots", ("、" if language == "zh" else ", ").join(rule.lot_ids)
    return CATALOGUE.what(code, fields, language)


class _Locked(Form):
    lot: str = Field(min_length=1)
    demand: str = Field(min_length=1)
    least_kg: int = Field(ge=1, strict=True)


class _Forbidden(Form):
    lot: str = Field(min_length=1)
    demand: str = Field(min_length=1)


class _Reserved(Form):
    buyer: str = Field(min_length=1)
    least_kg: int = Field(ge=1, strict=True)
    lots: tuple[str, ...] = ()


class _Floor(Form):
    cooperative: str = Field(min_length=1)
    least_kg: int = Field(ge=1, strict=True)


class _File(Form):
    locked: tuple[_Locked, ...] = ()
    forbidden: tuple[_Forbidden, ...] = ()
    reserved: tuple[_Reserved, ...] = ()
    floors: tuple[_Floor, ...] = ()


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
        "locked": [{"lot": each.lot_id, "demand": each.demand_id, "least_kg": each.least_kg} for each in rules.locked],
        "forbidden": [{"lot": each.lot_id, "demand": each.demand_id} for each in rules.forbidden],
        "reserved": [
            {"buyer": each.buyer_id, "least_kg": each.least_kg, "lots": [*each.lot_ids]} for each in rules.reserved
        ],
        "floors": [{"cooperative": each.cooperative_id, "least_kg": each.least_kg} for each in rules.floors],
    }
    return {kind: of_kind for kind, of_kind in entries.items() if of_kind}


def _checked(document: Document) -> Rules:
    given = checked_rules(document, _File, code="produce_rules")
    return Rules(
        locked=tuple(Locked(each.lot, each.demand, each.least_kg) for each in given.locked),
        forbidden=tuple(Forbidden(each.lot, each.demand) for each in given.forbidden),
        reserved=tuple(Reserved(each.buyer, each.least_kg, each.lots) for each in given.reserved),
        floors=tuple(Floor(each.cooperative, each.least_kg) for each in given.floors),
    )
