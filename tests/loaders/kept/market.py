"""A small market, all of it made up: two lots of green plums, two demands, and what cannot be traded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from graph_schema.errors import PlumlineError
from loaders.kept.own_facts import OwnFacts
from loaders.kept.trade.confirm import Confirmation, PromisedLot, confirm
from loaders.kept.trade.desk import TradeDesk
from loaders.kept.trade.promises import market

NOW, DAY = datetime(2026, 5, 20, 8, tzinfo=UTC), date(2026, 5, 20)
ROW = dict[str, object]


def lot(lot_id: str, kilograms: float, **other: object) -> ROW:
    usual: ROW = {
        "id": lot_id,
        "lot_quantity_kg": kilograms,
        "grade": "1",
        "ready_on": date(2026, 5, 21),
        "use_by_on": date(2026, 5, 28),
        "ask_fen_per_kg": 200,
        "lot_status": "open",
        "certificate_codes": None,
        "household_id": "h1",
        "cooperative_id": None,
        "product_id": "green_plum",
    }
    return {**usual, **other}


def demand(demand_id: str, kilograms: float, **other: object) -> ROW:
    usual: ROW = {
        "id": demand_id,
        "wanted_quantity_kg": kilograms,
        "min_grade": "2",
        "max_fen_per_kg": 300,
        "starts_on": date(2026, 5, 18),
        "ends_on": date(2026, 5, 30),
        "demand_status": "open",
        "certificate_codes": None,
        "also_product_codes": None,
        "enterprise_id": "e1",
        "product_id": "green_plum",
    }
    return {**usual, **other}


def facts(rows: Sequence[Mapping[str, object]]) -> OwnFacts:
    return OwnFacts({name: [row[name] for row in rows] for name in rows[0]}, is_made_up=True)


def one(lot_id: str, demand_id: str, kilograms: float | None = None, **more: object) -> Confirmation:
    price = more.pop("price", None)
    arrives = more.pop("arrives", None)
    part = PromisedLot(lot_id, kilograms, price, arrives)  # type: ignore[arg-type]
    return replace(Confirmation(demand_id, (part,)), **more)  # type: ignore[arg-type]


def left(desk: TradeDesk, lot_id: str = "a", demand_id: str = "d") -> tuple[float, float]:
    found = market(desk, [lot_id], demand_id)
    return found.left_of_lot(lot_id), found.left_of_demand()


def refused(desk: TradeDesk, asked: Confirmation) -> PlumlineError:
    before = desk.ledger.version
    with pytest.raises(PlumlineError) as fault:
        confirm(desk, asked)
    assert desk.ledger.version == before
    assert fault.value.text("en") != fault.value.text("zh")
    return fault.value
