"""What was promised of lots to demands and what came of it, with the forms for the next step of each promise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import RedirectResponse, Response

from analysis.page import Page
from analysis.produce.trade.parts import CommitmentTold
from analysis.questions.commitments import LIST_LIMIT, CommitmentsAsked
from analysis.questions.commitments import commitments as ask_commitments
from analysis.questions.commitments_answer import CommitmentsAnswer
from api.deps import Keeper
from api.errors import BadParameters
from api.graph_keeper import GraphKeeper
from api.pages.addresses import address, path_of
from api.pages.area_field import led_to_place
from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.produce_helpers import produce_helpers
from api.pages.rendering import page
from api.pages.typed import FORM_HEADERS, Sent, Typed
from api.parameters import MOST_SHOWN, After, SubjectId
from api.trade.desk import latest_day, let_it_show, trade_desk
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language
from loaders.kept.trade.answers import Entered
from loaders.kept.trade.change import change_commitment
from loaders.kept.trade.deliver import DeliveryReport, PaymentReport, report_delivery, report_payment
from loaders.kept.trade.desk import TradeDesk
from loaders.kept.trade.numbers import LONGEST_TEXT
from loaders.kept.trade.promises import Promise, promise_named
from policy.commitments import AGREED, CANCELLED, DELIVERED, FAILED, SHIPPED, load_commitment_steps, next_statuses

router = APIRouter(include_in_schema=False)

PATH = "/produce/promises"
SEE_OTHER = 303
PAID = "paid"
LABELS: Mapping[str, str] = {
    "reason": "promise.reason",
    "delivered_on": "promise.delivered_on",
    "kg": "promise.delivered_kg",
    "accepted": "promise.accepted_kg",
    "grade": "promise.grade_found",
    "price": "promise.price_settled",
    "paid": "promise.paid_yuan",
    "paid_on": "promise.paid_on",
}
Status = Literal["proposed", "agreed", "shipped", "delivered", "failed", "cancelled"]


class PromisesAsking(PageAsking):
    """The filters of the list, where it goes on, and which load has just been entered."""

    area: SubjectId | None = None
    product: SubjectId | None = None
    enterprise: SubjectId | None = None
    lot: SubjectId | None = None
    demand: SubjectId | None = None
    seller: SubjectId | None = None
    cooperative: SubjectId | None = None
    status: Status | None = None
    after: After | None = None
    entered: SubjectId | None = None

    def filters(self) -> CommitmentsAsked:
        """Return what is asked for."""
        return CommitmentsAsked(
            area_id=self.area,
            product_id=self.product,
            enterprise_id=self.enterprise,
            lot_id=self.lot,
            demand_id=self.demand,
            seller_id=self.seller,
            cooperative_id=self.cooperative,
            status=self.status,
            page=Page(LIST_LIMIT, self.after),
        )


class PromiseAsking(PageAsking):
    """Which load has just been entered."""

    entered: SubjectId | None = None


@router.get(PATH, name="promises_page")
def promises(
    request: Request, asking: Annotated[PromisesAsking, Query()], keeper: Keeper, language: PageLanguage
) -> Response:
    """Show what was promised, by filters, and how much of it each buyer and seller kept."""
    schema = keeper.workspace.schema
    with keeper.asking() as graph:
        elsewhere = led_to_place(request, graph, schema, asking.area)
        if elsewhere is not None:
            return elsewhere
        day = asking.day or graph.day
        answer = ask_commitments(graph.store, keeper.ledger, schema, asking.filters(), day=day)
    return page(
        request,
        "promises.html.j2",
        language=language,
        answer=answer,
        asking=asking,
        products=[(code, entry.label) for code, entry in schema.products.items()],
        **produce_helpers(schema, language, answer.as_of),
    )


@router.get(PATH + "/{commitment_id:path}", name="promise_page")
def promise(
    request: Request,
    commitment_id: Annotated[SubjectId, Path()],
    asking: Annotated[PromiseAsking, Query()],
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show one promise, what came of it, and a form for each step that may follow."""
    return _promise_page(request, keeper, language, commitment_id, Typed({}, LABELS), day=asking.day, asking=asking)


