"""The bodies of `plumline mapping try`, `suggest` and `list`, as `--json` prints them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from graph_schema.meta import Form, Names
from loaders.load_answers import RejectedRow, Rows


class TriedFact(Form):
    """One fact that a row gives."""

    kind: str = Field(description="Its kind.")
    cells: dict[str, str] = Field(description="Its filled cells, by column of the template of the kind.")


class TriedRow(Form):
    """One row before and after."""

    line: int = Field(description="Line in the file, counted from 1.")
    cells: dict[str, str] = Field(description="What stands in the columns that the mapping reads.")
    facts: tuple[TriedFact, ...] = Field(description="The facts that it gives.")
    rejects: tuple[RejectedRow, ...] = Field(description="Why it would be rejected; empty when it would not.")


class MappingTryBody(Form):
    """What came of `plumline mapping try`."""

    version: Literal["mapping-try/1"] = Field(default="mapping-try/1", description="The form of this body.")
    file: str = Field(description="The table that was tried.")
    mapping: str = Field(description="The name of the mapping.")
    feed: str = Field(description="Code of the feed.")
    unread: tuple[str, ...] = Field(description="Columns of the file that the mapping does not read.")
    rows: Rows = Field(description="All rows of the table.")
    first_rows: tuple[TriedRow, ...] = Field(description="The first rows, before and after.")
    rejects: tuple[RejectedRow, ...] = Field(description="The first rejects of the whole table.")
    other_tables: tuple[str, ...] = Field(description="Further tables under the path, which were not tried.")


class ProposedCell(Form):
    """One guess: how a column of a kind is filled."""

    kind: str = Field(description="The kind of the fact.")
    column: str = Field(description="The column of its template.")
    header: str | None = Field(description="The column of the file; null where the same value stands for every row.")
    sureness: Literal["sure", "likely", "unsure"] = Field(description="How sure the guess is.")


class MappingSuggestBody(Form):
    """What came of `plumline mapping suggest`."""

    version: Literal["mapping-suggest/1"] = Field(default="mapping-suggest/1", description="The form of this body.")
    file: str = Field(description="The table that it was proposed for.")
    feed: str = Field(description="Code of the feed.")
    is_feed_guessed: bool = Field(description="Whether neither the call nor the name of the file tells the feed.")
    cells: tuple[ProposedCell, ...] = Field(description="Every guess, in the order of the mapping.")
    left_out: tuple[str, ...] = Field(description="Columns of the file that nothing is made of.")
    text: str = Field(description="The mapping as YAML, with comments in the language of the call.")


class ReadyMapping(Form):
    """One ready mapping."""

    name: str = Field(description="Its name, as `--mapping` takes it.")
    feed: str = Field(description="Code of the feed whose file it reads.")
    label: Names = Field(description="What the file is called.")
    note: Names | None = Field(description="What the file must look like.")
    kinds: tuple[str, ...] = Field(description="The kinds that it gives.")
    columns: tuple[str, ...] = Field(description="The columns that it reads, in the order of the mapping.")
    may_lack: tuple[str, ...] = Field(description="Those of them that the file may lack.")


class MappingListBody(Form):
    """The ready mappings, by name."""

    version: Literal["mapping-list/1"] = Field(default="mapping-list/1", description="The form of this body.")
    mappings: tuple[ReadyMapping, ...] = Field(description="The ready mappings.")
