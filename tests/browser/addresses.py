"""Every kind of page of the demo's data, by a name; a page that is new is added here, and every check looks at it."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Mapping
from typing import Any

# The made-up household with two rival chains of causes is found by what is in its town.
TOWN = "350624105"
COUNTY = "350624"
LOT = "LT-TAIPING-1"

PAGES: Mapping[str, str] = {
    "start": "/",
    "dictionary": "/dictionary?q=plum",
    "causes in the dictionary": "/dictionary/causes",
}
NOT_FOUND = "/nowhere"


def asked(origin: str, address: str) -> Any:  # noqa: ANN401 - JSON as it comes
    """Return the JSON answer of the server."""
    with urllib.request.urlopen(origin + address, timeout=20) as answer:  # noqa: S310 - our own address
        return json.loads(answer.read())
