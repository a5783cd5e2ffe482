"""The risks of one run, kept as dated facts with the network, the data and the policy that they come from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
import numpy.typing as npt

from ledger import Ledger
from loaders.errors import LoadError
from loaders.kept.own_facts import DERIVED, OwnFacts, keep_own_facts

RUN, RISK_SCORE, NETWORK_VERSION = "Run", "RiskScore", "NetworkVersion"
RISK = "risk"


@dataclass(frozen=True)
class NewRun:
    """What a run of the cause engine rests on.

    `network_version`: the id of a network that the ledger keeps. `data_on`: the day that the graph shows.
    `policy_on`: the day whose policy was used. `area_id`: None for all households. `parameters`: whatever else the
    result depends on, such as the target.
    """

    started_at: datetime
    finished_at: datetime
    data_on: date
    network_version: str
    vocabulary_version: str
    policy_on: date
    area_id: str | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)

    @property
    def run_id(self) -> str:
        """Return the id of the run: its kind and the instant it began."""
        return f"{RISK}-{self.started_at.isoformat().replace('+00:00', 'Z')}"


@dataclass(frozen=True)
class NewScores:
    """The results of a run, one place per household.

    `risk`: if nothing is done; `helped_risk`: with the help that runs. `parts`: per household what it was computed
    from, as JSON. `data_age_days`: days since the oldest finding used began.
    """

    household_ids: Sequence[str]
    risk: npt.NDArray[np.float64]
    helped_risk: npt.NDArray[np.float64]
    parts: Sequence[str]
    data_age_days: npt.NDArray[np.int64]
    is_made_up: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Kept:
    """Under which ids something was kept."""

    id: str
    load_id: str


def keep_risk_run(
    ledger: Ledger, run: NewRun, scores: NewScores, *, recorded_at: datetime, wait_seconds: float = 0.0
) -> Kept:
    """Keep a run and the risk of each of its households as one load; return the ids of run and load.

    Raises LoadError where the results do not fit together or the ledger does not keep the network, and then nothing is
    kept; LedgerLocked where another process writes longer than `wait_seconds`.
    """
    _check(scores)
    known = ledger.facts(NETWORK_VERSION, columns=["id"], where={"id": [run.network_version]})
    if not known.num_rows:
        raise LoadError("risk_kept_unknown_network", version=run.network_version)
    run_id, count = run.run_id, len(scores.household_ids)
    run_facts = OwnFacts(
        {
            "id": [run_id],
            "run_kind": [RISK],
            "parameters_json": [json.dumps(dict(run.parameters), ensure_ascii=False, sort_keys=True)],
            "started_at": [run.started_at],
            "finished_at": [run.finished_at],
            "data_on": [run.data_on],
            "household_count": [count],
            "version": [run.vocabulary_version],
            "policy_on": [run.policy_on],
            "area_id": [run.area_id],
            "network_version_id": [run.network_version],
        },
        is_made_up=bool(count) and bool(scores.is_made_up.all()),
        valid_from=run.data_on,
    )
    facts = {RUN: run_facts}
    if count:
        facts[RISK_SCORE] = OwnFacts(
            {
                "id": [f"{household_id}-{run_id}" for household_id in scores.household_ids],
                "household_id": list(scores.household_ids),
                "run_id": [run_id] * count,
                "risk_share": scores.risk.tolist(),
                "helped_risk_share": scores.helped_risk.tolist(),
                "parts_json": list(scores.parts),
                "data_age_days": scores.data_age_days.tolist(),
            },
            is_made_up=scores.is_made_up.tolist(),
            valid_from=run.data_on,
        )
    load_id = keep_own_facts(
        ledger, facts, feed=DERIVED, name=run_id, recorded_at=recorded_at, wait_seconds=wait_seconds
    )
    return Kept(run_id, load_id)


def _check(scores: NewScores) -> None:
    count = len(scores.household_ids)
    for name in ("risk", "helped_risk", "parts", "data_age_days", "is_made_up"):
        if len(getattr(scores, name)) != count:
            raise LoadError("risk_kept_uneven", name=name, count=count, found=len(getattr(scores, name)))
    if len(set(scores.household_ids)) != count:
        raise LoadError("risk_kept_twice")
    for name in ("risk", "helped_risk"):
        # Written so that a number that is none (NaN) is wrong too.
        values = getattr(scores, name)
        wrong = np.flatnonzero(~((values >= 0) & (values <= 1)))
        if len(wrong):
            raise LoadError("risk_kept_no_share", name=name, row=int(wrong[0]) + 1, value=float(values[wrong[0]]))
