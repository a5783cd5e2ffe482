"""The parts of an answer about who is linked to help."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.assistance.parts import (
    ChainParties,
    Help,
    HouseholdReach,
    LapsedLink,
    OfferedMeasure,
)
from graph_schema.meta import Form


class FilterWord(Form):
    """What one filter asks for."""

    kind: str = Field(description="Node kind.")
    id: str = Field(description="Its id or code.")
    name_en: str | None = Field(description="Its name in English, or as registered.")
    name_zh: str | None = Field(description="Its name in Chinese, or as registered.")


class Filters(Form):
    """The filters of the question; null where none was given."""

    area: FilterWord | None = Field(description="Households that live in this area or below it.")
    programme: FilterWord | None = Field(
        description="Help under this programme counts, and households that it helps, or has a measure for and may help."
    )
    measure: FilterWord | None = Field(
        description="Help that delivers this measure counts, and households that have it or a cause it works against."
    )
    cause: FilterWord | None = Field(description="Households that have this cause; help that is aimed at it counts.")
    help: Literal["with", "without"] | None = Field(
        description="Only households with such help, or only those that are left without; null for all."
    )


class AssistanceCounts(Form):
    """How many households the filters are about, and who of them is reached."""

    households: int = Field(description="Active households that the filters are about, whatever `help` says.")
    with_finding: int = Field(description="Those with an open finding, of the causes that the filters are about.")
    with_help: int = Field(description="Those with help that counts, planned or running.")
    without_help: int = Field(description="Those with such a finding and no such help.")
    chosen: int = Field(description="Those that `help` lets through; the chains and the households below are theirs.")
    in_whole_chain: int = Field(description="Of the chosen, those that a whole chain reaches.")
    missing: dict[str, int] = Field(
        description="Of the other chosen ones, how many miss which link: the best chain of each counts."
    )


class PlaceAssistance(Form):
    """A place and how many of its households have a finding, help, or a finding and no help."""

    place_id: str = Field(description="Id of the area.")
    name: str | None = Field(description="Its name.")
    is_itself: bool = Field(description="Whether it is the area above, for those who live in no place below it.")
    households: int = Field(description="Active households that the filters are about.")
    with_finding: int = Field(description="Those with an open finding.")
    with_help: int = Field(description="Those with help.")
    without_help: int = Field(description="Those with a finding and no help.")


class TrunkChain(ChainParties):
    """One chain agency - programme - enterprise - contract - cooperative and the households behind it."""

    household_count: int = Field(description="How many of the chosen households stand behind it.")
    without_help_count: int = Field(description="How many of those have a finding and no help.")
    household_contract_count: int = Field(
        description="How many contracts bind the enterprise to households directly, where the chain ends at them."
    )
    measures: tuple[OfferedMeasure, ...] = Field(description="What the programme offers.")
    lapsed: tuple[LapsedLink, ...] = Field(description="Ended and coming links at the place where it breaks.")


class AssistedHousehold(HouseholdReach):
    """A household, what reaches it, and all its help planned or running."""

    is_helped: bool = Field(description="Whether any of its help is what the filters ask about.")
    is_without_help: bool = Field(description="Whether a finding is open that they are about, and none is.")
    help: tuple[Help, ...] = Field(description="All help planned or running; what would tell a sensitive cause last.")
