"""What must hold of a lot, a demand and a price before the lot is promised to the demand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from graph_schema.messages import Label
from graph_schema.meta import Names
from loaders.kept.desk import Row, codes_in, day_of, number, told
from loaders.kept.trade.desk import TradeDesk, one_told
from loaders.kept.trade.errors import TradeRefused
from loaders.kept.trade.numbers import A_GRAM, checked_price, shown_kg
from loaders.kept.trade.promises import LOT, Market, Promise
from policy.commitments import STANDING
from policy.grades import is_good_enough

PLACED_IN, GRADES = "PLACED_IN", "grade"
OPEN_LOTS, OPEN_DEMANDS = ("open", "part_sold"), ("open", "part_filled")
# A promise is the same as another one where all of these are.
SAME = ("commitment_status", "agreed_quantity_kg", "price_fen_per_kg", "arrives_on")


def check_lot(desk: TradeDesk, lot: Row) -> None:
    """Raise TradeRefused for a lot that is closed or past its last day."""
    if lot["lot_status"] not in OPEN_LOTS:
        raise TradeRefused("trade_lot_closed", id=lot["id"], status=lot["lot_status"])
    if day_of(lot, "use_by_on") < desk.day:
        raise TradeRefused("trade_lot_past", id=lot["id"], last=lot["use_by_on"], day=desk.day)


def check_goods(desk: TradeDesk, lot: Row, demand: Row) -> None:
    """Raise TradeRefused for a lot of a product that the demand does not take, of too low a grade, or without papers.

    What the demand asks and the lot does not have is told; a lot that is taken as it is is not checked.
    """
    names = {"lot": lot["id"], "demand": demand["id"]}
    takes = [demand["product_id"], *codes_in(demand, "also_product_codes")]
    if lot["product_id"] not in takes:
        told_of = {
            "product": _product(desk, lot["product_id"]),
            "wanted": _listed(_product(desk, each) for each in takes),
        }
        raise TradeRefused("trade_other_product", **names, **told_of)
    grade, wanted = str(lot["grade"]), str(demand["min_grade"])
    areas = told(desk, PLACED_IN, "from_id", [str(lot["id"])]).rows
    area_id = next((str(row["to_id"]) for row in areas if row["from_kind"] == LOT), None)
    if not is_good_enough(grade, wanted, desk.policy.codes("trade.grade_order", area_id=area_id, day=desk.day)):
        raise TradeRefused("trade_low_grade", **names, grade=_grade(desk, grade), wanted=_grade(desk, wanted))
    missing = sorted({*codes_in(demand, "certificate_codes")} - {*codes_in(lot, "certificate_codes")})
    if missing:
        raise TradeRefused(
            "trade_no_certificate", **names, missing=_listed(Label(en=code, zh=code) for code in missing)
        )


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


def _product(desk: TradeDesk, product_id: object) -> Label:
    product = desk.schema.products.get(str(product_id))
    return Label(en=str(product_id), zh=str(product_id)) if product is None else _label(product.label)


def _grade(desk: TradeDesk, grade: str) -> Label:
    found = [each.label for each in desk.schema.code_list(GRADES).codes if each.code == grade]
    return _label(found[0]) if found else Label(en=grade, zh=grade)


def _label(names: Names) -> Label:
    return Label(en=names.en, zh=names.zh)


def _listed(labels: Iterable[Label]) -> Label:
    told_of = list(labels)
    return Label(en=", ".join(each.en for each in told_of), zh="、".join(each.zh for each in told_of))
