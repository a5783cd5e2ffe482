"""A desk where trade is entered into a ledger of its own."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from graph_schema import Schema
from ledger import Ledger
from loaders.kept.desk import Desk
from loaders.kept.own_facts import TRADE, keep_own_facts
from loaders.kept.trade.confirm import confirm
from loaders.kept.trade.desk import TradeDesk
from policy import Policy, load_policy
from tests.loaders.kept.assisting import desk_at
from tests.loaders.kept.market import DAY, NOW, demand, facts, lot, one


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy()


@pytest.fixture(scope="session")
def market_folder(tmp_path_factory: pytest.TempPathFactory, schema: Schema) -> Path:
    """Return a market to copy: a lot of 1000 kg, 100 of them pooled elsewhere, one of 600, demands of 1200 and 5000."""
    ledger = Ledger.open(tmp_path_factory.mktemp("market"), schema)
    keep_own_facts(
        ledger,
        {
            "Enterprise": facts(
                [
                    {"id": "e1", "name": "plant", "sector": "processing", "closed_on": None},
                    {"id": "e2", "name": "closed", "sector": "processing", "closed_on": date(2026, 1, 1)},
                ]
            ),
            "Cooperative": facts([{"id": "c1", "name": "plums"}]),
            "Area": facts([{"id": "445200", "name": "Jieyang", "area_level": "city"}]),
            "SupplyLot": facts(
                [
                    lot("a", 1000.0),
                    lot("b", 600.0),
                    lot("pool", 100.0, household_id=None, cooperative_id="c1"),
                    lot("sold", 50.0, lot_status="sold"),
                    lot("old", 50.0, use_by_on=date(2026, 5, 19), ready_on=date(2026, 5, 1)),
                    lot("berry", 50.0, product_id="bayberry"),
                    lot("low", 50.0, grade="process"),
                    lot("green", 50.0, certificate_codes=["organic", "green_food"]),
                ]
            ),
            "Demand": facts(
                [
                    demand("d", 1200.0),
                    demand("big", 5000.0),
                    demand("papers", 100.0, certificate_codes=["green_food", "origin"]),
                    demand("salted", 100.0, product_id="green_plum_salted", also_product_codes=["green_plum"]),
                    demand("over", 10.0, ends_on=date(2026, 5, 19)),
                    demand("of-closed", 10.0, enterprise_id="e2"),
                    demand("later", 10.0, starts_on=date(2026, 6, 10), ends_on=date(2026, 6, 20)),
                ]
            ),
            "POOLED_IN": facts([{"from_id": "a", "to_id": "pool", "pooled_quantity_kg": 100.0}]),
        },
        feed=TRADE,
        name="market",
        recorded_at=NOW - timedelta(days=1),
    )
    return ledger.folder


@pytest.fixture
def desk(market_folder: Path, tmp_path: Path, schema: Schema, policy: Policy) -> TradeDesk:
    """Return a desk at a market of the test's own."""
    shutil.copytree(market_folder, tmp_path / "market")
    return TradeDesk(Ledger.open(tmp_path / "market", schema), schema, policy, NOW, DAY)


@pytest.fixture(scope="module")
def quiet_desk(
    market_folder: Path, tmp_path_factory: pytest.TempPathFactory, schema: Schema, policy: Policy
) -> TradeDesk:
    """Return a desk where 500 kg of lot a are agreed for demand d, and nothing more is entered."""
    folder = tmp_path_factory.mktemp("quiet") / "market"
    shutil.copytree(market_folder, folder)
    quiet = TradeDesk(Ledger.open(folder, schema), schema, policy, NOW, DAY)
    confirm(quiet, one("a", "d", 500))
    return quiet


@pytest.fixture(scope="session")
def helping_folder(tmp_path_factory: pytest.TempPathFactory, schema: Schema, policy: Policy) -> Path:
    """Return a county that helps, to copy, with a draft of four helps."""
    return desk_at(tmp_path_factory.mktemp("helping"), schema, policy).ledger.folder


@pytest.fixture
def helping(helping_folder: Path, tmp_path: Path, schema: Schema, policy: Policy) -> Desk:
    """Return a desk at such a county of the test's own."""
    shutil.copytree(helping_folder, tmp_path / "helping")
    return Desk(Ledger.open(tmp_path / "helping", schema), schema, policy, NOW, DAY)
