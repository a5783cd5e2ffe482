"""Keeps the risks of a run in the ledger, with the network that they were computed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from analysis.fetch.kept_risk import network_versions
from analysis.risk.by_home import RiskByHome
from analysis.risk.kept_parts import network_text, parts_texts
from analysis.risk.model import RiskModel
from cli.context import Context
from loaders.kept.network_versions import NewNetworkVersion, keep_network_version
from loaders.kept.risk_runs import Kept, NewRun, NewScores, keep_risk_run

# Another process may be loading; it is waited for as long as a load waits.
WAIT_SECONDS = 60.0


@dataclass(frozen=True)
class Computed:
    """What a run computed: the risks, of which area (None for everywhere), on data of which day, and when it began."""

    known: RiskByHome
    model: RiskModel
    area_id: str | None
    day: date
    started_at: datetime


def keep(here: Context, run: Computed) -> Kept:
    """Keep the risks as dated facts and return the ids of run and load.

    The network is kept besides where the ledger does not have it yet. Raises LedgerLocked while another process writes.
    """
    work = here.workspace
    ledger, known, model = work.open_ledger(), run.known, run.model
    if model.version not in {version.id for version in network_versions(ledger)}:
        version = NewNetworkVersion(
            id=model.version,
            name=model.version,
            learned_on=run.day,
            data_on=run.day,
            vocabulary_version=str(work.schema.version),
            content_json=network_text(model.network),
        )
        keep_network_version(ledger, version, recorded_at=here.now, wait_seconds=WAIT_SECONDS)
    return keep_risk_run(
        ledger,
        NewRun(
            started_at=run.started_at,
            finished_at=here.now,
            data_on=run.day,
            network_version=model.version,
            vocabulary_version=str(work.schema.version),
            policy_on=run.day,
            area_id=run.area_id,
            parameters={"target": model.network.codes[model.engine.target_position()]},
        ),
        NewScores(
            household_ids=known.households.ids,
            risk=known.risk,
            helped_risk=known.helped,
            parts=parts_texts(model.network, model.measures, known.households),
            data_age_days=known.households.data_age_days,
            is_made_up=known.households.is_made_up,
        ),
        recorded_at=here.now,
        wait_seconds=WAIT_SECONDS,
    )
