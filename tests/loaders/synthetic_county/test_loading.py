"""A made-up county loads as it is: what was planted to be rejected is rejected, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.load_options import LoadOptions
from loaders.report import LoadOutcome
from loaders.synthetic.county.county import CountyMade
from loaders.synthetic.county.rates import load_rates
from tests.loaders.desk import Desk
from tests.loaders.synthetic_county.county_reading import FEW_SHOCKS, request_of, truth_of, written


def rejects_of(outcome: LoadOutcome) -> dict[tuple[str, int], set[str]]:
    found: dict[tuple[str, int], set[str]] = {}
    for report in outcome.reports:
        for reject in report.rejects:
            found.setdefault((report.file.name, reject.line), set()).add(reject.code)
    return found


@pytest.mark.soak
def test_exactly_the_planted_faults_are_rejected_and_warned_of(desk: Desk, tmp_path: Path) -> None:
    rates = load_rates().changed({**FEW_SHOCKS, "fault.faulty_row": 0.05})
    made = written(tmp_path, request_of(60, 2, rates=rates))
    outcome = desk.load(made.feeds, options=LoadOptions(ends_all=True))
    faults = truth_of(made, "faults")
    planted = {(row["file"], int(row["line"])): row["code"] for row in faults if row["is_rejected"] == "yes"}
    found = rejects_of(outcome)
    assert planted
    assert set(found) == set(planted)
    assert [(place, code) for place, code in planted.items() if code not in found[place]] == []
    assert len(planted) == made.rejected_count == outcome.rows.rejected
    assert {report.status for report in outcome.reports} == {"loaded"}
    assert outcome.unknown_files == ()
    warned = {(report.file.name, warning.line) for report in outcome.reports for warning in report.warnings}
    assert warned <= {(row["file"], int(row["line"])) for row in faults if row["line"]}
    assert [note.code for report in outcome.reports for note in report.notes] == []


def test_without_faults_none_is_told(faultless: CountyMade) -> None:
    assert truth_of(faultless, "faults") == []
    assert (faultless.fault_count, faultless.rejected_count) == (0, 0)
