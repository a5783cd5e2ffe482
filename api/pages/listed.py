"""Every page, in the order in which addresses are tried."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from api.pages import dictionary, start
from api.pages.static import StaticPages

PAGES: tuple[APIRouter, ...] = (start.router, dictionary.router)


def add_pages(app: FastAPI) -> None:
    """Make the application serve the pages and the files that they need."""
    for router in PAGES:
        app.include_router(router)
    app.mount("/static", StaticPages(), name="static")
