"""Accepting help: of a plan at hand or of a draft that was kept, looked at first and confirmed; and a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from analysis.questions.assist_kept_answer import KeptAssistPlanTold
from api.assist.showing import AcceptedShown, shown
from api.deps import AssistPlans, Keeper, ShowsSensitive
from api.graph_keeper import GraphKeeper
from api.pages.addresses import address, path_of
from api.pages.asking import PageAsking
from api.pages.assist_helpers import assist_helpers
from api.pages.assist_parts import PATH, assist_part, plan_page, rule_choices
from api.pages.language import PageLanguage
from api.pages.rendering import named, page
from api.pages.typed import FORM_HEADERS, Sent, Typed
from api.parameters import SubjectId
from api.plans.asked import PlanInPath
from api.plans.assistance.answers import AssistHelps, AssistProgrammes
from api.plans.assistance.asked import AssistQuestion
from api.plans.assistance.kind import AssistPlansHeld
from api.trade.desk import let_it_show, trade_desk
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language
from loaders.kept.assist.accept import Acceptance, accept
from loaders.kept.assist.answers import Accepted

router = APIRouter(include_in_schema=False)

SEE_OTHER, ROWS_SHOWN = 303, 20
PARTS = ("village", "programme", "household")
# More helps than any plan has.
ALL = 10**7
LABELS: Mapping[str, str] = {
    "village": "assist_plan.village",
    "programme": "assist_plan.programme",
    "household": "assist_plan.household",
    "starts_on": "assist_accept.starts_on",
}


class AcceptAsking(PageAsking):
    """Which part of a plan."""

    village: SubjectId | None = None
    programme: SubjectId | None = None
    household: SubjectId | None = None


class WouldRow(NamedTuple):
    """One help that would be accepted."""

    household_id: str
    cause: str
    measure: str
    programme: str
    cost_fen: int


@dataclass(frozen=True)
class Would:
    """What would be accepted. `hidden_count`: helps of the whole plan that are not shown."""

    help_count: int
    household_count: int
    cost_fen: int
    hidden_count: int
    rows: tuple[WouldRow, ...]


@router.get(PATH + "/{plan}/accept", name="accept_assist_plan_page")
def look(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[AcceptAsking, Query()],
    room: AssistPlans,
    language: PageLanguage,
) -> Response:
    """Show what of a plan would be accepted, and ask whether to."""
    return _plan_form(request, room, plan, asking, language, Typed({}, LABELS))


@router.post(PATH + "/{plan}/accept", name="send_accept_assist_plan_page")
def send(
    request: Request,
    plan: PlanInPath,
    sent: Sent,
    room: AssistPlans,
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Keep the plan, accept of it what was chosen, and lead to the draft; else say on the form why not."""
    typed = Typed(sent, LABELS)
    try:
        asked = read_part(typed)
        kept = assist_part(room, plan, KeptAssistPlanTold, AssistQuestion(what="keep"))
        done = accepted(request, keeper, kept.run_id, asked, typed.day("starts_on"))
    except PlumlineError as fault:
        return _plan_form(request, room, plan, part_again(typed), language, typed, fault=fault)
    return led_to_draft(told_of(keeper, done, show_sensitive=show_sensitive))


def read_part(typed: Typed) -> AcceptAsking:
    """Return which part is accepted. Raises BadParameters."""
    given = {name: typed.text(name) for name in PARTS}
    typed.day("starts_on")
    typed.check()
    return AcceptAsking.model_validate({name: value for name, value in given.items() if value})


def part_again(typed: Typed) -> AcceptAsking:
    """Return the part that stands in the form, as it was typed."""
    village, programme, household = (typed.shown(name).strip() or None for name in PARTS)
    return AcceptAsking.model_construct(village=village, programme=programme, household=household)


