"""What the folder of a file says of its origin."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph_schema.messages import Label
from loaders.errors import LoadError

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
    if not path.is_file():
        return None
    try:
        return Origin.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as fault:
        raise LoadError("faulty_origin", file=path) from fault
