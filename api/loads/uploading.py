"""A file that is sent to be loaded, from its first byte to its place in the queue; for the API and the page alike."""

from __future__ import annotations

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from api.loads.asked import load_asked, order_of
from api.loads.desk import LoadDesk
from api.loads.job_files import JobFolder
from api.loads.receiving import receive_form
from graph_schema.messages import Language

UPLOAD_PATHS = frozenset({"/v1/loads", "/loads"})


async def place_upload(request: Request, desk: LoadDesk, language: Language) -> JobFolder:
    """Return the job that the form of the request asks for, in its place in the queue.

    Raises what `receive_form` and `load_asked` raise, and QueueFull; then nothing of it is kept.
    """
    with desk.place() as folder:
        received = await receive_form(request, folder.upload)
        file_name = received.file_name or ""
        asked = load_asked(received.fields, file_name, desk.workspace.schema)
        at = request.app.state.now()
        order = order_of(asked, job=folder.name, file_name=file_name, language=language, at=at)
        await run_in_threadpool(desk.submit, folder, order)
    return folder
