"""The files of an assistance plan as households of the cause engine."""

from __future__ import annotations

import numpy as np

from analysis.assistance.files.assist_files import AssistFiles
from analysis.assistance.files.to_frames import met
from analysis.frames import Row, rows_of, text_in, texts_in
from analysis.risk.findings import findings_of
from analysis.risk.households import RiskHouseholds
from analysis.risk.measures import MET, NOT_MET, UNKNOWN, RiskMeasures
from analysis.risk.network import RiskNetwork

_STATES = {1: MET, 0: NOT_MET, None: UNKNOWN}


def risk_of_files(files: AssistFiles, network: RiskNetwork, measures: RiskMeasures) -> RiskHouseholds:
    """Return the households of the files, sorted; what stands in them is confirmed, of all else nothing is known."""
    households = rows_of(files.households)
    causes: dict[str, list[Row]] = {str(row["household_id"]): [] for row in households}
    for row in rows_of(files.needs):
        if row["cause_id"] in network.position:
            found = {"cause": row["cause_id"], "severity": row["severity"], "status": "confirmed"}
            causes[str(row["household_id"])].append(found)
    asked = [measure.prerequisite for measure in measures.measures]
    running = [[code in texts_in(row, "running_measure_ids") for code in measures.code_of] for row in households]
    states = [[MET if name is None else _STATES[met(row, name)] for name in asked] for row in households]
    shape = (len(households), len(measures))
    return RiskHouseholds(
        ids=tuple(causes),
        place_of=tuple(text_in(row, "village_id") for row in households),
        findings=findings_of(network, list(causes.values())),
        running=np.array(running, dtype=np.bool_).reshape(shape),
        prerequisites=np.array(states, dtype=np.int8).reshape(shape),
        data_age_days=np.zeros(len(households), dtype=np.int64),
        is_made_up=np.full(len(households), files.is_made_up, dtype=np.bool_),
    )
