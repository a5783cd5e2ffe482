"""What the command line says: sentences of `messages.yaml` in the language of the person, on the terminal."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

from graph_schema.errors import PlumlineError
from graph_schema.messages import Catalogue, Language

CATALOGUE = Catalogue("cli")


def language_of(environment: Mapping[str, str]) -> Language:
    """Return the language of the terminal: Chinese when the locale is Chinese, else English."""
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"


@dataclass(frozen=True)
class Voice:
    """Speaks one language on one terminal. With `is_json` only JSON goes to standard output."""

    language: Language
    is_json: bool = False
    out: Console = field(default_factory=lambda: Console(highlight=False, soft_wrap=not os.isatty(1)))
    err: Console = field(default_factory=lambda: Console(stderr=True, highlight=False, soft_wrap=True))

    def text(self, code: str, **fields: object) -> str:
        """Return the sentence `code` in the language of the person."""
        return CATALOGUE.text(code, fields, self.language)

    def say(self, code: str, **fields: object) -> None:
        """Print the sentence `code`; nothing in JSON mode, where programs read."""
        if not self.is_json:
            self.out.print(self.text(code, **fields), markup=False)

    def line(self, text: str = "", style: str | None = None) -> None:
        """Print one line of text that is already in the right language."""
        if not self.is_json:
            self.out.print(text, style=style, markup=False)

    def heading(self, code: str, **fields: object) -> None:
        """Print a sentence as a heading."""
        self.line()
        self.line(self.text(code, **fields), style="bold")

    def table(self, columns: list[str], rows: list[list[object]]) -> None:
        """Print a table; `columns` are message codes, cells are shown as text, None as empty."""
        if self.is_json:
            return
        table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
        for position, column in enumerate(columns):
            is_number = all(isinstance(row[position], int | float) for row in rows if row[position] is not None)
            table.add_column(self.text(column), justify="right" if rows and is_number else "left", overflow="fold")
        for row in rows:
            table.add_row(*[self._cell(value) for value in row])
        self.out.print(table)

    def _cell(self, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.text("word.yes" if value else "word.no")
        if isinstance(value, int):
            return f"{value:,}"
        text = f"{value:,.1f}" if isinstance(value, float) else str(value)
        return text.replace("[", r"\[")

    def json(self, body: object) -> None:
        """Print one JSON body to standard output, in JSON mode; a body that is already JSON text is printed as it is."""
        if not self.is_json:
            return
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, indent=2, default=str)
        self.out.file.write(text + "\n")

    def fault(self, error: PlumlineError) -> None:
        """Print what is wrong and what to do, on standard error; in JSON mode as a JSON problem."""
        if self.is_json:
            problem = {"code": error.code, "status": error.status, "detail": error.text(self.language)}
            self.err.file.write(json.dumps(problem, ensure_ascii=False) + "\n")
            return
        self.err.print(error.what(self.language), style="bold red", markup=False)
        if remedy := error.remedy(self.language):
            self.err.print(remedy, markup=False)
