"""Which risks were kept, of which area, on which data and network?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from analysis.fetch.kept_risk import kept_runs
from graph_schema.meta import Form
from ledger import Ledger


class RiskRun(Form):
    """A run of the cause engine that was kept."""

    run_id: str = Field(description="Its id.")
    kept_at: datetime = Field(description="When it was kept.")
    data_on: date = Field(description="The day of the data.")
    area_id: str | None = Field(description="The area; null for everywhere.")
    household_count: int = Field(description="Households whose risk it holds.")
    network_version: str = Field(description="Version of the network.")
    policy_on: date = Field(description="The day whose policy was used.")


class RiskRunsAnswer(Form):
    """The runs that count, the one kept last first."""

    version: Literal["risk-runs/1"] = Field(
        default="risk-runs/1", description="The question and the version of this form."
    )
    runs: tuple[RiskRun, ...] = Field(description="They.")


def risk_runs(ledger: Ledger) -> RiskRunsAnswer:
    """Return the runs of the cause engine that were kept and not taken back."""
    return RiskRunsAnswer(
        runs=tuple(
            RiskRun(
                run_id=run.run_id,
                kept_at=run.recorded_at,
                data_on=run.data_on,
                area_id=run.area_id,
                household_count=run.household_count,
                network_version=run.network_version,
                policy_on=run.policy_on,
            )
            for run in reversed(kept_runs(ledger))
        )
    )
