"""The answer to `explain` as tables: findings with what they add, risks, chains, links, causes behind, next years."""

from __future__ import annotations

from collections.abc import Callable

from analysis.questions.explain_answer import ExplainAnswer
from analysis.tables.cells import listed, word
from analysis.tables.table import Field, Table, table_of, with_origin
from analysis.tables.words import cell_word
from analysis.why.parts import ChangedPart, FoundCause, UnseenCause, WhyChain, WhyLink, YearRisk
from graph_schema.messages import Label

_Name = Callable[[str], Label | str]
_Said = tuple[str, float | None]


def explain_tables(answer: ExplainAnswer) -> tuple[Table, ...]:
    """Return the tables of an explanation; changes only where the risk was kept before."""
    names = {node.code: word(node) or node.code for node in answer.nodes}

    def name(code: str) -> Label | str:
        return names.get(code, code)

    question = answer.behind.question.code if answer.behind.question else None
    tables = [
        table_of("why_findings", _FINDINGS, answer.findings),
        table_of("why_risk", _RISK, _said(answer)),
        table_of("why_chains", _chains(name), answer.chains),
        table_of("why_links", _links(name), answer.links),
        table_of("why_behind", _behind(question), answer.behind.causes),
        table_of("why_years", _YEARS, answer.years),
    ]
    if answer.changed_since is not None:
        tables.append(table_of("why_changes", _CHANGES, answer.changed_since.parts))
    hidden = answer.hidden_findings
    if hidden is not None:
        # One row sums what may not be named, so that the column sums to what the findings add together.
        row = (None, cell_word("not_shown"), None, None, None, None, hidden.shapley, None)
        tables[0] = Table(tables[0].name, tables[0].label, tables[0].columns, (*tables[0].rows, row))
    return with_origin(tables, answer)


_FINDINGS: tuple[Field[FoundCause], ...] = (
    Field("code", "text", lambda found: found.code),
    Field("cause_or_state", "text", word),
    Field("finding_status", "text", lambda found: cell_word(f"finding_{found.status}")),
    Field("severity", "number", lambda found: found.severity),
    Field("confidence", "number", lambda found: found.confidence),
    Field("onset_on", "day", lambda found: found.since),
    Field("shapley", "number", lambda found: found.shapley),
    Field("drop", "number", lambda found: found.drop),
)


def _said(answer: ExplainAnswer) -> tuple[_Said, ...]:
    return (
        ("risk", answer.risk),
        ("risk_with_help", answer.risk_with_help),
        ("risk_without", answer.risk_without),
        ("leak_risk", answer.leak_risk),
        ("level", answer.level),
    )


_RISK: tuple[Field[_Said], ...] = (
    Field("risk_said", "text", lambda said: cell_word(f"risk_said_{said[0]}")),
    Field("risk_value", "number", lambda said: said[1]),
)


def _chains(name: _Name) -> tuple[Field[WhyChain], ...]:
    return (
        Field("finding", "text", lambda chain: name(chain.codes[0])),
        Field("state", "text", lambda chain: name(chain.codes[-1])),
        Field("way", "text", lambda chain: listed(map(name, chain.codes), by="arrow")),
        Field("strength", "number", lambda chain: chain.strength),
        Field("lag_days", "whole", lambda chain: chain.lag_days),
        Field("is_already_counted", "flag", lambda chain: chain.is_already_counted),
        Field("is_within_horizon", "flag", lambda chain: chain.is_within_horizon),
        Field("sentence", "text", lambda chain: Label(chain.sentence_en, chain.sentence_zh)),
    )


def _links(name: _Name) -> tuple[Field[WhyLink], ...]:
    return (
        Field("link_id", "text", lambda link: link.link_id),
        Field("from_code", "text", lambda link: link.from_code),
        Field("from_cause", "text", lambda link: name(link.from_code)),
        Field("to_code", "text", lambda link: link.to_code),
        Field("to_cause", "text", lambda link: name(link.to_code)),
        Field("strength", "number", lambda link: link.strength),
        Field("household_strength", "number", lambda link: link.household_strength),
        Field("amplifiers", "text", lambda link: _amplifiers(link)),
        Field("lag_days", "whole", lambda link: link.lag_days),
        Field("acts_within_year", "flag", lambda link: link.acts_within_year),
        Field("is_definition", "flag", lambda link: link.is_definition),
        Field("evidence_grade", "text", lambda link: link.evidence_grade),
        Field("sources", "text", lambda link: listed([source.title for source in link.sources])),
        Field("opposing_sources", "text", lambda link: listed([source.title for source in link.opposing_sources])),
    )


def _amplifiers(link: WhyLink) -> Label:
    hidden = [cell_word("not_shown")] if link.hidden_amplifier_count else []
    return listed([*map(word, link.amplifiers), *hidden])


def _behind(question: str | None) -> tuple[Field[UnseenCause], ...]:
    return (
        Field("code", "text", lambda cause: cause.code),
        Field("cause", "text", word),
        Field("chance", "number", lambda cause: cause.chance),
        Field("chance_unseen", "number", lambda cause: cause.chance_unseen),
        Field("bits", "number", lambda cause: cause.bits),
        Field("is_question", "flag", lambda cause: cause.code == question),
    )


_YEARS: tuple[Field[YearRisk], ...] = (
    Field("year_ahead", "whole", lambda year: year.year),
    Field("chance", "number", lambda year: year.chance),
    Field("at_least_once", "number", lambda year: year.at_least_once),
)
_CHANGES: tuple[Field[ChangedPart], ...] = (
    Field("change", "text", lambda part: Label(part.text_en, part.text_zh)),
    Field("change_share", "number", lambda part: part.share),
)
