"""`plumline produce confirm`, `state`, `deliver`, `promises` and `demand`: what people agree, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

import typer

from analysis.page import Page
from analysis.questions.commitments import CommitmentsAsked
from analysis.questions.commitments import commitments as ask_commitments
from cli.context import context_of
from cli.load_options import WAIT_SECONDS, Wait
from cli.question_commands import ALL_ROWS, SHOWN_ROWS, graph_notices
from cli.question_options import Area, Cooperative, Day, Enterprise, Limit, Lot, Product
from cli.shared_options import spread
from cli.show_trade import show_commitments, show_confirmed, show_delivery, show_demand, show_state
from cli.spoken_help import SpokenCommand
from cli.trade_desk import entered
from cli.trade_options import (
    Accepted,
    AlsoTakes,
    Another,
    Arrives,
    AsIs,
    Batch,
    BelowAsk,
    BroughtBy,
    Certificates,
    DeliveredOn,
    Delivery,
    DemandOption,
    Ends,
    EnteredDay,
    Farthest,
    FromRun,
    Grade,
    Highest,
    Kilograms,
    Latitude,
    LeastGrade,
    Longitude,
    Offer,
    Paid,
    PaidOn,
    Place,
    Price,
    Reason,
    Seller,
    Starts,
    Status,
    Wanted,
)
from cli.usage import UsageError
from loaders.kept.trade.answers import DeliveryReported
from loaders.kept.trade.change import change_commitment
from loaders.kept.trade.confirm import Confirmation, PromisedLot, confirm
from loaders.kept.trade.deliver import DeliveryReport, PaymentReport, report_delivery, report_payment
from loaders.kept.trade.demand import NewDemand, post_demand
from loaders.kept.trade.desk import TradeDesk
from loaders.kept.trade.from_plan import confirmation_of_delivery, kept_run_id

Commitment = Annotated[str, typer.Argument(metavar="COMMITMENT", help="argument.commitment")]


@dataclass(frozen=True)
class ConfirmTyped:
    """What was typed of a confirmation. Each field is an option."""

    kg: Kilograms = None
    price: Price = None
    arrives: Arrives = None
    cooperative: BroughtBy = None
    offer: Offer = False
    delivery: Delivery = None
    run: FromRun = None
    below_ask: BelowAsk = False
    as_is: AsIs = False
    another: Another = False


@dataclass(frozen=True)
class DeliverTyped:
    """What was typed of a delivery or of its payment. Each field is an option."""

    kg: Kilograms = None
    accepted: Accepted = None
    grade: Grade = None
    price: Price = None
    paid: Paid = None
    delivered_on: DeliveredOn = None
    paid_on: PaidOn = None
    reason: Reason = None


@dataclass(frozen=True)
class PromisesTyped:
    """What was typed of which promises to show. Each field is an option."""

    area: Area = None
    product: Product = None
    enterprise: Enterprise = None
    seller: Seller = None
    cooperative: Cooperative = None
    lot: Lot = None
    demand: DemandOption = None
    status: Status = None


@dataclass(frozen=True)
class DemandTyped:
    """What was typed of a new demand. Each field is an option."""

    kg: Wanted
    price: Highest
    grade: LeastGrade
    starts: Starts
    ends: Ends
    area: Place = None
    lat: Latitude = None
    lon: Longitude = None
    within: Farthest = None
    batch: Batch = None
    certificate: Certificates = None
    also: AlsoTakes = None
    another: Another = False


def register(group: typer.Typer) -> None:
    """Add the commands to `plumline produce`."""
    group.command("confirm", help="help.produce_confirm", cls=SpokenCommand)(spread(confirm_lots))
    group.command("state", help="help.produce_state", cls=SpokenCommand)(state)
    group.command("deliver", help="help.produce_deliver", cls=SpokenCommand)(spread(deliver))
    group.command("promises", help="help.produce_promises", cls=SpokenCommand)(spread(promises))
    group.command("demand", help="help.produce_demand", cls=SpokenCommand)(spread(demand))


def confirm_lots(
    context: typer.Context,
    *,
    lot: Annotated[str | None, typer.Argument(metavar="LOT", help="argument.confirmed_lot")] = None,
    demand: Annotated[str | None, typer.Argument(metavar="DEMAND", help="argument.confirmed_demand")] = None,
    typed: ConfirmTyped,
    day: EnteredDay = None,
    wait: Wait = WAIT_SECONDS,
) -> None:
    """Enter that a lot, or every lot of a planned delivery, is promised to a demand."""
    here = context_of(context)
    is_delivery = typed.delivery is not None
    if is_delivery == (lot is not None) or (lot is None) != (demand is None) or (is_delivery and typed.run is None):
        raise UsageError("confirm_what")
    given = (typed.kg, typed.price, typed.arrives, typed.cooperative)
    if is_delivery and any(each is not None for each in given):
        raise UsageError("confirm_delivery_whole")

    def asked(desk: TradeDesk) -> Confirmation:
        if typed.delivery is not None and typed.run is not None:
            found = confirmation_of_delivery(desk.ledger, typed.run, typed.delivery)
        else:
            part = PromisedLot(str(lot), typed.kg, typed.price, typed.arrives)
            run_id = None if typed.run is None else kept_run_id(desk.ledger, typed.run)
            found = Confirmation(str(demand), (part,), typed.cooperative, run_id)
        return replace(
            found,
            is_offer=typed.offer,
            may_be_below_ask=typed.below_ask,
            is_taken_as_is=typed.as_is,
            is_another=typed.another,
        )

    answer = entered(here, day, wait, lambda desk: confirm(desk, asked(desk)))
    here.voice.json(answer)
    show_confirmed(here, answer)


def state(
    context: typer.Context,
    commitment: Commitment,
    new_state: Annotated[str, typer.Argument(metavar="STATE", help="argument.new_state")],
    reason: Reason = None,
    day: EnteredDay = None,
    wait: Wait = WAIT_SECONDS,
) -> None:
    """Enter that a commitment shipped, failed, was cancelled, or that an offer was agreed."""
    here = context_of(context)
    answer = entered(here, day, wait, lambda desk: change_commitment(desk, commitment, new_state, reason))
    here.voice.json(answer)
    show_state(here, answer)


def deliver(
    context: typer.Context,
    *,
    commitment: Commitment,
    typed: DeliverTyped,
    day: EnteredDay = None,
    wait: Wait = WAIT_SECONDS,
) -> None:
    """Enter what was brought, what was accepted and what was paid; or, without --kg, a payment that came later."""
    here = context_of(context)
    others = (typed.accepted, typed.grade, typed.price, typed.delivered_on, typed.reason)
    if typed.kg is None and (typed.paid is None or typed.paid_on is None or any(each is not None for each in others)):
        raise UsageError("deliver_what")
    answer = entered(here, day, wait, lambda desk: _reported(desk, commitment, typed))
    here.voice.json(answer)
    show_delivery(here, answer)


def _reported(desk: TradeDesk, commitment: str, typed: DeliverTyped) -> DeliveryReported:
    if typed.kg is None and typed.paid is not None and typed.paid_on is not None:
        return report_payment(desk, commitment, PaymentReport(typed.paid, typed.paid_on))
    report = DeliveryReport(
        delivered_on=typed.delivered_on or desk.day,
        delivered_quantity_kg=typed.kg or 0.0,
        accepted_quantity_kg=typed.accepted,
        grade=typed.grade,
        price_fen_per_kg=typed.price,
        paid_fen=typed.paid,
        paid_on=typed.paid_on,
        reason=typed.reason,
    )
    return report_delivery(desk, commitment, report)


def promises(context: typer.Context, typed: PromisesTyped, day: Day = None, limit: Limit = None) -> None:
    """Show what was promised, what came of it, and what buyers and sellers kept."""
    here = context_of(context)
    rows = limit or (ALL_ROWS if here.voice.is_json else SHOWN_ROWS)
    work = here.workspace
    asked = CommitmentsAsked(
        area_id=typed.area,
        product_id=typed.product,
        enterprise_id=typed.enterprise,
        lot_id=typed.lot,
        demand_id=typed.demand,
        seller_id=typed.seller,
        cooperative_id=typed.cooperative,
        status=typed.status,
        page=Page(rows),
    )
    with work.ready_graph(today=here.today) as graph:
        answer = ask_commitments(graph.store, work.open_ledger(), work.schema, asked, day=day or graph.day)
        noted = answer.model_copy(update={"notices": (*answer.notices, *graph_notices(graph))})
    here.voice.json(noted)
    if not here.voice.is_json:
        show_commitments(here, noted, rows)


def demand(
    context: typer.Context,
    *,
    enterprise: Annotated[str, typer.Argument(metavar="ENTERPRISE", help="argument.demanding")],
    product: Annotated[str, typer.Argument(metavar="PRODUCT", help="argument.demanded")],
    typed: DemandTyped,
    day: EnteredDay = None,
    wait: Wait = WAIT_SECONDS,
) -> None:
    """Post a demand of an enterprise."""
    here = context_of(context)
    asked = NewDemand(
        enterprise_id=enterprise,
        product_id=product,
        wanted_quantity_kg=typed.kg,
        min_grade=typed.grade,
        max_fen_per_kg=typed.price,
        starts_on=typed.starts,
        ends_on=typed.ends,
        area_id=typed.area,
        lat=typed.lat,
        lon=typed.lon,
        max_distance_km=typed.within,
        min_batch_quantity_kg=typed.batch,
        certificate_codes=tuple(typed.certificate or ()),
        also_product_codes=tuple(typed.also or ()),
        is_another=typed.another,
    )
    answer = entered(here, day, wait, lambda desk: post_demand(desk, asked))
    here.voice.json(answer)
    show_demand(here, answer)
