"""A plan, kept as a dated fact: what it was made with and what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from ledger import Ledger
from loaders.kept.own_facts import DERIVED, OwnFacts, keep_own_facts
from loaders.kept.risk_runs import RUN, Kept

LAST = "last"


@dataclass(frozen=True)
class NewPlanRun:
    """A plan to keep. Each kind of plan says its `run_kind`.

    `data_on`: the day that the plan holds for, `policy_on` the day whose policy was used. `area_id`: the area it is
    made for; None for everywhere. `parameters`: what the plan depends on beside the facts, `result`: what came of it;
    both in values that JSON has.
    """

    run_kind: ClassVar[str]

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
        return f"{self.run_kind}-{self.started_at.isoformat().replace('+00:00', 'Z')}"


def keep_plan_run(ledger: Ledger, run: NewPlanRun, *, recorded_at: datetime, wait_seconds: float = 0.0) -> Kept:
    """Keep a plan as one load; return the ids of run and load. Withdrawing the load takes the plan back.

    A plan that names households goes with what is erased of any of them. Raises LedgerLocked where another process
    writes longer than `wait_seconds`.
    """
    facts = OwnFacts(
        {
            "id": [run.run_id],
            "run_kind": [run.run_kind],
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


def kept_plan_run(ledger: Ledger, run_kind: str, run_id: str) -> dict[str, Any] | None:
    """Return id, result_json, data_on, recorded_at and is_made_up of a kept plan, None where none is kept.

    `run_id`: the id, or `last` for the one kept last. A plan may be large, so no other one is read whole.
    """
    plans = ledger.facts(RUN, columns=["id", "recorded_at"], where={"run_kind": [run_kind]}).to_pylist()
    named = [plan for plan in plans if run_id in (plan["id"], LAST)]
    for plan in sorted(named, key=lambda each: (each["recorded_at"], each["id"]), reverse=True):
        columns = ["id", "result_json", "data_on", "recorded_at", "is_made_up"]
        told = ledger.facts(RUN, columns=columns, where={"run_kind": [run_kind], "id": [plan["id"]]}).to_pylist()
        whole = [each for each in told if each["result_json"] is not None]
        if whole:
            newest: dict[str, Any] = max(whole, key=lambda each: each["recorded_at"])
            return newest
    return None


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
