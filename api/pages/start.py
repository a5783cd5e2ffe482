"""The start page: three ways in, and what is in the graph, how old it is and from which feeds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.deps import Keeper
from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.rendering import page
from loaders.status import NothingLoaded, StatusAnswer, status

router = APIRouter(include_in_schema=False)

# What a reader looks for first, nodes and relationships; every other kind stands in the table below.
SHOWN_FIRST = {
    "households": "Household",
    "findings": "AFFECTED_BY",
    "areas": "Area",
    "programmes": "Programme",
    "enterprises": "Enterprise",
    "cooperatives": "Cooperative",
    "lots": "SupplyLot",
    "demands": "Demand",
}


@router.get("/", name="start_page")
def start(request: Request, asking: Annotated[PageAsking, Query()], keeper: Keeper, language: PageLanguage) -> Response:
    """Show the three ways in and the state of the data; with nothing loaded yet, what to do first."""
    schema = keeper.workspace.schema
    state = _state(request, keeper)
    kinds = [] if state is None else [kind for kind in state.nodes if not schema.is_vocabulary(kind)]
    return page(
        request,
        "start.html.j2",
        language=language,
        state=state,
        shown_first=[] if state is None else _shown_first(state),
        kinds=[(schema.node_kind(kind).label, kind) for kind in kinds],
    )


def _shown_first(state: StatusAnswer) -> list[tuple[str, int]]:
    counts = {**state.nodes, **state.relationships}
    return [(code, counts[kind]) for code, kind in SHOWN_FIRST.items() if counts.get(kind)]


def _state(request: Request, keeper: Keeper) -> StatusAnswer | None:
    with keeper.asking() as graph:
        ledger = keeper.workspace.open_ledger(create=True)
        try:
            return status(ledger, graph.store, keeper.workspace.schema, now=request.app.state.now())
        except NothingLoaded:
            return None
