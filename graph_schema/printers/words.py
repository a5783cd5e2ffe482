"""Words of the printed pages in one language, and the marks that keep what is sourced apart from what is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph_schema.messages import Catalogue, Language
from graph_schema.meta import NodeKind, Property, PropertyType, RelationshipKind, Sourced
from graph_schema.schema import Schema
from graph_schema.tables import FactColumn


class Words:
    """The schema's labels and the printers' own words, all in one language."""

    def __init__(self, schema: Schema, language: Language) -> None:
        self.schema = schema
        self.language = language
        self._catalogue = Catalogue("graph_schema.printers")

    def say(self, code: str, **fields: object) -> str:
        """Return a sentence of the printers."""
        return self._catalogue.what(code, fields, self.language)

    def all(self, codes: Iterable[str]) -> list[str]:
        """Return several words of the printers, as the heads of a table."""
        return [self.say(code) for code in codes]

    def yes(self, is_so: bool) -> str:
        """Return yes or no."""
        return self.say("yes" if is_so else "no")

    def value(self, entry: Sourced, field: str) -> str:
        """Return a field of the entry, marked where the value is our own proposal; empty when there is none."""
        value = getattr(entry, field)
        if value is None or value == ():
            return ""
        shown = f"{value:g}" if isinstance(value, float) else str(value)
        return self.marked(entry, field, shown)

    def marked(self, entry: Sourced, field: str, shown: str) -> str:
        """Return the text, marked where the field is our own proposal."""
        return f"{shown} {self.say('proposed_mark')}" if shown and field in entry.proposed else shown

    def note(self, entry: Sourced) -> str:
        """Return the note of the entry, empty when there is none."""
        return "" if entry.note is None else entry.note.text(self.language)

    def code(self, list_name: str, code: str | None) -> str:
        """Return the label of a code, empty when there is none."""
        codes = {entry.code: entry.label.text(self.language) for entry in self.schema.code_list(list_name).codes}
        return "" if code is None else codes[code]

    def cause(self, code: str) -> str:
        """Return the code and the name of a cause."""
        return f"{code} {self.schema.cause(code).label.text(self.language)}"

    def kind(self, name: str) -> str:
        """Return the label of a node kind."""
        return self.schema.node_kind(name).label.text(self.language)

    def kinds(self, names: Sequence[str]) -> str:
        """Return the labels of several node kinds."""
        return ("、" if self.language == "zh" else ", ").join(self.kind(name) for name in names)

    def unit(self, key: str | None) -> str:
        """Return the label of a unit, empty when there is none."""
        return "" if key is None else self.schema.units[key].text(self.language)

    def type(self, of_type: PropertyType) -> str:
        """Return the name of a type."""
        return self.say(f"type_{of_type.value}")

    def kept(self, kind: NodeKind | RelationshipKind) -> str:
        """Return where the kind is kept."""
        if isinstance(kind, RelationshipKind) and kind.projected_from is not None:
            return self.say("made_from", kind=f"`{kind.projected_from}`")
        return self.say(f"kept_{kind.kept_in}")

    def column(self, column: FactColumn) -> str:
        """Return what a column of a fact table or of a feed template means."""
        fixed = {"id": "own_id", "from_kind": "kind_of_beginning", "to_kind": "kind_of_end"}
        ends = {"from_id": "begins_at", "to_id": "ends_at"}
        if column.name in fixed:
            return self.say(fixed[column.name])
        if column.name in ends:
            return self.say(ends[column.name], kind=self.kinds(column.refers_to))
        if column.refers_to:
            if column.relationship is None:
                return self.say("placed_area")
            return self.say("id_of", kind=self.kinds(column.refers_to), relationship=column.relationship)
        return self.meaning(self.schema.properties[column.name])

    def meaning(self, entry: Property) -> str:
        """Return the label of a property, with its note."""
        label = entry.label.text(self.language)
        return label if entry.note is None else self.bracketed(label, entry.note.text(self.language))

    def bracketed(self, text: str, more: str) -> str:
        """Return the text with more behind it, in the brackets of the language."""
        return f"{text}（{more}）" if self.language == "zh" else f"{text} ({more})"

    def unit_or_codes(self, column: FactColumn) -> str:
        """Return the unit or the codes that a column holds, empty where it has neither."""
        if column.codes is not None:
            return ", ".join(entry.code for entry in self.schema.code_list(column.codes).codes)
        entry = self.schema.properties.get(column.name)
        return "" if entry is None else self.unit(entry.unit)

    def labelled_codes(self, column: FactColumn) -> str:
        """Return the codes that a column may hold, each with its label; else its unit."""
        if column.codes is None:
            return self.unit_or_codes(column)
        codes = self.schema.code_list(column.codes).codes
        return "; ".join(f"{entry.code} = {entry.label.text(self.language)}" for entry in codes)
