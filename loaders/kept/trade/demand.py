"""A demand that an enterprise posts itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from loaders.kept.own_facts import TRADE, facts_of, write_own_facts
from loaders.kept.trade.answers import DemandPosted
from loaders.kept.trade.confirm_checks import check_not_closed
from loaders.kept.trade.desk import Row, TradeDesk, one_told, recorded_after, told
from loaders.kept.trade.errors import TradeFault, TradeRefused, TradeUnknown
from loaders.kept.trade.numbers import checked_kg, checked_price, shown_kg
from loaders.kept.trade.promises import DEMAND

PLACED_IN, ENTERPRISE, OPEN, GRADES = "PLACED_IN", "Enterprise", "open", "grade"
# Once round the earth and back.
MOST_KM = 40_000
# A demand for longer than this is a contract.
LONGEST_DAYS = 1000
MOST_CERTIFICATES = 20
CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
# Of two demands, these and the enterprise being the same, one was most likely sent twice.
SAME = ("product_id", "wanted_quantity_kg", "min_grade", "max_fen_per_kg", "starts_on", "ends_on")


@dataclass(frozen=True)
class NewDemand:
    """What an enterprise wants, where and when. Prices are delivered, in fen a kg.

    `also_product_codes`: other products that it takes as well, kg for kg at the same price.
    `area_id`: where it is to be brought, with `lat` and `lon` if they are known; without it where the enterprise is.
    `is_another`: beside one that is the same.
    """

    enterprise_id: str
    product_id: str
    wanted_quantity_kg: float
    min_grade: str
    max_fen_per_kg: int
    starts_on: date
    ends_on: date
    area_id: str | None = None
    lat: float | None = None
    lon: float | None = None
    max_distance_km: float | None = None
    min_batch_quantity_kg: float | None = None
    certificate_codes: Sequence[str] = ()
    also_product_codes: Sequence[str] = ()
    is_another: bool = False


def post_demand(desk: TradeDesk, asked: NewDemand) -> DemandPosted:
    """Enter an open demand of an enterprise, with where it is to be brought, as one load; return its id.

    Raises TradeFault for what cannot be, TradeUnknown for an unknown enterprise, product or area, TradeRefused for an
    enterprise that has closed or where the same was posted already, LedgerLocked; then nothing is entered.
    """
    _check_numbers(desk, asked)
    _check_place(asked)
    with desk.ledger.writing(desk.wait_seconds) as writer:
        enterprise = check_not_closed(desk, ENTERPRISE, asked.enterprise_id)
        if asked.area_id is not None:
            one_told(desk, "Area", asked.area_id)
        known = told(desk, DEMAND, "enterprise_id", [asked.enterprise_id])
        demand = {**_row(desk, asked), "is_made_up": bool(enterprise["is_made_up"])}
        for row in known.rows:
            if (
                not asked.is_another
                and row["demand_status"] == OPEN
                and all(row[name] == demand[name] for name in SAME)
            ):
                raise TradeRefused("trade_demand_already", id=row["id"])
        # Whoever posts today for next week is to see it today.
        facts = {DEMAND: facts_of([demand], valid_from=desk.day)}
        place = _place(desk, asked)
        if place is not None:
            of_demand = {"from_kind": DEMAND, "from_id": demand["id"], "is_made_up": demand["is_made_up"]}
            facts[PLACED_IN] = facts_of([{**place, **of_demand}], valid_from=desk.day)
        load_id = write_own_facts(
            desk.ledger,
            writer,
            facts,
            feed=TRADE,
            name=f"posted: {demand['id']}",
            recorded_at=recorded_after(desk, known),
        )
    return DemandPosted(
        load_id=load_id, day=desk.day, is_made_up=bool(demand["is_made_up"]), demand_id=str(demand["id"])
    )


def _row(desk: TradeDesk, asked: NewDemand) -> Row:
    return {
        "id": _free_id(desk, asked),
        "wanted_quantity_kg": asked.wanted_quantity_kg,
        "min_grade": asked.min_grade,
        "max_fen_per_kg": asked.max_fen_per_kg,
        "max_distance_km": asked.max_distance_km,
        "min_batch_quantity_kg": asked.min_batch_quantity_kg,
        "certificate_codes": list(asked.certificate_codes) or None,
        "also_product_codes": [each for each in dict.fromkeys(asked.also_product_codes) if each != asked.product_id]
        or None,
        "starts_on": asked.starts_on,
        "ends_on": asked.ends_on,
        "demand_status": OPEN,
        "enterprise_id": asked.enterprise_id,
        "product_id": asked.product_id,
    }


def _place(desk: TradeDesk, asked: NewDemand) -> Row | None:
    """Return where the demand is to be brought; None where neither that nor the place of the enterprise is known."""
    if asked.area_id is not None:
        return {"to_id": asked.area_id, "lat": asked.lat, "lon": asked.lon}
    rows = told(desk, PLACED_IN, "from_id", [asked.enterprise_id]).rows
    own = [row for row in rows if row["from_kind"] == ENTERPRISE]
    return {name: own[-1][name] for name in ("to_id", "lat", "lon")} if own else None


def _free_id(desk: TradeDesk, asked: NewDemand) -> str:
    """Return an id that no demand ever had."""
    stem = f"{asked.enterprise_id}-{asked.product_id}-{asked.starts_on.isoformat()}-"
    ever = desk.ledger.stored_facts(DEMAND, columns=["id"], where={"enterprise_id": [asked.enterprise_id]})
    numbers = [re.fullmatch(rf"{re.escape(stem)}(\d+)", str(name)) for name in ever["id"].to_pylist()]
    return f"{stem}{max((int(each[1]) for each in numbers if each), default=0) + 1}"


def _check_numbers(desk: TradeDesk, asked: NewDemand) -> None:
    checked_kg(asked.wanted_quantity_kg, "wanted")
    checked_price(asked.max_fen_per_kg, "highest")
    for product_id in (asked.product_id, *asked.also_product_codes):
        if product_id not in desk.schema.products:
            raise TradeUnknown("trade_unknown_product", id=product_id, known=", ".join(desk.schema.products))
    if asked.min_grade not in desk.schema.code_list(GRADES):
        known = ", ".join(code.code for code in desk.schema.code_list(GRADES).codes)
        raise TradeFault("trade_wrong_grade", value=asked.min_grade, known=known)
    if asked.min_batch_quantity_kg is not None:
        checked_kg(asked.min_batch_quantity_kg, "batch")
        if asked.min_batch_quantity_kg > asked.wanted_quantity_kg:
            batch, wanted = shown_kg(asked.min_batch_quantity_kg), shown_kg(asked.wanted_quantity_kg)
            raise TradeFault("trade_batch_above", batch=batch, wanted=wanted)
    if asked.max_distance_km is not None and not 0 < asked.max_distance_km <= MOST_KM:
        raise TradeFault("trade_wrong_distance", value=asked.max_distance_km, most=f"{MOST_KM:,}")
    if asked.ends_on < asked.starts_on:
        raise TradeFault("trade_window_turned", first=asked.starts_on, last=asked.ends_on)
    if asked.ends_on < desk.day:
        raise TradeFault("trade_window_past", last=asked.ends_on, day=desk.day)
    if (asked.ends_on - asked.starts_on).days > LONGEST_DAYS or (asked.starts_on - desk.day).days > LONGEST_DAYS:
        raise TradeFault("trade_window_long", most=LONGEST_DAYS)
    is_wrong = any(not CODE.fullmatch(code) for code in asked.certificate_codes)
    if is_wrong or len(asked.certificate_codes) > MOST_CERTIFICATES:
        raise TradeFault("trade_wrong_certificates", most=MOST_CERTIFICATES)


def _check_place(asked: NewDemand) -> None:
    if (asked.lat is None) != (asked.lon is None) or (asked.lat is not None and asked.area_id is None):
        raise TradeFault("trade_half_place")
    for name, value, most in (("lat", asked.lat, 90.0), ("lon", asked.lon, 180.0)):
        if value is not None and not -most <= value <= most:
            raise TradeFault("trade_wrong_place", name=name, value=value, most=f"{most:g}")
