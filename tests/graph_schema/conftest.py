"""Fixtures: the schema of the product, and a small schema of a few nouns that a test may spoil.

`small_schema/` is the least folder that loads; its files are short, so that the lines named in faults can be counted.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_schema import Schema, SchemaError, load_schema

SMALL = Path(__file__).parent / "small_schema"

Spoil = Callable[[str, str, str], SchemaError]


@pytest.fixture(scope="session")
def schema() -> Schema:
    return load_schema()


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


@pytest.fixture
def fault_of(small_folder: Path) -> Spoil:
    """Return what writes `new` over the one place where `old` stands in a file, loads, and returns the error."""

    def spoil(file: str, old: str, new: str) -> SchemaError:
        path = small_folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(SchemaError) as caught:
            load_schema(small_folder)
        return caught.value

    return spoil
