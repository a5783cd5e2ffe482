"""Where in a mapping file something stands, for faults that name file and line."""

from __future__ import annotations

from dataclasses import dataclass

from graph_schema.messages import Label
from graph_schema.yaml_lines import Document, Steps
from loaders.errors import LoadError


@dataclass(frozen=True)
class MappingPlace:
    """A place in a mapping file: the steps of keys and numbers that lead to it."""

    document: Document
    steps: Steps

    def below(self, *steps: str | int) -> MappingPlace:
        """Return the place that these steps more lead to."""
        return MappingPlace(self.document, (*self.steps, *steps))

    @property
    def line(self) -> int:
        """Return its line, or that of the nearest thing above it."""
        return self.document.line(*self.steps)

    @property
    def label(self) -> Label:
        """Return file and line as they stand in a sentence."""
        name = self.document.name
        return Label(f"{name}, line {self.line}", f"{name} 第 {self.line} 行")

    def fault(self, code: str, **fields: object) -> LoadError:
        """Return the error `code` at this place."""
        return LoadError(code, file=self.label, line=self.line, **fields)
