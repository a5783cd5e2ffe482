"""What is told in both languages, as a part of an answer."""

from __future__ import annotations

from pydantic import Field

from graph_schema.meta import Form


class Told(Form):
    """The same in both languages."""

    en: str = Field(description="In English.")
    zh: str = Field(description="In Chinese.")
