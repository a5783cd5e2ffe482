"""A plan for surplus produce, kept as a dated fact: what it was made with and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ledger import Ledger
from loaders.kept.plan_runs import NewPlanRun, keep_plan_run
from loaders.kept.risk_runs import Kept

PRODUCE = "produce"


@dataclass(frozen=True)
class NewProduceRun(NewPlanRun):
    """A plan to keep. `area_id`: where the lots lie; None for everywhere."""

    run_kind: ClassVar[str] = PRODUCE


def keep_produce_run(ledger: Ledger, run: NewProduceRun, *, recorded_at: datetime, wait_seconds: float = 0.0) -> Kept:
    """Keep a plan as one load; return the ids of run and load. Withdrawing the load takes the plan back.

    The plan names lots and sellers, so it goes with what is erased of any of them. Raises LedgerLocked where another
    process writes longer than `wait_seconds`.
    """
    return keep_plan_run(ledger, run, recorded_at=recorded_at, wait_seconds=wait_seconds)
