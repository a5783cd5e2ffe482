"""The web application: one graph, opened when it is first needed and closed when the server stops."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime

from fastapi import FastAPI

from api.description import describe
from api.etag import Revalidation
from api.graph_keeper import PATIENCE_SECONDS, GraphKeeper
from api.middleware import HostCheck, RequestRecord
from api.pages.listed import add_pages
from api.problems import add_problem_handlers
from api.routers import cause_graph, contradictions, health, history, questions
from loaders.workspace import Workspace


def today_here() -> date:
    """Return the day at this machine; the one place of the server where the clock is read for an answer."""
    return datetime.now().astimezone().date()


def create_app(
    workspace: Workspace,
    *,
    shows_sensitive: bool = False,
    today: Callable[[], date] = today_here,
    patience_seconds: float = PATIENCE_SECONDS,
) -> FastAPI:
    """Return the application on one data folder. Sensitive causes stay hidden unless `shows_sensitive`.

    `today` gives the day for a graph that has none of its own yet. A request waits `patience_seconds` for the graph.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        keeper = GraphKeeper(workspace, today, patience_seconds=patience_seconds)
        keeper.begin()
        app.state.keeper = keeper
        try:
            yield
        finally:
            keeper.close()

    app = FastAPI(
        title="Plumline",
        version="1",
        # The pages that FastAPI brings for its documentation fetch their scripts from the internet.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.shows_sensitive = shows_sensitive
    app.state.today = today
    add_problem_handlers(app)
    app.include_router(health.router)
    app.include_router(questions.router)
    app.include_router(cause_graph.router)
    app.include_router(contradictions.router)
    app.include_router(history.router)
    add_pages(app)
    describe(app)
    # The last one added is the outermost.
    app.add_middleware(Revalidation)
    app.add_middleware(HostCheck)
    app.add_middleware(RequestRecord)
    return app
