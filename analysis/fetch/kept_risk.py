"""Risks that were kept, and the networks that they were computed on, read from the ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from analysis.frames import Contract
from analysis.risk.kept_parts import KeptParts, network_of_text, parts_of
from analysis.risk.network import RiskNetwork
from ledger import Ledger

RUN, RISK_SCORE, NETWORK_VERSION = "Run", "RiskScore", "NetworkVersion"
RISK = "risk"
# Facts about a version are put together; these columns tell of one fact only.
_OF_EACH_FACT = ("recorded_at", "is_made_up")

# One row per household of a run.
RUN_SCORES: Contract = {"household_id": "text", "risk": "number", "helped_risk": "number", "data_age_days": "whole"}


@dataclass(frozen=True)
class KeptRun:
    """A run of the cause engine. See `loaders.kept.risk_runs.NewRun`; `recorded_at`: when it was kept."""

    run_id: str
    started_at: datetime
    recorded_at: datetime
    data_on: date
    network_version: str
    vocabulary_version: str
    policy_on: date
    area_id: str | None
    household_count: int
    parameters: Mapping[str, object]


@dataclass(frozen=True)
class KeptScore:
    """The risk of one household in one run: if nothing is done, and with the help that ran; and from what."""

    run: KeptRun
    risk: float
    helped_risk: float | None
    data_age_days: int
    parts: KeptParts


@dataclass(frozen=True)
class KeptNetwork:
    """A version of the network. `adopted_on`: from when it is in use in its area, None where nobody said so.

    `area_id`: None for a network that is of no area. `verdicts`: by link id what was learned, empty where nothing was.
    `adopted_at`: when it was said that it is in use. `is_made_up`: whether any of that rests on made-up data.
    """

    id: str
    name: str
    area_id: str | None
    learned_on: date
    data_on: date
    vocabulary_version: str
    adopted_on: date | None
    reason: str | None
    content_json: str
    verdicts: Mapping[str, object]
    recorded_at: datetime
    adopted_at: datetime | None = None
    is_made_up: bool = False

    def network(self) -> RiskNetwork:
        """Return the network itself."""
        return network_of_text(self.content_json)


def kept_runs(ledger: Ledger, *, as_of: datetime | None = None) -> list[KeptRun]:
    """Return every run of the cause engine that counts, the one kept last at the end; as known at `as_of`."""
    columns = [
        "id",
        "run_kind",
        "parameters_json",
        "started_at",
        "data_on",
        "household_count",
        "version",
        "policy_on",
        "area_id",
        "network_version_id",
        "recorded_at",
    ]
    rows = ledger.facts(RUN, columns=columns, where={"run_kind": [RISK]}, as_of=as_of).to_pylist()
    runs = [
        KeptRun(
            run_id=row["id"],
            started_at=row["started_at"],
            recorded_at=row["recorded_at"],
            data_on=row["data_on"],
            network_version=row["network_version_id"],
            vocabulary_version=row["version"],
            policy_on=row["policy_on"],
            area_id=row["area_id"],
            household_count=row["household_count"],
            parameters=json.loads(row["parameters_json"]),
        )
        for row in rows
    ]
    return sorted(runs, key=lambda run: (run.recorded_at, run.run_id))


def kept_scores(ledger: Ledger, household_id: str, *, as_of: datetime | None = None) -> list[KeptScore]:
    """Return the risks kept of a household, the oldest first; nothing for one of whom none was kept."""
    runs = {run.run_id: run for run in kept_runs(ledger, as_of=as_of)}
    columns = ["run_id", "risk_share", "helped_risk_share", "parts_json", "data_age_days"]
    rows = ledger.facts(RISK_SCORE, columns=columns, where={"household_id": [household_id]}, as_of=as_of).to_pylist()
    scores = [
        KeptScore(
            run=runs[row["run_id"]],
            risk=row["risk_share"],
            helped_risk=row["helped_risk_share"],
            data_age_days=row["data_age_days"],
            parts=parts_of(row["parts_json"]),
        )
        for row in rows
        if row["run_id"] in runs
    ]
    return sorted(scores, key=lambda score: (score.run.recorded_at, score.run.run_id))


def score_on(scores: Sequence[KeptScore], day: date) -> KeptScore | None:
    """Return the last of the scores that rests on data of a day or earlier, None where there is none."""
    until = [score for score in scores if score.run.data_on <= day]
    return max(until, key=lambda score: (score.run.data_on, score.run.recorded_at), default=None)


def scores_of_run(ledger: Ledger, run_id: str, *, as_of: datetime | None = None) -> pd.DataFrame:
    """Return the risks of one run, contract RUN_SCORES, by household."""
    columns = ["household_id", "risk_share", "helped_risk_share", "data_age_days"]
    facts = ledger.facts(RISK_SCORE, columns=columns, where={"run_id": [run_id]}, as_of=as_of)
    frame = pd.DataFrame(
        {
            "household_id": pd.Series(facts["household_id"].to_pylist(), dtype="object"),
            "risk": facts["risk_share"].to_numpy(),
            "helped_risk": facts["helped_risk_share"].to_numpy(),
            "data_age_days": pd.Series(facts["data_age_days"].to_pylist(), dtype="Int64"),
        }
    )
    return frame.sort_values("household_id", ignore_index=True)


def parts_of_run(ledger: Ledger, run_id: str, *, as_of: datetime | None = None) -> dict[str, str]:
    """Return by household of a run what its risk was computed from, as `kept_parts.parts_texts` wrote it."""
    facts = ledger.facts(RISK_SCORE, columns=["household_id", "parts_json"], where={"run_id": [run_id]}, as_of=as_of)
    return dict(zip(facts["household_id"].to_pylist(), facts["parts_json"].to_pylist(), strict=True))


def network_versions(ledger: Ledger, *, as_of: datetime | None = None) -> list[KeptNetwork]:
    """Return every version of the network that is kept, the one kept last at the end.

    What was said later of a version, as the day of its adoption, replaces what was said of it before.
    """
    columns = [
        "id",
        "name",
        "learned_on",
        "data_on",
        "version",
        "content_json",
        "verdicts_json",
        "adopted_on",
        "reason",
        "area_id",
        "recorded_at",
        "is_made_up",
    ]
    told: dict[str, dict[str, object]] = {}
    rows = ledger.facts(NETWORK_VERSION, columns=columns, as_of=as_of).to_pylist()
    for row in sorted(rows, key=lambda row: row["recorded_at"]):
        kept = told.setdefault(row["id"], {"recorded_at": row["recorded_at"]})
        kept.update({name: value for name, value in row.items() if value is not None and name not in _OF_EACH_FACT})
        kept["is_made_up"] = bool(kept.get("is_made_up")) or bool(row["is_made_up"])
        if row["adopted_on"] is not None:
            kept["adopted_at"] = row["recorded_at"]
    # One that was adopted, and whose network was taken back since, is no version any more.
    found = [_network(kept) for kept in told.values() if "content_json" in kept]
    return sorted(found, key=lambda version: (version.recorded_at, version.id))


def network_in_use(versions: Sequence[KeptNetwork], areas_upward: Sequence[str], day: date) -> KeptNetwork | None:
    """Return the version in use in an area on a day, None where none was adopted for it.

    `areas_upward`: the area, then those above it. That of the nearest area counts, then one of no area; of several, the
    one adopted last.
    """
    adopted = [version for version in versions if version.adopted_on is not None and version.adopted_on <= day]
    for area_id in (*areas_upward, None):
        own = [version for version in adopted if version.area_id == area_id]
        if own:
            return max(
                own, key=lambda version: (version.adopted_on or date.min, version.adopted_at or version.recorded_at)
            )
    return None


def newest_network(versions: Sequence[KeptNetwork], area_id: str | None = None) -> KeptNetwork | None:
    """Return the version learned last for exactly this area (None: of no area), adopted or not."""
    own = [version for version in versions if version.area_id == area_id]
    return max(own, key=lambda version: (version.learned_on, version.recorded_at), default=None)


def _network(kept: Mapping[str, object]) -> KeptNetwork:
    values: dict[str, object] = {name: kept.get(name) for name in ("name", "area_id", "adopted_on", "reason")}
    return KeptNetwork(
        id=str(kept["id"]),
        name=str(values["name"]),
        area_id=_text(values["area_id"]),
        learned_on=_day(kept["learned_on"]),
        data_on=_day(kept["data_on"]),
        vocabulary_version=str(kept["version"]),
        adopted_on=None if values["adopted_on"] is None else _day(values["adopted_on"]),
        reason=_text(values["reason"]),
        content_json=str(kept["content_json"]),
        verdicts=json.loads(str(kept.get("verdicts_json", "{}"))),
        recorded_at=_instant(kept["recorded_at"]),
        is_made_up=bool(kept.get("is_made_up")),
        adopted_at=None if kept.get("adopted_at") is None else _instant(kept["adopted_at"]),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError("a day of the ledger is a date")
    return value


def _instant(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError("an instant of the ledger is a datetime")
    return value
