"""Whether the server lives, and whether it can answer."""

from __future__ import annotations

from datetime import date
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.deps import Keeper
from api.description import problems
from graph_store.protocol import Engine
from loaders.graph_update import markers

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    """The server lives."""

    status: Literal["ok"] = Field(description="Always ok.")


class Ready(BaseModel):
    """The graph can be asked."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"engine": "embedded", "day": "2026-05-20", "loads_version": 12}}
    )

    engine: Engine = Field(description="Which engine holds the graph.")
    day: date = Field(description="The day that the graph shows.")
    loads_version: int = Field(
        ge=-1,
        description="How many events (a load counted or withdrawn) the graph has taken in, less one; -1 for none.",
    )


@router.get("/healthz", summary="Does the server live?", responses=problems())
async def health() -> Alive:
    """Say that the server lives, even while every thread of it waits for the graph."""
    return Alive(status="ok")


@router.get("/readyz", summary="Can the graph be asked?", responses=problems(409, 503))
def readiness(keeper: Keeper) -> Ready:
    """Say that the graph has just been asked; a problem says what is missing."""
    with keeper.asking() as graph:
        return Ready(engine=graph.store.engine, day=graph.day, loads_version=markers(graph.store).loads)
