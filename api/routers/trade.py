"""Trade: lots promised to demands, what becomes of them, what was brought and paid, and demands that buyers post."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field

from analysis.page import Page
from analysis.questions.commitments import LIST_LIMIT, CommitmentsAsked
from analysis.questions.commitments import commitments as ask_commitments
from analysis.questions.commitments_answer import CommitmentsAnswer
from api.deps import Keeper
from api.description import problems
from api.parameters import After, Asking, Count, SubjectId
from api.trade.asked import ConfirmationBody, DeliveryBody, DemandBody, PaymentBody, StateBody
from api.trade.desk import latest_day, trade_desk
from loaders.kept.trade.answers import Confirmed, DeliveryReported, DemandPosted, StatusChanged
from loaders.kept.trade.change import change_commitment
from loaders.kept.trade.confirm import confirm
from loaders.kept.trade.deliver import report_delivery, report_payment
from loaders.kept.trade.demand import post_demand

router = APIRouter(prefix="/v1/produce", tags=["trade"])

_WHEN_SENT = problems(400, 403, 404, 408, 409, 415, 422, 423)
State = Literal["proposed", "agreed", "shipped", "delivered", "failed", "cancelled"]
CommitmentId = Annotated[SubjectId, Path(description="Id of the commitment.", examples=["LT-TAIPING-1-DM-PUNING-2-1"])]


class CommitmentsAsking(Asking):
    """Which promises may be asked for."""

    area: SubjectId | None = Field(default=None, description="Of lots that lie in this area or below it.")
    product: SubjectId | None = Field(default=None, description="Of this product only, by its code.")
    enterprise: SubjectId | None = Field(default=None, description="What this buyer was promised, by its credit code.")
    seller: SubjectId | None = Field(default=None, description="What this household or cooperative promised.")
    cooperative: SubjectId | None = Field(default=None, description="What this cooperative brings.")
    lot: SubjectId | None = Field(default=None, description="What was promised of this lot.")
    demand: SubjectId | None = Field(default=None, description="What was promised to this demand.")
    state: State | None = Field(default=None, description="Those in this state; what was kept is told of all.")
    limit: Count = Field(default=LIST_LIMIT, description="How many promises are shown.")
    after: After | None = Field(default=None, description="`next_after` of the answer before.")

    def filters(self) -> CommitmentsAsked:
        """Return what is asked for, and which page."""
        return CommitmentsAsked(
            area_id=self.area,
            product_id=self.product,
            enterprise_id=self.enterprise,
            lot_id=self.lot,
            demand_id=self.demand,
            seller_id=self.seller,
            cooperative_id=self.cooperative,
            status=self.state,
            page=Page(self.limit, self.after),
        )


@router.get("/commitments", summary="What was promised, and what was kept?", responses=problems(404, 409, 422, 503))
def promises(asking: Annotated[CommitmentsAsking, Query()], keeper: Keeper) -> CommitmentsAnswer:
    """Return the promises in the state they are in, page by page, and what each buyer and each seller kept of theirs.

    Counts and shares are told one by one: no number ranks people.
    """
    with keeper.asking() as graph:
        day = asking.day or graph.day
        return ask_commitments(graph.store, keeper.ledger, keeper.workspace.schema, asking.filters(), day=day)


@router.post("/commitments", status_code=201, summary="Promise these lots to a demand", responses=_WHEN_SENT)
def promise(body: ConfirmationBody, request: Request, keeper: Keeper) -> Confirmed:
    """Enter that lots are offered or promised to a demand, all or none of them, as one load; the graph follows.

    What was offered before of the same lot to the same demand becomes agreed. Withdrawing the load takes it back.
    """
    desk = trade_desk(request, keeper, body.day)
    return confirm(desk, body.read(desk.ledger))


@router.post("/commitments/{commitment_id:path}/state", summary="Tell what becomes of a promise", responses=_WHEN_SENT)
def change(commitment_id: CommitmentId, body: StateBody, request: Request, keeper: Keeper) -> StatusChanged:
    """Enter that an offer is agreed, or that what was promised is under way, failed or was cancelled."""
    return change_commitment(trade_desk(request, keeper, body.day), commitment_id, body.state, body.reason)


@router.post(
    "/commitments/{commitment_id:path}/deliveries",
    status_code=201,
    summary="Report what was delivered",
    responses=_WHEN_SENT,
)
def deliver(commitment_id: CommitmentId, body: DeliveryBody, request: Request, keeper: Keeper) -> DeliveryReported:
    """Enter what was brought, accepted and paid; what was promised and not brought is free again."""
    return report_delivery(trade_desk(request, keeper, latest_day(request, keeper)), commitment_id, body.read())


@router.post("/commitments/{commitment_id:path}/payments", summary="Report what was paid", responses=_WHEN_SENT)
def pay(commitment_id: CommitmentId, body: PaymentBody, request: Request, keeper: Keeper) -> DeliveryReported:
    """Enter what was paid for a delivery; it replaces what was said of its payment before."""
    return report_payment(trade_desk(request, keeper, latest_day(request, keeper)), commitment_id, body.read())


@router.post("/demands", status_code=201, summary="Post what an enterprise wants", responses=_WHEN_SENT)
def demand(body: DemandBody, request: Request, keeper: Keeper) -> DemandPosted:
    """Enter an open demand of an enterprise, with where it is to be brought, as one load; the graph follows."""
    return post_demand(trade_desk(request, keeper, body.day), body.read())
