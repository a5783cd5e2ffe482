"""A file of rules that people set, checked against its form: the first wrong value is told with its line and place."""

from __future__ import annotations

from typing import TypeVar

from pydantic import ValidationError

from analysis.errors import QuestionError
from graph_schema.meta import Form
from graph_schema.yaml_lines import Document

AnyForm = TypeVar("AnyForm", bound=Form)


def checked_rules(document: Document, form: type[AnyForm], *, code: str) -> AnyForm:
    """Return what stands in the document.

    Raises QuestionError with file, line, place and value of the first that is wrong: `<code>_missing`,
    `<code>_unknown_part` or `<code>_value`.
    """
    try:
        return form.model_validate(document.entries)
    except ValidationError as error:
        detail = error.errors()[0]
        kinds = {"missing": "missing", "extra_forbidden": "unknown_part"}
        raise QuestionError(
            f"{code}_{kinds.get(detail['type'], 'value')}",
            file=document.name,
            line=document.line(*detail["loc"]),
            place=".".join(str(step) for step in detail["loc"]),
            value=detail["input"],
        ) from error
