"""The form of the entries beside this file."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from tests.loaders.faulty.builders import BUILDERS

FOLDER = Path(__file__).parent


class Told(BaseModel):
    """One fault as it is told: line and column of a reject, its code, and the words in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: tuple[int, str] | None = None
    code: str | None = None
    en: tuple[str, str] | None = None
    zh: tuple[str, str] | None = None


class FaultFile(Told):
    """A faulty file and what loading must say of it; README.md explains the keys."""

    file: str
    text: str | None = None
    base64: str | None = None
    gb18030: str | None = None
    build: dict[str, dict[str, Any]] | None = None
    before: dict[str, str] = Field(default_factory=dict)
    beside: dict[str, str] = Field(default_factory=dict)
    mapping: str | None = None
    options: dict[str, str] = Field(default_factory=dict)
    status: str = "loaded"
    rows: tuple[int, int, int] = (0, 0, 0)
    then: Told | None = None

    def content(self) -> bytes:
        """Return the bytes of the file."""
        if self.text is not None:
            return self.text.encode()
        if self.base64 is not None:
            return base64.b64decode(self.base64)
        if self.gb18030 is not None:
            return self.gb18030.encode("gb18030")
        assert self.build is not None
        ((name, options),) = self.build.items()
        return BUILDERS[name](**options)


def fault_files() -> dict[str, FaultFile]:
    """Return every entry by its name; a name stands once."""
    found: dict[str, FaultFile] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert not found.keys() & entries.keys()
        found |= {name: FaultFile.model_validate(entry) for name, entry in entries.items()}
    return found
