"""Loads in the browser: a file sent, how far it is, what came of it; what was loaded; and taking a load back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.deps import Keeper, LoadDeskHere
from api.errors import BadParameters
from api.faults import parameter_faults, told_together
from api.loads.answers import LoadJob
from api.loads.asked import JobId, LoadId, Why
from api.loads.desk import LoadDesk
from api.loads.list import has_rejects_file, load_entry, newest_loads, withdraw_load
from api.loads.telling import told_job, told_jobs
from api.loads.uploading import place_upload
from api.pages.addresses import path_of
from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.rendering import page
from api.pages.typed import FORM_HEADERS
from api.pages.words import worded
from graph_schema import Schema
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language
from loaders.load_answers import GraphUpdate, RejectedRow, Rows, WarnedRow

router = APIRouter(include_in_schema=False)

SHOWN_LOADS = 50
SHOWN_ROWS = 100
SEE_OTHER = 303
LARGEST_WHOLE = 2**53 - 1


class LoadsAsking(PageAsking):
    """Where the list goes on."""

    after: Annotated[int, Field(ge=0, le=LARGEST_WHOLE)] | None = None


class WithdrawalForm(BaseModel):
    """What the form for taking a load back brings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    why: Why
    sure: Literal["yes"]


@dataclass(frozen=True)
class ShownOutcome:
    """What the page of a job shows of all its files together, beside each of them."""

    is_entered: bool
    rejects: Sequence[RejectedRow]
    warnings: Sequence[WarnedRow]
    warning_count: int
    by_kind: Sequence[tuple[str, Rows]]
    has_notes: bool
    graph: Sequence[tuple[str, int, int]]


