"""A small ledger to ask the application about; everything in it is made up. The day is 2026-05-20.

`first`: a county with one village and two households. 1001 has unsold plums (M02 by I25) and a chronic illness (H02 by
I14b, sensitive) and offers one lot of plums. There are two demands of a plant in Jieyang; one wants a better grade.
`later`: an observation by which household 1002 has M02 too.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from starlette.testclient import TestClient

from loaders.load_options import FilesGiven
from loaders.run import load_files
from loaders.workspace import Workspace

FEEDS = Path(__file__).parent / "feeds"
DAY = date(2026, 5, 20)
# A graph is made in some seconds even where other work keeps the machine busy.
PATIENT = 60.0
HERE = "http://127.0.0.1:8000"


class Households(NamedTuple):
    """The pseudonyms of the two households."""

    with_plums: str
    other: str


def load(workspace: Workspace, name: str) -> None:
    """Take a folder of feeds into the ledger, as `plumline load` in another process does."""
    load_files(FilesGiven((FEEDS / name,)), workspace.load_place(), recorded_at=datetime(2026, 5, 20, 8, tzinfo=UTC))


def caught_up(client: TestClient) -> TestClient:
    """Return the client once the graph of its server shows every load of the ledger."""
    give_up_at = time.monotonic() + PATIENT
    while time.monotonic() < give_up_at:
        ready = client.get("/readyz")
        if ready.status_code == 200 and ready.json()["loads_behind"] == 0:
            return client
        time.sleep(0.05)
    raise AssertionError("the graph did not catch up")
