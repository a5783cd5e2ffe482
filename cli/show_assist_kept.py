"""Drafts of help that were kept in words, and what came of one."""

from __future__ import annotations

from analysis.amounts import yuan
from analysis.questions.assist_kept_answer import (
    AssistKeptAnswer,
    AssistKeptPlanAnswer,
    KeptAssistPlanTold,
    KeptUnitTold,
)
from cli.answer_head import notice_texts
from cli.context import Context
from cli.naming import code_name
from cli.show_assist_accepted import STATES, cause_word, measure_word
from cli.voice import Cell, Voice

KEPT_COLUMNS = (
    "column.assist_draft",
    "column.kept_at",
    "column.plan_day",
    "column.area",
    "column.assist_helps",
    "column.assist_accepted",
    "column.assist_covered",
    "column.assist_cost",
)
UNIT_COLUMNS = (
    "column.household",
    "column.cause",
    "column.measure",
    "column.programme",
    "column.assist_cost",
    "column.assist_covers",
    "column.assist_state",
)


def show_assist_kept(voice: Voice, found: AssistKeptAnswer) -> None:
    """Print the drafts that were kept, or that there are none."""
    if not found.plans:
        voice.say("assist.kept_none")
        return
    voice.heading("assist.kept_heading")
    voice.table(KEPT_COLUMNS, [_kept(plan, voice) for plan in found.plans])
    voice.say("assist.kept_close")


def show_assist_kept_plan(here: Context, answer: AssistKeptPlanAnswer, most_rows: int) -> None:
    """Print one draft: what it plans, what was accepted of it and what came of that."""
    voice, language = here.voice, here.voice.language
    voice.heading("assist.kept_one", run=answer.plan.run_id, day=answer.as_of)
    for text in notice_texts(answer, language):
        voice.line(text, style="yellow")
    voice.table(KEPT_COLUMNS, [_kept(answer.plan, voice)])
    counts = answer.helps
    voice.say(
        "assist.kept_states", planned=counts.planned, running=counts.running, done=counts.done, stopped=counts.stopped
    )
    amounts = answer.amounts
    voice.say(
        "assist.kept_amounts",
        promised=yuan(amounts.promised_fen, language),
        paid=yuan(amounts.paid_fen or 0, language),
        delivered=yuan(amounts.delivered_fen or 0, language),
    )
    voice.table(UNIT_COLUMNS, [_unit(here, unit) for unit in answer.units[:most_rows]])
    voice.more(len(answer.units) - most_rows)


def _kept(plan: KeptAssistPlanTold, voice: Voice) -> list[Cell]:
    return [
        plan.run_id,
        plan.kept_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        plan.day,
        plan.area_id or voice.text("risk.everywhere"),
        plan.unit_count,
        plan.accepted_count,
        yuan(plan.totals.get("covered_fen", 0), voice.language),
        yuan(plan.totals.get("cost_fen", 0), voice.language),
    ]


def _unit(here: Context, unit: KeptUnitTold) -> list[Cell]:
    voice = here.voice
    return [
        unit.household_id,
        cause_word(here, unit.cause_id),
        measure_word(here, unit.measure_id),
        unit.programme_id,
        yuan(unit.cost_fen, voice.language),
        yuan(unit.cover_fen, voice.language),
        voice.text("assist.not_accepted")
        if unit.status is None
        else code_name(here.workspace.schema, STATES, unit.status, voice),
    ]
