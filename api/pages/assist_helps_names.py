"""What is called how on the pages of help: measures, causes, programmes, and who gives it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.questions.assist_kept_answer import HelpTold
from analysis.why.names import cause_name, measure_name
from graph_schema import Schema
from graph_schema.messages import Language
from ledger import Ledger

PROGRAMME = "Programme"


@dataclass(frozen=True)
class HelpNames:
    """The names, in a language, of all that some help names. `parties`: by kind and id."""

    schema: Schema
    language: Language
    parties: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, ledger: Ledger, schema: Schema, language: Language, helps: Iterable[HelpTold]) -> HelpNames:
        """Return the names of every programme and of who gives this help, by the newest word of the ledger."""
        wanted: dict[str, set[str]] = {}
        for each in helps:
            if each.provider_kind is not None and each.provider_id is not None:
                wanted.setdefault(each.provider_kind, set()).add(each.provider_id)
        names = _names(ledger, PROGRAMME)
        for kind, ids in wanted.items():
            names |= _names(ledger, kind, ids)
        return cls(schema, language, names)

    def measure(self, code: str) -> str:
        """Return the name of a measure, its code where the vocabulary does not know it."""
        return measure_name(self.schema, code).text(self.language)

    def cause(self, code: str) -> str:
        """Return the name of a cause, its code where the vocabulary does not know it."""
        return cause_name(self.schema, code).text(self.language)

    def party(self, kind: str, party_id: str) -> str:
        """Return the name of a programme or of who gives help, the id where no name is told."""
        return self.parties.get((kind, party_id), party_id)

    def programmes(self) -> list[tuple[str, str]]:
        """Return the id and the name of every programme, by name."""
        listed = [(party_id, name) for (kind, party_id), name in self.parties.items() if kind == PROGRAMME]
        return sorted(listed, key=lambda each: (each[1], each[0]))


def _names(ledger: Ledger, kind: str, ids: Iterable[str] | None = None) -> dict[tuple[str, str], str]:
    where = None if ids is None else {"id": sorted(ids)}
    rows = ledger.facts(kind, columns=["id", "name", "recorded_at"], where=where).to_pylist()
    rows.sort(key=lambda row: row["recorded_at"])
    return {(kind, str(row["id"])): str(row["name"] or row["id"]) for row in rows}
