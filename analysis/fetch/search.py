"""Nodes found by their id or a part of their name, asked of the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict, cast

from graph_store import GraphStore

# The question of each kind that is found in the graph.
_QUERIES: Mapping[str, str] = {
    "Area": "search/areas",
    "Household": "search/households",
    "Enterprise": "search/enterprises",
    "Cooperative": "search/cooperatives",
    "Programme": "search/programmes",
    "Agency": "search/agencies",
}


class FoundRow(TypedDict):
    """A node, and how well it fits, 0 being best."""

    id: str
    name: str | None
    is_made_up: bool
    rank: int


def found_nodes(store: GraphStore, kind: str, text: str, *, limit: int) -> list[FoundRow]:
    """Return at most `limit` nodes of a kind whose id begins with the text or whose name holds it, the best first.

    `text` is not empty and in small letters. Of a household only the pseudonym is looked at, never a name.
    """
    query = _QUERIES[kind]
    rows = store.ask(query, text=text, limit=limit)
    return cast("list[FoundRow]", [{"name": None, **row} for row in rows])
