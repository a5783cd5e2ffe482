"""The files of a profile folder, checked: keys, profiles and dated values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from graph_schema.meta import Names
from graph_schema.yaml_forms import read_form
from graph_schema.yaml_lines import Document, Steps, read_document
from policy.areas import area_prefix, is_within
from policy.errors import ParameterError, faults_of_policy
from policy.forms import Holds, PolicyKey, Profile, Value

Held = int | float | str | list[str]


@dataclass(frozen=True)
class Parameter:
    """A value with its unit, where the number comes from, and from when and where it holds.

    `area` is None where it holds for the whole profile. `profile` is `overlay` for values of the user's own folder.
    """

    key: str
    value: Held
    unit: str
    reference: str
    valid_from: date
    area: str | None
    profile: str
    is_proposed: bool

    @property
    def place(self) -> tuple[str, str | None, date]:
        """Return what no two values of one profile may share: key, area and day."""
        return self.key, self.area, self.valid_from


def read_keys(folder: Path) -> dict[str, PolicyKey]:
    """Return every parameter that may have a value. Raises ParameterError with file and line."""
    with faults_of_policy():
        document = read_document(folder, "keys.yaml")
        return {key: read_form(document, key, PolicyKey, {"key": key}) for key in document.entries}


def read_profiles(folder: Path) -> dict[str, Profile]:
    """Return the profiles by code. Raises ParameterError with file and line."""
    with faults_of_policy():
        document = read_document(folder, "profiles.yaml")
        return {code: read_form(document, code, Profile, {"code": code}) for code in document.entries}


def read_units(folder: Path) -> dict[str, Names]:
    """Return the units that only parameters have. Raises ParameterError with file and line."""
    with faults_of_policy():
        document = read_document(folder, "units.yaml")
        return {unit: read_form(document, unit, Names, {}) for unit in document.entries}


def key_of(keys: Mapping[str, PolicyKey], name: str) -> PolicyKey | None:
    """Return the key of that name, else the family `....*` it belongs to, else None."""
    if name in keys:
        return None if name.endswith("*") else keys[name]
    for family in keys.values():
        if family.key.endswith("*") and name.startswith(family.key[:-1]):
            return family
    return None


def keys_like(keys: Mapping[str, PolicyKey], name: str) -> str:
    """Return the three keys that look most like the name, as one text."""
    return ", ".join(get_close_matches(name, keys, n=3, cutoff=0.0))


def read_values(path: Path, keys: Mapping[str, PolicyKey], profile: Profile) -> list[Parameter]:
    """Return every value of one file. Raises ParameterError with file, line and what to do for the first fault."""
    with faults_of_policy():
        document = read_document(path.parent.parent, f"{path.parent.name}/{path.name}")
    parameters: list[Parameter] = []
    for name, part in _parts(document):
        key = key_of(keys, name)
        if key is None:
            raise _fault(part, "unknown_key", name, near=keys_like(keys, name))
        parameter = _parameter(part, name, key, profile)
        if any(parameter.place == other.place for other in parameters):
            raise _fault(part, "value_twice", name, day=parameter.valid_from)
        parameters.append(parameter)
    return parameters


def _parts(document: Document) -> Iterator[tuple[str, Document]]:
    """Each value of the file as a document of its own, so that a fault in it tells its own line."""
    lines: defaultdict[Steps, dict[Steps, int]] = defaultdict(dict)
    for steps, line in document.lines.items():
        lines[steps[:2]][(steps[0], *steps[2:])] = line
    for name, items in document.entries.items():
        if not isinstance(items, list) or not items:
            raise _fault(document, "no_list_of_values", name)
        for number, item in enumerate(items):
            yield name, Document(document.name, {name: item}, lines[(name, number)])


def _parameter(part: Document, name: str, key: PolicyKey, profile: Profile) -> Parameter:
    with faults_of_policy():
        value = read_form(part, name, Value, {"key": name})
    held = _held(value.value, key.holds)
    if held is None:
        raise _fault(part, "wrong_value", name, "value", value=value.value, expected=_expected(key.holds))
    unit = value.unit or key.unit
    if unit not in (key.unit, *key.also):
        raise _fault(part, "wrong_unit", name, "unit", unit=unit, allowed=", ".join((key.unit, *key.also)))
    if unit == "share" and isinstance(held, int | float) and not 0 <= held <= 1:
        raise _fault(part, "share_out_of_range", name, "value", value=held)
    if not value.reference and not value.proposed:
        raise _fault(part, "no_reference", name)
    if value.area is not None and profile.areas and not any(is_within(value.area, area) for area in profile.areas):
        raise _fault(part, "area_outside_profile", name, "area", area=value.area, profile=profile.label)
    return Parameter(
        key=name,
        value=held,
        unit=unit,
        reference=value.reference,
        valid_from=value.valid_from,
        area=None if value.area is None else area_prefix(value.area),
        profile=profile.code,
        is_proposed=value.proposed,
    )


def _held(value: object, holds: Holds) -> Held | None:
    if holds == "codes":
        return value if isinstance(value, list) and value and all(isinstance(code, str) for code in value) else None
    if holds == "code":
        return value if isinstance(value, str) else None
    # A flag is a number to Python, but none to whoever wrote the file.
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _expected(holds: Holds) -> object:
    return ParameterError.catalogue.messages[f"expected_{holds}"].what


def _fault(document: Document, code: str, *steps: str, **fields: object) -> ParameterError:
    return ParameterError(code, file=document.name, line=document.line(*steps), key=steps[0], **fields)
