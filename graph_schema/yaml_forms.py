"""Entries of a YAML file turned into forms; what does not fit is told with file, line and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from graph_schema.errors import SchemaError
from graph_schema.meta import Names
from graph_schema.yaml_lines import Document

AnyForm = TypeVar("AnyForm", bound=BaseModel)

# What a form asks for, by the beginning of the name that pydantic gives to the fault.
_EXPECTED = {
    "string": "expected_text",
    "int": "expected_whole",
    "float": "expected_number",
    "bool": "expected_flag",
    "tuple": "expected_list",
    "dict": "expected_mapping",
    "model": "expected_mapping",
    "date": "expected_day",
    "greater": "expected_in_range",
    "less": "expected_in_range",
}


def read_form(document: Document, key: str, form: type[AnyForm], given: Mapping[str, object]) -> AnyForm:
    """Return the entry `key` as a form; `given` are fields that the key itself tells.

    Raises SchemaError for the first key that is unknown or missing, or value that does not fit.
    """
    entry = document.entries[key]
    if not isinstance(entry, dict):
        raise document.fault("wrong_value", key, key=key, value=entry, expected=_expected("model_type"))
    allowed = sorted({field.alias or name for name, field in form.model_fields.items()} - given.keys())
    for name in entry.keys() & given.keys():
        raise document.fault("unknown_key", key, name, key=key, name=name, allowed=", ".join(allowed))
    try:
        return form.model_validate({**entry, **given})
    except ValidationError as error:
        raise _fault(document, key, error.errors()[0], allowed, is_label=form is Names) from error


def _fault(
    document: Document, key: str, detail: ErrorDetails, allowed: Sequence[str], *, is_label: bool
) -> SchemaError:
    place, kind = detail["loc"], detail["type"]
    is_empty = kind == "missing" or detail["input"] in (None, "")
    if is_empty and (is_label or "label" in place[-2:]):
        return document.fault("missing_label", key, *place, key=key, name=_dotted(place))
    if kind == "missing":
        return document.fault("missing_key", key, *place, key=key, name=_dotted(place))
    if kind == "extra_forbidden" and len(place) == 1:
        return document.fault("unknown_key", key, *place, key=key, name=place[0], allowed=", ".join(allowed))
    if kind == "extra_forbidden":
        return document.fault("unknown_inner_key", key, *place, key=key, name=_dotted(place))
    fields = {"key": _dotted((key, *place)), "value": detail["input"]}
    if kind == "literal_error":
        codes = detail["ctx"]["expected"].replace(" or ", ", ").replace("'", "")
        return document.fault("value_not_allowed", key, *place, **fields, allowed=codes)
    return document.fault("wrong_value", key, *place, **fields, expected=_expected(kind))


def _dotted(place: tuple[str | int, ...]) -> str:
    return ".".join(str(step) for step in place)


def _expected(kind: str) -> object:
    name = _EXPECTED.get(kind.split("_", 1)[0], "expected_other")
    return SchemaError.catalogue.messages[name].what
