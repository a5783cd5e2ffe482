"""What is in the graph, how old it is, and from which feeds."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.deps import Keeper, WantedLanguage
from api.description import problems
from api.forms import as_json, formed
from loaders.status import StatusAnswer
from loaders.status import status as ask_status

router = APIRouter(prefix="/v1", tags=["state of the server"])


@router.get(
    "/status",
    summary="What is in the graph, how old is it, and from which feeds?",
    response_model=StatusAnswer,
    responses=problems(404, 409, 503),
)
def status(request: Request, keeper: Keeper, language: WantedLanguage) -> Response:
    """Return what each feed has brought and how old it is, and how many nodes and relationships the graph holds."""
    work = keeper.workspace
    with keeper.asking() as graph:
        ledger = work.open_ledger(create=True)
        answer = ask_status(ledger, graph.store, work.schema, now=request.app.state.now())
    return formed(as_json(answer), "json", file_name="status", language=language)
