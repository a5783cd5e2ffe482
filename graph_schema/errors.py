"""The one family of errors that a person may meet. Every other package adds its own branch to it."""

from __future__ import annotations

from typing import ClassVar

from graph_schema.messages import Catalogue, Language


class PlumlineError(Exception):
    """A fault told in both languages: what is wrong, where, and what to do.

    `code` is stable and names a message of the package's catalogue; `fields` fill its places. `status` is the HTTP
    status that the API answers with.
    """

    status: ClassVar[int] = 500
    catalogue: ClassVar[Catalogue] = Catalogue("graph_schema")

    def __init__(self, code: str, **fields: object) -> None:
        self.code = code
        self.fields = fields
        super().__init__(self.text("en"))

    def text(self, language: Language) -> str:
        """Return what is wrong and what to do, in one language."""
        return self.catalogue.text(self.code, self.fields, language)

    def what(self, language: Language) -> str:
        """Return only what is wrong."""
        return self.catalogue.what(self.code, self.fields, language)

    def remedy(self, language: Language) -> str:
        """Return only what to do."""
        return self.catalogue.remedy(self.code, self.fields, language)


class SchemaError(PlumlineError):
    """The vocabulary or the kinds are faulty, or a name is not in them."""

    status: ClassVar[int] = 422


class NotFound(PlumlineError):
    """Nothing with that id is known."""

    status: ClassVar[int] = 404
