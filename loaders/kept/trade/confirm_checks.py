"""What must hold of a lot, a demand and a price before the lot is promised to the demand."""

from __future__ import annotations

from datetime import date

from loaders.kept.trade.desk import Row, TradeDesk, one_told
from loaders.kept.trade.errors import TradeRefused
from loaders.kept.trade.numbers import A_GRAM, checked_price, shown_kg
from loaders.kept.trade.promises import Market, Promise, day_of, number
from policy.commitments import STANDING

OPEN_LOTS, OPEN_DEMANDS = ("open", "part_sold"), ("open", "part_filled")
# A promise is the same as another one where all of these are.
SAME = ("commitment_status", "agreed_quantity_kg", "price_fen_per_kg", "arrives_on")


def check_lot(desk: TradeDesk, lot: Row, demand: Row) -> None:
    """Raise TradeRefused for a lot that is closed, past its last day, or of another product than is wanted."""
    if lot["lot_status"] not in OPEN_LOTS:
        raise TradeRefused("trade_lot_closed", id=lot["id"], status=lot["lot_status"])
    if day_of(lot, "use_by_on") < desk.day:
        raise TradeRefused("trade_lot_past", id=lot["id"], last=lot["use_by_on"], day=desk.day)
    if lot["product_id"] != demand["product_id"]:
        raise TradeRefused("trade_other_product", lot=lot["id"], product=lot["product_id"], wanted=demand["product_id"])


def check_demand(desk: TradeDesk, demand: Row) -> None:
    """Raise TradeRefused for a demand that is closed, past its last day, or of an enterprise that has closed."""
    if demand["demand_status"] not in OPEN_DEMANDS:
        raise TradeRefused("trade_demand_closed", id=demand["id"], status=demand["demand_status"])
    if day_of(demand, "ends_on") < desk.day:
        raise TradeRefused("trade_demand_past", id=demand["id"], last=demand["ends_on"], day=desk.day)
    check_not_closed(desk, "Enterprise", str(demand["enterprise_id"]))


def check_not_closed(desk: TradeDesk, kind: str, node_id: str) -> Row:
    """Return an enterprise or a cooperative. Raises TradeUnknown, and TradeRefused where it has closed by the day."""
    row = one_told(desk, kind, node_id)
    closed_on = row["closed_on"]
    if isinstance(closed_on, date) and closed_on <= desk.day:
        raise TradeRefused("trade_has_closed", id=node_id, day=closed_on)
    return row


def check_run_and_cooperative(desk: TradeDesk, *, run_id: str | None, cooperative_id: str | None) -> None:
    """Raise TradeUnknown for a plan or a cooperative that the ledger does not hold, TradeRefused where one closed."""
    if run_id is not None:
        one_told(desk, "Run", run_id)
    if cooperative_id is not None:
        check_not_closed(desk, "Cooperative", cooperative_id)


def check_left(found: Market, lot_id: str, kilograms: float, offer: Promise | None) -> None:
    """Raise TradeRefused where more is promised than is left, and where nothing is left; told is how much is."""
    of_lot, of_demand = found.left_of_lot(lot_id, without=offer), found.left_of_demand(without=offer)
    if kilograms > of_lot + A_GRAM or of_lot < A_GRAM:
        offered = found.offered_kg(lot_id, without=offer)
        raise TradeRefused(
            "trade_lot_short",
            id=lot_id,
            asked=shown_kg(kilograms),
            left=shown_kg(of_lot),
            offered=shown_kg(offered),
        )
    if kilograms > of_demand + A_GRAM or of_demand < A_GRAM:
        raise TradeRefused(
            "trade_demand_full", id=found.demand["id"], asked=shown_kg(kilograms), left=shown_kg(of_demand)
        )


def check_price(wanted: Row, lot: Row, demand: Row, transport_fen: int | None, *, may_be_below_ask: bool) -> None:
    """Raise TradeFault for no price, TradeRefused for one above the buyer's highest, or below the ask unless allowed.

    Where the cost of transport is told, it is what is left of the price that must reach the ask.
    """
    price = checked_price(int(number(wanted, "price_fen_per_kg")))
    highest, ask = int(number(demand, "max_fen_per_kg")), int(number(lot, "ask_fen_per_kg"))
    if price > highest:
        raise TradeRefused("trade_price_above", price=price, highest=highest, demand=demand["id"])
    after = price - (transport_fen or 0) / number(wanted, "agreed_quantity_kg")
    if after < ask and not may_be_below_ask:
        raise TradeRefused("trade_price_below", price=shown_kg(after), ask=ask, lot=lot["id"])


def check_said_already(found: Market, lot_id: str, wanted: Row) -> None:
    """Raise TradeRefused where the same is promised already: it was most likely sent twice."""
    for each in found.between(lot_id):
        if each.status in STANDING and all(each.row[name] == wanted[name] for name in SAME):
            raise TradeRefused("trade_said_already", id=each.id, kg=shown_kg(each.agreed_kg))
