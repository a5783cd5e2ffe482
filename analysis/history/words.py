"""Who and what a history speaks of, in words: members by number, places and organisations by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.history.members import MemberSpan
from analysis.history.statements import FROM, HOUSEHOLD, PERSON, TO, Statement
from analysis.history.values import code_label, listed, said, same, value_label
from graph_schema import Schema
from graph_schema.messages import Label
from graph_schema.meta import Property, PropertyType
from graph_schema.tables import FactColumn

MADE_BY_PEOPLE = "_by"
"""The ending of what names an account; who of the staff did it is no part of a household's history."""

UNTOLD_PROPERTIES = frozenset({"file_hash", "rule_id", "subject_kind", "subject_id", "is_sensitive"})
"""What only programs read, and ids that may be those of a person."""


@dataclass(frozen=True)
class Speaker:
    """What sentences are made with. `names`: by kind and id what areas and organisations are called."""

    schema: Schema
    household_id: str
    members: Mapping[str, MemberSpan]
    names: Mapping[tuple[str, str], str]

    def member(self, person_id: str | None) -> Label:
        """Return a member as a number with role and year of birth; anybody else as another person."""
        span = self.members.get(person_id or "")
        if span is None:
            return said("history_other_person")
        role = code_label(self.schema, "member_role", span.role) if span.role else said("history_no_role")
        if span.birth_year is None:
            return said("history_member", number=span.number, role=role)
        return said("history_member_born", number=span.number, role=role, year=span.birth_year)

    def thing(self, kinds: tuple[str, ...], thing_id: str | None) -> Label:
        """Return what an id means: a word of the vocabulary, a name, a member, or the id where nothing is known."""
        for kind in kinds:
            if thing_id is not None and (label := self._known(kind, thing_id)) is not None:
                return label
        return said("history_nothing") if thing_id is None else same(thing_id)

    def end(self, statement: Statement, name: str) -> Label:
        """Return what stands at an end of a relationship: its name, or only its kind where it has none to be told."""
        column = self.schema.fact_table(statement.kind).column(name)
        said_kind = statement.text(name.removesuffix("id") + "kind")
        kinds = (said_kind,) if said_kind else column.refers_to if column is not None else ()
        thing_id = statement.text(name) or ""
        if HOUSEHOLD in kinds and thing_id == self.household_id:
            return said("history_this_household")
        named = next((label for kind in kinds if (label := self._known(kind, thing_id)) is not None), None)
        return named or (self.kind(kinds[0]) if kinds and kinds[0] in self.schema.fact_tables else same(thing_id))

    def reference(self, statement: Statement, column: FactColumn) -> Label:
        """Return what a column of a statement refers to."""
        kind = {FROM: "from_kind", TO: "to_kind"}.get(column.name, "")
        said_kind = statement.text(kind)
        return self.thing((said_kind,) if said_kind else column.refers_to, statement.text(column.name))

    def feed(self, code: str) -> Label:
        """Return the name of a feed."""
        feed = self.schema.feeds.get(code)
        return same(code) if feed is None else Label(en=feed.label.en, zh=feed.label.zh)

    def kind(self, kind: str) -> Label:
        """Return the name of a kind."""
        label = self.schema.fact_table(kind).kind.label
        return Label(en=label.en, zh=label.zh)

    def properties(self, kind: str) -> list[Property]:
        """Return what of a kind a history tells, in the order of the schema."""
        return [
            entry
            for entry in self.schema.fact_table(kind).kind.properties
            if entry.type is not PropertyType.JSON
            and entry.name not in UNTOLD_PROPERTIES
            and not entry.name.endswith(MADE_BY_PEOPLE)
        ]

    def value(self, statement: Statement, name: str) -> Label:
        """Return a value of a statement in words."""
        entry = next(entry for entry in self.schema.fact_table(statement.kind).kind.properties if entry.name == name)
        return value_label(self.schema, entry, statement.values.get(name))

    def all_values(self, statement: Statement) -> Label | None:
        """Return each filled value with its name, and what else the statement refers to; None where there is none."""
        told = [
            said("history_value", name=Label(entry.label.en, entry.label.zh), value=self.value(statement, entry.name))
            for entry in self.properties(statement.kind)
            if statement.values.get(entry.name) is not None and not entry.is_personal
        ]
        return listed(told) if told else None

    def others(self, statement: Statement) -> Label | None:
        """Return what a statement refers to besides the household itself; None where that is nothing."""
        told = [
            self.reference(statement, column)
            for column in self.schema.fact_table(statement.kind).columns
            if column.refers_to
            and statement.text(column.name) not in (None, self.household_id)
            and self._is_nameable(statement, column)
        ]
        return listed(told, by=",") if told else None

    def _is_nameable(self, statement: Statement, column: FactColumn) -> bool:
        kinds = column.refers_to
        thing_id = statement.text(column.name) or ""
        return any(self._known(kind, thing_id) is not None for kind in kinds)

    def _known(self, kind: str, thing_id: str) -> Label | None:
        if kind == PERSON:
            return self.member(thing_id)
        if kind == HOUSEHOLD:
            return same(thing_id)
        nouns = {
            "Cause": self.schema.causes,
            "Indicator": self.schema.indicators,
            "Measure": self.schema.measures,
            "Product": self.schema.products,
            "Feed": self.schema.feeds,
        }
        if kind in nouns:
            noun = nouns[kind].get(thing_id)
            return None if noun is None else Label(en=noun.label.en, zh=noun.label.zh)
        name = self.names.get((kind, thing_id))
        return None if name is None else same(name)
