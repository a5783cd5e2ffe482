"""The nodes and links of the network, each with all that the vocabulary and the kept versions say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.fetch.kept_risk import KeptNetwork
from analysis.learning.report import LEARNED
from analysis.questions.model_in_use import learned_links
from analysis.questions.network_answer import CountTold, LinkLearned, NetworkAmplifier, NetworkLink, NetworkNode
from analysis.risk.network import RISK_HORIZON_DAYS, RiskNetwork
from analysis.risk.network_file import LearnedStrength
from analysis.sensitivity import is_sensitive_cause
from analysis.why.links import sources_of
from analysis.why.names import cause_name, link_name, rule_name
from graph_schema import Schema
from graph_schema.meta import Amplifier, Link

# Fewer households than this are only told as "under 10".
FEWEST_TOLD = 10


def network_nodes(schema: Schema, network: RiskNetwork) -> tuple[NetworkNode, ...]:
    """Return the causes and states of the vocabulary, with the leaks of risk of a version."""
    dimensions = {each.code: each.label for each in schema.code_list("dimension").codes}
    nodes = {node.code: node for node in network.nodes}
    return tuple(
        NetworkNode(
            code=code,
            name_en=cause.label.en,
            name_zh=cause.label.zh,
            dimension=cause.dimension,
            dimension_en=dimensions[cause.dimension].en,
            dimension_zh=dimensions[cause.dimension].zh,
            cause_kind=cause.cause_kind,
            is_sensitive=cause.is_sensitive,
            leak=cause.leak,
            risk_leak=nodes[code].risk_leak if code in nodes else cause.risk_leak,
        )
        for code, cause in schema.causes.items()
    )


def network_links(schema: Schema, network: RiskNetwork, said: Sequence[SaidOfLinks]) -> tuple[NetworkLink, ...]:
    """Return the links of the vocabulary with their strengths in a version, and what versions say of each."""
    every = (*network.links, *network.slow_links, *network.feedback_links)
    used = {link.link_id: link.strength for link in every}
    return tuple(
        _link(
            schema,
            link,
            used.get(link_id, link.strength),
            tuple(each.link(link_id) for each in said if link_id in each),
        )
        for link_id, link in schema.links.items()
    )


@dataclass(frozen=True)
class SaidOfLinks:
    """What one version says of its links. `hidden`: ids of links whose counts are not shown."""

    version: KeptNetwork
    links: Mapping[str, LearnedStrength]
    strengths: Mapping[str, float]
    hidden: frozenset[str]

    @classmethod
    def by(cls, version: KeptNetwork, hidden: frozenset[str]) -> SaidOfLinks:
        """Return what a version says."""
        whole = version.network()
        every = (*whole.links, *whole.slow_links, *whole.feedback_links)
        return cls(version, learned_links(version), {link.link_id: link.strength for link in every}, hidden)

    def __contains__(self, link_id: str) -> bool:
        """Return whether it says anything of a link."""
        return link_id in self.links and link_id in self.strengths

    def link(self, link_id: str) -> LinkLearned:
        """Return what it says of a link; what counts could be worked out of is left out with them."""
        told, hides = self.links[link_id], link_id in self.hidden
        used = count_told(told.used, hides=hides)
        return LinkLearned(
            version_id=self.version.id,
            data_on=self.version.data_on,
            strength=self.strengths[link_id],
            low=None if hides else told.low,
            high=None if hides else told.high,
            data_low=None if hides else told.data_low,
            data_high=None if hides else told.data_high,
            verdict=told.verdict,
            is_learned=told.verdict in LEARNED,
            data_share=None if hides or used.is_under_ten else told.data_share,
            exposed=count_told(told.exposed, hides=hides),
            used=used,
            came=count_told(told.came, hides=hides),
        )


def count_told(number: int | None, *, hides: bool) -> CountTold:
    """Return a number of households as it may be told: not at all, as "under 10", or as it is."""
    if hides or number is None:
        return CountTold(number=None, is_hidden=True)
    is_few = 0 < number < FEWEST_TOLD
    return CountTold(number=None if is_few else number, is_under_ten=is_few)


def sensitive_links(schema: Schema) -> frozenset[str]:
    """Return the ids of the links that begin or end at a sensitive cause."""
    return frozenset(link_id for link_id, link in schema.links.items() if _is_sensitive(schema, link))


def _is_sensitive(schema: Schema, link: Link) -> bool:
    return any(is_sensitive_cause(schema, code) for code in (link.from_cause, link.to_cause))


def _link(schema: Schema, link: Link, used: float, learned: tuple[LinkLearned, ...]) -> NetworkLink:
    name, start, end = (
        link_name(schema, link.link_id),
        cause_name(schema, link.from_cause),
        cause_name(schema, link.to_cause),
    )
    return NetworkLink(
        link_id=link.link_id,
        label_en=name.en,
        label_zh=name.zh,
        from_code=link.from_cause,
        from_name_en=start.en,
        from_name_zh=start.zh,
        to_code=link.to_cause,
        to_name_en=end.en,
        to_name_zh=end.zh,
        strength=link.strength,
        used_strength=used,
        lag_days=link.lag_days,
        is_feedback=link.is_feedback,
        is_definition=link.is_definition,
        acts_within_year=not link.is_feedback and link.lag_days <= RISK_HORIZON_DAYS,
        is_sensitive=_is_sensitive(schema, link),
        amplifiers=tuple(_amplifier(schema, each) for each in link.amplified_by),
        evidence_grade=link.evidence_grade,
        is_strength_proposed="strength" in link.proposed,
        sources=sources_of(schema, link.sources),
        note_en=link.note.en if link.note else None,
        note_zh=link.note.zh if link.note else None,
        opposing_sources=sources_of(schema, link.opposing_sources),
        opposing_note_en=link.opposing_note.en if link.opposing_note else None,
        opposing_note_zh=link.opposing_note.zh if link.opposing_note else None,
        learned=learned,
    )


def _amplifier(schema: Schema, item: Amplifier) -> NetworkAmplifier:
    rule = None if item.cause else f"{item.reads} {item.rule}"
    name = cause_name(schema, item.cause) if item.cause else rule_name(schema, str(rule))
    return NetworkAmplifier(cause=item.cause, property_rule=rule, name_en=name.en, name_zh=name.zh, factor=item.factor)
