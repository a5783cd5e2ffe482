"""The answers to `scenario`, `scenarios` and `household_what_if` as tables."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.questions.household_what_if_answer import HouseholdChange, HouseholdWhatIfAnswer
from analysis.questions.scenario_answer import (
    CauseChanged,
    HouseholdCrossing,
    MeasureChanged,
    PlaceChanged,
    ScenarioAnswer,
    ScenarioValue,
    WayReached,
)
from analysis.questions.scenarios import ParameterTold, ScenariosAnswer, ScenarioTold
from analysis.tables.cells import listed, word
from analysis.tables.table import Cell, Field, Table, table_of, with_head, with_origin
from analysis.tables.words import cell_word
from analysis.why.parts import Named
from graph_schema.messages import Label


@dataclass(frozen=True)
class _Pair:
    """A number before and after."""

    name: Label
    before: float
    after: float


def scenario_tables(answer: ScenarioAnswer) -> tuple[Table, ...]:
    """Return before and after by place, in all, who crosses, the causes, the help and the paths."""
    asked = answer.asked
    told: list[tuple[str, Cell]] = [("scenario", Label(en=asked.name_en, zh=asked.name_zh))]
    told += [
        ("scenario_value", Label(en=f"{each.name_en}: {_value(each)}", zh=f"{each.name_zh}：{_value(each)}"))
        for each in asked.values
    ]
    told += [("area_id", asked.area.id)] if asked.area else []
    told += [("network_version", answer.network_version), ("level", answer.level)]
    return with_head(
        (
            table_of("scenario_places", _PLACES, answer.places),
            table_of("scenario_totals", _PAIRS, _totals(answer)),
            table_of("scenario_crossing", _CROSSING, answer.crossing.rows),
            table_of("scenario_causes", _CAUSES, answer.causes),
            table_of("scenario_help", _MEASURES, answer.measures),
            table_of("scenario_ways", _WAYS, answer.ways),
        ),
        answer,
        told,
    )


def scenarios_tables(answer: ScenariosAnswer) -> tuple[Table, ...]:
    """Return every scenario with what it asks for, a line each."""
    lines = [_Line(scenario, each) for scenario in answer.scenarios for each in scenario.parameters]
    return (table_of("scenarios", _LINES, lines),)


def household_what_if_tables(answer: HouseholdWhatIfAnswer) -> tuple[Table, ...]:
    """Return the risk and the states before and after, and what is changed."""
    pairs = [
        _Pair(cell_word("risk_said_risk_with_help"), answer.before.with_help, answer.after.with_help),
        _Pair(cell_word("risk_said_risk"), answer.before.without_help, answer.after.without_help),
        *(_Pair(Label(en=each.name_en, zh=each.name_zh), each.before, each.after) for each in answer.states),
    ]
    return with_origin(
        (table_of("what_if_risk", _PAIRS, pairs), table_of("what_if_changes", _CHANGES, answer.changes)), answer
    )


@dataclass(frozen=True)
class _Line:
    scenario: ScenarioTold
    parameter: ParameterTold


def _value(each: ScenarioValue) -> str:
    return str(each.number) if each.node is None else each.node.name_zh or each.node.id


def _totals(answer: ScenarioAnswer) -> list[_Pair]:
    both = (
        ("", answer.before, answer.after),
        ("_without_help", answer.before_without_help, answer.after_without_help),
    )
    return [
        _Pair(cell_word(f"scenario_{name}{suffix}"), float(getattr(before, name)), float(getattr(after, name)))
        for suffix, before, after in both
        for name in ("expected_returns", "mean", "high_count")
    ]


def _shown(named: Named | None) -> Label:
    return cell_word("not_shown") if named is None else Label(en=named.name_en, zh=named.name_zh)


_PAIRS: tuple[Field[_Pair], ...] = (
    Field("risk_said", "text", lambda pair: pair.name),
    Field("before", "number", lambda pair: pair.before),
    Field("after", "number", lambda pair: pair.after),
)
_PLACES: tuple[Field[PlaceChanged], ...] = (
    Field("area_id", "text", lambda place: place.area_id),
    Field("place", "text", lambda place: place.name),
    Field("area_level", "text", lambda place: word(place.level)),
    Field("household_count", "whole", lambda place: place.household_count),
    Field("touched_count", "whole", lambda place: place.touched_count),
    Field("moved_count", "whole", lambda place: place.moved_count),
    Field("expected_before", "number", lambda place: place.expected_before),
    Field("expected_after", "number", lambda place: place.expected_after),
    Field("high_before", "whole", lambda place: place.high_before),
    Field("high_after", "whole", lambda place: place.high_after),
    Field("upward_count", "whole", lambda place: place.upward_count),
    Field("downward_count", "whole", lambda place: place.downward_count),
    Field("mean_change", "number", lambda place: place.mean_change),
    Field("largest_change", "number", lambda place: place.largest_change),
)
_CROSSING: tuple[Field[HouseholdCrossing], ...] = (
    Field("household_id", "text", lambda row: row.household_id),
    Field("area_id", "text", lambda row: row.area_id),
    Field("place", "text", lambda row: row.area_name),
    Field("before", "number", lambda row: row.before),
    Field("after", "number", lambda row: row.after),
    Field("crosses", "text", lambda row: cell_word(f"crosses_{row.crosses}")),
)
_CAUSES: tuple[Field[CauseChanged], ...] = (
    Field("code", "text", lambda row: None if row.cause is None else row.cause.code),
    Field("cause", "text", lambda row: _shown(row.cause)),
    Field("household_count", "whole", lambda row: row.household_count),
    Field("mean_change", "number", lambda row: row.mean_change),
    Field("largest_change", "number", lambda row: row.largest_change),
)
_MEASURES: tuple[Field[MeasureChanged], ...] = (
    Field("code", "text", lambda row: None if row.measure is None else row.measure.code),
    Field("measure", "text", lambda row: _shown(row.measure)),
    Field("begins_count", "whole", lambda row: row.begins_count),
    Field("stops_count", "whole", lambda row: row.stops_count),
)
_WAYS: tuple[Field[WayReached], ...] = (
    Field("way", "text", lambda row: Label(en=row.name_en, zh=row.name_zh)),
    Field("path", "text", lambda row: Label(en=row.path.text_en, zh=row.path.text_zh)),
    Field("way_depth", "whole", lambda row: row.depth),
    Field("household_count", "whole", lambda row: row.household_count),
    Field("nearest_count", "whole", lambda row: row.nearest_count),
)
_LINES: tuple[Field[_Line], ...] = (
    Field("scenario_code", "text", lambda line: line.scenario.code),
    Field("scenario", "text", lambda line: Label(en=line.scenario.name_en, zh=line.scenario.name_zh)),
    Field("parameter", "text", lambda line: line.parameter.code),
    Field("fill_in", "text", lambda line: Label(en=line.parameter.name_en, zh=line.parameter.name_zh)),
    Field("node_kinds", "text", lambda line: listed(map(word, line.parameter.kinds))),
    Field("default", "number", lambda line: line.parameter.default),
    Field("is_required", "flag", lambda line: line.parameter.is_required),
)
_CHANGES: tuple[Field[HouseholdChange], ...] = (
    Field("change", "text", lambda row: cell_word(f"change_{row.kind}")),
    Field("code", "text", lambda row: row.code),
    Field("changed_what", "text", lambda row: Label(en=row.name_en, zh=row.name_zh)),
    Field("value_now", "number", lambda row: row.value_now),
    Field("value_then", "number", lambda row: row.value),
    Field("is_same", "flag", lambda row: row.is_same),
    Field("prerequisite", "text", lambda row: word(row.prerequisite)),
    Field(
        "prerequisite_met",
        "text",
        lambda row: None if row.prerequisite_met is None else cell_word(f"prerequisite_{row.prerequisite_met}"),
    ),
)
