"""The files to load: which feed and kind each holds, and what its folder says of its origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph_schema import Schema
from graph_schema.messages import Label
from loaders.errors import LoadError

ORIGIN_FILE = "ORIGIN.yaml"
# What stands beside feed files and is none.
COMPANIONS = frozenset({ORIGIN_FILE, "README.md", "LICENSE"})
SUFFIX = ".csv"


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


@dataclass(frozen=True)
class FeedFile:
    """A file to load. `feed` and `kind` are None where neither its name nor the caller tells them."""

    path: Path
    feed: str | None
    kind: str | None

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return self.path.name


@dataclass(frozen=True)
class FoundFiles:
    """What stands under the given paths: the files to load, in order, and those that nobody can tell what they are."""

    files: tuple[FeedFile, ...]
    unknown: tuple[Path, ...]


def find_files(paths: Sequence[Path], *, schema: Schema, feed: str | None, kind: str | None) -> FoundFiles:
    """Return the files under the paths so that what is referred to comes first, then by name.

    A name is `<feed>.<Kind>.csv`, with more between the kind and the ending where there are several files of a kind;
    what is given as `feed` or `kind` wins over the name. In a folder a file whose name does not tell both is
    `unknown`, unless both are given; a file given by its own path is always to be loaded. Raises `no_such_path`.
    """
    files: list[FeedFile] = []
    unknown: list[Path] = []
    for path in paths:
        if path.is_dir():
            for inside in _inside(path):
                named = _named(inside, schema, feed, kind)
                if inside.suffix == SUFFIX and named.feed and named.kind:
                    files.append(named)
                else:
                    unknown.append(inside)
        elif path.exists():
            files.append(_named(path, schema, feed, kind))
        else:
            raise LoadError("no_such_path", file=path)
    order = {name: number for number, name in enumerate(schema.load_order())}
    files.sort(key=lambda file: (order.get(file.kind or "", len(order)), file.name, str(file.path)))
    return FoundFiles(tuple(files), tuple(unknown))


def read_origin(folder: Path) -> Origin | None:
    """Return what the folder says of the origin of its files, None if it says nothing. Raises `faulty_origin`."""
    path = folder / ORIGIN_FILE
    if not path.is_file():
        return None
    try:
        return Origin.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as fault:
        raise LoadError("faulty_origin", file=path) from fault


def _inside(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not is_hidden and path.name not in COMPANIONS:
            yield path


def _named(path: Path, schema: Schema, feed: str | None, kind: str | None) -> FeedFile:
    parts = path.name.split(".")[:-1]
    named_kind = next((part for part in parts[:2] if part in schema.fact_tables), None)
    named_feed = parts[0] if len(parts) > 1 and parts[1] == named_kind else None
    return FeedFile(path, feed or named_feed, kind or named_kind)
