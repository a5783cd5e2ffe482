"""A plan for help as it is kept: the units that it plans, with what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from pydantic import Field

from analysis.frames import Contract
from graph_schema.meta import Form

# One row per help of the ledger, in whatever state; `provider_kind` and `provider_id` of who gives it.
KEPT_HELP: Contract = {
    "help_id": "text",
    "assistance_status": "text",
    "household_id": "text",
    "person_id": "text",
    "programme_id": "text",
    "measure_id": "text",
    "enterprise_id": "text",
    "cooperative_id": "text",
    "agency_id": "text",
    "run_id": "text",
    "amount_fen": "whole",
    "starts_on": "day",
    "ends_on": "day",
    "reason": "text",
    "is_made_up": "flag",
}

# One row per payment of the ledger.
HELP_PAYMENTS: Contract = {
    "payment_id": "text",
    "assistance_id": "text",
    "payment_status": "text",
    "approved_fen": "whole",
    "approved_on": "day",
    "paid_fen": "whole",
    "paid_on": "day",
    "delivered_fen": "whole",
    "delivered_on": "day",
    "is_made_up": "flag",
}

# One row per help that has a payment: sums of those that were not returned.
HELP_SUMS: Contract = {
    "assistance_id": "text",
    "approved_fen": "whole",
    "paid_fen": "whole",
    "delivered_fen": "whole",
}

# One row per help and cause that it is aimed at.
HELP_AIMS: Contract = {"assistance_id": "text", "cause_id": "text"}


class KeptUse(NamedTuple):
    """What a unit takes of a resource, a training or works."""

    kind: str
    id: str
    value: float


class KeptUnit(NamedTuple):
    """One measure that is given to one household for one cause, whole, and the way that it goes."""

    household_id: str
    cause_id: str
    programme_id: str
    measure_id: str
    enterprise_id: str | None
    cooperative_id: str | None
    contract_id: str | None
    cost_fen: int
    cover_fen: int
    uses: tuple[KeptUse, ...] = ()


class KeptAssistParameters(Form):
    """What a plan was made with beside the facts."""

    area: str | None = Field(description="Where the households live; null for everywhere.")
    programmes: tuple[str, ...] = Field(description="The programmes; empty for all.")
    day: date = Field(description="The day it holds for.")
    rules: dict[str, list[dict[str, object]]] = Field(description="The rules that people had set, as in a rules file.")
    most_programmes: int = Field(description="The most programmes that one household may have.")
    seconds: float = Field(description="How long it could take.")


class KeptAssistStage(Form):
    """One stage: how far the plan came, and whether it is proven that none comes farther."""

    name: str = Field(description="Name of the stage.")
    value: int = Field(description="How far the plan came.")
    bound: int = Field(description="How far any plan can come.")
    is_optimal: bool = Field(description="Whether it is proven that none comes farther.")


class KeptAssistResult(Form):
    """What came of a plan; the units by household, measure, cause and programme."""

    form: Literal["assist-run/1"] = "assist-run/1"
    totals: dict[str, int]
    stages: tuple[KeptAssistStage, ...]
    units: tuple[KeptUnit, ...]


@dataclass(frozen=True)
class KeptAssistPlan:
    """A plan that was kept, under its id. `recorded_at`: when; `load_id`: the load that takes it back."""

    run_id: str
    load_id: str
    recorded_at: datetime
    parameters: KeptAssistParameters
    result: KeptAssistResult
    is_made_up: bool

    @property
    def units(self) -> tuple[KeptUnit, ...]:
        """Return the units that it plans."""
        return self.result.units

    @property
    def day(self) -> date:
        """Return the day the plan holds for."""
        return self.parameters.day
