"""The server that the benchmarks of the API ask: the real application on a county, and one route to compare it with.

`python -m benchmarks.county_app FOLDER PORT`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import orjson
import uvicorn
from fastapi import FastAPI, Query, Response

from analysis.drawing.links_forms import links_node_link
from analysis.page import Page
from analysis.questions.assistance import assistance
from api.app import create_app
from api.deps import Censuses, Keeper
from api.log import write_log
from api.routers.assistance import AssistanceAsking
from loaders.settings import Settings
from loaders.workspace import Workspace

READY_MADE = "/ready-made"


def county_app(folder: Path) -> FastAPI:
    """Return the application on a data folder, with a route that answers a planner's question by bytes made before."""
    app = create_app(Workspace(Settings(data=folder), stays=True))
    made: dict[str, bytes] = {}

    @app.get(READY_MADE)
    def ready_made(asking: Annotated[AssistanceAsking, Query()], keeper: Keeper, censuses: Censuses) -> Response:
        """Ask the same of the graph as `/v1/assistance`, and answer with what was made of it the first time."""
        with keeper.asking() as graph:
            day = asking.day or graph.day
            answer = assistance(
                graph.store,
                keeper.workspace.schema,
                asking.filters(),
                day=day,
                show_sensitive=False,
                page=Page(asking.limit, asking.after),
                chain_page=Page(asking.chain_limit, asking.after_chain),
                census=censuses.of(graph.store, day),
            )
        if "graph" not in made:
            made["graph"] = orjson.dumps(links_node_link(answer))
        return Response(made["graph"], media_type="application/vnd.plumline.node-link+json")

    return app


def main() -> None:
    """Serve until the process is ended."""
    folder, port = sys.argv[1:]
    write_log()
    uvicorn.run(county_app(Path(folder)), host="127.0.0.1", port=int(port), log_level="warning")


if __name__ == "__main__":
    main()
