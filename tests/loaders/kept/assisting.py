"""A small county that helps, all of it made up: two villages, three households, two programmes and a draft for them.

    pr  agency ag, 10,000 yuan, 6,000 a household  offers B36 for 2,500 (3 places) and B38 for 1,000
    px  agency ag, 20,000 yuan                     offers B37 for 3,000; partner e1 with 5,000 yuan and 2 places

Beside the draft h3 has B38 running under pr, without an amount: it holds the 1,000 yuan of the offer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from graph_schema import Schema
from graph_schema.errors import PlumlineError
from ledger import Ledger
from loaders.kept.assist.accept import Acceptance, accept
from loaders.kept.assist.runs import NewAssistRun, keep_assist_run
from loaders.kept.desk import Desk
from loaders.kept.own_facts import REVITALISATION, keep_own_facts
from loaders.kept.risk_runs import Kept
from policy import Policy
from tests.loaders.kept.market import facts

NOW, DAY = datetime(2026, 5, 20, 8, tzinfo=UTC), date(2026, 5, 20)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
TOWN, NEAR, FAR = "350624101", "350624101201", "350624101202"
ROW = dict[str, object]

# household, cause, programme, measure, enterprise, cooperative, contract, cost, cover, uses
M03 = ["h1", "M03", "pr", "B36", None, None, None, 250_000, 200_000]
M02 = ["h1", "M02", "pr", "B36", None, None, None, 250_000, 150_000]
SALE = ["h2", "M03", "px", "B37", "e1", "c1", "k1", 300_000, 240_000, [["Resource", "e1-job-1", 1.0]]]
THIRD = ["h3", "M03", "pr", "B36", None, None, None, 250_000, 200_000]
UNITS: list[Sequence[object]] = [M03, M02, SALE, THIRD]


def help_row(help_id: str, household_id: str | None, measure_id: str, **other: object) -> ROW:
    usual: ROW = {
        "id": help_id,
        "assistance_status": "running",
        "amount_fen": None,
        "starts_on": date(2026, 3, 1),
        "ends_on": None,
        "household_id": household_id,
        "person_id": None,
        "programme_id": "pr",
        "agency_id": "ag",
        "enterprise_id": None,
        "cooperative_id": None,
        "measure_id": measure_id,
    }
    return {**usual, **other}


def county() -> dict[str, list[ROW]]:
    """Return the county's facts by kind, to be changed and told."""
    areas = [("3506", None, "city"), ("350624", "3506", "county"), (TOWN, "350624", "town")]
    areas += [(NEAR, TOWN, "village"), (FAR, TOWN, "village")]
    homes = [("h1", NEAR), ("h2", NEAR), ("h3", FAR)]
    begun = {"starts_on": date(2020, 1, 1), "ends_on": None}
    programme = {"agency_id": "ag", "starts_on": FIRST, "ends_on": LAST}
    return {
        "Area": [{"id": code, "name": code, "area_level": level, "area_id": up} for code, up, level in areas],
        "Household": [
            {"id": each, "member_count": 3, "was_registered_poor": False, "household_status": "active"}
            for each, _ in homes
        ],
        "Residence": [{"id": f"{each}-r", "household_id": each, "area_id": area, **begun} for each, area in homes],
        "Person": [{"id": "p2", "name": "made up"}],
        "Stay": [
            {"id": "p2-s", "household_id": "h2", "person_id": "p2", "member_role": "head", "has_shared_budget": True}
            | begun
        ],
        "Agency": [{"id": "ag", "name": "bureau", "area_level": "county", "closed_on": None}],
        "Enterprise": [{"id": "e1", "name": "plant", "sector": "processing", "closed_on": None}],
        "Cooperative": [{"id": "c1", "name": "plums", "closed_on": None}],
        "Contract": [
            {"id": "k1", "contract_kind": "purchase", "goods_flow": "to_enterprise", "starts_on": FIRST}
            | {"ends_on": LAST, "enterprise_id": "e1", "cooperative_id": "c1"}
        ],
        "Membership": [{"id": "h2-c1", "household_id": "h2", "cooperative_id": "c1", **begun}],
        "Programme": [
            {"id": "pr", "name": "sales", "budget_fen": 1_000_000, "household_limit_fen": 600_000, **programme},
            {"id": "px", "name": "orders", "budget_fen": 2_000_000, "household_limit_fen": None, **programme},
        ],
        "OFFERS": [
            {"from_id": "pr", "to_id": "B36", "place_count": 3, "cost_fen": 250_000},
            {"from_id": "pr", "to_id": "B38", "place_count": None, "cost_fen": 100_000},
            {"from_id": "px", "to_id": "B37", "place_count": None, "cost_fen": 300_000},
        ],
        "PARTNERS_WITH": [
            {"from_id": "px", "to_kind": "Enterprise", "to_id": "e1", "budget_fen": 500_000, "place_count": 2}
            | {"starts_on": FIRST, "ends_on": LAST}
        ],
        "Resource": [
            {"id": "e1-job-1", "resource_kind": "job", "capacity": 2.0, "capacity_unit": "seat", "enterprise_id": "e1"}
        ],
        "Assistance": [help_row("h3-B38-2026-03-01", "h3", "B38")],
    }


def tell(ledger: Ledger, told: Mapping[str, Sequence[ROW]], *, at: datetime = NOW - timedelta(days=1)) -> str:
    """Enter facts by kind as one load."""
    kinds = {kind: facts(rows) for kind, rows in told.items() if rows}
    return keep_own_facts(ledger, kinds, feed=REVITALISATION, name="county", recorded_at=at)


def keep_draft(ledger: Ledger, units: Sequence[Sequence[object]] = UNITS, *, at: datetime = NOW) -> Kept:
    """Keep a draft with these units."""
    run = NewAssistRun(
        started_at=at,
        finished_at=at + timedelta(seconds=2),
        data_on=DAY,
        policy_on=DAY,
        vocabulary_version="1",
        parameters={"area": None, "programmes": [], "day": "2026-05-20", "rules": {}, "most_programmes": 3}
        | {"seconds": 30.0},
        result={"form": "assist-run/1", "totals": {"need_fen": 900_000}, "stages": [], "units": list(units)},
        is_made_up=True,
    )
    return keep_assist_run(ledger, run, recorded_at=at)


def desk_at(folder: Path, schema: Schema, policy: Policy, told: Mapping[str, Sequence[ROW]] | None = None) -> Desk:
    """Return a desk at a county of its own, with a draft."""
    ledger = Ledger.open(folder, schema)
    tell(ledger, told or county())
    keep_draft(ledger)
    return Desk(ledger, schema, policy, NOW, DAY)


def rows(ledger: Ledger, kind: str, *columns: str) -> list[tuple[object, ...]]:
    """Return what the facts of our own decisions say in some columns, sorted."""
    found = ledger.facts(kind, columns=[*columns, "recorded_at"]).to_pylist()
    return sorted((tuple(fact[name] for name in columns) for fact in found if fact["recorded_at"] >= NOW), key=str)


def refused(desk: Desk, **asked: object) -> PlumlineError:
    before = desk.ledger.version
    with pytest.raises(PlumlineError) as fault:
        accept(desk, Acceptance(**{"run_id": "last", **asked}))  # type: ignore[arg-type]
    assert desk.ledger.version == before
    assert fault.value.text("en") != fault.value.text("zh")
    return fault.value
