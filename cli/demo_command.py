"""`plumline demo`: two counties into a graph, and the three questions answered about them."""

from __future__ import annotations

import shlex
from importlib.resources import as_file, files
from pathlib import Path

import typer

from analysis.questions.buyers import buyers
from analysis.questions.cause_graph import CauseGraphAnswer, cause_graph
from analysis.questions.chains import chains
from analysis.subject import Subject
from cli.cause_graph_forms import CauseGraphForm, form_text
from cli.context import Context, context_of
from cli.data_commands import load_into_ledger, project_news, show_update
from cli.show_buyers import show_buyers
from cli.show_cause_graph import show_cause_graph
from cli.show_chains import show_chains
from cli.show_load import show_load
from loaders.synthetic.plum_week import DAY, STORY_HOUSEHOLD, write_plum_week
from loaders.workspace import ReadyGraph

DEMO_FOLDER = Path("plumline-demo")
RICE_COUNTY = "rice2010"
RICE_MAPPING = "rice_households_2010"
LINK_PROGRAMME = "PR-LINK"
PLUM_LOT = "LT-GUANPI-1"
FILES: tuple[tuple[str, CauseGraphForm], ...] = (("svg", "svg"), ("html", "html"), ("graphml", "graphml"))


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("demo", help="help.demo")(demo)


def demo(context: typer.Context) -> None:
    """Load both counties, answer the three questions, and say how to go on."""
    here = context_of(context)
    if "data" not in here.settings.model_fields_set:
        here.settings = here.settings.model_copy(update={"data": DEMO_FOLDER})
    load_two_counties(here)
    show_update(here, project_news(here, day=DAY))
    with here.workspace.ready_graph(today=DAY) as graph:
        _answer(here, graph)
    _say_how_to_go_on(here)


def load_two_counties(here: Context) -> None:
    """Take the rice villages (real) and the plum week (made up) into the ledger."""
    voice = here.voice
    voice.heading("demo.load_plums")
    show_load(voice, load_into_ledger(here, list(write_plum_week(here.settings.data / "feeds"))))
    voice.heading("demo.load_rice")
    with as_file(files("loaders") / "data" / RICE_MAPPING) as folder, as_file(files("loaders") / "mappings") as known:
        rice = folder / "social_insure.csv"
        show_load(voice, load_into_ledger(here, [rice], mapping=known / f"{RICE_MAPPING}.yaml"))


def _answer(here: Context, graph: ReadyGraph) -> None:
    """Answer one question of each kind, and write the cause graph in its other forms."""
    voice, work = here.voice, here.workspace
    household = Subject("Household", work.identity.pseudonym("Household", STORY_HOUSEHOLD))
    voice.heading("demo.why")
    why = cause_graph(graph.store, work.schema, household, day=graph.day, show_sensitive=True)
    show_cause_graph(here, why)
    _write_forms(here, why)
    voice.heading("demo.chains")
    programme = Subject("Programme", LINK_PROGRAMME)
    show_chains(here, chains(graph.store, work.schema, work.policy, programme, day=graph.day))
    voice.heading("demo.buyers")
    show_buyers(here, buyers(graph.store, work.schema, work.policy, Subject("SupplyLot", PLUM_LOT), day=graph.day))
    voice.heading("demo.rice")
    show_cause_graph(here, cause_graph(graph.store, work.schema, Subject("Area", RICE_COUNTY), day=graph.day))


def _write_forms(here: Context, answer: CauseGraphAnswer) -> None:
    folder = here.settings.data / "answers"
    folder.mkdir(parents=True, exist_ok=True)
    for ending, form in FILES:
        file = folder / f"cause-graph.{ending}"
        file.write_text(form_text(answer, form, here.voice.language), encoding="utf-8")
        here.voice.say("written", file=file)


def _say_how_to_go_on(here: Context) -> None:
    here.voice.heading("demo.next")
    begin = f"plumline --data {shlex.quote(str(here.settings.data))}"
    for rest in (
        "status",
        f"chains --household {STORY_HOUSEHOLD} --show-sensitive",
        "chains --area 350624105",
        "buyers --cooperative CO-TAIPING",
        f"cause-graph --household {STORY_HOUSEHOLD} --show-sensitive --format svg --output why.svg",
        "serve",
    ):
        here.voice.line(f"  {begin} {rest}")
