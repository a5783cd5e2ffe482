"""The pages of one household: its file, and its history."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from analysis.code_labels import code_label
from analysis.drawing.cause_forms import cause_graph_svg
from analysis.drawing.cause_picture import evidence_text, shock_text
from analysis.history.entries import Ordering
from analysis.page import Page
from analysis.questions.cause_graph import cause_graph as ask_cause_graph
from analysis.questions.chains import chains as ask_chains
from analysis.questions.contradictions import contradictions as ask_contradictions
from analysis.questions.history import HistoryAnswer, HistoryAsked
from analysis.questions.history import history as ask_history
from analysis.questions.household import household as ask_household
from analysis.subject import Subject
from api.deps import Keeper, ShowsSensitive
from api.pages.asking import PageAsking
from api.pages.fragments import is_fragment
from api.pages.language import PageLanguage
from api.pages.rendering import page
from api.parameters import After, SubjectId
from loaders.workspace import Workspace

router = APIRouter(include_in_schema=False)

CHAINS_SHOWN, CONTRADICTIONS_SHOWN, NEWEST_SHOWN, HISTORY_SHOWN = 50, 20, 8, 50
# All of a history, of which the newest entries are shown.
ALL_ENTRIES = 1_000_000_000


class HistoryPageAsking(PageAsking):
    """From which entry on the history is told."""

    after: After | None = None


# A pseudonym holds no slash, so the more particular address comes first and takes nothing away from the other.
@router.get("/households/{household_id:path}/history", name="household_history_page")
def history(
    request: Request,
    household_id: SubjectId,
    asking: Annotated[HistoryPageAsking, Query()],
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show what became known of a household, oldest first; inside its page, the newest entries alone."""
    inside = is_fragment(request)
    wanted = Page(ALL_ENTRIES if inside else HISTORY_SHOWN, None if inside else asking.after)
    day = asking.day or request.app.state.today()
    answer = _history(keeper.workspace, household_id, day, wanted, show_sensitive)
    newest = tuple(reversed(answer.entries[-NEWEST_SHOWN:]))
    template = "household_newest.html.j2" if inside else "household_history.html.j2"
    return page(request, template, language=language, answer=answer, newest=newest)


@router.get("/households/{household_id:path}", name="household_page")
def household(
    request: Request,
    household_id: SubjectId,
    asking: Annotated[PageAsking, Query()],
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show the file of a household: people, findings with their evidence, chains of help, facts, contradictions."""
    work = keeper.workspace
    subject = Subject("Household", household_id)
    with keeper.asking() as graph:
        store, day = graph.store, asking.day or graph.day
        answer = ask_household(
            store,
            work.open_ledger(create=True),
            work.schema,
            work.policy,
            household_id,
            day=day,
            show_sensitive=show_sensitive,
            known_at=graph.as_of,
        )
        causes = ask_cause_graph(
            store, work.schema, subject, day=day, show_sensitive=show_sensitive, network=keeper.network
        )
        chains = ask_chains(
            store, work.schema, subject, day=day, show_sensitive=show_sensitive, chain_page=Page(CHAINS_SHOWN)
        )
        contradictions = ask_contradictions(
            store, work.schema, subject, day=day, show_sensitive=show_sensitive, page=Page(CONTRADICTIONS_SHOWN)
        )
    return page(
        request,
        "household.html.j2",
        language=language,
        answer=answer,
        causes=causes,
        # What was found stands before what can follow; otherwise the order of the vocabulary.
        rows=sorted(causes.nodes, key=lambda node: node.finding is None),
        drawing=cause_graph_svg(causes, language, address_of=lambda code: f"#cause-{code}"),
        chains=chains,
        contradictions=contradictions,
        evidence_text=evidence_text,
        shock_text=shock_text,
        code_name=lambda code, code_list: code_label(work.schema, code, code_list).text(language),
    )


def _history(work: Workspace, household_id: str, day: date, wanted: Page, show_sensitive: bool) -> HistoryAnswer:
    return ask_history(
        work.open_ledger(create=True),
        work.schema,
        Subject("Household", household_id),
        day=day,
        asked=HistoryAsked(
            ordering=Ordering("recorded", None, None, _zone_here()), page=wanted, show_sensitive=show_sensitive
        ),
    )


def _zone_here() -> tzinfo | None:
    return datetime.now().astimezone().tzinfo
