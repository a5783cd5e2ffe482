"""`plumline household HOUSEHOLD`: what is known of a household, who says so, and how old it is."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.household.parts import Fact, Member, Source
from analysis.questions.household import HouseholdAnswer
from analysis.questions.household import household as ask_household
from analysis.subject import Subject
from cli.answer_head import show_head
from cli.context import Context, context_of
from cli.naming import party_name, word_name
from cli.question_commands import Asking, answer_question
from cli.question_options import Day, ShowSensitive
from cli.spoken_help import SpokenCommand
from cli.voice import Voice

PATH_JOINT = " › "
FACT_COLUMNS = ("column.fact", "column.value", "column.feed", "column.said_on", "column.age_days")
MEMBER_COLUMNS = ("column.member", "column.role", "column.born", "column.sex", "column.school", "column.work")


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("household", help="help.household", cls=SpokenCommand)(household)


def household(
    context: typer.Context,
    household_id: Annotated[str, typer.Argument(metavar="HOUSEHOLD", help="argument.household")],
    day: Day = None,
    show_sensitive: ShowSensitive = False,
) -> None:
    """Show the file of a household: where it lives, who lives in it, and its facts with feed and age."""
    here = context_of(context)
    work = here.workspace
    answer_question(
        here,
        Asking(
            Subject("Household", household_id),
            day,
            ask=lambda graph, found, on: ask_household(
                graph.store,
                work.open_ledger(),
                work.schema,
                work.policy,
                found.id,
                day=on,
                show_sensitive=show_sensitive,
                known_at=graph.as_of,
            ),
            show=lambda answer: show_household(here, answer),
        ),
    )


def show_household(here: Context, answer: HouseholdAnswer) -> None:
    """Print the file of a household, and which commands tell more."""
    voice, asked = here.voice, answer.asked
    show_head(here, answer)
    if answer.home is not None:
        path = PATH_JOINT.join(each.name or each.area_id for each in answer.home.path)
        voice.line(path + _source(answer.home.source, voice))
    for each in answer.cooperatives:
        voice.line(
            voice.text("household.joined", cooperative=party_name(each.cooperative)) + _source(each.source, voice)
        )
    voice.say(
        "household.counts",
        causes=answer.open_cause_count,
        helps=answer.help_count,
        contradictions=answer.contradiction_count,
    )
    if answer.members:
        voice.heading("household.members")
        voice.table(MEMBER_COLUMNS, [_member(each, voice) for each in answer.members])
    for code, facts in (("household.facts", answer.facts), ("household.observations", answer.observations)):
        if facts:
            voice.heading(code)
            voice.table(FACT_COLUMNS, [_fact(each, voice) for each in facts])
    voice.line()
    voice.say("household.go_on", id=asked.id)


def _member(each: Member, voice: Voice) -> list[str | int | None]:
    work = [word_name(each.work_place, voice)] if each.work_place else []
    work += [str(party_name(employer)) for employer in each.employers]
    told = [
        word_name(each.sex, voice) if each.sex else None,
        word_name(each.school_stage, voice) if each.school_stage else None,
        voice.listed(work),
    ]
    role = word_name(each.role, voice) if each.role else None
    hidden = [voice.text("household.child"), None, None]
    return [str(each.number), role, str(each.birth_year or ""), *(hidden if each.is_shortened else told)]


def _fact(each: Fact, voice: Voice) -> list[str | int | None]:
    is_zh = voice.language == "zh"
    name = each.aspect.zh if is_zh else each.aspect.en
    if each.product is not None:
        name = f"{name} ({each.product.zh if is_zh else each.product.en})"
    value = each.value.zh if is_zh else each.value.en
    if each.is_disputed:
        value += voice.text("household.disputed")
    source = each.source
    if source is None:
        return [name, value, voice.text("household.follows"), None, None]
    return [name, value, source.feed.zh if is_zh else source.feed.en, str(source.said_on), source.age_days]


def _source(source: Source | None, voice: Voice) -> str:
    if source is None:
        return ""
    feed = source.feed.zh if voice.language == "zh" else source.feed.en
    return voice.text("household.source", feed=feed, day=source.said_on)
