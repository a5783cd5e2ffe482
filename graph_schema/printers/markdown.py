"""Tables and headings of a Markdown page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    r"""Return the lines of a table, an empty line after it.

    >>> table(["a", "b"], [["1", "x|y"]])
    ['| a | b |', '|-|-|', '| 1 | x\\|y |', '']
    """
    return [_row(head), "|" + "-|" * len(head), *(_row(row) for row in rows), ""]


def heading(level: int, text: str, anchor: str) -> list[str]:
    """Return the lines of a heading that links may point to by its anchor, an empty line after it."""
    return [f'<a id="{anchor}"></a>', "", f"{'#' * level} {text}", ""]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
