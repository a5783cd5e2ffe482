"""`plumline search TEXT`: places, organisations, households by pseudonym, words of the vocabulary."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.questions.search import LIMIT, Hit, SearchAnswer, SearchAsked
from analysis.questions.search import search as ask_search
from cli.answer_head import notice_texts
from cli.context import Context, context_of
from cli.question_commands import graph_notices
from cli.question_options import Day, Limit, ShowSensitive
from cli.spoken_help import SpokenCommand

PATH_JOINT = " › "


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("search", help="help.search", cls=SpokenCommand)(search)


def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="argument.search_text")],
    day: Day = None,
    show_sensitive: ShowSensitive = False,
    limit: Limit = None,
) -> None:
    """Show what fits a text, by kind, the best first."""
    here = context_of(context)
    asked = SearchAsked(limit=limit or LIMIT, show_sensitive=show_sensitive)
    with here.workspace.ready_graph(today=here.today) as graph:
        answer = ask_search(graph.store, here.workspace.schema, text, day=day or graph.day, asked=asked)
        answer = answer.model_copy(update={"notices": (*answer.notices, *graph_notices(graph))})
    here.voice.json(answer)
    if not here.voice.is_json:
        show_search(here, answer)


def show_search(here: Context, answer: SearchAnswer) -> None:
    """Print what was found, a heading a kind."""
    voice = here.voice
    for line in notice_texts(answer, voice.language):
        voice.line(line, style="yellow")
    if not answer.groups:
        voice.say("search.nothing", text=answer.text)
    for group in answer.groups:
        voice.heading("search.kind", kind=group.kind_zh if voice.language == "zh" else group.kind_en)
        voice.table(("column.code", "column.name", "column.place"), [_row(hit, voice.language) for hit in group.hits])
        if group.has_more:
            voice.say("search.more")


def _row(hit: Hit, language: str) -> list[str]:
    name = hit.name_zh if language == "zh" else hit.name_en
    return [hit.id, name or "", PATH_JOINT.join(each.name or each.area_id for each in hit.path)]