@router.get("/loads", name="loads_page")
def loads(
    request: Request,
    asking: Annotated[LoadsAsking, Query()],
    desk: LoadDeskHere,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show the form for a file, the loads under way, and what was loaded."""
    return _loads_page(request, desk, keeper, language, after=asking.after)


@router.post("/loads", name="send_page")
async def send(request: Request, desk: LoadDeskHere, keeper: Keeper, language: PageLanguage) -> Response:
    """Take a file in and lead to the page that tells how far it is; else say on the form why not."""
    fault: PlumlineError
    try:
        folder = await place_upload(request, desk, language)
    except RequestValidationError as error:
        fault = BadParameters("bad_parameters", faults=told_together(parameter_faults(error.errors())))
    except PlumlineError as error:
        fault = error
    else:
        return RedirectResponse(path_of("loads", "jobs", folder.name), SEE_OTHER)
    return await run_in_threadpool(_loads_page, request, desk, keeper, language, fault=fault)


@router.get("/loads/jobs/{job}", name="load_job_page")
def load_job(
    request: Request,
    job: JobId,
    asking: Annotated[PageAsking, Query()],
    desk: LoadDeskHere,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show how far the load of a file is, and what came of it."""
    told = told_job(desk, keeper, desk.folder(job))
    return page(
        request,
        "load_job.html.j2",
        language=language,
        headers=FORM_HEADERS,
        job=told,
        shown=_outcome(told),
        name_of=_Named(desk.workspace.schema, language),
    )


@router.post("/loads/jobs/{job}/cancel", name="cancel_load_page")
def cancel(job: JobId, desk: LoadDeskHere) -> Response:
    """Stop a load, and lead back to its page."""
    desk.cancel(desk.folder(job))
    return RedirectResponse(path_of("loads", "jobs", job), SEE_OTHER)


@router.get("/loads/{load_id}", name="load_page")
def load(
    request: Request,
    load_id: LoadId,
    asking: Annotated[PageAsking, Query()],
    desk: LoadDeskHere,
    language: PageLanguage,
) -> Response:
    """Show one load, with the form for taking it back."""
    entry = load_entry(desk.ledger, desk.workspace.schema, load_id)
    return page(
        request,
        "load.html.j2",
        language=language,
        headers=FORM_HEADERS,
        load=entry,
        has_rejects_file=has_rejects_file(desk, entry),
        name_of=_Named(desk.workspace.schema, language),
    )


@router.post("/loads/{load_id}/withdraw", name="withdraw_page")
def withdraw(
    request: Request, load_id: LoadId, form: Annotated[WithdrawalForm, Form()], desk: LoadDeskHere
) -> Response:
    """Take a load back, and lead to its page."""
    withdraw_load(desk.ledger, load_id, why=form.why, at=request.app.state.now())
    return RedirectResponse(path_of("loads", load_id), SEE_OTHER)


def _loads_page(
    request: Request,
    desk: LoadDesk,
    keeper: Keeper,
    language: Language,
    *,
    after: int | None = None,
    fault: PlumlineError | None = None,
) -> Response:
    schema = desk.workspace.schema
    as_named = [("", worded("loads.as_named", language))]
    names = _Named(schema, language)
    kinds = {kind: names.kind(kind) for kind in schema.fact_tables if not schema.is_vocabulary(kind)}
    return page(
        request,
        "loads.html.j2",
        language=language,
        status=200 if fault is None else fault.status,
        headers=FORM_HEADERS,
        fault=fault,
        jobs=told_jobs(desk, keeper),
        listed=newest_loads(desk.ledger, schema, feed=None, limit=SHOWN_LOADS, after=after),
        mappings=_mappings(desk, language),
        feeds=as_named + [(code, feed.label.text(language)) for code, feed in schema.feeds.items()],
        kinds=as_named + sorted(kinds.items(), key=lambda kind: kind[1]),
        upload_megabytes=desk.workspace.settings.upload_megabytes,
        name_of=names,
    )


def _mappings(desk: LoadDesk, language: Language) -> list[tuple[str, str]]:
    feeds = desk.workspace.schema.feeds
    told = [
        (
            mapping.name,
            worded(
                "loads.by_mapping",
                language,
                name=mapping.name,
                feed=feeds[mapping.feed].label.text(language),
                label=mapping.label.text(language),
            ),
        )
        for mapping in desk.mappings
    ]
    return [("", worded("loads.by_its_name", language)), *told]


def _outcome(job: LoadJob) -> ShownOutcome:
    reports = job.outcome.reports if job.outcome else ()
    kinds: dict[str, Counter[str]] = {}
    for report in reports:
        for kind, counts in report.by_kind.items():
            kinds.setdefault(kind, Counter()).update(counts.model_dump())
    return ShownOutcome(
        is_entered=any(report.load_id for report in reports),
        rejects=[reject for report in reports for reject in report.rejects][:SHOWN_ROWS],
        warnings=[warning for report in reports for warning in report.warnings][:SHOWN_ROWS],
        warning_count=sum(report.warning_count for report in reports),
        by_kind=[(kind, Rows(**counts)) for kind, counts in kinds.items() if counts["read"]],
        graph=_of_graph(job.outcome.graph if job.outcome else None),
        has_notes=any(report.absent or report.notes or report.repeated_count for report in reports),
    )


def _of_graph(update: GraphUpdate | None) -> list[tuple[str, int, int]]:
    """Return by kind how many nodes or relationships were written and removed."""
    if update is None:
        return []
    written = {**update.nodes, **update.relationships}
    kinds = {**written, **update.removed}
    return [(kind, written.get(kind, 0), update.removed.get(kind, 0)) for kind in kinds]


class _Named:
    """Tells the names of feeds and kinds in a template."""

    def __init__(self, schema: Schema, language: Language) -> None:
        self._schema, self._language = schema, language

    def feed(self, code: str) -> str:
        known = self._schema.feeds.get(code)
        return known.label.text(self._language) if known else code

    def kind(self, name: str) -> str:
        found = self._schema.node_kinds.get(name) or self._schema.relationship_kinds.get(name)
        return found.label.text(self._language) if found else name
