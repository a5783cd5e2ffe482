"""The addresses of the pages, made in one place, and which node kinds have a page of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

# Node kind -> where its nodes are shown; {id} is filled in quoted.
NODE_PAGES: Mapping[str, str] = {
    "Household": "/households/{id}",
    "Area": "/areas/{id}",
    "Enterprise": "/enterprises/{id}",
    "Cooperative": "/cooperatives/{id}",
    "Programme": "/chains?programme={id}",
    "Cause": "/chains?cause={id}",
    "Measure": "/chains?measure={id}",
    "Product": "/produce?product={id}",
    "SupplyLot": "/produce/lots/{id}",
    "Load": "/loads/{id}",
}


def address(path: str, query: Iterable[tuple[str, object]] = ()) -> str:
    """Return the path with the query; what is None or empty is left out.

    >>> address("/chains", [("area", "350624"), ("help", None)])
    '/chains?area=350624'
    """
    listed = [(name, str(value)) for name, value in query if value not in (None, "")]
    return f"{path}?{urlencode(listed)}" if listed else path


def path_of(*parts: str) -> str:
    """Return a path of the parts, each quoted; an id may hold a slash, which stays.

    >>> path_of("households", "a/b c")
    '/households/a/b%20c'
    """
    return "/" + "/".join(quote(part, safe="/") for part in parts)


def node_page(kind: str, node_id: str) -> str | None:
    """Return the address of the page of a node, or None where its kind has none."""
    form = NODE_PAGES.get(kind)
    if form is None:
        return None
    return form.format(id=quote(node_id, safe="" if "?" in form else "/"))
