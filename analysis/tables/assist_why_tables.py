"""Why an assistance plan does what it does as tables: a household's needs, what stays uncovered, second helps."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.questions.assist_chain_parts import OpenWay, RefusedOffer, SecondHelp
from analysis.questions.assist_telling import said
from analysis.questions.assist_why_answer import (
    AssistSecondAnswer,
    AssistUncoveredAnswer,
    AssistWhyAnswer,
    NeedWhy,
    UncoveredNeed,
)
from analysis.tables.assist_plan_tables import assist_asked
from analysis.tables.cells import party, word
from analysis.tables.table import Cell, Field, Table, table_of, with_head
from graph_schema.messages import Label


@dataclass(frozen=True)
class _Opened:
    need: NeedWhy
    opening: OpenWay


@dataclass(frozen=True)
class _Refused:
    need: NeedWhy
    offer: RefusedOffer


def assist_why_tables(answer: AssistWhyAnswer) -> tuple[Table, ...]:
    """Return the needs of a household; then what would cover more of them, what cannot reach them, and second helps."""
    openings = [_Opened(need, opening) for need in answer.needs for opening in need.openings]
    refused = [_Refused(need, offer) for need in answer.needs for offer in need.refused]
    tables = (
        table_of("assist_needs", _NEEDS, answer.needs),
        table_of("assist_openings", _OPENINGS, openings),
        table_of("assist_refused", _REFUSED, refused),
        table_of("assist_second", _SECOND, answer.second_helps),
    )
    return with_head(tables, answer, [*assist_asked(answer.asked), ("household_id", answer.household_id)])


def assist_uncovered_tables(answer: AssistUncoveredAnswer) -> tuple[Table, ...]:
    """Return the needs that are not covered whole, with why and the smallest change that would cover more."""
    return with_head((table_of("assist_open_needs", _OPEN, answer.needs),), answer, assist_asked(answer.asked))


def assist_second_tables(answer: AssistSecondAnswer) -> tuple[Table, ...]:
    """Return who gets a second help while another gets none."""
    return with_head((table_of("assist_second", _SECOND, answer.second_helps),), answer, assist_asked(answer.asked))


def _why(reason: str | None) -> Cell:
    return None if reason is None else said(f"assist_reason_{reason}")


_NEEDS: tuple[Field[NeedWhy], ...] = (
    Field("cause", "text", lambda need: word(need.cause)),
    Field("severity_tier", "whole", lambda need: need.tier),
    Field("need_yuan", "yuan", lambda need: need.need_fen),
    Field("covered_yuan", "yuan", lambda need: need.covered_fen),
    Field("uncovered_yuan", "yuan", lambda need: need.left_fen),
    Field("reason", "text", lambda need: _why(need.reason)),
)
_OPENINGS: tuple[Field[_Opened], ...] = (
    Field("cause", "text", lambda each: word(each.need.cause)),
    Field("measure", "text", lambda each: word(each.opening.way.measure)),
    Field("programme", "text", lambda each: party(each.opening.way.programme)),
    Field("enterprise", "text", lambda each: party(each.opening.way.enterprise)),
    Field("cooperative", "text", lambda each: party(each.opening.way.cooperative)),
    Field("covered_yuan", "yuan", lambda each: each.opening.way.cover_fen),
    Field("cost_yuan", "yuan", lambda each: each.opening.way.cost_fen),
    Field("in_words", "text", lambda each: Label(en=each.opening.text_en, zh=each.opening.text_zh)),
)
_REFUSED: tuple[Field[_Refused], ...] = (
    Field("cause", "text", lambda each: word(each.need.cause)),
    Field("programme", "text", lambda each: party(each.offer.programme)),
    Field("measure", "text", lambda each: word(each.offer.measure)),
    Field("in_words", "text", lambda each: Label(en=each.offer.text_en, zh=each.offer.text_zh)),
)
_SECOND: tuple[Field[SecondHelp], ...] = (
    Field("household_id", "text", lambda each: each.household_id),
    Field("measure", "text", lambda each: word(each.way.measure)),
    Field("programme", "text", lambda each: party(each.way.programme)),
    Field("other_household", "text", lambda each: each.other_household_id),
    Field("in_words", "text", lambda each: Label(en=each.text_en, zh=each.text_zh)),
)
_OPEN: tuple[Field[UncoveredNeed], ...] = (
    Field("household_id", "text", lambda need: need.household_id),
    Field("village", "text", lambda need: need.village.name or need.village.id),
    Field("cause", "text", lambda need: word(need.cause)),
    Field("severity_tier", "whole", lambda need: need.tier),
    Field("need_yuan", "yuan", lambda need: need.need_fen),
    Field("uncovered_yuan", "yuan", lambda need: need.left_fen),
    Field("reason", "text", lambda need: _why(need.reason)),
    Field("in_words", "text", lambda need: _opening(need)),
)


def _opening(need: UncoveredNeed) -> Cell:
    return None if need.opening is None else Label(en=need.opening.text_en, zh=need.opening.text_zh)
