"""The links of a household's chains with all that is known of them: strength here, what amplifies them, evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.risk.network_file import LearnedStrength as LearnedOfFile
from analysis.risk.trace_parts import TraceAmplifier, TraceLink
from analysis.why.names import cause_name, link_name, rule_name
from analysis.why.parts import LearnedStrength, WhyAmplifier, WhyLink, WhySource
from graph_schema import Schema

NOTHING_LEARNED: Mapping[str, LearnedOfFile] = {}


def why_links(
    schema: Schema,
    links: Sequence[TraceLink],
    *,
    whole: Sequence[TraceLink] = (),
    learned: Mapping[str, LearnedOfFile] = NOTHING_LEARNED,
) -> tuple[WhyLink, ...]:
    """Return the links of a trace, in their order.

    `whole`: the same links, and perhaps more, traced with nothing hidden: what amplifies a link only there counts as
    hidden. `learned`: by link id what was learned.
    """
    counts = {link.link_id: len(link.amplifiers) for link in whole}
    return tuple(
        _link(
            schema,
            link,
            hidden_count=counts.get(link.link_id, len(link.amplifiers)) - len(link.amplifiers),
            learned=learned_strength(learned.get(link.link_id)),
        )
        for link in links
    )


def sources_of(schema: Schema, keys: Sequence[str]) -> tuple[WhySource, ...]:
    """Return sources by their keys, with their titles."""
    found = [schema.sources[key] for key in keys]
    return tuple(
        WhySource(key=source.key, grade=source.grade, title=source.title, address=source.address) for source in found
    )


def learned_strength(told: LearnedOfFile | None) -> LearnedStrength | None:
    """Return what was learned of a link, None where nothing was."""
    if told is None or told.low is None or told.high is None:
        return None
    return LearnedStrength(low=told.low, high=told.high, verdict=told.verdict)


def _link(schema: Schema, link: TraceLink, *, hidden_count: int, learned: LearnedStrength | None) -> WhyLink:
    known, name = schema.links.get(link.link_id), link_name(schema, link.link_id)
    note, opposing_note = (known.note, known.opposing_note) if known else (None, None)
    return WhyLink(
        link_id=link.link_id,
        label_en=name.en,
        label_zh=name.zh,
        from_code=link.from_code,
        to_code=link.to_code,
        strength=link.strength,
        severity=link.severity,
        household_strength=link.household_strength,
        lag_days=link.lag_days,
        acts_within_year=link.acts_within_year,
        amplifiers=tuple(_amplifier(schema, item) for item in link.amplifiers),
        hidden_amplifier_count=hidden_count,
        evidence_grade=known.evidence_grade if known else None,
        is_definition=known.is_definition if known else False,
        is_strength_proposed="strength" in known.proposed if known else False,
        sources=sources_of(schema, known.sources) if known else (),
        note_en=note.en if note else None,
        note_zh=note.zh if note else None,
        opposing_sources=sources_of(schema, known.opposing_sources) if known else (),
        opposing_note_en=opposing_note.en if opposing_note else None,
        opposing_note_zh=opposing_note.zh if opposing_note else None,
        learned=learned,
    )


def _amplifier(schema: Schema, item: TraceAmplifier) -> WhyAmplifier:
    name = cause_name(schema, item.cause) if item.cause else rule_name(schema, item.property_rule or "")
    return WhyAmplifier(
        cause=item.cause,
        property_rule=item.property_rule,
        name_en=name.en,
        name_zh=name.zh,
        factor=item.factor,
        adds=item.adds,
    )
