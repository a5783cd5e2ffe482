"""What a question may be asked with: the forms of ids, days and pages, each with its bounds."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

ID_MEANING = "The id of the node asked about, as in the feeds; a household by its pseudonym."
LONGEST_ID = 200
# Control characters, line and paragraph separators and what no text can hold stand in no id.
PRINTABLE = r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd\ufffe\uffff]*$"
# From 1900 to 2199: far outside of any life, and far enough from the ends of the calendar that years may be added.
DAY_FORM = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
SHOWN, MOST_SHOWN = 100, 1000


def _written_as_day(value: object) -> object:
    """Refuse another form: left to itself, the reader of days takes seconds since 1970 and instants too."""
    if isinstance(value, str) and not re.fullmatch(DAY_FORM, value):
        raise PydanticCustomError("not_a_day", "not written as a day")
    return value


def _as_json_counts(value: object) -> object:
    """Return 5 for 5.0, which JSON makes no other number of; texts and flags are left to be refused."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


# Beside a strict whole number that is sent as JSON.
WRITTEN_WHOLE = BeforeValidator(_as_json_counts)
Day = Annotated[
    date,
    BeforeValidator(_written_as_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": DAY_FORM}),
]
SubjectId = Annotated[str, Field(min_length=1, max_length=LONGEST_ID, pattern=PRINTABLE)]
Count = Annotated[int, Field(ge=1, le=MOST_SHOWN)]
# The key of a page may be made of several ids.
After = Annotated[str, Field(max_length=4 * LONGEST_ID, pattern=PRINTABLE)]


class Asking(BaseModel):
    """What every question may be asked with. A parameter that is not known is refused, so a misspelt one is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: Day | None = Field(
        default=None,
        description="The day asked about, from 1900 to 2199; the day of the graph when it is left out.",
        examples=["2026-05-20"],
    )
