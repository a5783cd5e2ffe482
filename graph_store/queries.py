"""The named questions: `cypher/<area>/<name>.cypher` files, each with a header that says what goes in and comes out.

```
// household_findings: causes held at a household
// parameters: household_id text
// returns: cause_id text, severity number, ended_on day?
```
A line that begins with `//` and two spaces continues the line above it. `parameters: none` when there are none. Types:
text, whole, number, flag, day, instant, texts (a list of text, which comes back sorted), map (text -> one value);
`?` = may be null.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from graph_store.errors import StoreError

TYPES = ("text", "whole", "number", "flag", "day", "instant", "texts", "map")


@dataclass(frozen=True)
class Field:
    """One parameter or column of a question: its name, its type, and whether it may be null."""

    name: str
    type: str
    may_be_null: bool


@dataclass(frozen=True)
class Query:
    """One question: its name (`causes/household_findings`), what it answers, its text, and its header as fields."""

    name: str
    about: str
    text: str
    parameters: tuple[Field, ...]
    columns: tuple[Field, ...]


@cache
def load_queries() -> Mapping[str, Query]:
    """Return every question that is delivered with the package, by name, sorted."""
    return read_queries(files("graph_store") / "cypher")


def read_queries(folder: Traversable) -> dict[str, Query]:
    """Return the questions under a folder of areas by name, sorted. Raises StoreError for a faulty header."""
    areas = sorted((entry for entry in folder.iterdir() if entry.is_dir()), key=lambda entry: entry.name)
    found: dict[str, Query] = {}
    for area in areas:
        for file in sorted(area.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".cypher"):
                name = f"{area.name}/{file.name.removesuffix('.cypher')}"
                found[name] = parse_query(name, file.read_text(encoding="utf-8"))
    return found


def parse_query(name: str, text: str) -> Query:
    """Return the question written in `text`. Raises StoreError("bad_header") when its header does not hold."""
    header = _header_lines(name, text)
    title, _, about = header[0].partition(":")
    if title != name.rpartition("/")[2] or not about.strip():
        raise StoreError("bad_header", query=name, line=header[0])
    body = "\n".join(line for line in text.splitlines() if not line.startswith("//")).strip()
    return Query(
        name=name,
        about=about.strip(),
        text=body,
        parameters=_fields(name, header[1], "parameters"),
        columns=_fields(name, header[2], "returns"),
    )


def _header_lines(name: str, text: str) -> list[str]:
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        if line.startswith("//  ") and lines:
            lines[-1] += " " + line[2:].strip()
        else:
            lines.append(line[2:].strip())
    if len(lines) < 3:
        raise StoreError("bad_header", query=name, line=lines[0] if lines else "")
    return lines


def _fields(name: str, line: str, word: str) -> tuple[Field, ...]:
    title, _, listed = line.partition(":")
    if title != word:
        raise StoreError("bad_header", query=name, line=line)
    if listed.strip() == "none":
        return ()
    return tuple(_field(name, line, part.split()) for part in listed.split(","))


def _field(name: str, line: str, words: list[str]) -> Field:
    if len(words) != 2 or words[1].removesuffix("?") not in TYPES:
        raise StoreError("bad_header", query=name, line=line)
    return Field(words[0], words[1].removesuffix("?"), words[1].endswith("?"))
