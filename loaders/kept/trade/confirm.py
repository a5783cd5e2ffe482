"""Promising lots to a demand: offered, or agreed. Checked under the lock, so that no rest is promised twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from ledger import Writer
from loaders.kept.desk import day_of, number
from loaders.kept.own_facts import TRADE, facts_of, write_own_facts
from loaders.kept.trade.answers import Confirmed, ConfirmedPart
from loaders.kept.trade.confirm_checks import (
    check_demand,
    check_goods,
    check_left,
    check_lot,
    check_price,
    check_run_and_cooperative,
    check_said_already,
)
from loaders.kept.trade.desk import Row, TradeDesk, recorded_after
from loaders.kept.trade.errors import TradeFault, TradeRefused
from loaders.kept.trade.numbers import checked_fen, checked_kg
from loaders.kept.trade.promises import COMMITMENT, Market, Promise, market
from policy.commitments import AGREED, PROPOSED, commitment_step, load_commitment_steps


@dataclass(frozen=True)
class PromisedLot:
    """What a lot is to give. None: all that is left of both, the buyer's highest price, the first day that suits."""

    lot_id: str
    quantity_kg: float | None = None
    price_fen_per_kg: int | None = None
    arrives_on: date | None = None
    distance_km: float | None = None
    transport_fen: int | None = None


@dataclass(frozen=True)
class Confirmation:
    """Lots that are promised to one demand, all or none.

    `cooperative_id`: who collects and brings them; None: each seller sends his own. `run_id`: the kept plan that they
    come from. `is_offer`: proposed only. `may_be_below_ask`: the sellers take less than they ask. `is_taken_as_is`: the
    buyer takes the lots as they are, whatever product, grade and certificates the demand asks for. `is_another`: beside
    a promise that is the same.
    """

    demand_id: str
    lots: tuple[PromisedLot, ...]
    cooperative_id: str | None = None
    run_id: str | None = None
    is_offer: bool = False
    may_be_below_ask: bool = False
    is_taken_as_is: bool = False
    is_another: bool = False


def confirm(desk: TradeDesk, asked: Confirmation) -> Confirmed:
    """Enter that lots are promised to a demand, as one load, and return the promises.

    What was offered to the demand of a lot becomes agreed. Raises TradeUnknown for an id that the ledger does not hold,
    TradeFault for a number or a day that cannot be, TradeRefused where too little is left, lot or demand are closed,
    the lot is not what the demand asks for, or the same is promised already, LedgerLocked where another process writes
    for long. Then nothing is entered.
    """
    lot_ids = [part.lot_id for part in asked.lots]
    if not lot_ids:
        raise TradeFault("trade_no_lot")
    for lot_id in lot_ids:
        if lot_ids.count(lot_id) > 1:
            raise TradeFault("trade_lot_twice", id=lot_id)
    with desk.ledger.writing(desk.wait_seconds) as writer:
        return _confirmed(desk, writer, asked)


def _confirmed(desk: TradeDesk, writer: Writer, asked: Confirmation) -> Confirmed:
    found = market(desk, [part.lot_id for part in asked.lots], asked.demand_id)
    check_demand(desk, found.demand)
    check_run_and_cooperative(desk, run_id=asked.run_id, cooperative_id=asked.cooperative_id)
    ever, taken = _ever_named(desk, asked.demand_id), list[Row]()
    for part in asked.lots:
        row = _promised(desk, ever, found, part, asked)
        taken.append(row)
        # The next lot finds less of the demand.
        others = tuple(each for each in found.promises if each.id != row["id"])
        found = replace(found, promises=(*others, Promise(row)))
    load_id = write_own_facts(
        desk.ledger,
        writer,
        {COMMITMENT: facts_of(taken, valid_from=desk.day)},
        feed=TRADE,
        name=f"{taken[0]['commitment_status']}: {asked.demand_id}",
        recorded_at=recorded_after(desk, *found.last),
    )
    return Confirmed(
        load_id=load_id,
        day=desk.day,
        is_made_up=any(bool(row["is_made_up"]) for row in taken),
        commitments=tuple(_part(Promise(row), found) for row in taken),
        left_of_demand_kg=found.left_of_demand(),
    )


