"""Whether only a part of a page is wanted, which the one script of the pages puts into a page that is open."""

from __future__ import annotations

from fastapi import Request

ASKED_BY_SCRIPT = "HX-Request"


def is_fragment(request: Request) -> bool:
    """Return whether the script asks. Whoever varies by this says so: every page has `HX-Request` in its `Vary`."""
    return request.headers.get(ASKED_BY_SCRIPT) == "true"
