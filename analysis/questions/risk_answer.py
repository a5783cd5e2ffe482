"""The form of the answer to: how at risk are the households of an area, and what carries it?"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.places.parts import Place
from analysis.questions.answer import Answer
from analysis.why.area_parts import (
    AreaChange,
    CauseCarries,
    ChainCarries,
    HiddenShare,
    HouseholdRisk,
    LinkFall,
    PlaceRisk,
    RiskBand,
    RiskCounts,
)
from analysis.why.parts import Named


class RiskAnswer(Answer):
    """How at risk the households of an area are. It names no household unless the list is asked for."""

    version: Literal["risk/1"] = Field(default="risk/1", description="The question and the version of this form.")
    show_sensitive: bool = Field(description="Whether sensitive causes are shown.")
    network_version: str = Field(description="Version of the network of causes that the numbers rest on.")
    is_learned: bool = Field(
        description="Whether the strengths were learned from outcomes of the area; until then the risk is a score."
    )
    target: Named = Field(description="The state whose chance the risk is.")
    level: float = Field(description="The risk from which on a household stands high: asked for, else of the policy.")
    path: tuple[Place, ...] = Field(
        description="The areas it lies in, from the top down, itself the last; none where all areas were asked about."
    )
    counts: RiskCounts = Field(description="Its households and their risks.")
    without_findings: float = Field(
        description="Returns that would be left with nothing confirmed or suspected. With what the causes carry, shown "
        "and not, and the returns left out, it sums to the returns."
    )
    left_out_count: int = Field(description="Households with too many findings to say what each adds.")
    left_out_returns: float = Field(description="Their risks, which no cause carries.")
    bands: tuple[RiskBand, ...] = Field(description="Households by risk, in ten bands.")
    places: tuple[PlaceRisk, ...] = Field(
        description="The places directly below it, by id; the area itself comes first where households live in it and "
        "in none of them. They add up to the area."
    )
    causes: tuple[CauseCarries, ...] = Field(description="What causes carry that may be shown, the most first.")
    hidden: HiddenShare | None = Field(description="What the sensitive ones carry together; null where none is hidden.")
    chains: tuple[ChainCarries, ...] = Field(description="The chains that carry most, the most first.")
    hidden_chain_count: int = Field(description="Chains over a sensitive cause that carry something and are not shown.")
    links: tuple[LinkFall, ...] = Field(description="The links without which most returns would fall away.")
    total: int | None = Field(description="Households in the list on all pages; null where no list is asked for.")
    households: tuple[HouseholdRisk, ...] = Field(
        description="Households by risk, the highest first, then by id; none where no list is asked for."
    )
    next_after: str | None = Field(description="Where the next page of the list begins; null when this is the last.")
    changed_since: AreaChange | None = Field(
        description="Why the returns changed since they were last kept on data of an earlier day; null where none "
        "were, or where it is not asked for."
    )
