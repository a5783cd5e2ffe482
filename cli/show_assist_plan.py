"""A plan for help in words: what it covers, who gets what through whom, and what stays uncovered and why."""

from __future__ import annotations

from analysis.amounts import Amount, plain, yuan
from analysis.questions.assist_plan_answer import (
    AssistPlanAnswer,
    AssistPlanAsked,
    AssistRisk,
    PlannedHelp,
    ProgrammePart,
    ResourcePart,
    TierPart,
    UncoveredReason,
    VillagePart,
)
from analysis.questions.assist_telling import said
from analysis.tables.assist_plan_tables import LAYER
from analysis.tables.words import cell_word
from cli.answer_head import notice_texts
from cli.naming import party_name, word_name
from cli.voice import Cell, Voice

HELP_COLUMNS = (
    "column.household",
    "column.village",
    "column.cause",
    "column.measure",
    "column.assist_cost",
    "column.assist_covers",
    "column.assist_of_need",
)
TIER_COLUMNS = ("column.assist_tier", "column.assist_needs", "column.assist_need", "column.assist_covered")
VILLAGE_COLUMNS = (
    "column.village",
    "column.households",
    "column.assist_helped",
    "column.assist_need",
    "column.assist_covered",
    "column.assist_uncovered",
    "column.assist_cost",
)
PROGRAMME_COLUMNS = (
    "column.programme",
    "column.assist_left_before",
    "column.assist_spent",
    "column.assist_left",
    "column.households",
    "column.assist_more_money",
)
RESOURCE_COLUMNS = (
    "column.assist_bound_of",
    "column.party",
    "column.assist_resource",
    "column.assist_there",
    "column.assist_used",
    "column.assist_one_more",
)
UNCOVERED_COLUMNS = ("column.assist_why", "column.assist_needs", "column.assist_uncovered")
RISK_COLUMNS = ("column.village", "column.assist_before", "column.assist_after", "column.assist_avoided")


def show_assist_plan(voice: Voice, answer: AssistPlanAnswer, most_rows: int) -> None:
    """Print the plan, at most `most_rows` of each list."""
    language = voice.language
    voice.heading("assist.plan_heading", what=asked_words(answer.asked, voice), day=answer.as_of)
    for text in notice_texts(answer, language):
        voice.line(text, style="yellow")
    if not answer.totals.need_count:
        voice.say("assist.plan_nothing")
        return
    _show_totals(voice, answer)
    if answer.helps:
        voice.heading("assist.plan_helps", count=f"{answer.totals.help_count:,}")
        shown = answer.helps[:most_rows]
        voice.table(HELP_COLUMNS, [_help(each, voice) for each in shown], [[way_words(each, voice)] for each in shown])
        voice.more(len(answer.helps) - most_rows)
    voice.heading("assist.plan_tiers")
    voice.table(TIER_COLUMNS, [_tier(part, voice) for part in answer.by_tier if part.need_count])
    voice.heading("assist.plan_villages")
    voice.table(VILLAGE_COLUMNS, [_village(part, voice) for part in answer.by_village[:most_rows]])
    voice.more(len(answer.by_village) - most_rows)
    voice.heading("assist.plan_programmes")
    voice.table(PROGRAMME_COLUMNS, [_programme(part, voice) for part in answer.by_programme[:most_rows]])
    voice.more(len(answer.by_programme) - most_rows)
    # What is used up comes first: more of it would help.
    bounds = sorted(answer.by_resource, key=lambda part: (-(part.most_gain_yuan or 0.0), part.left, part.resource_id))
    if bounds:
        voice.heading("assist.plan_resources")
        voice.table(RESOURCE_COLUMNS, [resource_cells(part, voice) for part in bounds[:most_rows]])
        voice.more(len(bounds) - most_rows)
    if answer.uncovered:
        voice.heading("assist.plan_uncovered")
        voice.table(UNCOVERED_COLUMNS, [_uncovered(part, voice) for part in answer.uncovered])
    if answer.risk is not None:
        _show_risk(voice, answer.risk, most_rows)
    voice.say("assist.plan_close")


def asked_words(asked: AssistPlanAsked, voice: Voice) -> str:
    """Return what was planned in words: the files, or the area, and the programmes if only some may give."""
    if asked.source == "files":
        told = [*asked.files]
    elif asked.area is None:
        told = [voice.text("board.everywhere")]
    else:
        told = [voice.text("assist.area", id=asked.area.id, name=asked.area.name or asked.area.id)]
    if asked.programme_ids:
        told.append(voice.text("assist.only", programmes=voice.listed(asked.programme_ids)))
    return voice.listed(told)


def weighted(value: float, voice: Voice) -> Amount:
    """Return an amount of severity-weighted yuan."""
    return Amount(voice.text("assist.weighted", amount=plain(value, 0)))


def share(part: float, whole: float) -> str:
    """Return a part of a whole in per cent."""
    return f"{plain(100 * part / whole, 1)} %" if whole else "-"


