"""The page of a buyer: what it wants, what plans bring it, what was promised and kept, and a form for a new demand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import RedirectResponse, Response

from analysis.page import Page
from analysis.questions.buyer_demands import buyer_demands
from analysis.questions.commitments import LIST_LIMIT, CommitmentsAsked
from analysis.questions.commitments import commitments as ask_commitments
from api.deps import Keeper, Plans
from api.graph_keeper import GraphKeeper
from api.pages.addresses import address
from api.pages.area_field import area_code
from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.plan_parts import SHOWN, Row, buyer_page, plan_part
from api.pages.produce_helpers import produce_helpers
from api.pages.rendering import page
from api.pages.typed import FORM_HEADERS, Sent, Typed
from api.parameters import After, SubjectId
from api.plans.asked import PlanId
from api.plans.produce.answers import PlanDeliveries, PlanDemands, PlanJob
from api.plans.produce.asked import PlanQuestion
from api.plans.produce.kind import ProducePlans
from api.trade.desk import let_it_show, trade_desk
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language
from loaders.kept.trade.demand import NewDemand, post_demand

router = APIRouter(include_in_schema=False)

PATH = "/produce/buyers/{enterprise_id:path}"
SEE_OTHER = 303
LABELS: Mapping[str, str] = {
    "product": "board.product",
    "kg": "buyer.kg",
    "grade": "buyer.min_grade",
    "price": "buyer.price",
    "starts_on": "buyer.starts_on",
    "ends_on": "buyer.ends_on",
    "area": "buyer.area",
    "distance": "buyer.distance",
    "batch": "buyer.batch",
    "certificates": "buyer.certificates",
    "also": "buyer.also_takes",
}


class BuyerAsking(PageAsking):
    """Which plan is looked at, the newest at hand where none is named; where the lists go on; what was just entered."""

    plan: PlanId | None = None
    after_delivery: Row | None = None
    after: After | None = None
    entered: SubjectId | None = None


@router.get(PATH, name="buyer_page")
def buyer(
    request: Request,
    enterprise_id: Annotated[SubjectId, Path()],
    asking: Annotated[BuyerAsking, Query()],
    room: Plans,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show the demands of a buyer, what a plan brings it, what was promised, and the form for a demand of its own."""
    return _buyer_page(request, room, keeper, language, enterprise_id, asking, Typed({}, LABELS))


@router.post(PATH, name="post_demand_page")
def post(
    request: Request,
    enterprise_id: Annotated[SubjectId, Path()],
    sent: Sent,
    room: Plans,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Enter a demand of the buyer, and lead back to its page; else say on the form why not."""
    typed = Typed(sent, LABELS)
    try:
        done = post_demand(trade_desk(request, keeper), _read(keeper, enterprise_id, typed))
    except PlumlineError as fault:
        return _buyer_page(request, room, keeper, language, enterprise_id, BuyerAsking(), typed, fault=fault)
    let_it_show(keeper)
    return RedirectResponse(address(buyer_page(enterprise_id), [("entered", done.load_id)]), SEE_OTHER)


def _read(keeper: GraphKeeper, enterprise_id: str, typed: Typed) -> NewDemand:
    """Return the demand that was typed. Raises BadParameters."""
    product, grade = typed.text("product", is_needed=True), typed.text("grade", is_needed=True)
    wanted, price = typed.number("kg", is_needed=True), typed.fen("price", is_needed=True)
    starts_on, ends_on = typed.day("starts_on", is_needed=True), typed.day("ends_on", is_needed=True)
    area, distance, batch = typed.text("area"), typed.number("distance"), typed.number("batch")
    certificates, also = typed.text("certificates"), typed.text("also")
    typed.check()
    with keeper.asking() as graph:
        area = area_code(graph, keeper.workspace.schema, area)
        day = graph.day
    return NewDemand(
        enterprise_id=enterprise_id,
        product_id=product or "",
        wanted_quantity_kg=wanted or 0.0,
        min_grade=grade or "",
        max_fen_per_kg=price or 0,
        starts_on=starts_on or day,
        ends_on=ends_on or day,
        area_id=area,
        max_distance_km=distance,
        min_batch_quantity_kg=batch,
        certificate_codes=(certificates or "").replace(",", " ").replace("，", " ").replace("、", " ").split(),
        also_product_codes=() if also is None else (also,),
        is_another=typed.ticked("another"),
    )


def _buyer_page(
    request: Request,
    room: ProducePlans,
    keeper: GraphKeeper,
    language: Language,
    enterprise_id: str,
    asking: BuyerAsking,
    typed: Typed,
    *,
    fault: PlumlineError | None = None,
) -> Response:
    schema = keeper.workspace.schema
    with keeper.asking() as graph:
        day = asking.day or graph.day
        answer = buyer_demands(graph.store, schema, enterprise_id, day=day)
        asked = CommitmentsAsked(enterprise_id=enterprise_id, page=Page(LIST_LIMIT, asking.after))
        promised = ask_commitments(graph.store, keeper.ledger, schema, asked, day=day)
    made = [job for job in room.jobs() if job.state == "done"]
    return page(
        request,
        "buyer.html.j2",
        language=language,
        status=200 if fault is None else fault.status,
        headers=FORM_HEADERS,
        answer=answer,
        promised=promised,
        made=made,
        asking=asking,
        typed=typed,
        fault=fault,
        buyer_page=buyer_page,
        products=[(code, entry.label) for code, entry in schema.products.items()],
        product_labels={code: entry.label for code, entry in schema.products.items()},
        **_of_plan(room, made, enterprise_id, asking),
        **produce_helpers(schema, language, answer.as_of),
    )


def _of_plan(room: ProducePlans, made: list[PlanJob], enterprise_id: str, asking: BuyerAsking) -> dict[str, Any]:
    """Return what a plan brings the buyer: the one asked for, else the newest that is at hand. None without one."""
    plan = asking.plan or (made[0].plan if made else None)
    if plan is None:
        return {"plan": None, "planned": {}, "deliveries": None}
    demands = plan_part(room, plan, PlanDemands, PlanQuestion(what="demands", enterprise=enterprise_id))
    deliveries = plan_part(
        room,
        plan,
        PlanDeliveries,
        PlanQuestion(what="deliveries", enterprise=enterprise_id, limit=SHOWN, after=asking.after_delivery),
    )
    return {"plan": plan, "planned": {each.demand_id: each for each in demands.demands}, "deliveries": deliveries}
