"""What an answer about help may tell: names, and causes as far as the asker may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.assistance.parts import Party, Word
from analysis.assistance.words import PartyNames, cause_word, measure_word, party
from analysis.sensitivity import is_sensitive_cause, is_sensitive_help
from graph_schema import Schema


@dataclass(frozen=True)
class Showing:
    """The schema for words, the names of parties, and whether sensitive causes are shown."""

    schema: Schema
    names: PartyNames
    show_sensitive: bool

    def may_show(self, cause_id: str) -> bool:
        """Return whether the cause may be named."""
        return self.show_sensitive or not is_sensitive_cause(self.schema, cause_id)

    def hides(self, measure_id: str | None, cause_ids: Iterable[str]) -> bool:
        """Return whether help with this measure and these targets must not be recognisable."""
        return not self.show_sensitive and is_sensitive_help(self.schema, measure_id, cause_ids)

    def causes(self, cause_ids: Iterable[str]) -> tuple[tuple[Word, ...], int]:
        """Return the causes that may be named, by code, and how many may not."""
        ids = sorted({*cause_ids})
        shown = [cause_id for cause_id in ids if self.may_show(cause_id)]
        return tuple(cause_word(self.schema, cause_id) for cause_id in shown), len(ids) - len(shown)

    def measure(self, measure_id: object) -> Word | None:
        """Return the measure, or None where none is known."""
        return None if measure_id is None else measure_word(self.schema, str(measure_id))

    def party(self, kind: object, id_: object) -> Party | None:
        """Return the party, or None where there is none."""
        return party(self.names, str(kind), id_)