def accepted(
    request: Request, keeper: GraphKeeper, run_id: str, asked: AcceptAsking, starts_on: date | None
) -> Accepted:
    """Enter a part of a draft as planned help, and return what was entered. Raises as `accept`."""
    acceptance = Acceptance(
        run_id=run_id,
        household_ids=(asked.household,) if asked.household else (),
        area_ids=(asked.village,) if asked.village else (),
        programme_ids=(asked.programme,) if asked.programme else (),
        starts_on=starts_on,
    )
    done = accept(trade_desk(request, keeper), acceptance)
    if done.load_id is not None:
        let_it_show(keeper)
    return done


def told_of(keeper: GraphKeeper, done: Accepted, *, show_sensitive: bool) -> AcceptedShown:
    """Return what may be told of it; no number tells of help that is not shown, for the part may be one household."""
    return shown(done, keeper.workspace.schema, show_sensitive=show_sensitive, names_households=True)


def led_to_draft(done: AcceptedShown) -> Response:
    """Lead to a draft, which tells what has just been accepted of it."""
    told: dict[str, object] = {
        "accepted": len(done.helps),
        "amount": done.amount_fen,
        "standing": len(done.standing) or None,
        "entered": done.load_id,
    }
    return RedirectResponse(address(path_of("assistance", "drafts", done.run_id), told.items()), SEE_OTHER)


def would_be(rows: Iterable[WouldRow], hidden_count: int) -> Would:
    """Return what accepting some helps comes to."""
    listed = tuple(rows)
    return Would(
        help_count=len(listed),
        household_count=len({each.household_id for each in listed}),
        cost_fen=sum(each.cost_fen for each in listed),
        hidden_count=hidden_count,
        rows=listed[:ROWS_SHOWN],
    )


def _plan_form(
    request: Request,
    room: AssistPlansHeld,
    plan: str,
    asking: AcceptAsking,
    language: Language,
    typed: Typed,
    *,
    fault: PlumlineError | None = None,
) -> Response:
    chosen = {name: getattr(asking, name) or None for name in PARTS}
    # A whole county has more helps than a page can count; those of a village or a household are few.
    is_few = chosen["village"] is not None or chosen["household"] is not None
    question = AssistQuestion(what="helps", limit=ALL if is_few else ROWS_SHOWN, **chosen)
    helps = assist_part(room, plan, AssistHelps, question)
    rows = (
        WouldRow(
            each.household_id,
            named(each.cause, language=language),
            named(each.measure, language=language),
            named(each.programme, language=language),
            each.cost_fen,
        )
        for each in helps.helps
    )
    would = would_be(rows, helps.hidden_count)
    if not is_few:
        would = _counted(room, plan, chosen["programme"], would)
    return accept_form(
        request,
        language,
        typed,
        fault,
        answer=helps,
        plan=plan,
        back=plan_page(plan),
        address=plan_page(plan, "accept"),
        chosen=chosen,
        choices=rule_choices(room, plan),
        would=would,
    )


def _counted(room: AssistPlansHeld, plan: str, programme: str | None, would: Would) -> Would:
    """Return what a whole plan, or all that one programme gives by it, comes to."""
    if programme is not None:
        question = AssistQuestion(what="programmes", programme=programme)
        for each in assist_part(room, plan, AssistProgrammes, question).programmes:
            counts = each.help_count, each.household_count
            return replace(would, help_count=counts[0], household_count=counts[1], cost_fen=each.spent_fen)
        return would
    summary = room.job(plan).summary
    if summary is None:
        return would
    totals = summary.totals
    counts = totals.help_count, totals.helped_household_count
    return replace(would, help_count=counts[0], household_count=counts[1], cost_fen=totals.cost_fen)


def accept_form(
    request: Request,
    language: Language,
    typed: Typed,
    fault: PlumlineError | None,
    **context: Any,  # noqa: ANN401 - what the template is given
) -> Response:
    """Return the page that shows what would be accepted, and asks whether to."""
    return page(
        request,
        "assist_accept.html.j2",
        language=language,
        status=200 if fault is None else fault.status,
        headers=FORM_HEADERS,
        typed=typed,
        fault=fault,
        **assist_helpers(language),
        **context,
    )
