"""What the command line says: sentences of `messages.yaml` in the language of the person, on the terminal.

Where standard output is no terminal, lines are as long as they need to be and carry no colours, so that a file or
another program gets them whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus

from pydantic import BaseModel
from rich.console import Console
from rich.text import Text

from analysis.amounts import Amount
from cli.catalogue import CATALOGUE
from cli.problem import Problem
from cli.table_text import Column, Row, table_lines
from cli.wrapped_text import wrapped
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language

Cell = str | int | float | date | None


class ReaderGone(Exception):
    """Nobody reads standard output any more, as after `| head`."""


class Terminal(Console):
    """A console that knows whether anything was printed yet.

    It tells its caller when nobody reads any more, where rich would end the process itself.
    """

    has_printed = False

    def on_broken_pipe(self) -> None:
        """Raise ReaderGone."""
        raise ReaderGone


def terminal(*, is_error: bool = False) -> Terminal:
    """Return the console of standard output, or of standard error."""
    return Terminal(stderr=is_error, highlight=False, markup=False, emoji=False)


@dataclass(frozen=True)
class Voice:
    """Speaks one language on one terminal. With `is_json` only JSON goes to standard output."""

    language: Language
    is_json: bool = False
    out: Terminal = field(default_factory=terminal)
    err: Terminal = field(default_factory=lambda: terminal(is_error=True))

    @property
    def width(self) -> int | None:
        """Return the width of the terminal in cells, None where standard output is none."""
        return self.out.width if self.out.is_terminal else None

    def text(self, code: str, **fields: object) -> str:
        """Return the sentence `code` in the language of the person."""
        return CATALOGUE.text(code, fields, self.language)

    def listed(self, words: Iterable[str]) -> str:
        """Return words as a list in a sentence, each once."""
        return self.text("word.comma").join(dict.fromkeys(words))

    def say(self, code: str, **fields: object) -> None:
        """Print the sentence `code`; nothing in JSON mode, where programs read."""
        self.line(self.text(code, **fields))

    def line(self, text: str = "", *, style: str | None = None, hanging: str = "  ", is_whole: bool = False) -> None:
        """Print text that is already in the right language; lines after the first begin with `hanging`.

        What `is_whole` is never broken, so that it can be copied.
        """
        if not self.is_json:
            self._print(self.out, wrapped(text, None if is_whole else self.width, hanging=hanging), style)

    def more(self, count: int) -> None:
        """Say how many more rows a list has than are shown; nothing when it has none."""
        if count > 0:
            self.say("list.more", count=f"{count:,}")

    def aside(self, text: str) -> None:
        """Print a line to standard error, where standard output is for programs."""
        self._print(self.err, [text], "yellow")

    def heading(self, code: str, **fields: object) -> None:
        """Print a sentence as a heading, with an empty line before it unless it is the first line of all."""
        if self.out.has_printed:
            self.line()
        self.line(self.text(code, **fields), style="bold")

    def table(
        self, columns: Sequence[str], rows: Sequence[Sequence[Cell]], details: Sequence[Sequence[str]] = ()
    ) -> None:
        """Print a table; `columns` are message codes, `details` the sentences below each row."""
        if self.is_json or not rows:
            return
        headings = [
            Column(self.text(code), is_number=all(_is_number(row[place]) for row in rows))
            for place, code in enumerate(columns)
        ]
        below = details or [()] * len(rows)
        told = [Row(tuple(map(self._cell, row)), tuple(under)) for row, under in zip(rows, below, strict=True)]
        first, *others = table_lines(headings, told, self.width)
        self._print(self.out, [first], "dim")
        self._print(self.out, others, None)

    def json(self, body: BaseModel) -> None:
        """Print one JSON body to standard output, in JSON mode."""
        if self.is_json:
            self.machine_text(body.model_dump_json(indent=2))

    def machine_text(self, text: str) -> None:
        """Write text that programs read to standard output, in UTF-8 whatever the terminal is set to."""
        stream = self.out.file
        try:
            stream.flush()
            stream.buffer.write(text.rstrip("\n").encode("utf-8") + b"\n")  # type: ignore[attr-defined] # of a text file
            stream.flush()
        except BrokenPipeError as error:
            raise ReaderGone from error

    def fault(self, error: PlumlineError) -> None:
        """Print what is wrong and what to do, on standard error; in JSON mode as a JSON problem in one line."""
        if self.is_json:
            problem = Problem(
                title=HTTPStatus(error.status).phrase,
                status=error.status,
                code=error.code,
                detail=error.text(self.language),
            )
            self._print(self.err, [problem.model_dump_json()], None)
            return
        width = self.err.width if self.err.is_terminal else None
        self._print(self.err, wrapped(error.what(self.language), width), "bold red")
        # What to do by commands and options is known here only, not where the error comes from.
        hint = f"hint.{error.code}"
        for told in (error.remedy(self.language), self.text(hint) if hint in CATALOGUE.messages else ""):
            if told:
                self._print(self.err, wrapped(told, width), None)

    def _cell(self, value: Cell) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.text("word.yes" if value else "word.no")
        return f"{value:,}" if isinstance(value, int) else str(value)

    @staticmethod
    def _print(console: Terminal, lines: Iterable[str], style: str | None) -> None:
        # Text of its own is taken as it is: no markup, no emoji, no colours of numbers.
        for line in lines:
            console.print(Text(line, style=style or ""), soft_wrap=True)
            console.has_printed = True


def _is_number(value: Cell) -> bool:
    return value is None or (isinstance(value, int | float | Amount) and not isinstance(value, bool))
