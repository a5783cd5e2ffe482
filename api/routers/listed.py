"""Every route for programs, in the order in which addresses are tried and the description tells them."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from api.routers import (
    areas,
    assist_helps,
    assist_plan_parts,
    assist_plans,
    assistance,
    board,
    cause_graph,
    contradictions,
    cut,
    dictionary,
    explain,
    health,
    history,
    households,
    loads,
    network,
    openapi,
    produce_plan_parts,
    produce_plans,
    questions,
    risk,
    search,
    status,
    trade,
    what_if,
)

ROUTERS: tuple[APIRouter, ...] = (
    questions.router,
    what_if.router,
    assistance.router,
    board.router,
    cause_graph.router,
    explain.router,
    risk.router,
    cut.router,
    contradictions.router,
    history.router,
    areas.router,
    households.router,
    search.router,
    dictionary.router,
    network.router,
    produce_plans.router,
    produce_plan_parts.router,
    assist_plans.router,
    assist_plan_parts.router,
    assist_helps.router,
    trade.router,
    loads.router,
    status.router,
    health.router,
    openapi.router,
)


def add_routes(app: FastAPI) -> None:
    """Make the application serve the routes."""
    for router in ROUTERS:
        app.include_router(router)
