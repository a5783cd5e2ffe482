"""Loads: a file sent to be loaded, how far that is, and what the ledger has taken in."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.deps import Keeper, LoadDeskHere, WantedLanguage
from api.description import problems
from api.loads.answers import JobList, LoadAnswer, LoadJob, LoadList
from api.loads.asked import JobId, LoadAsked, LoadId
from api.loads.list import has_rejects_file, load_entry, newest_loads, rejects_of_job, rejects_of_load, withdraw_load
from api.loads.receiving import FILE_FIELD, FORM
from api.loads.telling import told_job, told_jobs
from api.loads.uploading import place_upload
from api.parameters import PRINTABLE, SHOWN, Count
from loaders.loads_answers import WithdrawBody

router = APIRouter(prefix="/v1/loads", tags=["loads"])

LARGEST_WHOLE = 2**53 - 1


class LoadsAsking(BaseModel):
    """How the list of loads may be asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    feed: Annotated[str, Field(max_length=100, pattern=PRINTABLE)] | None = Field(
        default=None, description="Only loads of this feed."
    )
    limit: Count = Field(default=SHOWN, description="How many loads are shown.")
    after: Annotated[int, Field(ge=0, le=LARGEST_WHOLE)] | None = Field(
        default=None, description="`next_after` of the answer before."
    )


class Withdrawal(BaseModel):
    """Why a load is taken back."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"example": {"why": "of another county"}})

    why: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=PRINTABLE)] = (
        Field(description="The reason, which is kept for good. It should not tell who anybody is.")
    )


def _form() -> dict[str, Any]:
    """Return the description of the form; it is read piece by piece, which FastAPI does not do by itself."""
    fields = LoadAsked.model_json_schema()
    file = {"type": "string", "format": "binary", "description": "The file, archive or workbook."}
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": [FILE_FIELD],
        "properties": {FILE_FIELD: file, **{name: _sent(field) for name, field in fields["properties"].items()}},
    }
    return {"requestBody": {"required": True, "content": {FORM: {"schema": schema}}}}


def _sent(field: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a field as a form has it: what is left out is not sent, for a form knows no null."""
    told = {name: value for name, value in field.items() if name not in ("anyOf", "default")}
    return {**told, **next((form for form in field.get("anyOf", ()) if form != {"type": "null"}), {})}


_LOCATION = {"Location": {"description": "Where the job is told of.", "schema": {"type": "string"}}}


@router.post(
    "",
    status_code=202,
    summary="Load this file",
    response_model=LoadJob,
    responses={202: {"headers": _LOCATION}, **problems(400, 403, 408, 413, 415, 422, 503, 507)},
    openapi_extra=_form(),
)
async def place_load(
    request: Request, response: Response, desk: LoadDeskHere, keeper: Keeper, language: WantedLanguage
) -> LoadJob:
    """Take a feed file in, and return the job that loads it. Files are loaded one after the other.

    Every row is accepted or rejected, as with `plumline load`; what came of the file is in the job once it has ended.
    """
    folder = await place_upload(request, desk, language)
    response.headers["Location"] = f"/v1/loads/jobs/{folder.name}"
    return told_job(desk, keeper, folder)


@router.get("", summary="What has been loaded?", responses=problems(422))
def loads(asking: Annotated[LoadsAsking, Query()], desk: LoadDeskHere) -> LoadList:
    """Return the loads of the ledger, the newest first, those that were taken back among them."""
    return newest_loads(desk.ledger, desk.workspace.schema, feed=asking.feed, limit=asking.limit, after=asking.after)


@router.get("/jobs", summary="Which files are being loaded?", responses=problems())
def load_jobs(desk: LoadDeskHere, keeper: Keeper) -> JobList:
    """Return the loads over HTTP that are under way or ended in the last days, the newest first."""
    return JobList(jobs=told_jobs(desk, keeper))


@router.get("/jobs/{job}", summary="How far is this load?", responses=problems(404, 422))
def load_job(job: JobId, desk: LoadDeskHere, keeper: Keeper) -> LoadJob:
    """Return how far the load of a file is, and what came of it once it has ended."""
    return told_job(desk, keeper, desk.folder(job))


@router.post("/jobs/{job}/cancel", summary="Stop this load", responses=problems(403, 404, 409, 422))
def cancel_load(job: JobId, desk: LoadDeskHere, keeper: Keeper) -> LoadJob:
    """Stop a load that waits or is under way. What it has entered already counts, and stands in the list of loads."""
    folder = desk.folder(job)
    desk.cancel(folder)
    return told_job(desk, keeper, folder)


_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The rejected rows, to correct."}
}


@router.get(
    "/jobs/{job}/rejects/{number}",
    summary="Which rows of this file were rejected?",
    response_class=FileResponse,
    responses={**_CSV, **problems(404, 422)},
)
def job_rejects(
    job: JobId,
    number: Annotated[
        int, Path(ge=1, le=LARGEST_WHOLE, description="Which file of the outcome, from 1.", examples=[1])
    ],
    desk: LoadDeskHere,
) -> FileResponse:
    """Return the rejected rows of one file of a job, also where there were too many for anything of it to count."""
    return _csv(rejects_of_job(desk, desk.folder(job), number))


@router.get("/{load_id}", summary="What did this load bring?", responses=problems(404, 422))
def load(load_id: LoadId, desk: LoadDeskHere) -> LoadAnswer:
    """Return one load of the ledger."""
    entry = load_entry(desk.ledger, desk.workspace.schema, load_id)
    return LoadAnswer(load=entry, has_rejects_file=has_rejects_file(desk, entry))


@router.get(
    "/{load_id}/rejects",
    summary="Which rows of this load were rejected?",
    response_class=FileResponse,
    responses={**_CSV, **problems(404, 422)},
)
def load_rejects(load_id: LoadId, desk: LoadDeskHere) -> FileResponse:
    """Return the rejected rows with line, reason and what to do; corrected, the file loads as it is."""
    return _csv(rejects_of_load(desk, load_entry(desk.ledger, desk.workspace.schema, load_id)))


@router.post(
    "/{load_id}/withdraw", summary="Take this load back", responses=problems(400, 403, 404, 408, 409, 415, 422, 423)
)
def withdraw(load_id: LoadId, withdrawal: Withdrawal, request: Request, desk: LoadDeskHere) -> WithdrawBody:
    """Take a load back: its facts count no more, and the graph follows. Nothing is deleted."""
    return withdraw_load(desk.ledger, load_id, why=withdrawal.why, at=request.app.state.now())


def _csv(path: FilePath) -> FileResponse:
    return FileResponse(path, media_type="text/csv; charset=utf-8", filename=path.name)
