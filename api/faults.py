"""Parameters that cannot be used, told in plain words of both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.errors import RequestError
from graph_schema.messages import LANGUAGES, Label, Language

# What the checker of the parameters calls a fault -> how it is told, and where the checker keeps the bound.
_CODES: Mapping[str, tuple[str, str | None]] = {
    "extra_forbidden": ("parameter_unknown", None),
    "missing": ("parameter_missing", None),
    "string_too_short": ("parameter_empty", None),
    "string_too_long": ("parameter_too_long", "max_length"),
    "string_pattern_mismatch": ("parameter_unprintable", None),
    "literal_error": ("parameter_not_allowed", None),
    "int_parsing": ("parameter_not_a_number", None),
    "int_parsing_size": ("parameter_not_a_number", None),
    "float_parsing": ("parameter_not_numeric", None),
    "greater_than": ("parameter_not_above", "gt"),
    "greater_than_equal": ("parameter_too_small", "ge"),
    "less_than_equal": ("parameter_too_large", "le"),
    "not_a_day": ("parameter_not_a_day", None),
    "not_a_limit": ("parameter_not_a_limit", None),
    "bool_parsing": ("parameter_not_yes_or_no", None),
    "date_from_datetime_parsing": ("parameter_not_a_day", None),
    "date_parsing": ("parameter_not_a_day", None),
}
_NAME_LIMIT = 100
Place = Literal["path", "query", "body"]
_PLACES: Mapping[str, Place] = {"path": "path", "body": "body"}


class ParameterFault(BaseModel):
    """One parameter that cannot be used."""

    model_config = ConfigDict(frozen=True)

    place: Place = Field(
        description="Whether it stands in the path, after the question mark, or in what was sent: a form or JSON."
    )
    name: str = Field(description="The name of the parameter.")
    code: str = Field(description="Stable name of the fault.")
    what: str = Field(description="The fault in words.")


@dataclass(frozen=True)
class Fault:
    """A fault of a parameter before it is told in one language. The value itself is never repeated."""

    place: Place
    name: str
    code: str
    fields: tuple[tuple[str, str], ...] = ()

    def what(self, language: Language) -> str:
        """Return the fault in words, without a full stop."""
        return RequestError.catalogue.what(self.code, {"name": self.name, **dict(self.fields)}, language)

    def told(self, language: Language) -> ParameterFault:
        """Return the fault as a part of a problem."""
        return ParameterFault(place=self.place, name=self.name, code=self.code, what=self.what(language))


def parameter_faults(errors: Iterable[Mapping[str, object]]) -> tuple[Fault, ...]:
    """Return the faults that the check of the parameters found, each once, in its order."""
    return tuple(dict.fromkeys(_fault(error) for error in errors))


def told_together(faults: Iterable[Fault]) -> Label:
    """Return all faults as one text in both languages."""
    told = tuple(faults)
    en, zh = (
        ("；" if language == "zh" else "; ").join(fault.what(language) for fault in told) for language in LANGUAGES
    )
    return Label(en=en, zh=zh)


def _fault(error: Mapping[str, object]) -> Fault:
    location, context = error.get("loc"), error.get("ctx")
    parts = [str(part) for part in location] if isinstance(location, tuple) else []
    bounds = context if isinstance(context, dict) else {}
    code, bound = _CODES.get(str(error.get("type")), ("parameter_unusable", None))
    fields = [("limit", str(bounds.get(bound)))] if bound else []
    if code == "parameter_not_allowed":
        # The checker gives the choices only as an English list: 'a', 'b' or 'c'.
        fields.append(("allowed", ", ".join(re.findall(r"'([^']*)'", str(bounds.get("expected"))))))
    return Fault(
        place=_PLACES.get(parts[0] if parts else "", "query"),
        name=parts[-1][:_NAME_LIMIT] if parts else "?",
        code=code,
        fields=tuple(fields),
    )
