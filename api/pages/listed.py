"""Every page, in the order in which addresses are tried."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from api.pages import areas, board, dictionary, docs, households, loads, organisations, planner, search, start
from api.pages.static import StaticPages

PAGES: tuple[APIRouter, ...] = (
    start.router,
    loads.router,
    board.router,
    dictionary.router,
    docs.router,
    planner.router,
    areas.router,
    households.router,
    search.router,
    organisations.router,
)


def add_pages(app: FastAPI) -> None:
    """Make the application serve the pages and the files that they need."""
    for router in PAGES:
        app.include_router(router)
    app.mount("/static", StaticPages(), name="static")
