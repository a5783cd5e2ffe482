"""A commitment that ships, fails or is cancelled; or an offer that is agreed."""

from __future__ import annotations

from loaders.kept.own_facts import TRADE, facts_of, write_own_facts
from loaders.kept.trade.answers import StatusChanged
from loaders.kept.trade.confirm import Confirmation, PromisedLot, confirm
from loaders.kept.trade.desk import TradeDesk, recorded_after
from loaders.kept.trade.errors import TradeFault, TradeRefused
from loaders.kept.trade.numbers import checked_reason
from loaders.kept.trade.promises import COMMITMENT, Promise, promise_named
from policy.commitments import AGREED, CANCELLED, DELIVERED, FAILED, commitment_step, load_commitment_steps

NEEDS_REASON = (FAILED, CANCELLED)


def change_commitment(desk: TradeDesk, commitment_id: str, new_status: str, reason: str | None = None) -> StatusChanged:
    """Enter that a commitment comes into another state on the day, and return both states.

    To agree on an offer is to confirm it: so much must be left. Raises TradeUnknown, TradeFault (a missing reason; a
    delivery, which is reported with its quantity), TradeRefused, NotAllowed or LedgerLocked; then nothing is entered.
    """
    if new_status == DELIVERED:
        raise TradeFault("trade_deliver_needs_report", id=commitment_id)
    told_reason = checked_reason(reason, is_needed=new_status in NEEDS_REASON)
    if new_status == AGREED:
        return _agreed(desk, commitment_id)
    with desk.ledger.writing(desk.wait_seconds) as writer:
        promise, read = promise_named(desk, commitment_id)
        commitment_step(load_commitment_steps(), promise.status, new_status, desk.day)
        check_not_before(desk, promise)
        row = {**promise.row, "commitment_status": new_status, "reason": told_reason}
        load_id = write_own_facts(
            desk.ledger,
            writer,
            {COMMITMENT: facts_of([row], valid_from=desk.day)},
            feed=TRADE,
            name=f"{new_status}: {promise.demand_id}",
            recorded_at=recorded_after(desk, read),
        )
    return StatusChanged(
        load_id=load_id,
        day=desk.day,
        is_made_up=promise.is_made_up,
        commitment_id=commitment_id,
        old_status=promise.status,
        new_status=new_status,
    )


def check_not_before(desk: TradeDesk, promise: Promise) -> None:
    """Raise TradeRefused where the day lies before the one on which it was agreed."""
    if promise.agreed_on is not None and desk.day < promise.agreed_on:
        raise TradeRefused("trade_before_agreed", id=promise.id, day=desk.day, agreed=promise.agreed_on)


def _agreed(desk: TradeDesk, commitment_id: str) -> StatusChanged:
    offer, _ = promise_named(desk, commitment_id)
    commitment_step(load_commitment_steps(), offer.status, AGREED, desk.day)
    part = PromisedLot(offer.lot_id, offer.agreed_kg, offer.price_fen_per_kg, offer.arrives_on)
    # What was offered below the ask, or as it is, was allowed to be when it was offered.
    done = confirm(desk, Confirmation(offer.demand_id, (part,), may_be_below_ask=True, is_taken_as_is=True))
    return StatusChanged(
        load_id=done.load_id,
        day=desk.day,
        is_made_up=done.is_made_up,
        commitment_id=done.commitments[0].commitment_id,
        old_status=offer.status,
        new_status=AGREED,
    )
