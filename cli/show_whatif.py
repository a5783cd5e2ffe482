"""What if, in words: the scenarios, what comes of one, and what changes at a household do to its risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.amounts import Amount
from analysis.questions.household_what_if_answer import HouseholdChange, HouseholdWhatIfAnswer, StateMoved
from analysis.questions.scenario_answer import PlaceChanged, ScenarioAnswer, ScenarioValue, Text, Totals
from analysis.questions.scenarios import ParameterTold, ScenariosAnswer
from analysis.why.parts import Named
from cli.answer_head import notice_texts, show_head
from cli.context import Context
from cli.voice import Cell, Voice

PARAMETER_COLUMNS = ("column.whatif_name", "column.whatif_fill_in", "column.whatif_of_kind", "column.whatif_otherwise")
WAY_COLUMNS = ("column.whatif_way", "column.whatif_path", "column.households", "column.whatif_nearest")
BEFORE_COLUMNS = ("column.whatif_number", "column.whatif_before", "column.whatif_after")
PLACE_COLUMNS = (
    "column.code",
    "column.place",
    "column.households",
    "column.whatif_touched",
    "column.whatif_expected_before",
    "column.whatif_expected_after",
    "column.whatif_upward",
    "column.whatif_mean_change",
)
CAUSE_COLUMNS = ("column.code", "column.cause", "column.households", "column.whatif_mean_change")
MEASURE_COLUMNS = ("column.code", "column.measure", "column.whatif_stops")
CROSSING_COLUMNS = ("column.household", "column.place", "column.whatif_before", "column.whatif_after")
CHANGE_COLUMNS = (
    "column.whatif_change",
    "column.code",
    "column.whatif_of_what",
    "column.whatif_now",
    "column.whatif_if",
)
CHANGES: Mapping[str, str] = {
    "confirmed": "whatif.change_confirmed",
    "refuted": "whatif.change_refuted",
    "closed": "whatif.change_closed",
    "severity": "whatif.change_severity",
    "given": "whatif.change_given",
    "taken": "whatif.change_taken",
    "strength": "whatif.change_strength",
}
CROSSES: Mapping[str | None, str] = {
    "upward": "whatif.crosses_upward",
    "downward": "whatif.crosses_downward",
    None: "whatif.crosses_not",
}
MET: Mapping[str, str] = {"met": "whatif.met", "not_met": "whatif.not_met", "unknown": "whatif.met_unknown"}


def show_scenarios(here: Context, answer: ScenariosAnswer) -> None:
    """Print every scenario with what is to be filled in, and how it is asked for."""
    voice = here.voice
    voice.heading("whatif.scenarios")
    for each in answer.scenarios:
        voice.line()
        voice.line(f"{each.code}: {_name(each, voice)}", style="bold")
        voice.line(_told(each.says, voice))
        voice.table(PARAMETER_COLUMNS, [_parameter(parameter, voice) for parameter in each.parameters])
    voice.line()
    voice.say("whatif.how_to_ask")


def _parameter(each: ParameterTold, voice: Voice) -> list[Cell]:
    otherwise = None if each.default is None else str(each.default)
    if each.one_of is not None:
        otherwise = voice.text("whatif.one_of")
    kinds = voice.listed(_name(kind, voice) for kind in each.kinds) or voice.text("whatif.share")
    return [each.code, _name(each, voice), kinds, otherwise]


def show_scenario(here: Context, answer: ScenarioAnswer, most_rows: int) -> None:
    """Print what a scenario says, whom it reaches by which links, before and after, and who crosses the level."""
    voice = here.voice
    asked = answer.asked
    values = voice.listed(f"{_name(each, voice)} {_value(each, voice)}" for each in asked.values)
    where = voice.text("whatif.everywhere") if asked.area is None else asked.area.name_zh or asked.area.id
    voice.heading("whatif.about", scenario=_name(asked, voice), values=values, area=where, day=answer.as_of)
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")
    voice.line(_told(asked.says, voice))
    _show_reach(voice, answer)
    _show_before_and_after(voice, answer)
    if answer.places:
        voice.heading("whatif.places")
        voice.table(PLACE_COLUMNS, [_place(each) for each in answer.places[:most_rows]])
        voice.more(len(answer.places) - most_rows)
    _show_causes_and_help(voice, answer)
    if answer.crossing.rows:
        voice.heading("whatif.crossing", count=f"{answer.crossing.total:,}")
        voice.table(
            CROSSING_COLUMNS,
            [
                [each.household_id, each.area_name or each.area_id, _risk(each.before), _risk(each.after)]
                for each in answer.crossing.rows[:most_rows]
            ],
        )
        voice.more(answer.crossing.total - min(most_rows, len(answer.crossing.rows)))
    for each in answer.published:
        voice.heading("whatif.published")
        voice.line(f"{_told(each, voice)} ({each.source.title})")


def _show_reach(voice: Voice, answer: ScenarioAnswer) -> None:
    voice.heading("whatif.reach")
    voice.say(
        "whatif.reached",
        households=f"{answer.household_count:,}",
        reached=f"{answer.reached_count:,}",
        touched=f"{answer.touched_count:,}",
        moved=f"{answer.moved_count:,}",
    )
    voice.table(
        WAY_COLUMNS,
        [
            [_name(each, voice), _told(each.path, voice), each.household_count, each.nearest_count]
            for each in answer.ways
        ],
    )
    if answer.touched_count:
        depth = answer.depth
        voice.say("whatif.depth", mean=f"{depth.mean_change:+.4f}", largest=f"{depth.largest_change:+.4f}")


def _show_before_and_after(voice: Voice, answer: ScenarioAnswer) -> None:
    voice.heading("whatif.before_and_after", level=answer.level)
    rows = [
        *_totals(voice, "whatif.with_help", answer.before, answer.after),
        *_totals(voice, "whatif.without_help", answer.before_without_help, answer.after_without_help),
        *_states(voice, answer.states),
    ]
    voice.table(BEFORE_COLUMNS, rows)
    voice.say("whatif.cross", upward=f"{answer.upward_count:,}", downward=f"{answer.downward_count:,}")


def _totals(voice: Voice, help_: str, before: Totals, after: Totals) -> list[Sequence[Cell]]:
    told = voice.text(help_)
    return [
        [
            voice.text("whatif.expected_returns", help=told),
            Amount(f"{before.expected_returns:,.1f}"),
            Amount(f"{after.expected_returns:,.1f}"),
        ],
        [voice.text("whatif.mean", help=told), _risk(before.mean), _risk(after.mean)],
        [voice.text("whatif.high", help=told), Amount(f"{before.high_count:,}"), Amount(f"{after.high_count:,}")],
    ]


def _states(voice: Voice, states: Sequence[StateMoved]) -> list[Sequence[Cell]]:
    return [
        [voice.text("whatif.state", state=_name(each, voice)), _risk(each.before), _risk(each.after)]
        for each in states
        if each.is_moved
    ]


def _show_causes_and_help(voice: Voice, answer: ScenarioAnswer) -> None:
    if answer.causes:
        voice.heading("whatif.causes")
        voice.table(
            CAUSE_COLUMNS,
            [
                [*_code_and_name(each.cause, voice), each.household_count, Amount(f"{each.mean_change:+.4f}")]
                for each in answer.causes
            ],
        )
    if answer.measures:
        voice.heading("whatif.help")
        voice.table(
            MEASURE_COLUMNS, [[*_code_and_name(each.measure, voice), each.stops_count] for each in answer.measures]
        )


def _place(each: PlaceChanged) -> list[Cell]:
    return [
        each.area_id,
        each.name or each.area_id,
        each.household_count,
        each.touched_count,
        Amount(f"{each.expected_before:,.2f}"),
        Amount(f"{each.expected_after:,.2f}"),
        each.upward_count,
        Amount(f"{each.mean_change:+.4f}"),
    ]


def show_household_what_if(here: Context, answer: HouseholdWhatIfAnswer) -> None:
    """Print what is changed at the household, its risk before and after, and whether it crosses the level."""
    voice = here.voice
    show_head(here, answer)
    if answer.changes:
        voice.heading("whatif.changes")
        voice.table(
            CHANGE_COLUMNS,
            [_change(each, voice) for each in answer.changes],
            [_remarks(each, voice) for each in answer.changes],
        )
    voice.heading("whatif.before_and_after", level=answer.level)
    rows: list[Sequence[Cell]] = [
        [voice.text("whatif.with_help"), _risk(answer.before.with_help), _risk(answer.after.with_help)],
        [voice.text("whatif.without_help"), _risk(answer.before.without_help), _risk(answer.after.without_help)],
        *_states(voice, answer.states),
    ]
    voice.table(BEFORE_COLUMNS, rows)
    voice.say(CROSSES[answer.crosses], level=answer.level)


def _change(each: HouseholdChange, voice: Voice) -> list[Cell]:
    now, then = (None if value is None else Amount(f"{value:.2f}") for value in (each.value_now, each.value))
    return [voice.text(CHANGES[each.kind]), each.code, _name(each, voice), now, then]


def _remarks(each: HouseholdChange, voice: Voice) -> list[str]:
    told = [voice.text("whatif.is_same")] if each.is_same else []
    if each.prerequisite is not None and each.prerequisite_met is not None:
        told.append(voice.text(MET[each.prerequisite_met], prerequisite=_name(each.prerequisite, voice)))
    return told


def _code_and_name(named: Named | None, voice: Voice) -> list[Cell]:
    return ["", voice.text("word.not_shown")] if named is None else [named.code, _name(named, voice)]


def _value(each: ScenarioValue, voice: Voice) -> str:
    if each.node is None:
        return str(each.number)
    return (each.node.name_zh if voice.language == "zh" else each.node.name_en) or each.node.id


def _told(text: Text, voice: Voice) -> str:
    return text.text_zh if voice.language == "zh" else text.text_en


def _name(named: Named, voice: Voice) -> str:
    return named.name_zh if voice.language == "zh" else named.name_en


def _risk(number: float) -> Amount:
    return Amount(f"{number:.4f}")
