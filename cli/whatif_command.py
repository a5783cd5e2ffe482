"""`plumline whatif`: the scenarios there are, what comes of one in an area, or of changes at one household."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from analysis.page import Page
from analysis.questions.household_what_if import household_what_if as ask_household
from analysis.questions.household_what_if_asked import HouseholdChanges, written_changes
from analysis.questions.scenario import ScenarioWanted
from analysis.questions.scenario import scenario as ask_scenario
from analysis.questions.scenarios import scenarios as ask_scenarios
from analysis.subject import Subject
from cli.context import Context, context_of
from cli.model_used import model_used
from cli.question_commands import ALL_ROWS, SHOWN_ROWS, Asking, answer_question, graph_notices
from cli.question_options import Area, Day, Household, Limit, ShowSensitive
from cli.show_whatif import show_household_what_if, show_scenario, show_scenarios
from cli.spoken_help import SpokenCommand
from cli.usage import UsageError
from policy.scenarios import load_scenarios

Filled = Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="option.whatif_set")]
Confirmed = Annotated[
    list[str] | None, typer.Option("--confirm", metavar="CODE[:SEVERITY]", help="option.whatif_confirm")
]
Refuted = Annotated[list[str] | None, typer.Option("--refute", metavar="CODE", help="option.whatif_refute")]
Closed = Annotated[list[str] | None, typer.Option("--close", metavar="CODE", help="option.whatif_close")]
Severity = Annotated[list[str] | None, typer.Option("--severity", metavar="CODE=SHARE", help="option.whatif_severity")]
Given = Annotated[list[str] | None, typer.Option("--give", metavar="MEASURE", help="option.whatif_give")]
Taken = Annotated[list[str] | None, typer.Option("--take", metavar="MEASURE", help="option.whatif_take")]
Strength = Annotated[list[str] | None, typer.Option("--strength", metavar="LINK=SHARE", help="option.whatif_strength")]


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("whatif", help="help.whatif", cls=SpokenCommand)(whatif)


def whatif(
    context: typer.Context,
    scenario: Annotated[str | None, typer.Argument(metavar="SCENARIO", help="argument.scenario")] = None,
    area: Area = None,
    filled: Filled = None,
    household: Household = None,
    confirm: Confirmed = None,
    refute: Refuted = None,
    close: Closed = None,
    severity: Severity = None,
    give: Given = None,
    take: Taken = None,
    strength: Strength = None,
    day: Day = None,
    show_sensitive: ShowSensitive = False,
    limit: Limit = None,
) -> None:
    """Show the scenarios, what comes of one, or what changes at a household would do to its risk."""
    here = context_of(context)
    rows = limit or (ALL_ROWS if here.voice.is_json else SHOWN_ROWS)
    changes = (confirm, refute, close, severity, give, take, strength)
    if household is not None:
        if scenario is not None or area is not None or filled:
            raise UsageError("whatif_two_subjects")
        asked = written_changes(
            confirm=confirm or (),
            refute=refute or (),
            close=close or (),
            severity=severity or (),
            give=give or (),
            take=take or (),
            strength=strength or (),
        )
        _household(here, household, asked, day, show_sensitive=show_sensitive)
        return
    if any(changes):
        raise UsageError("whatif_no_household")
    if scenario is not None:
        wanted = ScenarioWanted(scenario, _filled(filled or ()), area, Page(rows))
        _scenario(here, wanted, day, rows, show_sensitive=show_sensitive)
        return
    if area is not None or filled:
        raise UsageError("whatif_no_scenario")
    schema = here.workspace.schema
    answer = ask_scenarios(schema, load_scenarios(schema), day=day or here.today)
    here.voice.json(answer)
    if not here.voice.is_json:
        show_scenarios(here, answer)


def _filled(texts: Sequence[str]) -> dict[str, object]:
    """Return what was filled in by name, from texts such as share=0.3. Raises UsageError, also for a name twice."""
    filled: dict[str, object] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not name or not sign or name in filled:
            raise UsageError("whatif_set_misread", text=text)
        filled[name] = value
    return filled


def _scenario(here: Context, wanted: ScenarioWanted, day: Day, rows: int, *, show_sensitive: bool) -> None:
    work = here.workspace
    with work.ready_graph(today=here.today) as graph:
        answer = ask_scenario(
            graph.store,
            work.schema,
            work.policy,
            model_used(here, graph),
            load_scenarios(work.schema),
            wanted,
            day=day or graph.day,
            show_sensitive=show_sensitive,
        )
        answer = answer.model_copy(update={"notices": (*answer.notices, *graph_notices(graph))})
    here.voice.json(answer)
    if not here.voice.is_json:
        show_scenario(here, answer, rows)


def _household(here: Context, household: str, asked: HouseholdChanges, day: Day, *, show_sensitive: bool) -> None:
    work = here.workspace
    answer_question(
        here,
        Asking(
            Subject("Household", household),
            day,
            ask=lambda graph, found, on: ask_household(
                graph.store,
                work.schema,
                work.policy,
                model_used(here, graph),
                found.id,
                asked,
                day=on,
                show_sensitive=show_sensitive,
            ),
            show=lambda answer: show_household_what_if(here, answer),
        ),
    )
