"""The evidence of links, joined from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.risk.trace_parts import LinkEvidence
from graph_schema import Schema


def evidence_of_links(schema: Schema, link_ids: Iterable[str]) -> tuple[LinkEvidence, ...]:
    """Return the evidence of each link named, once, by id.

    A link that the vocabulary does not have, as one of a network from a file, has no evidence and is left out.
    """
    return tuple(_evidence(schema, link_id) for link_id in sorted(schema.links.keys() & set(link_ids)))


def _evidence(schema: Schema, link_id: str) -> LinkEvidence:
    link = schema.links[link_id]
    return LinkEvidence(
        link_id=link_id,
        evidence_grade=link.evidence_grade,
        is_definition=link.is_definition,
        is_strength_proposed="strength" in link.proposed,
        sources=link.sources,
        note_en=link.note.en if link.note else None,
        note_zh=link.note.zh if link.note else None,
        opposing_sources=link.opposing_sources,
        opposing_note_en=link.opposing_note.en if link.opposing_note else None,
        opposing_note_zh=link.opposing_note.zh if link.opposing_note else None,
    )
