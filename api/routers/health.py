"""Whether the server lives, whether it can answer and what it lacks, and what it counts of itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, ConfigDict, Field

from api.deps import Keeper, WantedLanguage
from api.description import problems
from api.errors import GraphBusy
from api.graph_keeper import GraphKeeper
from api.problems import Missing, problem_response
from graph_schema.errors import PlumlineError
from graph_store.protocol import Engine
from ledger import LedgerError
from loaders.graph_update import markers

router = APIRouter(tags=["state of the server"])


class Alive(BaseModel):
    """The server lives."""

    status: Literal["ok"] = Field(description="Always ok.")


class Ready(BaseModel):
    """The graph can be asked."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "engine": "embedded",
                "day": "2026-05-20",
                "loads_version": 12,
                "loads_behind": 0,
                "newest_at": "2026-05-20T08:00:00Z",
                "age_days": 3,
            }
        }
    )

    engine: Engine = Field(description="Which engine holds the graph.")
    day: date = Field(description="The day that the graph shows.")
    loads_version: int = Field(
        ge=-1,
        description="How many events (a load counted or withdrawn) the graph has taken in, less one; -1 for none.",
    )
    loads_behind: int = Field(
        ge=0, description="How many newer events the graph has yet to take in; it does so by itself."
    )
    newest_at: datetime | None = Field(description="When the newest facts were recorded; null when nothing is loaded.")
    age_days: int | None = Field(description="Whole days since then; null when nothing is loaded.")


@router.get("/healthz", summary="Does the server live?", responses=problems())
async def health() -> Alive:
    """Say that the server lives, even while every thread of it waits for the graph."""
    return Alive(status="ok")


@router.get("/readyz", summary="Can the graph be asked?", response_model=Ready, responses=problems(409, 503))
def readiness(request: Request, keeper: Keeper, language: WantedLanguage) -> Ready | Response:
    """Say that the graph has just been asked, and how old its data are; a problem names under `missing` what lacks.

    `graph`: it cannot be opened or reached. `loads`: it is there, and has yet to take in loads. `ledger`: the data
    folder cannot be read.
    """
    try:
        with keeper.asking() as graph:
            newest = keeper.workspace.open_ledger(create=True).loads()["recorded_at"].to_pylist()
            loads = markers(graph.store).loads
    except PlumlineError as error:
        return problem_response(error, language, missing=_missing(error, keeper))
    newest_at: datetime | None = max(newest, default=None)
    age_days = None if newest_at is None else (request.app.state.now() - newest_at).days
    return Ready(
        engine=graph.store.engine,
        day=graph.day,
        loads_version=loads,
        loads_behind=graph.missing_loads,
        newest_at=newest_at,
        age_days=age_days,
    )


@router.get(
    "/metrics",
    summary="What does the server count of itself?",
    response_class=Response,
    responses={
        200: {
            "description": "Figures in the text form of Prometheus.",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        },
        **problems(),
    },
)
async def metrics(request: Request) -> Response:
    """Return how many requests were answered, how long they took, and the state of the graph. No id stands in it."""
    return Response(generate_latest(request.app.state.metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _missing(error: PlumlineError, keeper: GraphKeeper) -> Missing:
    if isinstance(error, LedgerError):
        return "ledger"
    behind = keeper.at_hand().loads_behind if isinstance(error, GraphBusy) else None
    return "loads" if behind else "graph"
