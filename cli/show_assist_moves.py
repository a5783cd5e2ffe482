"""In words: a plan for help beside another, and what added rules cost."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.amounts import Amount, yuan
from analysis.questions.assist_compare_answer import (
    AssistCompareAnswer,
    GroupMove,
    HouseholdMove,
    TierMove,
    VillageMove,
)
from analysis.questions.assist_locked import AssistLockedAnswer
from cli.answer_head import notice_texts
from cli.show_assist_plan import asked_words
from cli.show_assist_why import sentence
from cli.voice import Cell, Voice

MOVE_COLUMNS = ("column.assist_need", "column.assist_other_plan", "column.assist_this_plan")
GROUP_COLUMNS = (*MOVE_COLUMNS, "column.assist_more_for", "column.assist_less_for")
HOUSEHOLD_COLUMNS = ("column.household", "column.village", *MOVE_COLUMNS, "column.assist_change")


def show_assist_compare(voice: Voice, answer: AssistCompareAnswer, most_rows: int) -> None:
    """Print what the plan gains and loses beside the other, by severity, village and household."""
    voice.heading("assist.compare_heading", what=asked_words(answer.asked, voice), day=answer.as_of)
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")
    voice.line(sentence(answer, voice))
    voice.heading("assist.plan_tiers")
    voice.table(("column.assist_tier", *GROUP_COLUMNS), [_tier(move, voice) for move in answer.by_tier])
    if answer.by_village:
        voice.heading("assist.compare_villages")
        voice.table(
            ("column.village", *GROUP_COLUMNS), [_village(move, voice) for move in answer.by_village[:most_rows]]
        )
        voice.more(len(answer.by_village) - most_rows)
    show_household_moves(voice, answer.households, most_rows)


def show_assist_locked(voice: Voice, answer: AssistLockedAnswer, most_rows: int) -> None:
    """Print the rules that were added, and what they cost."""
    voice.heading("assist.locked_heading", rules=answer.rules_zh if voice.language == "zh" else answer.rules_en)
    show_assist_compare(voice, answer.cost, most_rows)


def show_household_moves(voice: Voice, moves: Sequence[HouseholdMove], most_rows: int) -> None:
    """Print who gets more and who less, as many of each."""
    if not moves:
        return
    voice.heading("assist.compare_households", count=f"{len(moves):,}")
    # Most gained first, most lost last: both ends are shown.
    most = most_rows // 2 or 1
    shown = moves if len(moves) <= most_rows else [*moves[:most], *moves[-most:]]
    voice.table(HOUSEHOLD_COLUMNS, [_household(move, voice) for move in shown])
    voice.more(len(moves) - len(shown))


def _tier(move: TierMove, voice: Voice) -> list[Cell]:
    return [move.tier, *_group(move, voice)]


def _village(move: VillageMove, voice: Voice) -> list[Cell]:
    return [move.village.name or move.village.id, *_group(move, voice)]


def _group(move: GroupMove, voice: Voice) -> list[Cell]:
    amounts = (move.need_fen, move.before_fen, move.after_fen)
    return [*(yuan(amount, voice.language) for amount in amounts), move.more_count, move.less_count]


def _household(move: HouseholdMove, voice: Voice) -> list[Cell]:
    change = move.after_fen - move.before_fen
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return [
        move.household_id,
        move.village.name or move.village.id,
        *(yuan(amount, voice.language) for amount in (move.need_fen, move.before_fen, move.after_fen)),
        Amount(sign + yuan(abs(change), voice.language)),
    ]
