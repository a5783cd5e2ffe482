"""A plan for surplus produce, kept as a dated fact: what it was made with and what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ledger import Ledger
from loaders.kept.own_facts import DERIVED, OwnFacts, keep_own_facts
from loaders.kept.risk_runs import RUN, Kept

PRODUCE = "produce"


@dataclass(frozen=True)
class NewProduceRun:
    """A plan to keep.

    `data_on`: the day that the plan holds for, `policy_on` the day whose policy was used. `area_id`: where the lots
    lie; None for everywhere. `parameters`: what the plan depends on beside the facts, `result`: what came of it; both
    in values that JSON has.
    """

    started_at: datetime
    finished_at: datetime
    data_on: date
    policy_on: date
    vocabulary_version: str
    parameters: Mapping[str, object]
    result: Mapping[str, object]
    area_id: str | None = None
    is_made_up: bool = False

    @property
    def run_id(self) -> str:
        """Return the id of the run: its kind and the instant it began."""
        return f"{PRODUCE}-{self.started_at.isoformat().replace('+00:00', 'Z')}"


def keep_produce_run(ledger: Ledger, run: NewProduceRun, *, recorded_at: datetime, wait_seconds: float = 0.0) -> Kept:
    """Keep a plan as one load; return the ids of run and load. Withdrawing the load takes the plan back.

    The plan names lots and sellers, so it goes with what is erased of any of them. Raises LedgerLocked where another
    process writes longer than `wait_seconds`.
    """
    facts = OwnFacts(
        {
            "id": [run.run_id],
            "run_kind": [PRODUCE],
            "parameters_json": [_json(run.parameters)],
            "result_json": [_json(run.result)],
            "started_at": [run.started_at],
            "finished_at": [run.finished_at],
            "data_on": [run.data_on],
            "version": [run.vocabulary_version],
            "policy_on": [run.policy_on],
            "area_id": [run.area_id],
        },
        is_made_up=run.is_made_up,
        valid_from=run.data_on,
    )
    load_id = keep_own_facts(
        ledger, {RUN: facts}, feed=DERIVED, name=run.run_id, recorded_at=recorded_at, wait_seconds=wait_seconds
    )
    return Kept(run.run_id, load_id)


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
