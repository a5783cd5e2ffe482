"""A delivery of a plan that was kept, as a confirmation of all its lots."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from ledger import Ledger
from loaders.kept.plan_runs import kept_plan_run
from loaders.kept.produce_runs import PRODUCE
from loaders.kept.trade.confirm import Confirmation, PromisedLot
from loaders.kept.trade.errors import TradeUnknown

JOINT = " > "


def confirmation_of_delivery(ledger: Ledger, run_id: str, delivery_id: str) -> Confirmation:
    """Return what promises every lot of one delivery of a kept plan, at the highest price of the buyer.

    `run_id`: the id of the plan, or `last` for the one kept last. `delivery_id`: the sender (a cooperative, or the lot
    that is sent by itself) and the demand, joined by ` > `. Raises TradeUnknown where no such plan is kept or it has no
    such delivery.
    """
    kept = _kept_plan(ledger, run_id)
    sender, _, demand_id = delivery_id.partition(JOINT)
    ways = [way for way in json.loads(kept["result_json"])["ways"] if way[1] == demand_id.strip()]
    pooled = [way for way in ways if way[2] == sender.strip()]
    direct = [way for way in ways if way[2] is None and way[0] == sender.strip()]
    parts = pooled or direct
    if not parts:
        raise TradeUnknown("trade_unknown_delivery", id=delivery_id, run=kept["id"])
    return Confirmation(
        demand_id=demand_id.strip(),
        lots=tuple(
            PromisedLot(str(way[0]), quantity_kg=float(way[3]), arrives_on=date.fromisoformat(way[5])) for way in parts
        ),
        cooperative_id=sender.strip() if pooled else None,
        run_id=kept["id"],
    )


def kept_run_id(ledger: Ledger, run_id: str) -> str:
    """Return the id of a kept plan, also of `last`. Raises TradeUnknown where no such plan is kept."""
    return str(_kept_plan(ledger, run_id)["id"])


def _kept_plan(ledger: Ledger, run_id: str) -> dict[str, Any]:
    """Return the newest of the plans that are meant."""
    plan = kept_plan_run(ledger, PRODUCE, run_id)
    if plan is None:
        raise TradeUnknown("trade_unknown_plan", id=run_id)
    return plan
