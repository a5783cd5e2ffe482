"""Help that people decided: drafts that are kept, what is accepted of them, what becomes of it, and what is paid."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field

from analysis.page import Page
from analysis.questions.assist_helps import LIST_LIMIT, HelpsAsked
from analysis.questions.assist_helps import assist_helps as ask_assist_helps
from analysis.questions.assist_kept import assist_kept_plan
from analysis.questions.assist_kept_answer import AssistHelpsAnswer, AssistKeptAnswer, AssistKeptPlanAnswer
from api.assist.asked import AcceptBody, HelpPaymentBody, HelpStateBody
from api.assist.one_help import one_help
from api.assist.showing import AcceptedShown, shown
from api.deps import DraftsKept, Keeper, ShowsSensitive
from api.description import problems
from api.parameters import After, Asking, Count, SubjectId
from api.trade.desk import latest_day, trade_desk
from loaders.kept.assist.accept import accept
from loaders.kept.assist.answers import HelpChanged, HelpPaid
from loaders.kept.assist.change import change_help
from loaders.kept.assist.pay import report_help_payment

router = APIRouter(prefix="/v1/assistance", tags=["assistance plans"])

_WHEN_SENT = problems(400, 403, 404, 408, 409, 415, 422, 423)
RunId = Annotated[SubjectId, Path(description="The run of the draft.", examples=["last"])]
HelpId = Annotated[SubjectId, Path(description="Id of the help.", examples=["A-000001"])]
State = Literal["planned", "running", "done", "stopped"]


class HelpsKeptAsking(Asking):
    """Which help may be asked for."""

    run: SubjectId | None = Field(default=None, description="Accepted of this draft.")
    household: SubjectId | None = Field(default=None, description="For this household, by its pseudonym.")
    programme: SubjectId | None = Field(default=None, description="Under this programme.")
    state: State | None = Field(default=None, description="In this state only.")
    limit: Count = Field(default=LIST_LIMIT, description="How many are shown.")
    after: After | None = Field(default=None, description="`next_after` of the answer before.")


@router.get("/kept", summary="Which drafts were kept?", responses=problems(404, 409, 503))
def kept_drafts(drafts: DraftsKept, keeper: Keeper) -> AssistKeptAnswer:
    """Return the drafts that were kept and not taken back, the one kept last first, with how much was accepted."""
    return drafts.of(keeper.ledger)


@router.get("/kept/{run_id:path}", summary="What came of this draft?", responses=problems(404, 409, 422, 503))
def kept_draft(
    run_id: RunId, asking: Annotated[Asking, Query()], request: Request, keeper: Keeper, show_sensitive: ShowsSensitive
) -> AssistKeptPlanAnswer:
    """Return a draft, which of its helps were accepted, and what became of them."""
    day = asking.day or latest_day(request, keeper)
    return assist_kept_plan(keeper.ledger, keeper.workspace.schema, run_id, day=day, show_sensitive=show_sensitive)


@router.post("/kept/{run_id:path}/accept", status_code=201, summary="Accept this draft", responses=_WHEN_SENT)
def accept_draft(
    run_id: RunId, body: AcceptBody, request: Request, keeper: Keeper, show_sensitive: ShowsSensitive
) -> AcceptedShown:
    """Enter the help of a draft, or of a part of it, as planned: as one load, all or none of it; the graph follows.

    What stands already is told and not entered again. Withdrawing the load takes it back.
    """
    accepted = accept(trade_desk(request, keeper, body.day), body.read(run_id))
    return shown(
        accepted, keeper.workspace.schema, show_sensitive=show_sensitive, names_households=bool(body.households)
    )


@router.get("/helps", summary="Which help was accepted, and what came of it?", responses=problems(404, 409, 422, 503))
def helps_kept(
    asking: Annotated[HelpsKeptAsking, Query()], request: Request, keeper: Keeper, show_sensitive: ShowsSensitive
) -> AssistHelpsAnswer:
    """Return help in the state it is in, page by page, with what was approved, paid and delivered."""
    asked = HelpsAsked(asking.run, asking.household, asking.programme, asking.state, Page(asking.limit, asking.after))
    day = asking.day or latest_day(request, keeper)
    return ask_assist_helps(keeper.ledger, keeper.workspace.schema, asked, day=day, show_sensitive=show_sensitive)


@router.post("/helps/{help_id:path}/state", summary="Tell what becomes of help", responses=_WHEN_SENT)
def help_state(
    help_id: HelpId, body: HelpStateBody, request: Request, keeper: Keeper, show_sensitive: ShowsSensitive
) -> HelpChanged:
    """Enter that help that was planned is running, that it is done, or that it was stopped and why."""
    # What may not be shown is refused as what is not there is, so that nobody learns of it by entering.
    one_help(request, keeper, help_id, show_sensitive=show_sensitive)
    return change_help(trade_desk(request, keeper, body.day), help_id, body.state, body.reason)


@router.post("/helps/{help_id:path}/payments", summary="Report what was paid", responses=_WHEN_SENT)
def help_payment(
    help_id: HelpId, body: HelpPaymentBody, request: Request, keeper: Keeper, show_sensitive: ShowsSensitive
) -> HelpPaid:
    """Enter what was approved, paid or delivered of help; it completes what was said of the same payment before."""
    one_help(request, keeper, help_id, show_sensitive=show_sensitive)
    return report_help_payment(trade_desk(request, keeper, latest_day(request, keeper)), help_id, body.read())
