"""The description of the API as a file, with examples out of the graph that is being served."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Request, Response

from api.deps import Keeper, LoadDeskHere
from api.description import with_examples
from api.graph_keeper import GraphKeeper
from api.loads.desk import LoadDesk
from graph_schema.errors import PlumlineError

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
def openapi(request: Request, keeper: Keeper, desk: LoadDeskHere) -> Response:
    """Return what every route takes and answers.

    Ids that hang on the data folder, such as a household's pseudonym, are given as examples where there are some.
    """
    described = with_examples(request.app.openapi(), {**_of_graph(keeper), **_of_loads(desk)})
    return Response(orjson.dumps(described), media_type="application/json")


def _of_graph(keeper: GraphKeeper) -> dict[str, str]:
    """Return a household to ask about; none while there is no graph at hand, for which nobody waits here."""
    if keeper.at_hand().day is None:
        return {}
    try:
        with keeper.asking() as graph:
            for area in graph.store.ask("places/top_areas"):
                page = graph.store.ask("people/households_page", area_id=area["area_id"], after="", limit=1)
                if page:
                    return {"household": str(page[0]["household_id"])}
    except PlumlineError:
        # The description is there also while nothing else is.
        return {}
    return {}


def _of_loads(desk: LoadDesk) -> dict[str, str]:
    """Return a load of the ledger to ask about."""
    try:
        loads = desk.ledger.loads()["load_id"].to_pylist()
    except PlumlineError:
        return {}
    return {"load": loads[-1]} if loads else {}
