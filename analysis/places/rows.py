"""The rows that are counted by place, as the store gives them."""

from __future__ import annotations

from typing import Literal, TypedDict


class AreaRow(TypedDict):
    """An area at or below another, and the one that it is directly part of."""

    area_id: str
    parent_id: str | None
    name: str | None
    area_level: str | None


class UpperRow(TypedDict):
    """An area that another one lies in, so many steps up; step 0 is the area itself."""

    area_id: str
    upper_area_id: str
    name: str | None
    area_level: str | None
    is_made_up: bool
    step_count: int


class LivingRow(TypedDict):
    """The active households that live in an area itself, in none below it."""

    area_id: str
    household_count: int
    made_up_count: int


class CauseRow(TypedDict):
    """The active households that live in an area itself and where a cause is open."""

    area_id: str
    cause_id: str
    status: Literal["suspected", "confirmed"]
    household_count: int


class HelpRow(TypedDict):
    """The active households that live in an area itself, by whether a cause is open and help planned or running."""

    area_id: str
    has_finding: bool
    has_help: bool
    household_count: int
