"""What may be asked of a load beside its file: the fields of the form, as the command line has them as options."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from api.description import example_of
from api.errors import UploadRefused
from api.loads.job_files import Order
from api.parameters import PRINTABLE, Day, SubjectId
from graph_schema import Schema
from graph_schema.messages import Language
from loaders.errors import LoadError
from loaders.load_options import reject_limit
from loaders.mapping import ready_names

LONGEST_NAME = 100
LONGEST_REASON = 500
JOB_EXAMPLE = "0123456789abcdef0123456789abcdef"
JobId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="The number of the job.", examples=[JOB_EXAMPLE])]
LoadId = Annotated[SubjectId, Path(description="The id of the load.", json_schema_extra=example_of("load"))]
Why = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_REASON, pattern=PRINTABLE)
]
# A number of rows, or a share of them.
LIMIT_FORM = r"^([0-9]{1,12}|(100|[0-9]{1,2}(\.[0-9]{1,6})?)%)$"


def _limit(text: str) -> str:
    if reject_limit(text) is None:
        raise PydanticCustomError("not_a_limit", "not a number or share of rows")
    return text


Name = Annotated[str, Field(max_length=LONGEST_NAME, pattern=PRINTABLE)]


class LoadAsked(BaseModel):
    """The fields of the form beside the file. An unknown one is refused; an empty one counts as left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    feed: Name | None = Field(default=None, description="Code of the feed; wins over the name of the file.")
    kind: Name | None = Field(default=None, description="The kind of its rows; wins over the name of the file.")
    mapping: Name | None = Field(default=None, description="Name of the ready mapping that reads the file.")
    dry_run: bool = Field(default=False, description="Check everything and keep nothing.")
    shows: Day | None = Field(default=None, description="The day whose state a snapshot gives.")
    part: bool = Field(default=False, description="The file is only a part of a snapshot: nothing ends.")
    ends_all: bool = Field(default=False, description="The file is all of a snapshot, however much it lacks.")
    max_rejects: Annotated[str, Field(max_length=LONGEST_NAME, pattern=LIMIT_FORM), AfterValidator(_limit)] | None = (
        Field(
            default=None, description="With more rejected rows than this, such as 10 or 1%, nothing of the file counts."
        )
    )

    @model_validator(mode="before")
    @classmethod
    def _without_empty_fields(cls, given: Any) -> Any:  # noqa: ANN401 - whatever the form brought
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value != ""}


def load_asked(fields: dict[str, str], file_name: str, schema: Schema) -> LoadAsked:
    """Return what was asked for.

    Raises RequestValidationError for a field that cannot be used, UploadRefused `upload_part_or_all`, and LoadError
    `unknown_feed`, `unknown_kind` or `no_such_mapping`.
    """
    try:
        asked = LoadAsked.model_validate(fields)
    except ValidationError as fault:
        raise RequestValidationError([{**each, "loc": ("body", *each["loc"])} for each in fault.errors()]) from fault
    if asked.part and asked.ends_all:
        raise UploadRefused("upload_part_or_all")
    if asked.feed is not None and asked.feed not in schema.feeds:
        raise LoadError("unknown_feed", file=file_name, feed=asked.feed, known=", ".join(schema.feeds))
    if asked.kind is not None and asked.kind not in schema.fact_tables:
        raise LoadError("unknown_kind", file=file_name, kind=asked.kind)
    # Only by its name: whoever sends a form names no file of this machine.
    if asked.mapping is not None and asked.mapping not in ready_names():
        raise LoadError("no_such_mapping", name=asked.mapping, known=", ".join(ready_names()))
    return asked


def order_of(asked: LoadAsked, *, job: str, file_name: str, language: Language, at: datetime) -> Order:
    """Return the order for a file that has arrived."""
    return Order(
        job=job,
        file_name=file_name,
        feed=asked.feed,
        kind=asked.kind,
        mapping=asked.mapping,
        is_dry_run=asked.dry_run,
        is_part=asked.part,
        ends_all=asked.ends_all,
        shows=asked.shows,
        most_rejects=asked.max_rejects,
        language=language,
        placed_at=at,
    )
