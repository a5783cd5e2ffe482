"""The parts of an answer about the risk of an area: households, causes, chains and links with what they carry.

Returns are households that are expected to return to poverty within 12 months: sums of risks.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.places.parts import Place
from analysis.why.parts import Named
from graph_schema.meta import Form


class RiskCounts(Form):
    """Households of a place and their risks. Sensitive causes are in every number."""

    household_count: int = Field(description="Active households, wherever in it they live.")
    returns: float = Field(
        description="Expected returns: the sum of their risks if nothing is done. Until strengths are learned it "
        "orders places and is no forecast."
    )
    returns_with_help: float = Field(description="The same with the help that runs.")
    above_count: int = Field(description="Households whose risk if nothing is done is at or above the level.")
    above_with_help_count: int = Field(description="Households whose risk with the help that runs is.")
    already_count: int = Field(
        description="Households of whom a confirmed finding says that it is true today; their risk of 1 is no forecast."
    )


class RiskBand(Form):
    """Households whose risk is in a band: `begins` is in it, `ends` is not, but for the last."""

    begins: float = Field(description="Where it begins.")
    ends: float = Field(description="Where it ends.")
    household_count: int = Field(description="By the risk if nothing is done.")
    household_count_with_help: int = Field(description="By the risk with the help that runs.")


class CauseShare(Named):
    """What a cause carries of the expected returns of a place."""

    household_count: int = Field(description="Households at which it is confirmed or suspected.")
    returns: float = Field(
        description="Sum of what it adds at each of them, averaged over all orders of taking the findings up."
    )


class CauseCarries(CauseShare):
    """What a cause carries of the expected returns of the area, and what would fall away without it."""

    is_state: bool = Field(description="Whether it is a state, which causes lead to, and not a cause.")
    without_chain: float = Field(description="The part of `returns` that no chain has: what it adds by amplifying.")
    fall: float = Field(
        description="Returns that would be fewer if it came about nowhere any more. Falls do not add up."
    )


class HiddenShare(Form):
    """Sensitive causes together, which are counted and not named."""

    cause_count: int = Field(description="How many of them are confirmed or suspected somewhere in the place.")
    returns: float = Field(description="What they carry together.")


class ChainCarries(Form):
    """A chain from a cause to the state, and what it carries of the expected returns of the area."""

    codes: tuple[str, ...] = Field(description="The causes it runs over, from the first to the state.")
    link_ids: tuple[str, ...] = Field(description="Its links in order.")
    returns: float = Field(
        description="Its part of what its first cause carries: by its strength, household by household, of all chains "
        "of that cause."
    )
    sentence_en: str = Field(description="The chain as a sentence in English.")
    sentence_zh: str = Field(description="The chain as a sentence in Chinese.")


class LinkFall(Form):
    """What would fall away if a link led on nowhere."""

    link_id: str = Field(description="Id in the network.")
    label_en: str = Field(description="The link in words, in English.")
    label_zh: str = Field(description="The link in words, in Chinese.")
    from_code: str = Field(description="The cause.")
    to_code: str = Field(description="The effect.")
    strength: float = Field(description="0 to 1, as the network has it.")
    fall: float = Field(description="Returns that would be fewer. Falls do not add up.")


class PlaceRisk(Place):
    """A place directly below the area: its returns are those without findings, of causes, and of those left out."""

    is_itself: bool = Field(
        description="Whether this is the area asked about, standing for the households that live in none of the places "
        "below it."
    )
    counts: RiskCounts = Field(description="Its households and their risks.")
    without_findings: float = Field(description="Returns that would be left with nothing confirmed or suspected.")
    left_out_returns: float = Field(description="Risks of households with too many findings to be split.")
    causes: tuple[CauseShare, ...] = Field(description="What the causes carry that may be shown, the most first.")
    hidden: HiddenShare | None = Field(description="What the others carry; null where there are none.")


class HouseholdRisk(Form):
    """A household in the list, without a name. Nothing is decided about it by its risk alone."""

    household_id: str = Field(description="Its pseudonym.")
    area_id: str | None = Field(description="The area that it lives in; null where that is unknown.")
    area_name: str | None = Field(description="The name of that area.")
    risk: float = Field(description="Its risk if nothing is done, 0 to 1.")
    risk_with_help: float = Field(description="Its risk with the help that runs.")
    is_already: bool = Field(description="Whether a confirmed finding says that it is true today.")


class AreaChangePart(Form):
    """What one kind of change did to the expected returns. The parts sum to the whole change."""

    kind: Literal["finding", "property", "help", "network", "come", "gone"] = Field(
        description="Findings; rules on properties of households; help that began or ended; the strengths, leaks and "
        "links of the network; households that came to be counted here; households that are no longer."
    )
    household_count: int = Field(description="Households at which it changed something that the risk is computed from.")
    returns: float = Field(description="What it did to the returns if nothing is done: above 0 it raised them.")
    returns_with_help: float = Field(description="What it did to the returns with the help that runs.")
    text_en: str = Field(description="The part in words, in English.")
    text_zh: str = Field(description="The part in words, in Chinese.")


class AreaChange(Form):
    """Why the expected returns changed since they were last kept."""

    run_id: str = Field(description="The run that kept them.")
    data_on: date = Field(description="The day of the data then.")
    then_version: str = Field(description="Version of the network then.")
    then_household_count: int = Field(description="Households then.")
    then: float = Field(description="Expected returns if nothing is done, then.")
    now: float = Field(description="Expected returns if nothing is done, now.")
    then_with_help: float = Field(description="Expected returns with the help that ran, then.")
    now_with_help: float = Field(description="Expected returns with the help that runs, now.")
    parts: tuple[AreaChangePart, ...] = Field(description="What made the difference; a kind that changed nothing too.")
