"""The rows that a cause graph is made from, as the store gives them."""

from __future__ import annotations

from datetime import date
from typing import Literal, NotRequired, TypedDict

Status = Literal["suspected", "confirmed", "refuted"]


class FindingRow(TypedDict):
    """A cause held at a household; all but the first field are empty when there is none."""

    is_made_up: bool | None
    cause_id: str | None
    status: Status
    severity: float
    confidence: float
    onset_on: date
    ended_on: date | None


class ObservationRow(TypedDict):
    """An observation of a household, or of an area it lives in (only then with `area_id`)."""

    observation_id: str
    area_id: NotRequired[str | None]
    indicator_id: str
    number_value: float | None
    low_value: float | None
    high_value: float | None
    answer: str | None
    observed_on: date
    period_months: int | None
    feed_id: str | None
    product_id: str | None
    is_disputed: bool


class ShockRow(TypedDict):
    """A shock that hit an area the household lives in, and the cause it triggers."""

    shock_id: str
    cause_id: str
    area_id: str
    shock_kind: str
    severity: float
    starts_on: date
    ends_on: date | None


class PlaceRow(TypedDict):
    """The households of a place where a cause is open, or, with no cause and status, all its active households."""

    place_id: str
    name: str | None
    cause_id: str | None
    status: Literal["suspected", "confirmed"] | None
    household_count: int
    made_up_count: int | None
