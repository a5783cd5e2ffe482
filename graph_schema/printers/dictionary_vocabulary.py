"""Sections of the data dictionary on causes, links, indicators, states of a case, phases and sources."""

from __future__ import annotations

from collections.abc import Iterator

from graph_schema.meta import Amplifier, EvidenceRule, Indicator, Link
from graph_schema.printers.markdown import Block, table
from graph_schema.printers.words import Words


def cause_blocks(words: Words) -> list[Block]:
    """Return every cause and state as a row."""
    head = words.all(("code", "name", "dimension", "kind", "official_code", "share"))
    rows = (
        [
            f"{code}{'🔒' if cause.is_sensitive else ''}",
            cause.label.text(words.language),
            words.code("dimension", cause.dimension),
            words.code("cause_kind", cause.cause_kind),
            words.code("official_code", cause.official_code),
            words.value(cause, "share"),
            words.value(cause, "leak"),
            words.value(cause, "risk_leak"),
            ", ".join(cause.sources),
            words.note(cause),
        ]
        for code, cause in words.schema.causes.items()
    )
    return [
        words.say("causes_note"),
        table([*head, "leak", "risk_leak", *words.all(("source_keys", "note"))], rows),
    ]


def link_blocks(words: Words) -> list[Block]:
    """Return every link as a row."""
    head = words.all(("code", "from", "to", "strength", "lag", "grade", "source_keys", "note", "amplified"))
    rows = (_link_row(words, link) for link in words.schema.links.values())
    return [words.say("links_note"), table(head, rows)]


def indicator_blocks(words: Words) -> list[Block]:
    """Return every indicator as a row, with the rules by which it raises findings."""
    head = words.all(("code", "name", "unit", "scope", "rules", "use", "source_keys", "note"))
    rows = (_indicator_row(words, indicator) for indicator in words.schema.indicators.values())
    return [words.say("indicators_note"), table(head, rows)]


def case_state_blocks(words: Words) -> list[Block]:
    """Return the states of a monitoring case."""
    rows = (
        [f"`{code}`", state.label.text(words.language), state.meaning.text(words.language), words.yes(state.is_closed)]
        for code, state in words.schema.case_states.items()
    )
    return [table(words.all(("code", "name", "meaning", "closed")), rows)]


def phase_blocks(words: Words) -> list[Block]:
    """Return the phases of the income trend, in the order in which their rules are tried."""
    phases = sorted(words.schema.phases.values(), key=lambda phase: phase.order)
    rows = (
        [str(phase.order), f"`{phase.code}`", phase.label.text(words.language), phase.rule.text(words.language)]
        for phase in phases
    )
    return [table(words.all(("order", "code", "name", "rule")), rows)]


def source_blocks(words: Words) -> list[Block]:
    """Return every citation with its grade."""
    rows = (
        [key, source.grade, source.title, "" if source.address is None else f"<{source.address}>"]
        for key, source in words.schema.sources.items()
    )
    return [table(words.all(("code", "grade", "title_of_source", "address")), rows)]


def _link_row(words: Words, link: Link) -> list[str]:
    strength = words.say("is_definition") if link.is_definition else words.value(link, "strength")
    amplified = "; ".join(_amplifier(words, entry) for entry in link.amplified_by)
    return [
        f"{link.link_id} ({words.say('is_feedback')})" if link.is_feedback else link.link_id,
        words.cause(link.from_cause),
        words.cause(link.to_cause),
        strength,
        words.value(link, "lag_days"),
        link.evidence_grade,
        ", ".join(link.sources),
        " ".join(_link_notes(words, link)),
        words.marked(link, "amplified_by", amplified),
    ]


def _link_notes(words: Words, link: Link) -> Iterator[str]:
    if link.note is not None:
        yield link.note.text(words.language)
    if link.opposing_sources:
        yield f"**{words.say('opposing', sources=', '.join(link.opposing_sources))}.**"
    if link.opposing_note is not None:
        yield link.opposing_note.text(words.language)


def _amplifier(words: Words, amplifier: Amplifier) -> str:
    by = words.cause(amplifier.cause) if amplifier.cause else f"`{amplifier.reads}` {amplifier.rule}"
    return f"{by} × {amplifier.factor:g}"


def _indicator_row(words: Words, indicator: Indicator) -> list[str]:
    answers = f" ({', '.join(indicator.answers)})" if indicator.answers else ""
    rules = "; ".join(_rule(words, rule) for rule in indicator.raises)
    use = words.say(f"use_{indicator.use}") if indicator.use else ""
    return [
        f"{indicator.code}{'🔒' if indicator.is_sensitive else ''}",
        indicator.label.text(words.language),
        words.unit(indicator.unit) + answers,
        words.code("scope", indicator.scope),
        words.marked(indicator, "raises", rules),
        words.marked(indicator, "use", use),
        ", ".join(indicator.sources),
        words.note(indicator),
    ]


def _rule(words: Words, rule: EvidenceRule) -> str:
    if rule.operator in ("<", "<=", ">", ">=", "="):
        condition = words.say("operator_number", operator=rule.operator)
    else:
        condition = words.say(f"operator_{rule.operator}")
    if rule.with_causes:
        condition += ", " + words.say("with_causes", causes=" / ".join(rule.with_causes))
    if rule.group is not None:
        condition += ", " + words.say("rule_group", group=rule.group)
    found = words.say("any_cause") if rule.cause == "any" else words.cause(rule.cause)
    if rule.status == "confirmed":
        status = words.say("confirmed")
    else:
        status = words.say("suspected", confidence=f"{rule.confidence:g}")
    if rule.assessors_needed > 1:
        status += ", " + words.say("assessors", count=rule.assessors_needed)
    return f"{condition}: {found}, {status}"
