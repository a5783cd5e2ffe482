"""What every explanation of a plan for help has, and how it is told: as tables, as JSON, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from analysis.questions.assist_telling import AssistIndex
from analysis.tables.table import Table
from cli.assist_options import AssistAskedFor, AssistPlanning
from cli.context import Context
from cli.table_files import write_tables


@dataclass(frozen=True)
class Explaining:
    """A plan that is made, what was typed, and how much of each list is told. `output`: a table file, if any."""

    here: Context
    asked: AssistAskedFor
    planning: AssistPlanning
    index: AssistIndex
    most_rows: int
    output: Path | None

    def tell(self, answer: BaseModel, tables: Sequence[Table], show: Callable[[], None]) -> None:
        """Write the tables where a file was named; print the answer as JSON, or in words by `show`."""
        voice = self.here.voice
        if self.output is not None:
            write_tables(voice, tables, self.output)
        voice.json(answer)
        if not voice.is_json:
            show()
