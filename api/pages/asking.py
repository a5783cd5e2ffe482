"""What every page may be asked with. A form sends its empty fields too; they count as left out."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.parameters import Day


class PageAsking(BaseModel):
    """The day and the language, for every page; a page adds its filters. An unknown parameter is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: Day | None = None
    lang: Literal["en", "zh"] | None = Field(default=None)

    @model_validator(mode="before")
    @classmethod
    def _without_empty_fields(cls, given: Any) -> Any:  # noqa: ANN401 - whatever the request brought
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value not in ("", [""])}
