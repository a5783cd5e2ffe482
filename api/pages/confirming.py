"""Promising lots to a demand: a form filled from a delivery of a plan or from a lot and a demand, and what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from analysis.amounts import plain
from analysis.questions.buyers import buyers as ask_buyers
from analysis.questions.produce_kept import KeptPlanTold
from analysis.questions.produce_plan_answer import PlannedDelivery
from analysis.subject import Subject
from api.deps import Keeper, Plans
from api.graph_keeper import GraphKeeper
from api.pages.addresses import address
from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.plan_parts import plan_part
from api.pages.rendering import page
from api.pages.typed import FORM_HEADERS, Sent, Typed
from api.parameters import MOST_SHOWN, SubjectId
from api.plans.asked import PlanId
from api.plans.produce.answers import PlanDeliveries
from api.plans.produce.asked import PlanQuestion
from api.plans.produce.kind import ProducePlans
from api.trade.desk import let_it_show, trade_desk
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language
from loaders.kept.trade.confirm import Confirmation, PromisedLot, confirm
from loaders.kept.trade.errors import TradeUnknown

router = APIRouter(include_in_schema=False)

PATH = "/produce/confirm"
SEE_OTHER = 303
JOINT = " > "
FEN_IN_A_YUAN = 100
LABELS: Mapping[str, str] = {
    "plan": "plan.plan",
    "delivery": "plan.deliveries",
    "demand": "plan.demand",
    "cooperative": "plan.cooperative",
    "lot": "board.lot",
    "kg": "promise.kg",
    "arrives_on": "lot.arrives",
    "price": "promise.price",
}


class ConfirmAsking(PageAsking):
    """What is to be promised: a delivery of a plan, or a lot to a demand."""

    plan: PlanId | None = None
    delivery: SubjectId | None = None
    lot: SubjectId | None = None
    demand: SubjectId | None = None


@dataclass(frozen=True)
class Filled:
    """A form that is filled in to begin with: `sent` by field; `said`: what forbids the pair as it is, in words."""

    sent: Mapping[str, list[str]]
    buyer: str | None = None
    said: tuple[object, ...] = ()


@router.get(PATH, name="confirm_page")
def form(
    request: Request, asking: Annotated[ConfirmAsking, Query()], room: Plans, keeper: Keeper, language: PageLanguage
) -> Response:
    """Show the form for a promise, with what the plan or the best price says already in its fields."""
    if asking.plan is not None and asking.delivery is not None:
        filled = _of_delivery(room, asking.plan, asking.delivery)
    elif asking.lot is not None and asking.demand is not None:
        filled = _of_pair(keeper, asking.lot, asking.demand)
    else:
        filled = Filled({"lot": [asking.lot or ""], "demand": [asking.demand or ""], "kg": [""], "arrives_on": [""]})
    return _form_page(request, language, Typed(filled.sent, LABELS), filled)


@router.post(PATH, name="send_confirm_page")
def send(request: Request, sent: Sent, room: Plans, keeper: Keeper, language: PageLanguage) -> Response:
    """Enter the promise, and lead to the promises of the demand; else say on the form why not."""
    typed = Typed(sent, LABELS)
    try:
        asked = _read(typed)
        plan = typed.text("plan")
        if plan:
            # A promise names the plan that it comes from, so that is kept with the first promise of it.
            kept = plan_part(room, plan, KeptPlanTold, PlanQuestion(what="keep"))
            asked = replace(asked, run_id=kept.run_id)
        done = confirm(trade_desk(request, keeper), asked)
    except PlumlineError as fault:
        return _form_page(request, language, typed, Filled(sent), fault=fault)
    let_it_show(keeper)
    return RedirectResponse(
        address("/produce/promises", [("demand", asked.demand_id), ("entered", done.load_id)]), SEE_OTHER
    )


def _read(typed: Typed) -> Confirmation:
    """Return what is promised; a lot whose quantity was emptied is left out. Raises BadParameters."""
    demand = typed.text("demand", is_needed=True)
    price = typed.fen("price", is_needed=True)
    places = range(max(typed.count("lot"), 1))
    wanted = [place for place in places if typed.shown("kg", place=place).strip()] or places[:1]
    parts = [
        (
            typed.text("lot", place=place, is_needed=True),
            typed.number("kg", place=place, is_needed=True),
            typed.day("arrives_on", place=place),
        )
        for place in wanted
    ]
    cooperative = typed.text("cooperative")
    typed.check()
    return Confirmation(
        demand_id=demand or "",
        lots=tuple(PromisedLot(lot or "", kg, price, day) for lot, kg, day in parts),
        cooperative_id=cooperative,
        is_offer=typed.ticked("is_offer"),
        may_be_below_ask=typed.ticked("below_ask"),
        is_taken_as_is=typed.ticked("as_is"),
        is_another=typed.ticked("another"),
    )


def _form_page(
    request: Request, language: Language, typed: Typed, filled: Filled, *, fault: PlumlineError | None = None
) -> Response:
    return page(
        request,
        "confirm.html.j2",
        language=language,
        status=200 if fault is None else fault.status,
        headers=FORM_HEADERS,
        typed=typed,
        filled=filled,
        fault=fault,
        lot_count=max(typed.count("lot"), 1),
    )


def _of_delivery(room: ProducePlans, plan: str, delivery_id: str) -> Filled:
    """Return the form for one delivery of a plan. Raises TradeUnknown for one that is not in it, else as `ask`."""
    demand_id = delivery_id.rpartition(JOINT)[2]
    question = PlanQuestion(what="deliveries", demand=demand_id, limit=MOST_SHOWN)
    found = [
        each for each in plan_part(room, plan, PlanDeliveries, question).deliveries if each.delivery_id == delivery_id
    ]
    if not found:
        raise TradeUnknown("trade_unknown_delivery", id=delivery_id, run=plan)
    return _filled(found[0], plan)


def _filled(delivery: PlannedDelivery, plan: str) -> Filled:
    return Filled(
        {
            "plan": [plan],
            "demand": [delivery.demand_id],
            "cooperative": [delivery.sender_id or ""] if delivery.is_pooled else [],
            "lot": [part.lot_id for part in delivery.parts],
            "kg": [str(part.quantity_kg) for part in delivery.parts],
            "arrives_on": [part.arrives_on.isoformat() for part in delivery.parts],
            "price": [f"{delivery.max_fen_per_kg / FEN_IN_A_YUAN:.2f}"],
        },
        buyer=delivery.enterprise.name,
    )


def _of_pair(keeper: GraphKeeper, lot_id: str, demand_id: str) -> Filled:
    """Return the form for a lot and a demand: how much could go at the highest price, and what forbids it as it is."""
    work = keeper.workspace
    with keeper.asking() as graph:
        answer = ask_buyers(
            graph.store, work.schema, work.policy, Subject("SupplyLot", lot_id), day=graph.day, demand_limit=MOST_SHOWN
        )
    told = answer.lots[0]
    sent = {"lot": [lot_id], "demand": [demand_id], "kg": [""], "arrives_on": [""]}
    for buyer in told.buyers:
        if buyer.demand.demand_id == demand_id:
            sent["kg"] = [plain(buyer.quantity_kg, 3).replace(",", "")]
            sent["arrives_on"] = [buyer.way.arrives_on.isoformat() if buyer.way.arrives_on else ""]
            sent["price"] = [f"{buyer.demand.max_fen_per_kg / FEN_IN_A_YUAN:.2f}"]
            return Filled(sent, buyer=buyer.demand.enterprise.name)
    for refusal in told.refusals:
        if refusal.demand.demand_id == demand_id:
            sent["price"] = [f"{refusal.demand.max_fen_per_kg / FEN_IN_A_YUAN:.2f}"]
            return Filled(sent, buyer=refusal.demand.enterprise.name, said=refusal.reasons)
    return Filled(sent)
