"""The risk of an area in words: counts, places, what causes and chains carry, households, and why it changed."""

from __future__ import annotations

from analysis.amounts import Amount
from analysis.questions.risk_answer import RiskAnswer
from analysis.questions.risk_runs import RiskRunsAnswer
from analysis.why.area_parts import AreaChange, PlaceRisk
from cli.answer_head import show_head
from cli.area_command import PATH_JOINT
from cli.context import Context
from cli.voice import Cell, Voice

TOP_CAUSES = 3
PLACE_COLUMNS = (
    "column.code",
    "column.place",
    "column.households",
    "column.returns",
    "column.returns_with_help",
    "column.above",
    "column.carried_by",
)
CAUSE_COLUMNS = ("column.code", "column.cause", "column.households", "column.carries", "column.fall")
LINK_COLUMNS = ("column.code", "column.link", "column.fall")
BAND_COLUMNS = ("column.risk_band", "column.households", "column.households_with_help")
HOUSEHOLD_COLUMNS = ("column.household", "column.place", "column.risk", "column.risk_with_help")
CHANGE_COLUMNS = ("column.changed", "column.households", "column.returns_change", "column.change_with_help")
RUN_COLUMNS = (
    "column.run",
    "column.kept_at",
    "column.data_day",
    "column.area",
    "column.households",
    "column.network_version",
)


def show_risk(here: Context, answer: RiskAnswer, most_rows: int) -> None:
    """Print the answer, at most `most_rows` of each list but the places."""
    voice, counts = here.voice, answer.counts
    show_head(here, answer)
    if answer.path:
        voice.line(PATH_JOINT.join(each.name or each.area_id for each in answer.path))
    voice.say(
        "risk.counts",
        households=f"{counts.household_count:,}",
        returns=f"{counts.returns:,.2f}",
        helped=f"{counts.returns_with_help:,.2f}",
        above=f"{counts.above_count:,}",
        level=f"{answer.level:g}",
        above_helped=f"{counts.above_with_help_count:,}",
        version=answer.network_version,
    )
    if not counts.household_count:
        return
    _show_places(voice, answer)
    _show_causes(voice, answer, most_rows)
    if answer.chains:
        voice.heading("risk.chains")
        for chain in answer.chains[:most_rows]:
            voice.line("- " + (chain.sentence_zh if voice.language == "zh" else chain.sentence_en))
        voice.more(len(answer.chains) - most_rows)
    if answer.links:
        voice.heading("risk.links")
        told = [[each.link_id, _name(each, voice, "label"), _number(each.fall)] for each in answer.links[:most_rows]]
        voice.table(LINK_COLUMNS, told)
    voice.heading("risk.bands")
    voice.table(
        BAND_COLUMNS,
        [
            [f"{band.begins:.1f}–{band.ends:.1f}", band.household_count, band.household_count_with_help]
            for band in answer.bands
            if band.household_count or band.household_count_with_help
        ],
    )
    _show_households(voice, answer)
    if answer.changed_since is not None:
        _show_change(voice, answer.changed_since)


def show_runs(voice: Voice, found: RiskRunsAnswer) -> None:
    """Print the runs that were kept, or that there are none."""
    if not found.runs:
        voice.say("risk.no_runs")
        return
    voice.heading("risk.runs")
    voice.table(
        RUN_COLUMNS,
        [
            [
                run.run_id,
                run.kept_at.astimezone().strftime("%Y-%m-%d %H:%M"),
                run.data_on,
                run.area_id or voice.text("risk.everywhere"),
                run.household_count,
                run.network_version,
            ]
            for run in found.runs
        ],
    )


def _show_places(voice: Voice, answer: RiskAnswer) -> None:
    lived_in = [each for each in answer.places if each.counts.household_count]
    if lived_in:
        voice.heading("risk.places")
        voice.table(PLACE_COLUMNS, [_place(each, voice) for each in lived_in])


def _place(each: PlaceRisk, voice: Voice) -> list[Cell]:
    counts = each.counts
    told = [f"{_name(cause, voice)} {cause.returns:,.2f}" for cause in each.causes[:TOP_CAUSES]]
    return [
        each.area_id,
        voice.text("area.itself") if each.is_itself else each.name or each.area_id,
        counts.household_count,
        _number(counts.returns),
        _number(counts.returns_with_help),
        counts.above_count,
        voice.listed(told),
    ]


def _show_causes(voice: Voice, answer: RiskAnswer, most_rows: int) -> None:
    voice.heading("risk.causes", returns=f"{answer.counts.returns:,.2f}")
    rows: list[list[Cell]] = [
        [each.code, _name(each, voice), each.household_count, _number(each.returns), _number(each.fall)]
        for each in answer.causes[:most_rows]
    ]
    others = answer.causes[most_rows:]
    if others:
        text = voice.text("risk.other_causes", count=len(others))
        rows.append(["", text, None, _number(sum(each.returns for each in others)), None])
    if answer.hidden is not None:
        rows.append(["", voice.text("risk.not_shown"), None, _number(answer.hidden.returns), None])
    rows.append(["", voice.text("risk.without_findings"), None, _number(answer.without_findings), None])
    if answer.left_out_count:
        rows.append(["", voice.text("risk.left_out"), answer.left_out_count, _number(answer.left_out_returns), None])
    voice.table(CAUSE_COLUMNS, rows)
    voice.say("risk.falls_do_not_add_up")


def _show_households(voice: Voice, answer: RiskAnswer) -> None:
    if answer.total is None:
        return
    voice.heading("risk.households")
    voice.table(
        HOUSEHOLD_COLUMNS,
        [
            [each.household_id, each.area_name or each.area_id, _number(each.risk, 3), _number(each.risk_with_help, 3)]
            for each in answer.households
        ],
    )
    voice.more(answer.total - len(answer.households))


def _show_change(voice: Voice, change: AreaChange) -> None:
    voice.heading(
        "risk.changed",
        day=change.data_on,
        run=change.run_id,
        then=f"{change.then:,.2f}",
        now=f"{change.now:,.2f}",
        then_helped=f"{change.then_with_help:,.2f}",
        now_helped=f"{change.now_with_help:,.2f}",
    )
    rows: list[list[Cell]] = [
        [_name(part, voice, "text"), part.household_count, _signed(part.returns), _signed(part.returns_with_help)]
        for part in change.parts
        if part.household_count
    ]
    whole, helped = change.now - change.then, change.now_with_help - change.then_with_help
    voice.table(CHANGE_COLUMNS, [*rows, [voice.text("risk.changed_total"), None, _signed(whole), _signed(helped)]])


def _name(part: object, voice: Voice, kind: str = "name") -> str:
    return str(getattr(part, f"{kind}_{voice.language}"))


def _number(value: float, places: int = 2) -> Amount:
    return Amount(f"{value:,.{places}f}")


def _signed(value: float) -> Amount:
    return Amount(f"{value:+,.2f}")
