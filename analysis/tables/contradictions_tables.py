"""The answer to `contradictions` as tables: each one, and how many there are by sort and by place."""

from __future__ import annotations

from analysis.contradictions.parts import Contradiction, ContradictionCount, PlaceContradictions, Said, Wording
from analysis.questions.contradictions import ContradictionsAnswer
from analysis.tables.cells import listed
from analysis.tables.table import Field, Table, table_of, with_origin
from analysis.tables.words import cell_word
from graph_schema.messages import Label


def contradictions_tables(answer: ContradictionsAnswer) -> tuple[Table, ...]:
    """Return the contradictions of the page, then their counts, and for an area those by place."""
    tables = [
        table_of("contradictions", _CONTRADICTIONS, answer.contradictions),
        table_of("contradiction_counts", _COUNTS, answer.counts),
    ]
    if answer.places:
        tables.append(table_of("contradiction_places", _PLACES, answer.places))
    return with_origin(tables, answer)


def _wording(wording: Wording | None) -> Label | None:
    return None if wording is None else Label(en=wording.en, zh=wording.zh)


def _value(said: Said | None) -> Label | None:
    if said is None:
        return None
    return cell_word("not_shown") if said.value is None else _wording(said.value)


_CONTRADICTIONS: tuple[Field[Contradiction], ...] = (
    Field("contradiction_id", "text", lambda row: row.contradiction_id),
    Field("household_id", "text", lambda row: row.household_id),
    Field("subject_kind", "text", lambda row: _wording(row.subject_kind)),
    Field("differs_on", "text", lambda row: listed([_wording(row.aspect), _wording(row.product)])),
    Field("believed_feed", "text", lambda row: _wording(row.believed.feed) if row.believed else None),
    Field("believed_value", "text", lambda row: _value(row.believed)),
    Field("believed_on", "day", lambda row: row.believed.on if row.believed else None),
    Field("believed_age_days", "whole", lambda row: row.believed.age_days if row.believed else None),
    Field("other_feed", "text", lambda row: _wording(row.other.feed) if row.other else None),
    Field("other_value", "text", lambda row: _value(row.other)),
    Field("other_on", "day", lambda row: row.other.on if row.other else None),
    Field("other_age_days", "whole", lambda row: row.other.age_days if row.other else None),
    Field("believed_because", "text", lambda row: _wording(row.reason)),
    Field("effect", "text", lambda row: cell_word(f"effect_{row.effect}")),
    Field("rule_id", "text", lambda row: row.rule_id),
)
_COUNTS: tuple[Field[ContradictionCount], ...] = (
    Field("subject_kind", "text", lambda row: _wording(row.subject_kind)),
    Field("differs_on", "text", lambda row: _wording(row.aspect)),
    Field("believed_feed", "text", lambda row: _wording(row.believed_feed)),
    Field("other_feed", "text", lambda row: _wording(row.other_feed)),
    Field("count", "whole", lambda row: row.count),
)
_PLACES: tuple[Field[PlaceContradictions], ...] = (
    Field("area_id", "text", lambda row: row.place_id),
    Field("area", "text", lambda row: row.name),
    Field("count", "whole", lambda row: row.count),
    Field("hidden_count", "whole", lambda row: row.hidden_count),
)
