"""The demonstration, made once for all processes that share the tests; each has a copy of its own."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from dataclasses import asdict, replace

import pytest

from tests.cli.calls import Demonstration, Said, started


def copy_of_demonstration(folders: pytest.TempPathFactory) -> Demonstration:
    """Return a copy of the data folder with the two counties of the demo, and what the program said when it made it.

    The program is started as people start it. What it said names the folder of the copy.
    """
    shared = folders.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else folders.getbasetemp()
    made, told = shared / "demonstration" / "data", shared / "demonstration.json"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            said = started("--data", str(made), "demo")
            told.write_text(json.dumps(asdict(said)), encoding="utf-8")
    first_run = Said(**json.loads(told.read_text(encoding="utf-8")))
    copy = folders.mktemp("demonstration") / "data"
    shutil.copytree(made, copy)
    return Demonstration(copy, replace(first_run, out=first_run.out.replace(str(made), str(copy))))
