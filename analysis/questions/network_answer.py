"""The form of the answer to: which causes lead to which, how strongly, on what evidence, and what was learned?"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.questions.answer import Answer
from analysis.why.parts import Named, WhySource
from graph_schema.meta import Form


class CountTold(Form):
    """A number of households, as far as it may be told."""

    number: int | None = Field(description="The number; null where it is under 10 or not shown.")
    is_under_ten: bool = Field(default=False, description="Whether there are 1 to 9, which is all that is told.")
    is_hidden: bool = Field(default=False, description="Whether it is not shown because a cause is sensitive.")


class NetworkNode(Named):
    """A cause or a state of the network."""

    dimension: str = Field(
        description="H health, L labour, E education, F finance, A assets, M market, V place, S social, O state."
    )
    dimension_en: str = Field(description="The dimension in English.")
    dimension_zh: str = Field(description="The dimension in Chinese.")
    cause_kind: Literal["root", "intermediate", "amplifier", "state"] = Field(description="Its part in the network.")
    is_sensitive: bool = Field(description="Whether a finding of it is shown only on purpose.")
    leak: float = Field(description="Chance that it is there though nothing is observed: the prior of explanation.")
    risk_leak: float = Field(description="The same for risk, in the version shown.")


class NetworkAmplifier(Form):
    """What makes a link stronger or weaker."""

    cause: str | None = Field(description="Code of the cause; null when it is a property of the household.")
    property_rule: str | None = Field(description="The rule on the household; null when it is a cause.")
    name_en: str = Field(description="Name of the cause, or the rule in words, in English.")
    name_zh: str = Field(description="Name of the cause, or the rule in words, in Chinese.")
    factor: float = Field(description="Factor at full confidence and severity: above 1 raises, below 1 dampens.")


class LinkLearned(Form):
    """What one version says was learned of a link."""

    version_id: str = Field(description="The version.")
    data_on: date = Field(description="Last day of the data it rests on.")
    strength: float = Field(description="The strength in that version.")
    low: float | None = Field(description="Lower end of the 95 % interval with the expert; null where none was made.")
    high: float | None = Field(description="Upper end of it.")
    data_low: float | None = Field(description="Lower end of the interval of the data alone; null where there is none.")
    data_high: float | None = Field(description="Upper end of it.")
    verdict: str = Field(
        description="supported, contradicted, none (no evidence), too_few, not_seen, definition or not_learned."
    )
    is_learned: bool = Field(description="Whether the strength was learned, and is not the expert's.")
    data_share: float | None = Field(
        description="Share of the information that the data brought, the rest being the expert's; null where it would "
        "tell a count that is not shown."
    )
    exposed: CountTold = Field(description="Households with the cause when the year began.")
    used: CountTold = Field(description="Those of them that say something of the link.")
    came: CountTold = Field(description="Those of them to whom the effect came within the year.")


class NetworkLink(Form):
    """One link with all that is known of it."""

    link_id: str = Field(description="Id in the vocabulary.")
    label_en: str = Field(description="The link in words, in English.")
    label_zh: str = Field(description="The link in words, in Chinese.")
    from_code: str = Field(description="The cause.")
    from_name_en: str = Field(description="Its name in English.")
    from_name_zh: str = Field(description="Its name in Chinese.")
    to_code: str = Field(description="The effect.")
    to_name_en: str = Field(description="Its name in English.")
    to_name_zh: str = Field(description="Its name in Chinese.")
    strength: float = Field(
        description="The expert's: chance that the fully severe cause brings the effect about within 12 months if "
        "nothing is done."
    )
    used_strength: float = Field(description="The strength in the version shown.")
    lag_days: int = Field(description="Days until the effect shows.")
    is_feedback: bool = Field(description="Whether it acts only into the next period.")
    is_definition: bool = Field(description="Whether it holds by an official definition.")
    acts_within_year: bool = Field(description="Whether it counts in the risk of the coming 12 months.")
    is_sensitive: bool = Field(description="Whether a cause of it is sensitive, so that counts may be hidden.")
    amplifiers: tuple[NetworkAmplifier, ...] = Field(description="What makes it stronger or weaker at a household.")
    evidence_grade: Literal["A", "B", "C", "P"] = Field(description="Best grade of its sources; P = proposed.")
    is_strength_proposed: bool = Field(description="Whether the strength is a proposal, not a published number.")
    sources: tuple[WhySource, ...] = Field(description="What supports it.")
    note_en: str | None = Field(description="What those found, in English.")
    note_zh: str | None = Field(description="What those found, in Chinese.")
    opposing_sources: tuple[WhySource, ...] = Field(description="What found the opposite.")
    opposing_note_en: str | None = Field(description="What those found, in English.")
    opposing_note_zh: str | None = Field(description="What those found, in Chinese.")
    learned: tuple[LinkLearned, ...] = Field(description="What each kept version says of it, the newest first.")

    def learned_in(self, version_id: str) -> LinkLearned | None:
        """Return what a version says of it, None where it says nothing."""
        return next((each for each in self.learned if each.version_id == version_id), None)


class VersionRow(Form):
    """One version of the network."""

    version_id: str = Field(description="Its id.")
    is_learned: bool = Field(description="Whether its strengths were learned; else they are the expert's.")
    area_id: str | None = Field(description="The area whose households it was learned from; null for the expert's.")
    area_name: str | None = Field(description="Name of that area; null where the graph does not know it.")
    learned_on: date | None = Field(description="The day its strengths were set; null where it was never kept.")
    data_on: date | None = Field(description="Last day of the data it rests on.")
    verdicts: dict[str, int] = Field(description="By verdict, of how many links it was given.")
    adopted_on: date | None = Field(description="From when on it is in use in its area; null where nobody said so.")
    reason: str | None = Field(description="Why it was adopted.")
    is_in_use: bool = Field(description="Whether the answers rest on it.")
    is_made_up: bool = Field(description="Whether it was learned from made-up data.")
    fits: bool = Field(description="Whether it has the causes and links of the vocabulary; else it cannot be used.")


class VersionsAnswer(Answer):
    """Every version of the network there is."""

    version: Literal["network-versions/1"] = Field(
        default="network-versions/1", description="The question and the version of this form."
    )
    in_use: str = Field(description="Id of the version that the answers rest on.")
    versions: tuple[VersionRow, ...] = Field(description="The vocabulary's first, then those kept, the newest first.")


class NetworkAnswer(Answer):
    """The network of causes in one version, with what every version says of its links."""

    version: Literal["network/1"] = Field(default="network/1", description="The question and the version of this form.")
    network_version: str = Field(description="The version shown.")
    is_learned: bool = Field(description="Whether its strengths were learned from outcomes.")
    in_use: str = Field(description="Id of the version that the answers rest on.")
    nodes: tuple[NetworkNode, ...] = Field(description="Causes and states, in the order of the vocabulary.")
    links: tuple[NetworkLink, ...] = Field(description="Every link, in the order of the vocabulary.")
    versions: tuple[VersionRow, ...] = Field(description="The vocabulary's first, then those kept, the newest first.")

    def link(self, link_id: str) -> NetworkLink | None:
        """Return one link, None for an id that no link has."""
        return next((link for link in self.links if link.link_id == link_id), None)
