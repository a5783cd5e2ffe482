"""The JSON bodies of `export`, `backup` and `restore`; as those in `bodies`, they carry their name and version."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from graph_schema.meta import Form


class ExportedFile(Form):
    """One file of an export."""

    file: str = Field(description="Its path inside the folder.")
    kind: str | None = Field(description="The node kind, relationship kind or table; null for what holds several.")
    holds: Literal["nodes", "relationships", "facts"] | None = Field(description="What of that kind it holds.")
    rows: int = Field(description="Its rows.")
    size: int = Field(description="Its bytes.")
    sha256: str = Field(description="SHA-256 of the file as it lies there.")


class LeftOut(Form):
    """What an export lacks on purpose."""

    rows: dict[str, int] = Field(description="Nodes and relationships, by kind.")
    facts: dict[str, int] = Field(description="Facts, by table.")
    properties: tuple[str, ...] = Field(description="Properties, such as Person.name.")


class ExportBody(Form):
    """What `plumline export` wrote."""

    version: Literal["export/1"] = Field(default="export/1", description="The form of this body.")
    folder: str = Field(description="The folder.")
    form: Literal["parquet", "csv", "graphml", "neo4j"] = Field(description="The form of the files.")
    day: date = Field(description="The day that the graph shows.")
    as_of: datetime | None = Field(description="The instant whose knowledge it holds; null for all that is known.")
    made_at: datetime = Field(description="When it was written.")
    ledger_version: int = Field(description="Number of the newest load event that is in it.")
    is_made_up: bool = Field(description="Whether any of it is made up.")
    is_whole: bool = Field(description="Whether nothing was left out.")
    show_sensitive: bool = Field(description="Whether what is sensitive is in it.")
    with_names: bool = Field(description="Whether names and other personal properties are in it.")
    left_out: LeftOut = Field(description="What is not in it.")
    files: tuple[ExportedFile, ...] = Field(description="Every file but the manifest and the README.")


class BackupBody(Form):
    """What `plumline backup` wrote and read back."""

    version: Literal["backup/1"] = Field(default="backup/1", description="The form of this body.")
    backup: str = Field(description="The backup.")
    form: Literal["tar", "folder"] = Field(description="Whether it is one tar file or a folder.")
    format: int = Field(description="Format of the data folder.")
    ledger_version: int = Field(description="Number of the newest load event in it.")
    made_at: datetime = Field(description="When it was made.")
    has_key: bool = Field(description="Whether the key of the pseudonyms is in it.")
    file_count: int = Field(description="How many files it holds.")
    size: int = Field(description="Their bytes.")


class RestoreBody(Form):
    """What `plumline restore` found in a backup and put into a data folder."""

    version: Literal["restore/1"] = Field(default="restore/1", description="The form of this body.")
    backup: str = Field(description="The backup.")
    data: str | None = Field(description="The data folder that was made; null when it was only checked.")
    format: int = Field(description="Format of the data folder.")
    ledger_version: int = Field(description="Number of the newest load event in it.")
    made_at: datetime = Field(description="When the backup was made.")
    has_key: bool = Field(description="Whether the key of the pseudonyms is in it.")
    file_count: int = Field(description="How many files it holds.")
    size: int = Field(description="Their bytes.")
