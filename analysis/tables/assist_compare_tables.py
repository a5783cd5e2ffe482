"""An assistance plan beside another as tables: what moves by village, severity, cause and household."""

from __future__ import annotations

from typing import TypeVar

from analysis.questions.assist_compare_answer import (
    AssistCompareAnswer,
    CauseMove,
    GroupMove,
    HouseholdMove,
    Moved,
    PlanSide,
    TierMove,
    VillageMove,
)
from analysis.tables.assist_plan_tables import assist_asked
from analysis.tables.cells import word
from analysis.tables.table import Cell, Field, Table, table_of, with_head
from analysis.tables.words import cell_word

Side = tuple[str, PlanSide]
AnyMove = TypeVar("AnyMove", bound=Moved)
AnyGroup = TypeVar("AnyGroup", bound=GroupMove)


def assist_compare_tables(answer: AssistCompareAnswer) -> tuple[Table, ...]:
    """Return both plans; then who gains and loses, by household, village, severity and cause."""
    sides: tuple[Side, ...] = (("this", answer.plan), (answer.beside, answer.other))
    tables = (
        table_of("assist_moved", _HOUSEHOLDS, answer.households),
        table_of("assist_moved_villages", _VILLAGES, answer.by_village),
        table_of("assist_moved_tiers", _TIERS, answer.by_tier),
        table_of("assist_moved_causes", _CAUSES, answer.by_cause),
        table_of("assist_sides", _SIDES, sides),
    )
    return with_head(tables, answer, assist_asked(answer.asked))


def _moved(of: type[AnyMove]) -> tuple[Field[AnyMove], ...]:
    """Return the columns of what moves, for rows of the form `of`."""
    return (
        Field("need_yuan", "yuan", lambda move: move.need_fen),
        Field("before_yuan", "yuan", lambda move: move.before_fen),
        Field("after_yuan", "yuan", lambda move: move.after_fen),
        Field("more_yuan", "yuan", lambda move: move.gained_fen),
        Field("less_yuan", "yuan", lambda move: move.lost_fen),
    )


def _counts(of: type[AnyGroup]) -> tuple[Field[AnyGroup], ...]:
    """Return the columns of how many households get more and less, for rows of the form `of`."""
    return (
        Field("more_count", "whole", lambda move: move.more_count),
        Field("less_count", "whole", lambda move: move.less_count),
    )


def _cause(move: CauseMove) -> Cell:
    return cell_word("not_shown") if move.cause is None else word(move.cause)


_HOUSEHOLDS: tuple[Field[HouseholdMove], ...] = (
    Field("household_id", "text", lambda move: move.household_id),
    Field("village", "text", lambda move: move.village.name or move.village.id),
    *_moved(HouseholdMove),
)
_VILLAGES: tuple[Field[VillageMove], ...] = (
    Field("village", "text", lambda move: move.village.name or move.village.id),
    *_moved(VillageMove),
    *_counts(VillageMove),
)
_TIERS: tuple[Field[TierMove], ...] = (
    Field("severity_tier", "whole", lambda move: move.tier),
    *_moved(TierMove),
    *_counts(TierMove),
)
_CAUSES: tuple[Field[CauseMove], ...] = (Field("cause", "text", _cause), *_moved(CauseMove))
_SIDES: tuple[Field[Side], ...] = (
    Field("which_plan", "text", lambda side: cell_word(f"beside_{side[0]}")),
    Field("covered_yuan", "yuan", lambda side: side[1].covered_fen),
    Field("weighted_yuan", "number", lambda side: side[1].weighted_yuan),
    Field("cost_yuan", "yuan", lambda side: side[1].cost_fen),
    Field("household_count", "whole", lambda side: side[1].household_count),
)
