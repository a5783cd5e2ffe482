"""`plumline produce plan --map FILE.svg`: the plan as a sketch map, with boundaries where a file of them is given."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.drawing.boundaries import Boundaries, read_boundaries
from analysis.drawing.sketch_map import sketch_map
from analysis.questions.produce_map import plan_map
from analysis.questions.produce_plan_answer import ProducePlanAnswer
from analysis.questions.produce_plan_made import PlanInput
from cli.context import Context
from cli.usage import UsageError

DRAWING = ".svg"


def parse_map_file(text: str) -> Path:
    """Return the name of a drawing. Raises UsageError for another ending."""
    path = Path(text)
    if path.suffix.lower() != DRAWING:
        raise UsageError("no_map_file", file=path.name)
    return path


MapFile = Annotated[
    Path | None, typer.Option("--map", metavar="FILE.svg", parser=parse_map_file, help="option.map_file")
]


def boundaries_given(here: Context) -> Boundaries | None:
    """Return the outlines of the file that the settings name, None where they name none. Raises BoundariesError."""
    path = here.workspace.settings.boundaries
    return None if path is None else read_boundaries(path)


def write_map(
    here: Context, answer: ProducePlanAnswer, frames: PlanInput, path: Path, boundaries: Boundaries | None
) -> None:
    """Write the map of a plan; `frames` are those that it was made from."""
    shown = plan_map(answer, frames)
    drawing = sketch_map(
        shown.points, shown.flows, here.voice.language, boundaries=boundaries, is_made_up=shown.is_made_up
    )
    path.write_text(drawing, encoding="utf-8")
    here.voice.say("written", file=path)
