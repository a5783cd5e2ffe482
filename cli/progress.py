"""How far a long command is: a bar for a person, plain lines for a file, nothing where a program reads JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from cli.voice import Voice
from ledger import Holder

FEW_FILES = 1


class Steps:
    """Tells of each step; made by `steps`."""

    def __init__(self, voice: Voice, bar: Progress | None) -> None:
        self._voice = voice
        self._bar = bar
        self._task: TaskID | None = None

    def file(self, step: str, number: int, total: int, name: str) -> None:
        """Tell that a step of the file with this number has begun."""
        told = self._voice.text("progress.file", number=number, total=total, name=name, step=self._step(step))
        if self._bar is not None:
            self._show(told, done=number - 1, total=total)
        elif total > FEW_FILES and step == "reading":
            self._line(self._voice.text("progress.file_line", number=number, total=total, name=name))

    def graph(self) -> None:
        """Tell that the graph is being brought up to date."""
        if self._bar is not None:
            self._show(self._step("projecting"), done=0, total=None)

    def waiting(self, holder: Holder | None) -> None:
        """Tell for which process the command waits; None for one that is updating the graph on a server."""
        told = self._voice.text("progress.waiting_graph")
        if holder is not None:
            told = self._voice.text("progress.waiting", pid=holder.pid, since=holder.since)
        if self._bar is not None:
            self._bar.console.print(told, markup=False, highlight=False)
        else:
            self._line(told)

    def _step(self, step: str) -> str:
        return self._voice.text(f"progress.step_{step}")

    def _show(self, told: str, *, done: int, total: int | None) -> None:
        if self._bar is None:
            return
        if self._task is None:
            self._task = self._bar.add_task(told, total=total)
        self._bar.update(self._task, description=told, completed=done, total=total)

    def _line(self, text: str) -> None:
        if not self._voice.is_json:
            self._voice.aside(text)


@contextmanager
def steps(voice: Voice) -> Iterator[Steps]:
    """Yield what tells of steps; the bar stands on standard error and is gone when the command is done."""
    if voice.is_json or not voice.err.is_terminal:
        yield Steps(voice, None)
        return
    columns = (BarColumn(bar_width=20), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=voice.err, transient=True) as bar:
        yield Steps(voice, bar)
