"""The parts of a page (headings, paragraphs, tables), and how they are written in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table. A cell may hold `code` between backticks and **bold** text, as in Markdown."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


# A text alone is a paragraph.
Block = Heading | Table | str


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return the table of a head and rows."""
    return Table(tuple(head), tuple(tuple(row) for row in rows))


def markdown(blocks: Iterable[Block]) -> list[str]:
    r"""Return the lines of the blocks, an empty line after each.

    >>> markdown(["Text.", Table(("a", "b"), (("1", "x|y"),))])
    ['Text.', '', '| a | b |', '|-|-|', '| 1 | x\\|y |', '']
    """
    lines: list[str] = []
    for block in blocks:
        lines += [*_written(block), ""]
    return lines


def heading(level: int, text: str, anchor: str) -> list[str]:
    """Return the lines of a heading that links may point to by its anchor, an empty line after it."""
    return [f'<a id="{anchor}"></a>', "", f"{'#' * level} {text}", ""]


def _written(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return [f"### {block.text}"]
    if isinstance(block, Table):
        return [_row(block.head), "|" + "-|" * len(block.head), *(_row(row) for row in block.rows)]
    return [block]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