def _promised(desk: TradeDesk, ever: frozenset[str], found: Market, part: PromisedLot, asked: Confirmation) -> Row:
    """Return the commitment of one lot. `ever`: the ids that commitments to the demand ever had."""
    lot, demand = found.lots[part.lot_id], found.demand
    check_lot(desk, lot)
    if not asked.is_taken_as_is:
        check_goods(desk, lot, demand)
    offer = None if asked.is_offer or asked.is_another else _standing_offer(found, part.lot_id)
    status = PROPOSED if asked.is_offer else AGREED
    commitment_step(load_commitment_steps(), None if offer is None else offer.status, status, desk.day)
    of_lot, of_demand = found.left_of_lot(part.lot_id, without=offer), found.left_of_demand(without=offer)
    usual = min(of_lot, of_demand) if offer is None else offer.agreed_kg
    price = _first(part.price_fen_per_kg, None if offer is None else offer.price_fen_per_kg, demand["max_fen_per_kg"])
    arrives_on = part.arrives_on or (_first_day(desk, lot, demand) if offer is None else offer.arrives_on)
    _check_arrival(desk, lot, demand, arrives_on)
    if part.quantity_kg is not None:
        checked_kg(part.quantity_kg, "quantity")
    wanted: Row = {
        "commitment_status": status,
        "agreed_quantity_kg": usual if part.quantity_kg is None else part.quantity_kg,
        "price_fen_per_kg": price,
        "arrives_on": arrives_on,
    }
    if not asked.is_another:
        check_said_already(found, part.lot_id, wanted)
    check_left(found, part.lot_id, number(wanted, "agreed_quantity_kg"), offer)
    if part.transport_fen is not None:
        checked_fen(part.transport_fen, "transport")
    check_price(wanted, lot, demand, part.transport_fen, may_be_below_ask=asked.may_be_below_ask)
    kept: Mapping[str, object] = {} if offer is None else offer.row
    return {
        "id": _free_id(ever, part.lot_id, str(demand["id"])) if offer is None else offer.id,
        **wanted,
        "distance_km": _first(part.distance_km, kept.get("distance_km")),
        "transport_fen": _first(part.transport_fen, kept.get("transport_fen")),
        "agreed_on": None if asked.is_offer else desk.day,
        "delivered_quantity_kg": None,
        "accepted_quantity_kg": None,
        "reason": None,
        "supply_lot_id": part.lot_id,
        "demand_id": demand["id"],
        "contract_id": kept.get("contract_id"),
        "cooperative_id": _first(asked.cooperative_id, kept.get("cooperative_id")),
        "run_id": _first(asked.run_id, kept.get("run_id")),
        "is_made_up": bool(lot["is_made_up"]) or bool(demand["is_made_up"]),
    }


def _standing_offer(found: Market, lot_id: str) -> Promise | None:
    """Return the newest offer of a lot to the demand that nobody took up or gave up yet."""
    offers = [each for each in found.between(lot_id) if each.status == PROPOSED]
    return offers[-1] if offers else None


def _first_day(desk: TradeDesk, lot: Row, demand: Row) -> date:
    return max(desk.day, day_of(lot, "ready_on"), day_of(demand, "starts_on"))


def _check_arrival(desk: TradeDesk, lot: Row, demand: Row, arrives_on: date) -> None:
    first = _first_day(desk, lot, demand)
    last = min(day_of(lot, "use_by_on"), day_of(demand, "ends_on"))
    if first > last:
        raise TradeRefused("trade_no_day", lot=lot["id"], demand=demand["id"], first=first, last=last)
    if not first <= arrives_on <= last:
        raise TradeRefused("trade_wrong_arrival", day=arrives_on, lot=lot["id"], first=first, last=last)


def _ever_named(desk: TradeDesk, demand_id: str) -> frozenset[str]:
    """Return the ids of all commitments that a demand ever had, taken back ones too."""
    ever = desk.ledger.stored_facts(COMMITMENT, columns=["id"], where={"demand_id": [demand_id]})
    return frozenset(map(str, ever["id"].to_pylist()))


def _free_id(ever: frozenset[str], lot_id: str, demand_id: str) -> str:
    """Return an id that no commitment ever had: what was said of another one is not said of this."""
    stem = f"{lot_id}-{demand_id}-"
    return next(name for name in (f"{stem}{number}" for number in count(1)) if name not in ever)


def _first(*values: object) -> object:
    return next((value for value in values if value is not None), None)


def _part(promise: Promise, found: Market) -> ConfirmedPart:
    cooperative_id = promise.row["cooperative_id"]
    return ConfirmedPart(
        commitment_id=promise.id,
        status=promise.status,
        lot_id=promise.lot_id,
        demand_id=promise.demand_id,
        cooperative_id=None if cooperative_id is None else str(cooperative_id),
        quantity_kg=promise.agreed_kg,
        price_fen_per_kg=promise.price_fen_per_kg,
        arrives_on=promise.arrives_on,
        left_of_lot_kg=found.left_of_lot(promise.lot_id),
    )