@router.post(PATH + "/{commitment_id:path}", name="promise_step_page")
def step(
    request: Request,
    commitment_id: Annotated[SubjectId, Path()],
    sent: Sent,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Enter the next step of a promise, and lead back to its page; else say there why not, with all that was typed."""
    typed = Typed(sent, LABELS)
    chosen = typed.shown("step")
    try:
        if chosen not in STEPS:
            raise BadParameters("form_not_filled", faults="step")
        desk = trade_desk(request, keeper)
        done, day = STEPS[chosen](request, keeper, desk, commitment_id, typed)
    except PlumlineError as fault:
        return _promise_page(request, keeper, language, commitment_id, typed, fault=fault)
    let_it_show(keeper)
    # What happens after the day of the graph is shown as of that day.
    later = day if day > desk.day else None
    return RedirectResponse(
        address(path_of("produce", "promises", commitment_id), [("entered", done.load_id), ("day", later)]), SEE_OTHER
    )


Stepped = tuple[Entered, date]


def _change_to(status: str) -> Callable[[Request, GraphKeeper, TradeDesk, str, Typed], Stepped]:
    def change(request: Request, keeper: GraphKeeper, desk: TradeDesk, commitment_id: str, typed: Typed) -> Stepped:
        reason = typed.text("reason", most=LONGEST_TEXT)
        typed.check()
        return change_commitment(desk, commitment_id, status, reason), desk.day

    return change


def _deliver(request: Request, keeper: GraphKeeper, desk: TradeDesk, commitment_id: str, typed: Typed) -> Stepped:
    delivered_on, brought = typed.day("delivered_on", is_needed=True), typed.number("kg", is_needed=True)
    accepted, price, paid = typed.number("accepted"), typed.fen("price"), typed.fen("paid")
    grade, paid_on, reason = typed.text("grade"), typed.day("paid_on"), typed.text("reason", most=LONGEST_TEXT)
    typed.check()
    report = DeliveryReport(
        delivered_on=delivered_on or desk.day,
        delivered_quantity_kg=brought or 0.0,
        accepted_quantity_kg=accepted,
        grade=grade,
        price_fen_per_kg=price,
        paid_fen=paid,
        paid_on=paid_on,
        reason=reason,
    )
    past = trade_desk(request, keeper, latest_day(request, keeper))
    done = report_delivery(past, commitment_id, report)
    return done, max(each for each in (report.delivered_on, report.paid_on) if each is not None)


def _pay(request: Request, keeper: GraphKeeper, desk: TradeDesk, commitment_id: str, typed: Typed) -> Stepped:
    paid, paid_on = typed.fen("paid", is_needed=True), typed.day("paid_on", is_needed=True)
    typed.check()
    payment = PaymentReport(paid or 0, paid_on or desk.day)
    past = trade_desk(request, keeper, latest_day(request, keeper))
    return report_payment(past, commitment_id, payment), payment.paid_on


STEPS: Mapping[str, Callable[[Request, GraphKeeper, TradeDesk, str, Typed], Stepped]] = {
    **{status: _change_to(status) for status in (AGREED, SHIPPED, FAILED, CANCELLED)},
    DELIVERED: _deliver,
    PAID: _pay,
}


def _promise_page(
    request: Request,
    keeper: GraphKeeper,
    language: Language,
    commitment_id: str,
    typed: Typed,
    *,
    day: date | None = None,
    asking: PromiseAsking | None = None,
    fault: PlumlineError | None = None,
) -> Response:
    schema, desk = keeper.workspace.schema, trade_desk(request, keeper, day)
    found, _ = promise_named(desk, commitment_id)
    answer = _alone(keeper, found, desk.day)
    if day is None and [each.status for each in answer.commitments] != [found.status]:
        # What was entered happened after the day of the graph.
        answer = _alone(keeper, found, latest_day(request, keeper))
    told = answer.commitments[0] if answer.commitments else None
    context: dict[str, Any] = {
        "commitment_id": commitment_id,
        "answer": answer,
        "told_promise": told,
        "found": found,
        "asking": asking or PromiseAsking(),
        "typed": typed,
        "fault": fault,
        "today": desk.day,
        "next_steps": next_statuses(load_commitment_steps(), found.status, desk.day),
        "may_be_paid": told is not None and _is_unpaid(told),
    }
    return page(
        request,
        "promise.html.j2",
        language=language,
        status=200 if fault is None else fault.status,
        headers=FORM_HEADERS,
        **context,
        **produce_helpers(schema, language, answer.as_of),
    )


def _is_unpaid(told: CommitmentTold) -> bool:
    return bool(told.deliveries) and told.deliveries[-1].paid_fen is None


def _alone(keeper: GraphKeeper, promise: Promise, day: date) -> CommitmentsAnswer:
    """Return what is told of the promises of a lot to a demand with only the one asked for in its list."""
    asked = CommitmentsAsked(lot_id=promise.lot_id, demand_id=promise.demand_id, page=Page(MOST_SHOWN))
    with keeper.asking() as graph:
        answer = ask_commitments(graph.store, keeper.ledger, keeper.workspace.schema, asked, day=day)
    only = tuple(each for each in answer.commitments if each.commitment_id == promise.id)
    return answer.model_copy(update={"commitments": only})
