"""The dictionary of the vocabulary that a server works with, printed once for each language."""

from __future__ import annotations

from graph_schema.messages import Language
from graph_schema.printers.dictionary import Section, sections
from loaders.workspace import Workspace


class PrintedDictionary:
    """The sections, kept: printing them takes longer than all else of a page, and a vocabulary stays as it is."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._printed: dict[Language, tuple[Section, ...]] = {}

    def sections(self, language: Language) -> tuple[Section, ...]:
        """Return the whole dictionary in one language, section by section."""
        found = self._printed.get(language)
        if found is None:
            # Two who ask at once print the same.
            found = self._printed[language] = sections(self._workspace.schema, language)
        return found
