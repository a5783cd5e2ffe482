"""The parts of a cause graph: causes and states, links, findings with their evidence, and chains."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from graph_schema.meta import Form


class Evidence(Form):
    """One observation that speaks for a finding, and the rule that raised it."""

    observation_id: str = Field(description="Id of the observation.")
    indicator: str = Field(description="Code of the indicator.")
    indicator_en: str = Field(description="Its name in English.")
    indicator_zh: str = Field(description="Its name in Chinese.")
    unit: str = Field(description="Unit of the value, or what the answer is one of.")
    unit_en: str = Field(description="The unit's name in English.")
    unit_zh: str = Field(description="The unit's name in Chinese.")
    value: float | None = Field(description="The number observed; null when an answer was given.")
    low_value: float | None = Field(description="Lower end of the number where it is a range.")
    high_value: float | None = Field(description="Upper end of the number where it is a range.")
    answer: str | None = Field(description="The answer given; where it names causes, only the cause of this finding.")
    observed_on: date = Field(description="Day of the observation.")
    period_months: int | None = Field(description="Months it looks back over, when it does.")
    feed: str | None = Field(description="Code of the feed it came from.")
    feed_en: str | None = Field(description="The feed's name in English.")
    feed_zh: str | None = Field(description="The feed's name in Chinese.")
    rule_id: str = Field(description="The evidence rule, such as I25-M02.")
    raises_status: Literal["suspected", "confirmed"] = Field(description="Status the rule gives.")
    raises_confidence: float = Field(description="Confidence the rule gives, 0 to 1.")
    area_id: str | None = Field(description="Area observed; null when it was the household itself.")
    product: str | None = Field(description="Code of the product observed, when it is about one.")
    is_disputed: bool = Field(description="Whether it stands in an open contradiction with another feed.")


class ShockEvidence(Form):
    """A shock that hit the household's area and triggers the cause."""

    shock_id: str = Field(description="Id of the shock.")
    shock_kind: str = Field(description="Code of its kind.")
    kind_en: str = Field(description="Its kind in English.")
    kind_zh: str = Field(description="Its kind in Chinese.")
    severity: float = Field(description="Its severity, 0 to 1.")
    area_id: str = Field(description="The area it hit.")
    starts_on: date = Field(description="First day.")
    ends_on: date | None = Field(description="Last day; null while it lasts.")


class Finding(Form):
    """A cause held to be present at the household, or looked into and refuted."""

    status: Literal["suspected", "confirmed", "refuted"] = Field(description="How sure it is.")
    severity: float = Field(description="0.2 slight, 0.4 moderate, 0.6 marked, 0.8 severe, 1.0 extreme.")
    confidence: float = Field(description="1 when confirmed, at most 0.8 when suspected.")
    onset_on: date = Field(description="First day.")
    ended_on: date | None = Field(description="Last day; null while it is open.")
    evidence: tuple[Evidence, ...] = Field(description="What speaks for it, newest first.")
    shocks: tuple[ShockEvidence, ...] = Field(description="Shocks of the area that trigger it, newest first.")


class HouseholdCounts(Form):
    """In how many active households of the area the cause is open."""

    confirmed: int = Field(description="Households where it is confirmed.")
    suspected: int = Field(description="Households where it is suspected.")


class PlaceCause(Form):
    """A cause that is open in a place."""

    code: str = Field(description="Code of the cause; its names stand in the nodes.")
    households: HouseholdCounts = Field(description="Active households of the place where it is open.")


class PlaceCauses(Form):
    """A place directly below the area asked about, with all that lies below it."""

    place_id: str = Field(description="Id of the place.")
    name: str | None = Field(description="Its name; null when no feed gave one.")
    household_count: int = Field(description="Active households that live in it or below it.")
    causes: tuple[PlaceCause, ...] = Field(
        description="Causes open there, in the order of the vocabulary. In a place with very few households a count "
        "can tell what befell a single household: pass it on only to those who may know that."
    )
    hidden_count: int = Field(description="Sensitive causes open there that are left out.")


class Amplification(Form):
    """What a finding does to a link: `factor` above 1 makes it stronger, below 1 weaker."""

    link_id: str = Field(description="The link.")
    factor: float = Field(description="Factor at full confidence and severity.")


class CauseNode(Form):
    """A cause or a state of the graph."""

    code: str = Field(description="Code in the vocabulary.")
    name_en: str = Field(description="Name in English.")
    name_zh: str = Field(description="Name in Chinese.")
    dimension: str = Field(
        description="H health, L labour, E education, F finance, A assets, M market, V place, S social, O state."
    )
    cause_kind: Literal["root", "intermediate", "amplifier", "state"] = Field(description="Its part in the network.")
    is_sensitive: bool = Field(description="Whether it is shown only on purpose.")
    is_reached: bool = Field(description="Whether it is found and open, or can follow from what is.")
    finding: Finding | None = Field(description="What is held about the household; null when nothing, or for an area.")
    households: HouseholdCounts | None = Field(description="Counts of an area; null for a household.")
    amplifies: tuple[Amplification, ...] = Field(description="Links of this graph that it makes stronger or weaker.")


class CauseLink(Form):
    """One link: the cause brings the effect about with that strength within 12 months if nothing is done."""

    link_id: str = Field(description="Id in the vocabulary.")
    from_code: str = Field(description="The cause.")
    to_code: str = Field(description="The effect.")
    strength: float = Field(description="0 to 1, before severity and amplifiers.")
    is_definition: bool = Field(description="Whether it holds by an official definition.")
    lag_days: int = Field(description="Days until the effect shows.")
    is_feedback: bool = Field(description="Whether it closes a circle, so that it works only in later years.")
    evidence_grade: Literal["A", "B", "C", "P"] = Field(description="Best grade of its sources; P = proposed.")
    sources: tuple[str, ...] = Field(description="Keys of the sources that support it.")
    opposing_sources: tuple[str, ...] = Field(description="Keys of the sources that found the opposite.")


class Chain(Form):
    """A way along links from a finding to a state."""

    link_ids: tuple[str, ...] = Field(description="Its links in order.")
    codes: tuple[str, ...] = Field(description="The causes it runs over, from the finding to the state.")
    strength: float = Field(description="Confidence of the finding times the strengths of the links.")
    lag_days: int = Field(description="Sum of the lags of its links.")


class StateReached(Form):
    """A state that can follow, the strongest chain to it, and its rival: the strongest with no finding in common."""

    code: str = Field(description="Code of the state.")
    strongest: int | None = Field(description="Position in `chains`; null when none is listed.")
    rival: int | None = Field(description="Position in `chains`; null when there is no rival.")


class EndedFinding(Form):
    """A finding of the past: listed, not followed."""

    code: str = Field(description="Code of the cause.")
    name_en: str = Field(description="Name in English.")
    name_zh: str = Field(description="Name in Chinese.")
    finding: Finding = Field(description="What was held.")
