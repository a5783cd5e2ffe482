"""The answer to `assist_plan` as tables: who gets what, what is covered where, programmes, and what stays and why."""

from __future__ import annotations

from typing import TypeVar

from analysis.questions.assist_plan_answer import (
    AssistPlanAnswer,
    AssistPlanAsked,
    AssistRisk,
    AssistStage,
    CausePart,
    Covered,
    PlannedHelp,
    ProgrammePart,
    ResourcePart,
    TierPart,
    UncoveredReason,
    VillagePart,
    VillageRisk,
)
from analysis.questions.assist_telling import said
from analysis.tables.cells import party, word
from analysis.tables.table import Cell, Field, Table, table_of, with_head
from analysis.tables.words import cell_word

Part = TypeVar("Part", bound=Covered)
STAGE, LAYER = "assist_stage_", "layer_"


def assist_plan_tables(answer: AssistPlanAnswer) -> tuple[Table, ...]:
    """Return who gets what through whom, then needs by village, cause and tier, programmes, places, and what stays."""
    tables = (
        table_of("assist_helps", _HELPS, answer.helps),
        table_of("assist_villages", _VILLAGES, answer.by_village),
        table_of("assist_causes", _CAUSES, answer.by_cause),
        table_of("assist_tiers", _TIERS, answer.by_tier),
        table_of("assist_programmes", _PROGRAMMES, answer.by_programme),
        table_of("assist_resources", _RESOURCES, answer.by_resource),
        table_of("assist_uncovered", _UNCOVERED, answer.uncovered),
        table_of("assist_stages", _STAGES, answer.stages),
        table_of("assist_risk", _RISK, _villages_of(answer.risk)),
    )
    return with_head(tables, answer, assist_asked(answer.asked))


def assist_asked(asked: AssistPlanAsked) -> list[tuple[str, Cell]]:
    """Return what was planned as rows of the table that tells where an answer comes from."""
    told: list[tuple[str, Cell]] = [("plan_file", name) for name in asked.files]
    if asked.area is not None:
        told += [("area", asked.area.name), ("area_id", asked.area.id)]
    return [*told, *(("programme", programme) for programme in asked.programme_ids or ())]


def _villages_of(risk: AssistRisk | None) -> tuple[VillageRisk, ...]:
    return () if risk is None else risk.by_village


def _covered(of: type[Part]) -> tuple[Field[Part], ...]:
    """Return the columns of needs that are summed, for parts of the form `of`."""
    return (
        Field("need_count", "whole", lambda part: part.need_count),
        Field("need_yuan", "yuan", lambda part: part.need_fen),
        Field("covered_yuan", "yuan", lambda part: part.covered_fen),
        Field("uncovered_yuan", "yuan", lambda part: part.left_fen),
    )


_HELPS: tuple[Field[PlannedHelp], ...] = (
    Field("household_id", "text", lambda each: each.household_id),
    Field("village", "text", lambda each: each.village.name or each.village.id),
    Field("cause", "text", lambda each: word(each.cause)),
    Field("severity_tier", "whole", lambda each: each.tier),
    Field("measure", "text", lambda each: word(each.measure)),
    Field("agency", "text", lambda each: party(each.agency)),
    Field("programme", "text", lambda each: party(each.programme)),
    Field("enterprise", "text", lambda each: party(each.enterprise)),
    Field("cooperative", "text", lambda each: party(each.cooperative)),
    Field("contract_id", "text", lambda each: each.contract_id),
    Field("need_yuan", "yuan", lambda each: each.need_fen),
    Field("covered_yuan", "yuan", lambda each: each.cover_fen),
    Field("cost_yuan", "yuan", lambda each: each.cost_fen),
    Field("to_check", "flag", lambda each: each.to_check),
    Field("help_id", "text", lambda each: each.help_id),
)
_VILLAGES: tuple[Field[VillagePart], ...] = (
    Field("village", "text", lambda part: part.village.name or part.village.id),
    Field("area_id", "text", lambda part: part.village.id),
    Field("household_count", "whole", lambda part: part.household_count),
    Field("helped_count", "whole", lambda part: part.helped_household_count),
    *_covered(VillagePart),
    Field("help_count", "whole", lambda part: part.help_count),
    Field("cost_yuan", "yuan", lambda part: part.cost_fen),
)
_CAUSES: tuple[Field[CausePart], ...] = (
    Field("cause", "text", lambda part: cell_word("not_shown") if part.cause is None else word(part.cause)),
    *_covered(CausePart),
)
_TIERS: tuple[Field[TierPart], ...] = (Field("severity_tier", "whole", lambda part: part.tier), *_covered(TierPart))
_PROGRAMMES: tuple[Field[ProgrammePart], ...] = (
    Field("programme", "text", lambda part: party(part.programme)),
    Field("agency", "text", lambda part: party(part.agency)),
    Field("budget_yuan", "yuan", lambda part: part.budget_fen),
    Field("promised_yuan", "yuan", lambda part: part.promised_fen),
    Field("spent_yuan", "yuan", lambda part: part.spent_fen),
    Field("left_yuan", "yuan", lambda part: part.left_fen),
    Field("help_count", "whole", lambda part: part.help_count),
    Field("household_count", "whole", lambda part: part.household_count),
    Field("covered_yuan", "yuan", lambda part: part.covered_fen),
    Field("most_gain_10000", "number", lambda part: part.most_gain_yuan),
)
_RESOURCES: tuple[Field[ResourcePart], ...] = (
    Field("resource_layer", "text", lambda part: cell_word(LAYER + part.layer)),
    Field("party", "text", lambda part: party(part.holder)),
    Field("capacity", "whole", lambda part: part.capacity),
    Field("unit", "text", lambda part: cell_word("resource_unit_" + part.unit)),
    Field("used_places", "whole", lambda part: part.used),
    Field("left_places", "whole", lambda part: part.left),
    Field("most_gain_one", "number", lambda part: part.most_gain_yuan),
    Field("resource_id", "text", lambda part: part.resource_id),
)
_UNCOVERED: tuple[Field[UncoveredReason], ...] = (
    Field("reason", "text", lambda part: said(f"assist_reason_{part.reason}")),
    *_covered(UncoveredReason),
)
_STAGES: tuple[Field[AssistStage], ...] = (
    Field("plan_stage", "text", lambda stage: cell_word(STAGE + stage.name)),
    Field("stage_value", "number", lambda stage: stage.value),
    Field("stage_bound", "number", lambda stage: stage.bound),
    Field("is_optimal", "flag", lambda stage: stage.is_optimal),
)
_RISK: tuple[Field[VillageRisk], ...] = (
    Field("village", "text", lambda part: part.village.name or part.village.id),
    Field("expected_before", "number", lambda part: part.returns_before),
    Field("expected_after", "number", lambda part: part.returns_after),
    Field("prevented", "number", lambda part: part.avoided),
)
