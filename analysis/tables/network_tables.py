"""The network of causes as tables: its links with their evidence, what was learned of them, nodes and versions."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.learning.verdicts import verdict_label
from analysis.questions.learn_told import count_label
from analysis.questions.network_answer import (
    LinkLearned,
    NetworkAnswer,
    NetworkLink,
    NetworkNode,
    VersionRow,
    VersionsAnswer,
)
from analysis.tables.cells import listed, word
from analysis.tables.table import Field, Table, table_of, with_origin
from analysis.tables.words import cell_word
from graph_schema.messages import Label


@dataclass(frozen=True)
class _Learned:
    """What a version says of a link."""

    link: NetworkLink
    learned: LinkLearned


def network_tables(answer: NetworkAnswer) -> tuple[Table, ...]:
    """Return the tables of the network: links, learned strengths where there are any, nodes, versions."""
    learned = [_Learned(link, each) for link in answer.links for each in link.learned]
    tables = [table_of("network_links", _links(answer.network_version), answer.links)]
    if learned:
        tables.append(table_of("network_learned", _LEARNED, learned))
    tables += [
        table_of("network_nodes", _NODES, answer.nodes),
        table_of("network_versions", _VERSIONS, answer.versions),
    ]
    return with_origin(tables, answer)


def versions_tables(answer: VersionsAnswer) -> tuple[Table, ...]:
    """Return the table of versions."""
    return with_origin([table_of("network_versions", _VERSIONS, answer.versions)], answer)


def _links(version_id: str) -> tuple[Field[NetworkLink], ...]:
    def verdict(link: NetworkLink) -> Label | None:
        learned = link.learned_in(version_id)
        return None if learned is None else verdict_label(learned.verdict)

    return (
        Field("link_id", "text", lambda link: link.link_id),
        Field("from_code", "text", lambda link: link.from_code),
        Field("from_cause", "text", lambda link: Label(link.from_name_en, link.from_name_zh)),
        Field("to_code", "text", lambda link: link.to_code),
        Field("to_cause", "text", lambda link: Label(link.to_name_en, link.to_name_zh)),
        Field("expert_strength", "number", lambda link: link.strength),
        Field("strength", "number", lambda link: link.used_strength),
        Field("verdict", "text", verdict),
        Field("lag_days", "whole", lambda link: link.lag_days),
        Field("acts_within_year", "flag", lambda link: link.acts_within_year),
        Field("is_definition", "flag", lambda link: link.is_definition),
        Field("is_feedback", "flag", lambda link: link.is_feedback),
        Field("amplifiers", "text", lambda link: listed(map(word, link.amplifiers))),
        Field("evidence_grade", "text", lambda link: link.evidence_grade),
        Field("sources", "text", lambda link: listed([source.title for source in link.sources])),
        Field("opposing_sources", "text", lambda link: listed([source.title for source in link.opposing_sources])),
    )


_LEARNED: tuple[Field[_Learned], ...] = (
    Field("link_id", "text", lambda told: told.link.link_id),
    Field("network_version", "text", lambda told: told.learned.version_id),
    Field("data_on", "day", lambda told: told.learned.data_on),
    Field("expert_strength", "number", lambda told: told.link.strength),
    Field("strength", "number", lambda told: told.learned.strength),
    Field("interval_low", "number", lambda told: told.learned.low),
    Field("interval_high", "number", lambda told: told.learned.high),
    Field("data_low", "number", lambda told: told.learned.data_low),
    Field("data_high", "number", lambda told: told.learned.data_high),
    Field("verdict", "text", lambda told: verdict_label(told.learned.verdict)),
    Field("data_share", "number", lambda told: told.learned.data_share),
    Field("exposed", "text", lambda told: count_label(told.learned.exposed)),
    Field("usable", "text", lambda told: count_label(told.learned.used)),
    Field("effect_came", "text", lambda told: count_label(told.learned.came)),
)

_NODES: tuple[Field[NetworkNode], ...] = (
    Field("code", "text", lambda node: node.code),
    Field("cause_or_state", "text", word),
    Field("dimension", "text", lambda node: Label(node.dimension_en, node.dimension_zh)),
    Field("is_state", "flag", lambda node: node.cause_kind == "state"),
    Field("is_sensitive", "flag", lambda node: node.is_sensitive),
    Field("leak", "number", lambda node: node.leak),
    Field("risk_leak", "number", lambda node: node.risk_leak),
)

_VERSIONS: tuple[Field[VersionRow], ...] = (
    Field("network_version", "text", lambda row: row.version_id),
    Field("learned_from", "text", lambda row: row.area_name or row.area_id or cell_word("experts")),
    Field("learned_on", "day", lambda row: row.learned_on),
    Field("data_on", "day", lambda row: row.data_on),
    Field("supported", "whole", lambda row: row.verdicts.get("supported") if row.is_learned else None),
    Field("contradicted", "whole", lambda row: row.verdicts.get("contradicted") if row.is_learned else None),
    Field("no_evidence", "whole", lambda row: row.verdicts.get("none") if row.is_learned else None),
    Field("too_few", "whole", lambda row: row.verdicts.get("too_few") if row.is_learned else None),
    Field("adopted_on", "day", lambda row: row.adopted_on),
    Field("reason", "text", lambda row: row.reason),
    Field("in_use", "flag", lambda row: row.is_in_use),
)
