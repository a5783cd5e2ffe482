"""`plumline risk [AREA]` on the graph: how at risk an area is, keeping that, and what was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.page import Page
from analysis.questions.risk import RiskAsked, known_risk
from analysis.questions.risk import risk as ask_risk
from analysis.questions.risk_answer import RiskAnswer
from analysis.questions.risk_division import EVERYWHERE
from analysis.questions.risk_runs import risk_runs
from analysis.subject import Subject
from cli.context import Context
from cli.keep_risk import Computed, keep
from cli.model_used import model_used
from cli.question_commands import ALL_ROWS, SHOWN_ROWS, Asking, answer_question
from cli.show_risk import show_risk, show_runs
from cli.usage import UsageError
from loaders.workspace import ReadyGraph


@dataclass(frozen=True)
class AreaAsked:
    """What is asked of the graph. `area_id`: None for everywhere. `lists`: whether households are listed."""

    area_id: str | None
    day: date | None
    above: float | None
    lists: bool
    keeps: bool
    show_sensitive: bool
    limit: int | None


def risk_of_area(here: Context, asked: AreaAsked) -> None:
    """Show the risk of an area from the graph, and keep it where that is asked."""
    work, computed = here.workspace, []
    rows = asked.limit or (ALL_ROWS if here.voice.is_json else SHOWN_ROWS)

    def ask(graph: ReadyGraph, found: Subject, on: date) -> RiskAnswer:
        if asked.keeps and graph.as_of is not None:
            raise UsageError("keep_of_the_past")
        ledger, model, started_at = work.open_ledger(), model_used(here, graph), here.now
        known = known_risk(graph.store, ledger, model, asked.area_id, day=on, known_at=graph.as_of)
        computed.append(Computed(known, model, asked.area_id, on, started_at))
        how = RiskAsked(
            above=asked.above,
            page=Page(rows) if asked.lists else None,
            with_change=True,
            show_sensitive=asked.show_sensitive,
            known_at=graph.as_of,
        )
        return ask_risk(
            graph.store, ledger, work.schema, work.policy, model, asked.area_id, day=on, asked=how, known=known
        )

    answer_question(
        here,
        Asking(
            Subject("Area", asked.area_id or EVERYWHERE),
            asked.day,
            ask=ask,
            show=lambda answer: show_risk(here, answer, rows),
        ),
    )
    if asked.keeps:
        kept = keep(here, computed[0])
        here.voice.say("risk.kept", run=kept.id, load=kept.load_id, count=f"{len(computed[0].known.households):,}")


def list_runs(here: Context) -> None:
    """Show the runs that were kept."""
    found = risk_runs(here.workspace.open_ledger())
    here.voice.json(found)
    show_runs(here.voice, found)


def share_of(text: str) -> float:
    """Return a share above 0 and at most 1. Raises UsageError."""
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise UsageError("not_a_share", value=text)
    return share
