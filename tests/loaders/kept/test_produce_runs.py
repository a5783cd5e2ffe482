"""A plan that was kept comes back as it was, can be taken back, and goes with a household that is erased."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from analysis.errors import SubjectNotFound
from analysis.fetch.kept_produce import kept_plan, kept_plan_since, kept_produce_plans
from analysis.produce.plan.changes.kept import KeptDemand, KeptLot, KeptPromise, KeptWay
from graph_schema import Schema
from ledger import Erasure, Ledger
from loaders.kept.produce_runs import NewProduceRun, keep_produce_run
from loaders.kept.risk_runs import Kept

MAY = datetime(2026, 5, 20, 8, tzinfo=UTC)
DAY = date(2026, 5, 20)
RESULT: dict[str, object] = {
    "form": "produce-run/1",
    "ways": [["L1", "D1", None, 700, 214, "2026-05-22"], ["L1", "D1", "C1", 300, 206, "2026-05-23"]],
    "lots": [["L1", 1200, "green_plum", "Household", "h1", None]],
    "demands": [["D1", 1000, "green_plum", "E1", "某厂"]],
    "promises": [["P1", "agreed", "L1", "D2", 50.5]],
    "totals": {
        "lot_count": 1,
        "offered_kg": 1200,
        "sold_kg": 1000,
        "demand_count": 1,
        "wanted_kg": 1000,
        "income_fen": 211_600,
        "tonne_km": 12.5,
        "delivery_count": 2,
    },
    "stages": [{"name": "sold", "value": 1000.0, "bound": 1000.0, "is_optimal": True}],
}


@pytest.fixture
def ledger(tmp_path: Path, schema: Schema) -> Ledger:
    return Ledger.open(tmp_path / "data", schema)


def keep(ledger: Ledger, at: datetime = MAY, area: str | None = None, product: str | None = "green_plum") -> Kept:
    run = NewProduceRun(
        started_at=at,
        finished_at=at + timedelta(seconds=2),
        data_on=DAY,
        policy_on=DAY,
        vocabulary_version="1",
        parameters={"area": area, "product": product, "day": "2026-05-20", "seconds": 30.0, "rules": {}},
        result=RESULT,
        area_id=area,
    )
    return keep_produce_run(ledger, run, recorded_at=at)


def test_a_plan_comes_back_as_it_was_kept(ledger: Ledger) -> None:
    kept = keep(ledger)
    plan = kept_plan(ledger, kept.id)

    assert (kept.id, plan.load_id, plan.recorded_at) == ("produce-2026-05-20T08:00:00Z", kept.load_id, MAY)
    assert (plan.day, plan.parameters.product, plan.parameters.area) == (DAY, "green_plum", None)
    assert not plan.is_made_up
    assert plan.ways == (
        KeptWay("L1", "D1", None, 700, 214, date(2026, 5, 22)),
        KeptWay("L1", "D1", "C1", 300, 206, date(2026, 5, 23)),
    )
    assert plan.result.lots == (KeptLot("L1", 1200, "green_plum", "Household", "h1", None),)
    assert plan.result.demands == (KeptDemand("D1", 1000, "green_plum", "E1", "某厂"),)
    assert plan.result.promises == (KeptPromise("P1", "agreed", "L1", "D2", 50.5),)
    assert plan.result.totals.income_fen == 211_600


def test_the_last_is_the_one_kept_last_of_that_area_and_product(ledger: Ledger) -> None:
    first, _, other = (
        keep(ledger),
        keep(ledger, MAY + timedelta(hours=1), "350624"),
        keep(ledger, MAY + timedelta(hours=2)),
    )
    assert [plan.run_id for plan in kept_produce_plans(ledger)][::2] == [first.id, other.id]
    assert kept_plan_since(ledger, "last", product_id="green_plum").run_id == other.id
    assert kept_plan_since(ledger, "last", area_id="350624", product_id="green_plum").parameters.area == "350624"
    assert kept_plan_since(ledger, first.id, product_id="lychee").run_id == first.id
    with pytest.raises(SubjectNotFound) as caught:
        kept_plan_since(ledger, "last")
    assert caught.value.code == "no_kept_plan"


def test_a_plan_that_is_taken_back_is_kept_no_more(ledger: Ledger) -> None:
    kept = keep(ledger)
    with ledger.writing() as writer:
        writer.withdraw(kept.load_id, MAY, "wrong day")
    with pytest.raises(SubjectNotFound) as caught:
        kept_plan(ledger, kept.id)
    assert (caught.value.code, kept_produce_plans(ledger)) == ("unknown_kept_plan", [])


def test_a_plan_that_names_an_erased_household_is_erased_with_it(ledger: Ledger) -> None:
    keep(ledger)
    erased = ledger.erase(Erasure({"Household": frozenset({"h1"})}, "request 14"), at=MAY)
    assert (erased.rows["Run"], kept_produce_plans(ledger)) == (1, [])
