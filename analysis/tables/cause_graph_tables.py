"""The answer to `cause-graph` as tables: causes and states, links, evidence, chains and places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.causes.parts import CauseLink, CauseNode, Chain, Evidence, PlaceCause, PlaceCauses
from analysis.questions.cause_graph import CauseGraphAnswer
from analysis.tables.cells import listed, word
from analysis.tables.table import Field, Table, table_of, with_origin
from analysis.tables.words import cell_word
from graph_schema.messages import Label

Name = Callable[[str], Label | str]


@dataclass(frozen=True)
class _Seen:
    """A piece of evidence with the cause that it speaks for."""

    node: CauseNode
    evidence: Evidence


@dataclass(frozen=True)
class _PlaceCause:
    """A cause with the place in which it is open."""

    place: PlaceCauses
    cause: PlaceCause


def cause_graph_tables(answer: CauseGraphAnswer) -> tuple[Table, ...]:
    """Return the nodes, the links with those of feedback, and what they rest on: evidence, chains, or places."""
    names = {node.code: word(node) or node.code for node in answer.nodes}

    def name(code: str) -> Label | str:
        return names.get(code, code)

    tables = [
        table_of("causes", _NODES, answer.nodes),
        table_of("cause_links", _links(name), (*answer.links, *answer.feedback_links)),
    ]
    if answer.household_count is None:
        seen = [_Seen(node, each) for node in answer.nodes if node.finding for each in node.finding.evidence]
        tables.append(table_of("evidence", _EVIDENCE, seen))
        tables.append(table_of("cause_chains", _chains(name), answer.chains))
    else:
        found = [_PlaceCause(place, cause) for place in answer.places for cause in place.causes]
        tables.append(table_of("place_causes", _places(name), found))
    return with_origin(tables, answer)


_NODES: tuple[Field[CauseNode], ...] = (
    Field("code", "text", lambda node: node.code),
    Field("cause_or_state", "text", word),
    Field("is_reached", "flag", lambda node: node.is_reached),
    Field("finding_status", "text", lambda node: _status(node)),
    Field("severity", "number", lambda node: node.finding.severity if node.finding else None),
    Field("confidence", "number", lambda node: node.finding.confidence if node.finding else None),
    Field("onset_on", "day", lambda node: node.finding.onset_on if node.finding else None),
    Field("confirmed_households", "whole", lambda node: node.households.confirmed if node.households else None),
    Field("suspected_households", "whole", lambda node: node.households.suspected if node.households else None),
)


def _status(node: CauseNode) -> Label | None:
    return cell_word(f"finding_{node.finding.status}") if node.finding else None


def _links(name: Name) -> tuple[Field[CauseLink], ...]:
    return (
        Field("link_id", "text", lambda link: link.link_id),
        Field("from_code", "text", lambda link: link.from_code),
        Field("from_cause", "text", lambda link: name(link.from_code)),
        Field("to_code", "text", lambda link: link.to_code),
        Field("to_cause", "text", lambda link: name(link.to_code)),
        Field("strength", "number", lambda link: link.strength),
        Field("lag_days", "whole", lambda link: link.lag_days),
        Field("is_definition", "flag", lambda link: link.is_definition),
        Field("is_feedback", "flag", lambda link: link.is_feedback),
        Field("evidence_grade", "text", lambda link: link.evidence_grade),
        Field("sources", "text", lambda link: listed(link.sources)),
        Field("opposing_sources", "text", lambda link: listed(link.opposing_sources)),
    )


_EVIDENCE: tuple[Field[_Seen], ...] = (
    Field("code", "text", lambda seen: seen.node.code),
    Field("cause", "text", lambda seen: word(seen.node)),
    Field("indicator", "text", lambda seen: Label(seen.evidence.indicator_en, seen.evidence.indicator_zh)),
    Field("value", "number", lambda seen: seen.evidence.value),
    Field("low_value", "number", lambda seen: seen.evidence.low_value),
    Field("high_value", "number", lambda seen: seen.evidence.high_value),
    Field("answer", "text", lambda seen: seen.evidence.answer),
    Field("unit", "text", lambda seen: Label(seen.evidence.unit_en, seen.evidence.unit_zh)),
    Field("observed_on", "day", lambda seen: seen.evidence.observed_on),
    Field("feed", "text", lambda seen: _feed(seen.evidence)),
    Field("rule_id", "text", lambda seen: seen.evidence.rule_id),
    Field("is_disputed", "flag", lambda seen: seen.evidence.is_disputed),
)


def _feed(evidence: Evidence) -> Label | str | None:
    if evidence.feed_en is None or evidence.feed_zh is None:
        return evidence.feed
    return Label(evidence.feed_en, evidence.feed_zh)


def _chains(name: Name) -> tuple[Field[Chain], ...]:
    return (
        Field("finding", "text", lambda chain: name(chain.codes[0])),
        Field("state", "text", lambda chain: name(chain.codes[-1])),
        Field("way", "text", lambda chain: listed(map(name, chain.codes), by="arrow")),
        Field("strength", "number", lambda chain: chain.strength),
        Field("lag_days", "whole", lambda chain: chain.lag_days),
    )


def _places(name: Name) -> tuple[Field[_PlaceCause], ...]:
    return (
        Field("area_id", "text", lambda found: found.place.place_id),
        Field("area", "text", lambda found: found.place.name),
        Field("household_count", "whole", lambda found: found.place.household_count),
        Field("code", "text", lambda found: found.cause.code),
        Field("cause", "text", lambda found: name(found.cause.code)),
        Field("confirmed_households", "whole", lambda found: found.cause.households.confirmed),
        Field("suspected_households", "whole", lambda found: found.cause.households.suspected),
    )
