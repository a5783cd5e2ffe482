"""The numbers of the made-up county, each with its source: `rates.yaml`, and what a file of one's own changes in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from graph_schema import load_schema
from loaders.errors import LoadError

Value = float | list[float] | dict[str, float]


class Rate(BaseModel):
    """One entry: a number, a row of numbers, or numbers by code; where it is from, or that we propose it."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    value: Value
    sources: tuple[str, ...] = ()
    proposed: bool = False
    note: str | None = None


@dataclass(frozen=True)
class Rates:
    """The entries by key."""

    entries: Mapping[str, Rate]

    def number(self, key: str) -> float:
        """Return the number of a key."""
        value = self.entries[key].value
        if not isinstance(value, int | float):
            raise TypeError(key)
        return float(value)

    def row(self, key: str) -> list[float]:
        """Return the row of numbers of a key."""
        value = self.entries[key].value
        if not isinstance(value, list):
            raise TypeError(key)
        return value

    def by_code(self, key: str) -> dict[str, float]:
        """Return the numbers by code of a key."""
        value = self.entries[key].value
        if not isinstance(value, dict):
            raise TypeError(key)
        return value

    def changed(self, values: Mapping[str, Value]) -> Rates:
        """Return the rates with other values for some keys."""
        changed = {key: Rate(value=value, proposed=True) for key, value in values.items()}
        return Rates({**self.entries, **changed})

    def without_faults(self) -> Rates:
        """Return the rates of a county where every file is right, complete and in time."""
        return self.changed({key: 0.0 for key in self.entries if key.startswith("fault.")})


def load_rates(own: Path | None = None) -> Rates:
    """Return the delivered rates, with the entries of a file of one's own before them.

    Raises `unreadable_file`, `faulty_rates` (not of the form, an unknown key, another form of value than delivered, or
    a share outside 0 to 1).
    """
    text = (files("loaders") / "synthetic" / "county" / "rates.yaml").read_text(encoding="utf-8")
    delivered = TypeAdapter(dict[str, Rate]).validate_python(yaml.safe_load(text))
    if own is None:
        return Rates(delivered)
    try:
        given = yaml.safe_load(own.read_text(encoding="utf-8"))
        changed = TypeAdapter(dict[str, Rate]).validate_python(given)
    except OSError as fault:
        raise LoadError("unreadable_file", file=own, reason=fault.strerror or fault) from fault
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as fault:
        raise LoadError("faulty_rates", file=own, key="-") from fault
    for key, rate in changed.items():
        if key not in delivered or not _fits(key, rate.value, delivered[key].value):
            raise LoadError("faulty_rates", file=own, key=key)
    return Rates({**delivered, **changed})


# What is no share: money, years, counts, powers and spreads.
_NO_SHARES = ("income.line_fen", "shock.a_year", "fault.late_file_days")
_POSITIVE = ("cause.poor_scale", "cause.ordinary_scale", "cause.state_exponent", "income.ordinary_ratio")


def _fits(key: str, value: Value, delivered: Value) -> bool:
    """Return whether a value has the form of the delivered one, and is a share where that one is."""
    if isinstance(delivered, int | float) != isinstance(value, int | float):
        return False
    if isinstance(delivered, list) != isinstance(value, list):
        return False
    if isinstance(delivered, list) and isinstance(value, list) and (len(delivered) != len(value) or not any(value)):
        return False
    if isinstance(value, dict) and not _names_known(key, value, delivered):
        return False
    numbers = _numbers(value)
    limit = 1.0 if key not in _NO_SHARES and max(_numbers(delivered), default=0.0) <= 1.0 else float("inf")
    if key in _POSITIVE:
        limit = float("inf")
    return all(0.0 <= number <= limit for number in numbers)


def _names_known(key: str, value: dict[str, float], delivered: Value) -> bool:
    """Return whether numbers by code are for years, for measures, or for codes that the delivered entry has."""
    if key == "income.line_fen":
        return bool(value) and all(year.isdecimal() for year in value)
    if key == "help.true_effects":
        return load_schema().measures.keys() >= value.keys()
    return isinstance(delivered, dict) and delivered.keys() >= value.keys()


def _numbers(value: Value) -> list[float]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list) else [value]
