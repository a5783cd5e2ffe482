"""Chains from a finding to a state: as parts, and as a sentence that can be read out in a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from analysis.risk.trace_parts import TraceChain
from analysis.why.names import cause_name, listed, say
from analysis.why.parts import FoundCause, WhyChain, WhyLink
from graph_schema import Schema
from graph_schema.messages import Label

_BANDS = ((0.2, "slight"), (0.4, "moderate"), (0.6, "marked"), (0.8, "severe"), (1.0, "extreme"))
# Strengths are told with two digits; what differs only behind them is told as the same.
_DIGITS = 2


def why_chains(
    schema: Schema,
    chains: Sequence[TraceChain],
    links: Sequence[WhyLink],
    found: Mapping[str, FoundCause],
) -> tuple[WhyChain, ...]:
    """Return the chains of a trace, in their order, each with its sentence.

    `links`: those of the chains. `found`: by code what is held at the household of the causes at which chains begin.
    """
    by_id = {link.link_id: link for link in links}
    told = []
    for chain in chains:
        sentence = chain_sentence(schema, chain, [by_id[link_id] for link_id in chain.link_ids], found[chain.codes[0]])
        told.append(
            WhyChain(
                codes=chain.codes,
                link_ids=chain.link_ids,
                confidence=chain.confidence,
                strength=chain.strength,
                lag_days=chain.lag_days,
                is_already_counted=chain.is_already_counted,
                is_within_horizon=chain.is_within_horizon,
                sentence_en=sentence.en,
                sentence_zh=sentence.zh,
            )
        )
    return tuple(told)


def chain_sentence(schema: Schema, chain: TraceChain, links: Sequence[WhyLink], start: FoundCause) -> Label:
    """Return a chain as a sentence in both languages: what was found, each step with its strength, and the whole."""
    begun = say(
        "why_chain_start",
        cause=cause_name(schema, start.code),
        status=status_word(start.status),
        severity=severity_word(start.severity),
    )
    text = Label(_capital(begun.en), begun.zh)
    for place, link in enumerate(links):
        text = _joined(text, _step(schema, link, is_first=place == 0))
    text = _joined(text, say("why_chain_end", strength=_number(chain.strength), days=f"{chain.lag_days:,}"))
    if chain.is_already_counted:
        text = _joined(text, say("why_chain_already_counted"))
    if not chain.is_within_horizon:
        text = _joined(text, say("why_chain_beyond_the_year"))
    return text


def status_word(status: Literal["suspected", "confirmed", "refuted"]) -> Label:
    """Return how sure a finding is, in words."""
    return say(f"why_status_{status}")


def severity_word(severity: float) -> Label:
    """Return the word of the band of severity that is nearest."""
    _, name = min(_BANDS, key=lambda band: abs(band[0] - severity))
    return say(f"why_severity_{name}")


def strength_words(link: WhyLink) -> Label:
    """Return the strength of a link at the household and why it is another than in the network: "0.60 → 0.74, ..."."""
    here, base = _number(link.household_strength), _number(link.strength)
    if here == base:
        return Label(here, here)
    reasons = _reasons(link)
    return say("why_strength_here" if reasons else "why_strength_moved", base=base, here=here, reasons=listed(reasons))


def _reasons(link: WhyLink) -> tuple[Label, ...]:
    reasons = [] if link.severity == 1 else [say("why_because_severity", severity=severity_word(link.severity))]
    for amplifier in link.amplifiers:
        name = Label(amplifier.name_en, amplifier.name_zh)
        if amplifier.adds:
            reasons.append(say("why_because_raised" if amplifier.adds > 0 else "why_because_lowered", cause=name))
    if link.hidden_amplifier_count:
        reasons.append(say("why_because_hidden"))
    return tuple(reasons)


def _step(schema: Schema, link: WhyLink, *, is_first: bool) -> Label:
    effect = cause_name(schema, link.to_code)
    if link.is_definition:
        return say("why_chain_first_definition" if is_first else "why_chain_next_definition", effect=effect)
    said = say(
        "why_chain_first" if is_first else "why_chain_next",
        effect=effect,
        days=f"{link.lag_days:,}",
        strength=strength_words(link),
    )
    if link.evidence_grade is None:
        return _joined(said, say("why_chain_step_end"))
    proposed = link.evidence_grade == "P"
    return _joined(said, say("why_chain_proposed" if proposed else "why_chain_grade", grade=link.evidence_grade))


def _joined(text: Label, more: Label) -> Label:
    return Label(text.en + more.en, text.zh + more.zh)


def _number(value: float) -> str:
    told = f"{value:.{_DIGITS}f}"
    # What is that small is told with the first digit that says something.
    return told if float(told) or not value else f"{value:.1g}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
