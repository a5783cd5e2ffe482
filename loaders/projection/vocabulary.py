"""The vocabulary as nodes and relationships of the graph. It comes from the schema, not from the ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from graph_schema import Schema
from graph_schema.meta import Amplifier, Link, Measure, Names, Property, Sourced
from loaders.evidence.rules import CauseRule, cause_rules
from loaders.facts import CODE_JOINT
from loaders.graph_frames import END_COLUMNS, node_frame, relationship_frame
from policy import Policy

PROPOSED = "P"
"""The grade of what no source backs."""

WITHOUT_NUMBER = ("names", "below_line")


def vocabulary_nodes(schema: Schema) -> dict[str, pd.DataFrame]:
    """Return the node frames of causes, indicators, measures, products and feeds."""
    nouns: dict[str, Mapping[str, Sourced]] = {
        "Cause": schema.causes,
        "Indicator": schema.indicators,
        "Measure": schema.measures,
        "Product": schema.products,
        "Feed": schema.feeds,
    }
    frames = {}
    for kind, entries in nouns.items():
        properties = schema.graph_properties(kind)
        rows = [_noun_row(code, each, properties, schema.version) for code, each in entries.items()]
        frames[kind] = node_frame(pd.DataFrame(rows, columns=["id", *(each.name for each in properties)]), properties)
    return frames


def vocabulary_relationships(schema: Schema, policy: Policy, *, day: date) -> dict[str, pd.DataFrame]:
    """Return the relationship frames of links, evidence rules, measures' targets and feeds' indicators.

    The rule text of an evidence rule names the number that counts on `day` where no area says otherwise.
    """
    rows = {
        "LEADS_TO": [_link_row(schema, link) for link in schema.links.values()],
        "EVIDENCES": [_evidence_row(schema, rule, policy, day) for rule in cause_rules(schema)],
        "MITIGATES": [_measure_row(schema, measure) for measure in schema.measures.values()],
        "SUPPLIES": [
            _ends("Feed", feed.code, "Indicator", code)
            for feed in schema.feeds.values()
            for code in feed.fills_indicators
        ],
    }
    return {kind: _relationships(schema, kind, of_kind) for kind, of_kind in rows.items()}


def _relationships(schema: Schema, kind: str, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    properties = schema.graph_properties(kind)
    columns = [*END_COLUMNS, *(each.name for each in properties)]
    return relationship_frame(pd.DataFrame(rows, columns=columns), properties)


def _noun_row(code: str, noun: Sourced, properties: Sequence[Property], version: str) -> dict[str, object]:
    names = {"id": code, "name_en": noun.label.en, "name_zh": noun.label.zh, "version": version}
    own = {each.name: getattr(noun, each.name, None) for each in properties}
    # A department is called what it calls itself.
    plain = {name: value.zh if isinstance(value, Names) else value for name, value in own.items()}
    return {**plain, **names, "source": _cited(noun.sources)}


def _link_row(schema: Schema, link: Link) -> dict[str, object]:
    return {
        **_ends("Cause", link.from_cause, "Cause", link.to_cause),
        "link_id": link.link_id,
        "strength": link.strength,
        "lag_days": link.lag_days,
        "is_feedback": link.is_feedback,
        "evidence_grade": link.evidence_grade,
        "source": _cited(link.sources),
        "opposing_source": _cited(link.opposing_sources),
        "amplified_by": json.dumps([_amplifier(each) for each in link.amplified_by]) if link.amplified_by else None,
        "version": schema.version,
    }


def _amplifier(amplifier: Amplifier) -> dict[str, object]:
    return amplifier.model_dump(exclude_none=True)


def _evidence_row(schema: Schema, rule: CauseRule, policy: Policy, day: date) -> dict[str, object]:
    return {
        **_ends("Indicator", rule.indicator.code, "Cause", rule.cause),
        "rule_id": rule.rule_id,
        "rule": _rule_text(rule, policy, day),
        "status": rule.rule.status,
        "confidence": rule.rule.confidence,
        "source": _cited(rule.indicator.sources),
        "version": schema.version,
    }


def _rule_text(rule: CauseRule, policy: Policy, day: date) -> str:
    if rule.rule.operator in WITHOUT_NUMBER:
        return rule.rule.operator
    value = policy.parameter(rule.key, day=day).value
    shown = CODE_JOINT.join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{rule.rule.operator} {shown}"


def _measure_row(schema: Schema, measure: Measure) -> dict[str, object]:
    link = schema.links.get(measure.target)
    return {
        **_ends("Measure", measure.code, "Cause", measure.target if link is None else link.from_cause),
        "effect": measure.effect,
        "link_id": None if link is None else link.link_id,
        "evidence_grade": min((schema.sources[key].grade for key in measure.sources), default=PROPOSED),
        "source": _cited(measure.sources),
        "version": schema.version,
    }


def _ends(from_kind: str, from_id: str, to_kind: str, to_id: str) -> dict[str, object]:
    return dict(zip(END_COLUMNS, (from_kind, from_id, to_kind, to_id), strict=True))


def _cited(sources: Sequence[str]) -> str | None:
    return ", ".join(sources) or None
