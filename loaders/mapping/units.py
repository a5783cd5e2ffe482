"""Units as departments write them, and how many of one another is: exact fractions, never floats."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from graph_schema.meta import Form
from graph_schema.yaml_lines import read_document

UNITS_FILE = "units.yaml"


def _as_fraction(value: object) -> object:
    return Fraction(str(value))


class Unit(Form):
    """One unit: what it measures, how many of the first unit of that measure it is, and how it is written.

    `is_whole`: only whole numbers of it are kept.
    """

    key: str
    measure: str
    factor: Annotated[Fraction, BeforeValidator(_as_fraction)]
    names: tuple[str, ...] = Field(min_length=1)
    is_whole: bool = False


@dataclass(frozen=True)
class Units:
    """Every unit by its key, in the order of the file."""

    by_key: Mapping[str, Unit]

    @cached_property
    def _by_word(self) -> dict[str, Unit]:
        return {bare_word(name): unit for unit in self.by_key.values() for name in (unit.key, *unit.names)}

    def find(self, word: str) -> Unit | None:
        """Return the unit that is written so, None if there is none; blanks, case and width do not matter."""
        return self._by_word.get(bare_word(word))

    def words_of(self, measure: str) -> str:
        """Return the units of a measure as a person may write them."""
        return ", ".join(unit.names[0] for unit in self.by_key.values() if unit.measure == measure)


def read_units() -> Units:
    """Return the units of the product."""
    document = read_document(Path(str(files("loaders"))) / "mapping", UNITS_FILE)
    return Units(
        {
            key: Unit.model_validate({"key": key, "measure": measure, **entry})
            for measure, entries in document.entries.items()
            if isinstance(entries, dict)
            for key, entry in entries.items()
        }
    )


def bare_word(text: str) -> str:
    """Return the text as it is compared: full-width forms made narrow, small letters, no blanks.

    >>> bare_word("Ten Thousand ＹＵＡＮ"), bare_word("元／斤")
    ('tenthousandyuan', '元/斤')
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
