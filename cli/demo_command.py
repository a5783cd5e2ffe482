"""`plumline demo`: two counties into a graph, and the three questions answered about them."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from importlib.resources import as_file, files
from pathlib import Path

import typer

from analysis.errors import QuestionError
from analysis.questions.buyers import buyers
from analysis.questions.cause_graph import CauseGraphAnswer, cause_graph
from analysis.questions.chains import chains
from analysis.subject import Subject
from cli.bodies import DemoBody
from cli.cause_graph_forms import form_text, write_text
from cli.context import Context, context_of
from cli.loading import load_into_ledger, project_news
from cli.question_options import DrawnForm
from cli.show_buyers import show_buyers
from cli.show_cause_graph import show_cause_graph
from cli.show_chains import show_chains
from cli.show_contradictions import show_contradictions
from cli.show_load import show_total, show_update
from cli.spoken_help import SpokenCommand
from loaders.load_answers import LoadBody, load_body
from loaders.load_options import FilesGiven
from loaders.report import LoadOutcome
from loaders.synthetic.plum_week import DAY, STORY_HOUSEHOLD, write_plum_week
from loaders.workspace import ReadyGraph

DEMO_FOLDER = Path("plumline-demo")
RICE_COUNTY = "rice2010"
RICE_MAPPING = "rice_households_2010"
LINK_PROGRAMME = "PR-LINK"
PLUM_LOT = "LT-GUANPI-1"
SHOWN_ROWS = 5
FORMS: tuple[DrawnForm, ...] = ("svg", "html", "graphml")


PROGRAM = "plumline"


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("demo", help="help.demo", cls=SpokenCommand)(demo)


def demo(context: typer.Context) -> None:
    """Load both counties, answer the three questions, and say how to go on."""
    here = context_of(context)
    if "data" not in here.settings.model_fields_set:
        here.settings = here.settings.model_copy(update={"data": DEMO_FOLDER})
    loaded = load_two_counties(here)
    with here.workspace.ready_graph(today=DAY) as graph:
        here.voice.json(answers(here, graph, loaded))
    _say_how_to_go_on(here)


def load_two_counties(here: Context) -> LoadBody:
    """Take the plum week (made up) and the rice villages (real) into the ledger and the graph."""
    voice = here.voice
    # A folder that cannot be written is told before anything is written into it.
    here.workspace.open_ledger(create=True)
    voice.say("demo.begin", folder=here.settings.data)
    voice.heading("demo.load_plums")
    plums = load_into_ledger(here, FilesGiven(tuple(write_plum_week(here.settings.data / "feeds"))))
    show_total(voice, plums)
    voice.heading("demo.load_rice")
    with as_file(files("loaders") / "data" / RICE_MAPPING) as folder:
        rice = load_into_ledger(here, FilesGiven((folder / "social_insure.csv",), mapping=Path(RICE_MAPPING)))
    show_total(voice, rice)
    voice.line()
    update = project_news(here, day=DAY)
    show_update(voice, update)
    show_contradictions(voice, here.workspace.schema, update)
    return load_body(LoadOutcome((*plums.reports, *rice.reports)), update)


def answers(here: Context, graph: ReadyGraph, loaded: LoadBody) -> DemoBody:
    """Answer one question of each kind, and write the cause graph in its other forms."""
    voice, work = here.voice, here.workspace
    household = Subject("Household", work.identity.pseudonym("Household", STORY_HOUSEHOLD))
    voice.heading("demo.why")
    voice.say("demo.sensitive")
    why = cause_graph(graph.store, work.schema, household, day=graph.day, show_sensitive=True)
    show_cause_graph(here, why, SHOWN_ROWS)
    written = _write_forms(here, why)
    voice.heading("demo.chains")
    programme = Subject("Programme", LINK_PROGRAMME)
    reach = chains(graph.store, work.schema, programme, day=graph.day)
    show_chains(here, reach, SHOWN_ROWS)
    voice.heading("demo.buyers")
    trade = buyers(graph.store, work.schema, work.policy, Subject("SupplyLot", PLUM_LOT), day=graph.day)
    show_buyers(here, trade)
    voice.heading("demo.rice")
    rice = cause_graph(graph.store, work.schema, Subject("Area", RICE_COUNTY), day=graph.day)
    show_cause_graph(here, rice, SHOWN_ROWS)
    return DemoBody(load=loaded, cause_graph=why, chains=reach, buyers=trade, rice=rice, files=tuple(map(str, written)))


def _write_forms(here: Context, answer: CauseGraphAnswer) -> list[Path]:
    folder = here.settings.data / "answers"
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    here.voice.line()
    for form in FORMS:
        try:
            text = form_text(answer, form, here.voice.language)
        except QuestionError as missing:
            # The HTML form needs a package of its own; the demonstration goes on without it.
            here.voice.line(missing.text(here.voice.language), style="yellow")
            continue
        file = folder / f"cause-graph.{form}"
        write_text(file, text)
        written.append(file)
        here.voice.line(here.voice.text("written", file=file), is_whole=True)
    return written


def _say_how_to_go_on(here: Context) -> None:
    here.voice.heading("demo.next")
    begin = f"{shlex.quote(_program())} --data {shlex.quote(str(here.settings.data))}"
    for rest in (
        "status",
        f"chains --household {STORY_HOUSEHOLD} --show-sensitive",
        "chains --area 350624105",
        "buyers --cooperative CO-TAIPING",
        f"cause-graph --household {STORY_HOUSEHOLD} --show-sensitive --format svg --output why.svg",
    ):
        # Never broken into lines, so that it can be copied.
        here.voice.line(f"  {begin} {rest}", is_whole=True)
    here.voice.heading("demo.browser")
    here.voice.line(f"  {begin} serve", is_whole=True)


def _program() -> str:
    """Return how this program can be started again: by its name, or by its place where no shell would find it."""
    called = Path(sys.argv[0])
    if called.name != PROGRAM or shutil.which(PROGRAM):
        return PROGRAM
    return os.path.relpath(called)
