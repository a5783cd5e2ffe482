"""The report of learning as the answer tells it: in words, and with only those counts that may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.errors import CATALOGUE
from analysis.learning.report import EffectReport, LearningReport, LinkReport
from analysis.learning.words import Note, dropped_notes, notes_of, verdict_note
from analysis.questions.learn_answer import (
    LearnBaseRate,
    LearnBin,
    LearnEffect,
    LearnHeldOut,
    LearnLink,
    LeftOut,
    TextTold,
)
from analysis.questions.network_answer import CountTold
from analysis.questions.network_links import count_told, sensitive_links
from analysis.sensitivity import is_sensitive_cause
from analysis.why.names import cause_name, link_name, say
from graph_schema import Schema
from graph_schema.messages import Label


@dataclass(frozen=True)
class Telling:
    """How the report is told. `hidden`: ids of links whose counts are not shown. `hides`: whether there may be any."""

    schema: Schema
    hidden: frozenset[str]
    hides: bool


def count_label(count: CountTold) -> Label:
    """Return a count in words: the number, "under 10" or "not shown"."""
    if count.number is not None:
        return Label(f"{count.number:,}", f"{count.number:,}")
    return say("learn_under_ten" if count.is_under_ten else "learn_not_shown")


def notes_told(report: LearningReport) -> tuple[TextTold, ...]:
    """Return what a reader must know."""
    return tuple(_text(note) for note in notes_of(report))


def links_told(telling: Telling, report: LearningReport) -> tuple[LearnLink, ...]:
    """Return every link in the order of the vocabulary."""
    by_id = {link.link_id: link for link in report.links}
    sensitive = sensitive_links(telling.schema)
    return tuple(
        _link(telling, by_id[link_id], is_sensitive=link_id in sensitive)
        for link_id in telling.schema.links
        if link_id in by_id
    )


def _link(telling: Telling, link: LinkReport, *, is_sensitive: bool) -> LearnLink:
    hides = link.link_id in telling.hidden
    exposed, used, came = (count_told(number, hides=hides) for number in (link.exposed, link.used, link.used_came))
    # What a count could be worked out of is left out with it.
    is_few = hides or used.is_under_ten
    name, verdict = link_name(telling.schema, link.link_id), verdict_note(link)
    fields = {**verdict.fields, "used": count_label(used), "exposed": count_label(exposed)}
    if hides:
        fields |= {"low": say("learn_not_shown"), "high": say("learn_not_shown")}
    words = say(verdict.code, **fields)
    return LearnLink(
        link_id=link.link_id,
        label_en=name.en,
        label_zh=name.zh,
        from_code=link.from_code,
        to_code=link.to_code,
        expert=link.expert,
        strength=link.strength if link.is_learned else None,
        low=None if is_few else link.low,
        high=None if is_few else link.high,
        data_strength=None if hides else link.data_strength,
        data_low=None if hides else link.data_low,
        data_high=None if hides else link.data_high,
        verdict=link.verdict.value,
        verdict_en=words.en,
        verdict_zh=words.zh,
        is_learned=link.is_learned,
        data_share=None if is_few else link.data_share,
        p_value=None if hides else link.p_value,
        adjusted_p_value=None if hides else link.adjusted_p_value,
        by_prior={} if is_few else {f"{weight:g}": strength for weight, strength in (link.by_prior or {}).items()},
        is_sensitive=is_sensitive,
        exposed=exposed,
        used=used,
        came=came,
        left_out=() if hides else _left_out(dropped_notes(link), link.dropped or {}),
    )


def _left_out(notes: tuple[Note, ...], counts: Mapping[str, int]) -> tuple[LeftOut, ...]:
    told = []
    for note in notes:
        count = count_told(counts[note.code.removeprefix("learning_reason_")], hides=False)
        words = say(note.code, count=count_label(count))
        told.append(LeftOut(code=note.code, text_en=words.en, text_zh=words.zh, count=count))
    return tuple(told)


def effects_told(telling: Telling, report: LearningReport) -> tuple[LearnEffect, ...]:
    """Return every effect."""
    return tuple(_effect(telling, each) for each in report.effects)


def _effect(telling: Telling, effect: EffectReport) -> LearnEffect:
    hides = telling.hides and is_sensitive_cause(telling.schema, effect.code)
    name, used = cause_name(telling.schema, effect.code), count_told(effect.households, hides=hides)
    is_few = hides or used.is_under_ten
    reasons = sorted(effect.left_out.items(), key=lambda item: -item[1])
    notes = tuple(Note(f"learning_reason_{reason}", {"count": count}) for reason, count in reasons if count)
    return LearnEffect(
        code=effect.code,
        name_en=name.en,
        name_zh=name.zh,
        used=used,
        came=count_told(effect.came, hides=hides),
        leak=None if is_few else effect.leak,
        leak_low=None if is_few else effect.leak_low,
        leak_high=None if is_few else effect.leak_high,
        left_out=() if hides else _left_out(notes, effect.left_out),
    )


def base_rate_told(telling: Telling, report: LearningReport) -> LearnBaseRate | None:
    """Return the base rate, None where there is no last state."""
    base = report.base_rate
    if base is None:
        return None
    name, households = cause_name(telling.schema, base.target), count_told(base.households, hides=False)
    return LearnBaseRate(
        code=base.target,
        name_en=name.en,
        name_zh=name.zh,
        households=households,
        came=count_told(base.came, hides=False),
        low=None if households.is_under_ten else base.low,
        high=None if households.is_under_ten else base.high,
        expert=base.expert,
    )


def held_out_told(report: LearningReport) -> LearnHeldOut | None:
    """Return the check on the other half, None where nothing is predicted."""
    held = report.held_out
    if held is None:
        return None
    return LearnHeldOut(
        predictions=held.predictions,
        learned_loss=held.learned_loss,
        expert_loss=held.expert_loss,
        gain=held.gain,
        gain_error=held.gain_error,
        bins=tuple(
            LearnBin(households=each.households, predicted=each.predicted, observed=each.observed) for each in held.bins
        ),
    )


def _text(note: Note) -> TextTold:
    return TextTold(
        code=note.code,
        text_en=CATALOGUE.what(note.code, note.fields, "en"),
        text_zh=CATALOGUE.what(note.code, note.fields, "zh"),
    )
