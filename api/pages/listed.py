"""Every page, in the order in which addresses are tried."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from api.pages import (
    area_causes,
    areas,
    assist_accepting,
    assist_drafts,
    assist_helps,
    assist_plans,
    assist_views,
    assist_why,
    board,
    buyers,
    confirming,
    dictionary,
    docs,
    households,
    loads,
    network,
    organisations,
    plan_views,
    planner,
    plans,
    promises,
    scenarios,
    search,
    start,
    why,
)
from api.pages.static import StaticPages

PAGES: tuple[APIRouter, ...] = (
    start.router,
    loads.router,
    board.router,
    plans.router,
    promises.router,
    buyers.router,
    confirming.router,
    plan_views.router,
    dictionary.router,
    network.router,
    docs.router,
    planner.router,
    assist_plans.router,
    assist_views.router,
    assist_accepting.router,
    assist_why.router,
    assist_drafts.router,
    assist_helps.router,
    scenarios.router,
    # Its addresses go on from those of an area, whose page would take them for a code.
    area_causes.router,
    areas.router,
    # Its addresses go on from those of a household, whose page would take them for an id.
    why.router,
    households.router,
    search.router,
    organisations.router,
)


def add_pages(app: FastAPI) -> None:
    """Make the application serve the pages and the files that they need."""
    for router in PAGES:
        app.include_router(router)
    app.mount("/static", StaticPages(), name="static")
