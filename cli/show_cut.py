"""The cheapest help for a household, and what a budget could cut in an area, in words."""

from __future__ import annotations

from analysis.amounts import plain, yuan
from analysis.questions.cut_answer import AreaCutAnswer, HouseholdCutAnswer
from analysis.why.area_cut_parts import AreaCutPart, AreaProgrammesPart
from analysis.why.cut_parts import BoundMeasure, CutMeasure, CutNotOffered, CutPlanPart
from analysis.why.parts import Named
from cli.answer_head import show_head
from cli.context import Context
from cli.voice import Cell, Voice

PLAN_COLUMNS = ("column.code", "column.measure", "column.family", "column.cost", "column.risk_without")
AREA_COLUMNS = (
    "column.code",
    "column.measure",
    "column.households",
    "column.unknown",
    "column.cost",
    "column.prevents",
)
PROGRAMME_COLUMNS = (
    "column.code",
    "column.measure",
    "column.chosen",
    "column.households",
    "column.unknown",
    "column.cost",
    "column.alone",
    "column.prevents",
)


def show_household_cut(here: Context, answer: HouseholdCutAnswer) -> None:
    """Print the cheapest plan, the next best, what runs, and what was not offered."""
    voice, cut = here.voice, answer.cut
    show_head(here, answer)
    voice.say("cut.risk_now", risk=f"{cut.risk:.4f}")
    voice.line(cut.text_zh if voice.language == "zh" else cut.text_en)
    shown = cut.plan or cut.lowest
    if shown is not None:
        _show_plan(voice, shown)
    if cut.next_best is not None:
        voice.heading("cut.next_best")
        voice.line(cut.next_best.text_zh if voice.language == "zh" else cut.next_best.text_en)
        _show_plan(voice, cut.next_best)
    runs = [_name(each, voice) for each in cut.running]
    if cut.hidden_running_count:
        runs.append(voice.text("word.hidden", count=cut.hidden_running_count))
    if runs:
        voice.say("cut.running", measures=voice.listed(runs))
    _show_not_offered(voice, cut.not_offered)


def _show_plan(voice: Voice, plan: CutPlanPart) -> None:
    rows: list[list[Cell]] = [
        [
            each.code,
            _name(each, voice),
            _name(each.family, voice),
            _cost(each.cost_fen, voice),
            f"{each.risk_without:.4f}",
        ]
        for each in plan.measures
    ]
    details = [_binding(each, voice) for each in plan.measures]
    if plan.hidden is not None:
        name = voice.text("word.hidden", count=plan.hidden.count)
        rows.append(["", name, "", _cost(plan.hidden.cost_fen, voice), ""])
        details.append([])
    voice.table(PLAN_COLUMNS, rows, details)


def _show_not_offered(voice: Voice, not_offered: tuple[CutNotOffered, ...]) -> None:
    idle = [each for each in not_offered if each.reason == "changes_nothing"]
    barred = [each for each in not_offered if each.reason == "prerequisite_not_met"]
    if barred:
        voice.heading("cut.not_offered")
        for each in barred:
            why = each.text_zh if voice.language == "zh" else each.text_en
            voice.line(f"{each.code} {_name(each, voice)}: {why}")
    if idle:
        voice.say("cut.idle", count=len(idle))


def show_area_cut(here: Context, answer: AreaCutAnswer, most_rows: int) -> None:
    """Print what the budget does, measure by measure, and the programmes where they were asked for."""
    voice, plan = here.voice, answer.plan
    show_head(here, answer)
    voice.line(plan.text_zh if voice.language == "zh" else plan.text_en)
    if not plan.household_count:
        return
    voice.say("cut.levels", level=f"{answer.level:.4f}", before=f"{plan.above_before:,}", after=f"{plan.above_after:,}")
    voice.say("cut.value_of_next", returns=plain(plan.value_of_next, 4))
    _show_measures(voice, plan, most_rows)
    if answer.programmes is not None:
        _show_programmes(voice, answer.programmes, most_rows)


def _show_measures(voice: Voice, plan: AreaCutPart, most_rows: int) -> None:
    shown = plan.measures[:most_rows]
    rows: list[list[Cell]] = [
        [
            each.code,
            _name(each, voice),
            each.households,
            each.unknown_count,
            _cost(each.cost_fen, voice),
            plain(each.prevented, 4),
        ]
        for each in shown
    ]
    details = [_binding(each, voice) for each in shown]
    if plan.hidden is not None:
        hidden = voice.text("word.not_shown")
        rows.append(["", hidden, None, None, _cost(plan.hidden.cost_fen, voice), plain(plan.hidden.prevented, 4)])
        details.append([])
    voice.heading("cut.area_measures", most=plan.most)
    voice.table(AREA_COLUMNS, rows, details)
    voice.more(len(plan.measures) - most_rows)


def _show_programmes(voice: Voice, part: AreaProgrammesPart, most_rows: int) -> None:
    voice.heading("cut.programmes")
    voice.line(part.text_zh if voice.language == "zh" else part.text_en)
    rows: list[list[Cell]] = [
        [
            each.code,
            _name(each, voice),
            each.is_chosen,
            each.households,
            each.unknown_count,
            _cost(each.cost_fen, voice),
            plain(each.alone, 4),
            plain(each.adds, 4),
        ]
        for each in part.programmes[:most_rows]
    ]
    if part.hidden is not None:
        cost = _cost(part.hidden.cost_fen, voice)
        rows.append(["", voice.text("word.not_shown"), True, None, None, cost, None, None])
    voice.table(PROGRAMME_COLUMNS, rows)
    voice.more(len(part.programmes) - most_rows)


def _binding(measure: BoundMeasure, voice: Voice) -> list[str]:
    """Return what binds the use of a measure, a line each: what it requires, and how it may never be used."""
    lines = []
    if measure.prerequisite is not None:
        asked = _name(measure.prerequisite, voice)
        state = measure.prerequisite_state if isinstance(measure, CutMeasure) else "none"
        lines.append(voice.text("cut.ask_first" if state == "unknown" else "cut.requires", needs=asked))
    if measure.condition is not None:
        lines.append(voice.text("cut.condition", condition=_name(measure.condition, voice)))
    return lines


def _name(word: Named | None, voice: Voice) -> str:
    if word is None:
        return ""
    return word.name_zh if voice.language == "zh" else word.name_en


def _cost(fen: int, voice: Voice) -> Cell:
    return yuan(fen, voice.language)
