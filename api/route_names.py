"""How a request is named in the log and in the figures: by its route, never by its address, where an id may stand."""

from __future__ import annotations

from starlette.types import Scope

NO_ROUTE = "(no route)"
OTHER_METHOD = "OTHER"
KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def endpoint_name(scope: Scope) -> str:
    """Return the qualified name of the function that the request came to; two routes share it only by intention."""
    endpoint = scope.get("endpoint")
    if endpoint is None:
        return NO_ROUTE
    named = endpoint if hasattr(endpoint, "__qualname__") else type(endpoint)
    return f"{named.__module__}.{named.__qualname__}"


def path_template(scope: Scope) -> str:
    """Return the template of the path, as a person knows the route; of files only where they stand."""
    template: str = getattr(scope.get("route"), "path_format", "") or scope.get("root_path", "")
    return template or endpoint_name(scope)


def method_name(scope: Scope) -> str:
    """Return the method; whatever else somebody sends is one and the same."""
    return scope["method"] if scope["method"] in KNOWN_METHODS else OTHER_METHOD
