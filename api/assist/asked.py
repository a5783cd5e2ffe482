"""What people enter of assistance: which part of a draft they accept, what becomes of help, and what is paid."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from api.parameters import PRINTABLE, WRITTEN_WHOLE, Day, SubjectId
from api.trade.asked import DAY_MEANING
from graph_schema.meta import Form
from loaders.kept.assist.accept import Acceptance
from loaders.kept.assist.pay import HelpPayment
from loaders.kept.trade.numbers import LONGEST_TEXT, MOST_FEN

MOST_NAMED = 500
MOST_PAYMENTS = 1000

Named = Annotated[tuple[SubjectId, ...], Field(max_length=MOST_NAMED)]
Amount = Annotated[int, Field(ge=0, le=MOST_FEN, strict=True), WRITTEN_WHOLE]
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=PRINTABLE)]


class AcceptBody(Form):
    """Which part of a draft is accepted: all of it where nothing is named; what is named narrows together."""

    model_config = ConfigDict(json_schema_extra={"example": {"programmes": ["PR-COLD"]}})

    households: Named = Field(default=(), description="Help for these households only, by their pseudonyms.")
    areas: Named = Field(default=(), description="Help for households of these villages, or of areas above them.")
    programmes: Named = Field(default=(), description="Help by these programmes only.")
    starts_on: Day | None = Field(default=None, description="When the help begins; `day` when it is left out.")
    day: Day | None = Field(default=None, description=DAY_MEANING)

    def read(self, run_id: str) -> Acceptance:
        """Return what is accepted of a draft."""
        return Acceptance(run_id, self.households, self.areas, self.programmes, self.starts_on)


class HelpStateBody(Form):
    """Into which state help comes."""

    model_config = ConfigDict(json_schema_extra={"example": {"state": "running"}})

    state: Literal["running", "done", "stopped"] = Field(description="running (it was planned), done or stopped.")
    reason: Text | None = Field(default=None, description="Why it was stopped; needed then.")
    day: Day | None = Field(default=None, description=DAY_MEANING)


class HelpPaymentBody(Form):
    """What was approved, paid or delivered of help; each amount with its day."""

    model_config = ConfigDict(json_schema_extra={"example": {"approved_fen": 500_000, "approved_on": "2026-04-20"}})

    approved_fen: Amount | None = Field(default=None, description="What was approved, in fen: a new payment.")
    approved_on: Day | None = Field(default=None, description="When it was approved.")
    paid_fen: Amount | None = Field(default=None, description="What was paid, in fen.")
    paid_on: Day | None = Field(default=None, description="When it was paid.")
    delivered_fen: Amount | None = Field(default=None, description="What the household was given of it, in fen.")
    delivered_on: Day | None = Field(default=None, description="When it was given.")
    is_returned: Annotated[bool, Field(strict=True)] = Field(default=False, description="Whether it was paid back.")
    number: Annotated[int, Field(ge=1, le=MOST_PAYMENTS, strict=True), WRITTEN_WHOLE] | None = Field(
        default=None, description="Which payment of the help it completes; the last one when it is left out."
    )

    def read(self) -> HelpPayment:
        """Return what is reported."""
        return HelpPayment(**self.model_dump())
