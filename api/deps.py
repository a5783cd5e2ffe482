"""What handlers are given: the graph of the application and whether it may show sensitive causes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.graph_keeper import GraphKeeper


def keeper_of(request: Request) -> GraphKeeper:
    """Return the keeper of the graph of this application."""
    keeper: GraphKeeper = request.app.state.keeper
    return keeper


def shows_sensitive(request: Request) -> bool:
    """Return whether this server was started with `--show-sensitive`."""
    return bool(request.app.state.shows_sensitive)


Keeper = Annotated[GraphKeeper, Depends(keeper_of)]
ShowsSensitive = Annotated[bool, Depends(shows_sensitive)]
