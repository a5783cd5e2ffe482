"""How far a plan of any kind is."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from api.plans.asked import AnyOrder
from graph_schema.meta import Form
from graph_schema.told import Told
from loaders.load_answers import Reason

PlanState = Literal["waiting", "reading", "solving", "done", "failed"]
# In these nothing happens any more.
LAST_STATES: frozenset[PlanState] = frozenset({"done", "failed"})


class AnyJob(Form):
    """How far a plan is; its kind has its own orders and tells what the plan comes to."""

    plan: str = Field(description="Its number.")
    state: PlanState = Field(
        description="waiting for its turn; reading the graph; solving; done: it can be asked; failed: there is no plan."
    )
    step: Told = Field(description="The same in words.")
    placed_at: datetime = Field(description="When it was asked for.")
    ended_at: datetime | None = Field(description="When it was made or failed; null before.")
    ahead: int | None = Field(description="While it waits: how many plans are made before it.")
    order: AnyOrder = Field(description="What was asked for.")
    loads_version: int | None = Field(
        description="The number of the newest load event in the graph that it is made from; null before that is read."
    )
    failure: Reason | None = Field(description="Why there is no plan.")
    summary: Form | None = Field(description="What it comes to; null before it is made.")
