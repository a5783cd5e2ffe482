"""What the folder of a file says of its origin."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph_schema.messages import Label
from loaders.errors import LoadError
from loaders.files.feed_file import FeedFile
from loaders.files.file_bytes import opened
from loaders.files.packed import Archive

ORIGIN_FILE = "ORIGIN.yaml"


class Origin(BaseModel):
    """What `ORIGIN.yaml` says of the files in its folder; other keys, such as a licence, are for the reader."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    origin: Literal["made_up", "real"]
    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)

    @property
    def is_made_up(self) -> bool:
        """Return whether the rows were made up."""
        return self.origin == "made_up"

    @property
    def label(self) -> Label:
        """Return where the files are from, in both languages."""
        return Label(self.en, self.zh)


def read_origin(folder: Path) -> Origin | None:
    """Return what the folder says of the origin of its files, None if it says nothing. Raises `faulty_origin`."""
    path = folder / ORIGIN_FILE
    return _origin(path.read_bytes(), path) if path.is_file() else None


def origin_of(file: FeedFile) -> Origin | None:
    """Return what is said of the origin of a file, beside it in its archive or in its folder; None if nothing is.

    Raises `faulty_origin`, and what `Archive` raises.
    """
    if file.origin_member is None:
        return read_origin(file.path.parent)
    with opened(file.path) as stream:
        archive = Archive(stream, os.fstat(stream.fileno()).st_size, file.path.name)
        return _origin(archive.read(file.origin_member), f"{file.path.name}/{file.origin_member}")


def _origin(text: bytes, told: Path | str) -> Origin:
    try:
        return Origin.model_validate(yaml.safe_load(text.decode("utf-8")))
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as fault:
        raise LoadError("faulty_origin", file=told) from fault
