"""For tests that would ask both engines the same, though the store has no part in what they show."""

from __future__ import annotations

import pytest

on_one_engine = pytest.mark.parametrize("engine", ["embedded"])
