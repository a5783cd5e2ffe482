"""The cause engine on files alone, as `plumline explain` and `plumline risk` share it: options, and the JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter

from analysis.questions.risk_files import FilesRisk
from analysis.questions.risk_files_answer import HouseholdRisk
from cli.usage import UsageError
from cli.voice import Voice

ANSWERS = {"yes": True, "no": False}
# How the JSON of an answer without households ends: between the two they are written.
OPENED, CLOSED = '"households":[', "]}"
HOUSEHOLDS = TypeAdapter(tuple[HouseholdRisk, ...])

NetworkFile = Annotated[Path | None, typer.Option("--network", metavar="FILE", help="option.network")]
FindingsFile = Annotated[Path | None, typer.Option("--findings", metavar="FILE", help="option.findings")]
Target = Annotated[str | None, typer.Option("--target", metavar="CODE", help="option.target")]
Seen = Annotated[list[str] | None, typer.Option("--seen", metavar="CODE=yes|no", help="option.seen")]
Posteriors = Annotated[bool, typer.Option("--posteriors", help="option.posteriors")]


def parse_seen(texts: Sequence[str] | None) -> dict[str, bool]:
    """Return what was seen by code, from texts such as O02=yes. Raises UsageError, also where a code is there twice."""
    seen: dict[str, bool] = {}
    for text in texts or ():
        code, _, answer = text.rpartition("=")
        if not code or answer not in ANSWERS or code in seen:
            raise UsageError("seen_misread", text=text)
        seen[code] = ANSWERS[answer]
    return seen


def write_json(voice: Voice, found: FilesRisk) -> None:
    """Print the answer as one JSON body, its households as they are computed; what was not asked for is left out."""
    head = found.head.model_dump_json()
    if not head.endswith(OPENED + CLOSED):
        raise TypeError("the households are the last field of the body")
    voice.machine_text(head.removesuffix(CLOSED))
    joint = ""
    for block in found.blocks():
        rows = HOUSEHOLDS.dump_json(block, exclude_unset=True).decode("utf-8")
        voice.machine_text(joint + rows.removeprefix("[").removesuffix("]"))
        joint = ","
    voice.machine_text(CLOSED)
