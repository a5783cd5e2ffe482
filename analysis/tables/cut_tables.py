"""The answers to `cut` as tables: the plan of a household, measures of an area, programmes, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.questions.cut_answer import AreaCutAnswer, HouseholdCutAnswer
from analysis.tables.cells import word
from analysis.tables.table import Cell, Field, Table, table_of, with_origin
from analysis.tables.words import cell_word
from analysis.why.area_cut_parts import AreaCutMeasure, AreaCutPart, AreaProgramme, AreaProgrammesPart
from analysis.why.cut_parts import CutMeasure, CutNotOffered, CutPlanPart
from graph_schema.messages import Label


@dataclass(frozen=True)
class _Step:
    """A measure of one of the plans; None for those of it that are not shown, which `cost_fen` then sums."""

    plan: str
    measure: CutMeasure | None
    cost_fen: int


@dataclass(frozen=True)
class _Total:
    """A figure of a plan: `kind` says which, and for an area `plan` of which plan."""

    kind: str
    value: float
    is_money: bool = False


def household_cut_tables(answer: HouseholdCutAnswer) -> tuple[Table, ...]:
    """Return the measures of the plans, their figures, and what was not offered."""
    cut = answer.cut
    plans = {"plan": cut.plan, "next_best": cut.next_best, "lowest": cut.lowest}
    found = {name: plan for name, plan in plans.items() if plan is not None}
    totals = [_Total("level", cut.level), _Total("risk", cut.risk), _Total("risk_with_help", cut.risk_with_help)]
    for name, plan in found.items():
        totals += [_Total(f"risk_{name}", plan.risk), _Total(f"cost_{name}", plan.cost_fen, is_money=True)]
    steps = [step for name, plan in found.items() for step in _steps(name, plan)]
    return with_origin(
        (
            table_of("cut_measures", _STEPS, steps),
            table_of("cut_totals", _TOTALS, totals),
            table_of("cut_not_offered", _NOT_OFFERED, cut.not_offered),
        ),
        answer,
    )


def area_cut_tables(answer: AreaCutAnswer) -> tuple[Table, ...]:
    """Return the measures with whom they reach, the programmes where they were asked for, and the figures of both."""
    plan, programmes = answer.plan, answer.programmes
    measures = table_of("cut_area_measures", _MEASURES, plan.measures)
    if plan.hidden is not None:
        hidden = (None, cell_word("not_shown"), None, None, None, plan.hidden.cost_fen, plan.hidden.prevented, None)
        measures = _with_row(measures, (*hidden, None))
    tables = [measures, table_of("cut_area_totals", _TOTALS, _area_totals(plan, answer.level))]
    if programmes is not None:
        listed = table_of("cut_programmes", _PROGRAMMES, programmes.programmes)
        if programmes.hidden is not None:
            cost = programmes.hidden.cost_fen
            row = (None, cell_word("not_shown"), None, True, None, None, cost, None, None, None, None)
            listed = _with_row(listed, row)
        totals = table_of("cut_programme_totals", _TOTALS, _programme_totals(programmes))
        tables += [listed, totals]
    return with_origin(tables, answer)


def _steps(name: str, plan: CutPlanPart) -> list[_Step]:
    steps = [_Step(name, measure, measure.cost_fen) for measure in plan.measures]
    return [*steps, _Step(name, None, plan.hidden.cost_fen)] if plan.hidden else steps


def _area_totals(plan: AreaCutPart, level: float) -> list[_Total]:
    return [
        _Total("budget", plan.budget_fen, is_money=True),
        _Total("spent", plan.spent_fen, is_money=True),
        _Total("most", plan.most),
        _Total("household_count", plan.household_count),
        _Total("helped_count", plan.helped_count),
        _Total("returns_before", plan.returns_before),
        _Total("returns_after", plan.returns_after),
        _Total("prevented", plan.prevented),
        _Total("bound", plan.bound),
        _Total("gap", plan.gap),
        _Total("value_of_next", plan.value_of_next),
        _Total("level", level),
        _Total("above_before", plan.above_before),
        _Total("above_after", plan.above_after),
    ]


def _programme_totals(part: AreaProgrammesPart) -> list[_Total]:
    return [
        _Total("budget", part.budget_fen, is_money=True),
        _Total("spent", part.spent_fen, is_money=True),
        _Total("returns_before", part.returns_before),
        _Total("returns_after", part.returns_after),
        _Total("prevented", part.prevented),
        _Total("bound", part.bound),
        _Total("gap", part.gap),
    ]


def _with_row(table: Table, row: tuple[Cell, ...]) -> Table:
    return Table(table.name, table.label, table.columns, (*table.rows, row))


def _name(step: _Step) -> Label | None:
    return cell_word("not_shown") if step.measure is None else word(step.measure)


def _state(measure: CutMeasure | None) -> Label | None:
    if measure is None or measure.prerequisite is None:
        return None
    return cell_word(f"prerequisite_{measure.prerequisite_state}")


_STEPS: tuple[Field[_Step], ...] = (
    Field("cut_plan", "text", lambda step: cell_word(f"cut_{step.plan}")),
    Field("code", "text", lambda step: step.measure.code if step.measure else None),
    Field("measure", "text", _name),
    Field("measure_family", "text", lambda step: word(step.measure.family) if step.measure else None),
    Field("acts_on", "text", lambda step: word(step.measure.target) if step.measure else None),
    Field("cost_yuan", "yuan", lambda step: step.cost_fen),
    Field("risk_without", "number", lambda step: step.measure.risk_without if step.measure else None),
    Field("prerequisite", "text", lambda step: word(step.measure.prerequisite) if step.measure else None),
    Field(
        "prerequisite_met",
        "text",
        lambda step: _state(step.measure),
    ),
    Field("forbidden", "text", lambda step: word(step.measure.condition) if step.measure else None),
)
_TOTALS: tuple[Field[_Total], ...] = (
    Field("cut_said", "text", lambda total: cell_word(f"cut_said_{total.kind}")),
    Field("cut_value", "number", lambda total: None if total.is_money else total.value),
    Field("cut_yuan", "yuan", lambda total: total.value if total.is_money else None),
)
_NOT_OFFERED: tuple[Field[CutNotOffered], ...] = (
    Field("code", "text", lambda each: each.code),
    Field("measure", "text", word),
    Field("reason", "text", lambda each: Label(each.text_en, each.text_zh)),
)
_MEASURES: tuple[Field[AreaCutMeasure], ...] = (
    Field("code", "text", lambda each: each.code),
    Field("measure", "text", word),
    Field("measure_family", "text", lambda each: word(each.family)),
    Field("household_count", "whole", lambda each: each.households),
    Field("prerequisite_unknown", "whole", lambda each: each.unknown_count),
    Field("cost_yuan", "yuan", lambda each: each.cost_fen),
    Field("prevented", "number", lambda each: each.prevented),
    Field("prerequisite", "text", lambda each: word(each.prerequisite)),
    Field("forbidden", "text", lambda each: word(each.condition)),
)
_PROGRAMMES: tuple[Field[AreaProgramme], ...] = (
    Field("code", "text", lambda each: each.code),
    Field("measure", "text", word),
    Field("measure_family", "text", lambda each: word(each.family)),
    Field("is_chosen", "flag", lambda each: each.is_chosen),
    Field("household_count", "whole", lambda each: each.households),
    Field("prerequisite_unknown", "whole", lambda each: each.unknown_count),
    Field("cost_yuan", "yuan", lambda each: each.cost_fen),
    Field("prevented_alone", "number", lambda each: each.alone),
    Field("prevented_adds", "number", lambda each: each.adds),
    Field("prerequisite", "text", lambda each: word(each.prerequisite)),
    Field("forbidden", "text", lambda each: word(each.condition)),
)
