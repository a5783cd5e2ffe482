"""Help that was accepted or told, and what came of it; each with the forms for what happens next."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import RedirectResponse, Response

from analysis.code_labels import code_label
from analysis.page import Page
from analysis.questions.assist_helps import LIST_LIMIT, HelpsAsked
from analysis.questions.assist_helps import assist_helps as ask_assist_helps
from analysis.questions.assist_kept_answer import AssistHelpsAnswer
from api.assist.one_help import one_help
from api.deps import Keeper, ShowsSensitive
from api.graph_keeper import GraphKeeper
from api.pages.addresses import address, path_of
from api.pages.asking import PageAsking
from api.pages.assist_helps_names import HelpNames
from api.pages.assist_helps_steps import LABELS, entered, next_payments, next_states
from api.pages.language import PageLanguage
from api.pages.rendering import page
from api.pages.typed import FORM_HEADERS, Sent, Typed
from api.parameters import After, SubjectId
from api.trade.desk import latest_day, let_it_show, trade_desk
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language
from loaders.kept.assist.help import help_named

router = APIRouter(include_in_schema=False)

PATH, SEE_OTHER = "/assistance/helps", 303
# Notices that one help is not given: whether it has payments is not told, and there is no list.
NOT_OF_ONE = ("notice_payments_hidden",)
Step = Literal["running", "done", "stopped", "approved", "paid", "delivered", "returned"]


class HelpsAsking(PageAsking):
    """The filters of the list, and where it goes on."""

    run: SubjectId | None = None
    household: SubjectId | None = None
    programme: SubjectId | None = None
    state: Literal["planned", "running", "done", "stopped"] | None = None
    after: After | None = None

    def is_narrowed(self) -> bool:
        """Return whether less than all help is asked for."""
        return any(each is not None for each in (self.run, self.household, self.programme, self.state))


class HelpAsking(PageAsking):
    """What has just been entered, and the load that holds it."""

    entered: SubjectId | None = None
    step: Step | None = None


@router.get(PATH, name="assist_helps_page")
def helps(
    request: Request,
    asking: Annotated[HelpsAsking, Query()],
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show help in the state it is in, by filters, with what all of it comes to."""
    asked = HelpsAsked(asking.run, asking.household, asking.programme, asking.state, Page(LIST_LIMIT, asking.after))
    day = asking.day or latest_day(request, keeper)
    ledger, schema = keeper.ledger, keeper.workspace.schema
    answer = ask_assist_helps(ledger, schema, asked, day=day, show_sensitive=show_sensitive)
    return page(
        request,
        "assist_helps_list.html.j2",
        language=language,
        answer=answer,
        asking=asking,
        names=HelpNames.of(ledger, schema, language, answer.helps),
        shows_payments=show_sensitive,
    )


@router.get(PATH + "/{help_id:path}", name="assist_help_page")
def help_and_steps(
    request: Request,
    help_id: Annotated[SubjectId, Path()],
    asking: Annotated[HelpAsking, Query()],
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show one help, what came of it, and a form for each step that may follow."""
    answer = _alone(request, keeper, help_id, asking.day, show_sensitive=show_sensitive)
    return _help_page(request, keeper, language, answer, Typed({}, LABELS), asking, show_sensitive=show_sensitive)


@router.post(PATH + "/{help_id:path}", name="assist_help_step_page")
def help_step(
    request: Request,
    help_id: Annotated[SubjectId, Path()],
    sent: Sent,
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Enter the next step of help, and lead back to its page; else say there why not, with all that was typed."""
    typed = Typed(sent, LABELS)
    answer = _alone(request, keeper, help_id, None, show_sensitive=show_sensitive)
    try:
        load_id = entered(request, keeper, help_id, typed)
    except PlumlineError as fault:
        return _help_page(
            request, keeper, language, answer, typed, HelpAsking(), show_sensitive=show_sensitive, fault=fault
        )
    let_it_show(keeper)
    query = [("step", typed.shown("step")), ("entered", load_id)]
    # A browser would else keep the place of the form, and not show what was entered.
    return RedirectResponse(address(path_of("assistance", "helps", help_id), query) + "#entered", SEE_OTHER)


def _alone(
    request: Request, keeper: GraphKeeper, help_id: str, day: date | None, *, show_sensitive: bool
) -> AssistHelpsAnswer:
    """Return what is told of one help and asked about by its page. Raises as `one_help`."""
    answer = one_help(request, keeper, help_id, day, show_sensitive=show_sensitive)
    return answer.model_copy(update={"notices": tuple(it for it in answer.notices if it.code not in NOT_OF_ONE)})


def _help_page(
    request: Request,
    keeper: GraphKeeper,
    language: Language,
    answer: AssistHelpsAnswer,
    typed: Typed,
    asking: HelpAsking,
    *,
    show_sensitive: bool,
    fault: PlumlineError | None = None,
) -> Response:
    schema, desk = keeper.workspace.schema, trade_desk(request, keeper)
    told = answer.helps[0]
    found, _ = help_named(desk, told.help_id)
    context: dict[str, Any] = {
        "told_help": told,
        "household_id": found.household_id,
        "names": HelpNames.of(keeper.ledger, schema, language, answer.helps),
        "today": desk.day,
        "latest": latest_day(request, keeper),
        "next_states": next_states(found, desk.day),
        "next_payments": next_payments(found, told, show_sensitive=show_sensitive),
        "shows_payments": show_sensitive,
        "code_name": lambda code, code_list: code_label(schema, code, code_list).text(language),
    }
    return page(
        request,
        "assist_help.html.j2",
        language=language,
        status=200 if fault is None else fault.status,
        headers=FORM_HEADERS,
        answer=answer,
        asking=asking,
        typed=typed,
        fault=fault,
        **context,
    )
