"""The web application: one graph, opened when the server starts and closed when it stops."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api.errors import add_error_handlers
from api.graph_keeper import GraphKeeper
from api.routers import health, questions
from loaders.workspace import Workspace

DESCRIPTION = "Causes, chains of help and buyers of surplus produce, as a graph. Every answer names its day."


def create_app(workspace: Workspace, *, shows_sensitive: bool = False) -> FastAPI:
    """Return the application on one data folder. Sensitive causes stay hidden unless `shows_sensitive`."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        keeper = GraphKeeper(workspace)
        app.state.keeper = keeper
        try:
            yield
        finally:
            keeper.close()

    app = FastAPI(
        title="Plumline",
        description=DESCRIPTION,
        version="1",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.shows_sensitive = shows_sensitive
    add_error_handlers(app)
    app.include_router(health.router)
    app.include_router(questions.router, prefix="/v1")
    return app