def way_words(each: PlannedHelp, voice: Voice) -> str:
    """Return the way of a help: agency, programme, enterprise, cooperative, household; what is left to check behind."""
    parties = (each.agency, each.programme, each.enterprise, each.cooperative)
    names = [name for name in map(party_name, parties) if name is not None]
    way = " → ".join([*names, each.household_id])
    return way + (voice.text("assist.to_check") if each.to_check else "")


def reason_words(reason: str, voice: Voice) -> str:
    """Return why needs stay uncovered."""
    return said(f"assist_reason_{reason}").text(voice.language)


def _show_totals(voice: Voice, answer: AssistPlanAnswer) -> None:
    totals, language = answer.totals, voice.language
    need = answer.stages[0]
    voice.say(
        "assist.plan_covered",
        covered=yuan(totals.covered_fen, language),
        need=yuan(totals.need_fen, language),
        share=share(totals.covered_fen, totals.need_fen),
        needs=f"{totals.need_count:,}",
        whole=f"{totals.covered_need_count:,}",
        part=f"{totals.part_need_count:,}",
    )
    voice.say("assist.plan_weighted", value=weighted(need.value, voice), bound=weighted(need.bound, voice))
    voice.say(
        "assist.plan_helped",
        helped=f"{totals.helped_household_count:,}",
        households=f"{totals.household_count:,}",
        helps=f"{totals.help_count:,}",
        cost=yuan(totals.cost_fen, language),
        budget=yuan(totals.budget_fen, language),
    )
    if totals.to_check_count:
        voice.say("assist.plan_to_check", count=f"{totals.to_check_count:,}")
    if all(stage.is_optimal for stage in answer.stages):
        voice.say("assist.plan_proven")


def _show_risk(voice: Voice, risk: AssistRisk, most_rows: int) -> None:
    voice.heading("assist.plan_risk")
    voice.say(
        "assist.plan_returns",
        before=plain(risk.returns_before, 2),
        after=plain(risk.returns_after, 2),
        avoided=plain(risk.avoided, 2),
        count=f"{risk.lowered_household_count:,}",
    )
    rows: list[list[Cell]] = [
        [
            each.village.name or each.village.id,
            *(Amount(plain(value, 2)) for value in (each.returns_before, each.returns_after, each.avoided)),
        ]
        for each in risk.by_village[:most_rows]
    ]
    voice.table(RISK_COLUMNS, rows)
    voice.more(len(risk.by_village) - most_rows)
    for code, households in (
        ("assist.risk_little_lowered", risk.much_covered_little_lowered),
        ("assist.risk_much_lowered", risk.little_covered_much_lowered),
    ):
        if households:
            voice.say(code, households=voice.listed(each.household_id for each in households[:most_rows]))


def _help(each: PlannedHelp, voice: Voice) -> list[Cell]:
    language = voice.language
    return [
        each.household_id,
        each.village.name or each.village.id,
        word_name(each.cause, voice),
        word_name(each.measure, voice),
        yuan(each.cost_fen, language),
        yuan(each.cover_fen, language),
        yuan(each.need_fen, language),
    ]


def _tier(part: TierPart, voice: Voice) -> list[Cell]:
    return [part.tier, part.need_count, yuan(part.need_fen, voice.language), yuan(part.covered_fen, voice.language)]


def _village(part: VillagePart, voice: Voice) -> list[Cell]:
    amounts = (part.need_fen, part.covered_fen, part.left_fen, part.cost_fen)
    return [
        part.village.name or part.village.id,
        part.household_count,
        part.helped_household_count,
        *(yuan(amount, voice.language) for amount in amounts),
    ]


def _programme(part: ProgrammePart, voice: Voice) -> list[Cell]:
    amounts = (part.left_before_fen, part.spent_fen, part.left_fen)
    return [
        party_name(part.programme),
        *(yuan(amount, voice.language) for amount in amounts),
        part.household_count,
        None if part.most_gain_yuan is None else weighted(part.most_gain_yuan, voice),
    ]


def resource_cells(part: ResourcePart, voice: Voice) -> list[Cell]:
    """Return what is told of something bounded: whose it is, how much there was and is used; money in yuan."""
    unit = cell_word("resource_unit_" + part.unit).text(voice.language)
    is_money = part.unit == "fen"
    return [
        cell_word(LAYER + part.layer).text(voice.language),
        party_name(part.holder),
        part.resource_id,
        yuan(part.capacity, voice.language) if is_money else Amount(f"{part.capacity:,} {unit}"),
        yuan(part.used, voice.language) if is_money else part.used,
        None if part.most_gain_yuan is None else weighted(part.most_gain_yuan, voice),
    ]


def _uncovered(part: UncoveredReason, voice: Voice) -> list[Cell]:
    return [reason_words(part.reason, voice), part.need_count, yuan(part.left_fen, voice.language)]
