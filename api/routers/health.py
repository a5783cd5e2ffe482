"""Whether the server lives, and whether it can answer."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.deps import Keeper
from api.errors import Problem

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    """The server answers."""

    status: str = Field(description="Always ok.", examples=["ok"])


class Ready(BaseModel):
    """The graph can be asked."""

    engine: str = Field(description="Which engine holds the graph.", examples=["embedded"])
    day: date = Field(description="The day that the graph shows.")


@router.get("/healthz")
def health() -> Alive:
    """Say that the server lives."""
    return Alive(status="ok")


@router.get("/readyz", responses={503: {"model": Problem}})
def readiness(keeper: Keeper) -> Ready:
    """Say that the graph can be asked; a problem with status 503 says what is missing."""
    graph = keeper.ready()
    return Ready(engine=graph.store.engine, day=graph.day)
