"""The web application: one graph, opened when it is first needed and closed when the server stops."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from functools import partial

from fastapi import FastAPI

from analysis.questions.assist_kept import assist_kept
from analysis.questions.produce_kept import produce_kept
from api.description import describe
from api.etag import Revalidation
from api.graph_keeper import PATIENCE_SECONDS, GraphKeeper
from api.head import HeadRequests
from api.kept_census import KeptCensus
from api.kept_places import KeptPlaces
from api.kept_plans import KeptDrafts, KeptPlans
from api.kept_risk import KeptRisk
from api.kept_risk_households import KeptRiskHouseholds
from api.kept_today import KeptToday
from api.limits import Bounds, Limits
from api.loads.desk import LoadDesk, Start, start_child
from api.loads.uploading import UPLOAD_PATHS
from api.metrics import Metering, Metrics
from api.middleware import HostCheck, RequestRecord
from api.pages.errors import error_page
from api.pages.listed import add_pages
from api.plans.assistance.kind import AssistPlansHeld
from api.plans.plans_of import PlansOf
from api.plans.process import StartPlan, start_plan
from api.plans.produce.kind import PRODUCE
from api.plans.room import PlanRoom
from api.printed_dictionary import PrintedDictionary
from api.problems import add_problem_handlers
from api.routers.listed import add_routes
from api.warming import warming
from loaders.plan_process import Planner
from loaders.settings import Settings
from loaders.workspace import Workspace

MEBIBYTE = 1024 * 1024
# What the form around an uploaded file may take.
FORM_BYTES = 64 * 1024


def today_here() -> date:
    """Return the day at this machine. Here and in `now_here` alone the server reads the clock for an answer."""
    return datetime.now().astimezone().date()


def now_here() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)


def bounds_of(settings: Settings, patience_seconds: float = 0.0) -> Bounds:
    """Return what a request may take, as the settings say; one that may wait for the graph may take as long."""
    return Bounds(
        question_seconds=max(settings.question_seconds, patience_seconds),
        uploads=UPLOAD_PATHS,
        upload_bytes=settings.upload_megabytes * MEBIBYTE + FORM_BYTES,
    )


def create_app(
    workspace: Workspace,
    *,
    shows_sensitive: bool = False,
    today: Callable[[], date] = today_here,
    now: Callable[[], datetime] = now_here,
    patience_seconds: float = PATIENCE_SECONDS,
    bounds: Bounds | None = None,
    start_load: Start = start_child,
    start_plan: StartPlan = start_plan,
    planner: Planner | None = None,
) -> FastAPI:
    """Return the application on one data folder. Sensitive causes stay hidden unless `shows_sensitive`.

    `today` gives the day for a graph that has none of its own yet, `now` the instant that ages are told by. A request
    waits `patience_seconds` for the graph; `bounds`: what it may take, else as the settings say; `start_load` begins a
    process that loads a file, `start_plan` one that plans. `planner`: what a load changes; None: a thread works it out.
    """
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        state = app.state
        warm = warming(workspace, state.censuses, state.places, state.risks_now, model=lambda: keeper.risk_model)
        keeper = GraphKeeper(workspace, today, patience_seconds=patience_seconds, planner=planner, warm=warm)
        keeper.begin()
        desk = LoadDesk(workspace, start=start_load)
        desk.begin()
        state.keeper, state.load_desk = keeper, desk
        room = _plan_room(keeper, start_plan, shows_sensitive=shows_sensitive)
        state.plans, state.assist_plans = PlansOf(room, PRODUCE), AssistPlansHeld(room)
        metrics.watch(keeper)
        try:
            yield
        finally:
            room.close()
            desk.close()
            keeper.close()

    app = FastAPI(
        title="Plumline",
        version="1",
        # The pages that FastAPI brings for its documentation fetch their scripts from the internet.
        docs_url=None,
        redoc_url=None,
        # It is served with examples out of the data, by `api.routers.openapi`.
        openapi_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.shows_sensitive = shows_sensitive
    app.state.today, app.state.now = today, now
    _keep(app, workspace)
    add_problem_handlers(app, error_page)
    add_routes(app)
    add_pages(app)
    describe(app)
    _surround(app, bounds or bounds_of(workspace.settings, patience_seconds), metrics)
    return app


def _plan_room(keeper: GraphKeeper, start: StartPlan, *, shows_sensitive: bool) -> PlanRoom:
    """Return what makes and holds plans beside the graph of the keeper."""
    return PlanRoom(
        keeper.workspace,
        start=start,
        shows_sensitive=shows_sensitive,
        is_erased_since=lambda version: keeper.ledger.is_erased_since(version),
    )


def _keep(app: FastAPI, workspace: Workspace) -> None:
    """Make what answers are worked out from once, for all who ask."""
    app.state.censuses = KeptCensus()
    app.state.places = KeptPlaces()
    app.state.kept_plans = KeptPlans(produce_kept)
    app.state.kept_drafts = KeptDrafts(partial(assist_kept, schema=workspace.schema))
    app.state.risk_households = KeptRiskHouseholds()
    app.state.risks = KeptRisk(app.state.risk_households)
    app.state.risks_now = KeptToday(app.state.risks)
    app.state.dictionary = PrintedDictionary(workspace)


def _surround(app: FastAPI, bounds: Bounds, metrics: Metrics) -> None:
    """Put around every request what holds for all; the last one added is the outermost."""
    app.state.metrics = metrics
    app.add_middleware(Revalidation)
    app.add_middleware(HeadRequests)
    app.add_middleware(Limits, bounds=bounds)
    app.add_middleware(HostCheck)
    app.add_middleware(Metering, metrics=metrics)
    app.add_middleware(RequestRecord)
