"""A plan for help, kept as a dated fact: a draft, until people accept it or a part of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ledger import Ledger
from loaders.kept.plan_runs import NewPlanRun, keep_plan_run
from loaders.kept.risk_runs import Kept

ALLOCATION = "allocation"


@dataclass(frozen=True)
class NewAssistRun(NewPlanRun):
    """A draft to keep. `area_id`: where the households live; None for everywhere."""

    run_kind: ClassVar[str] = ALLOCATION


def keep_assist_run(ledger: Ledger, run: NewAssistRun, *, recorded_at: datetime, wait_seconds: float = 0.0) -> Kept:
    """Keep a draft as one load; return the ids of run and load. Withdrawing the load takes the draft back.

    A draft promises nothing. It names households, so it goes with what is erased of any of them. Raises LedgerLocked
    where another process writes longer than `wait_seconds`.
    """
    return keep_plan_run(ledger, run, recorded_at=recorded_at, wait_seconds=wait_seconds)
