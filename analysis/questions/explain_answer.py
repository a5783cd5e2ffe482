"""The form of the answer to: why is this household at risk, and what would cut it?"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.questions.answer import Answer
from analysis.why.cut_parts import CutPart
from analysis.why.parts import (
    Behind,
    ChangedSince,
    FoundCause,
    HiddenFound,
    Named,
    WhyChain,
    WhyLink,
    WhyNode,
    WhyState,
    YearRisk,
)


class ExplainAnswer(Answer):
    """Why a household is at risk: findings, chains with their evidence, what lies behind, and what follows."""

    version: Literal["explain/1"] = Field(default="explain/1", description="The question and the version of this form.")
    network_version: str = Field(description="Version of the network of causes that the numbers rest on.")
    is_learned: bool = Field(
        description="Whether the strengths were learned from outcomes of the area; until then the risk is a score."
    )
    target: Named = Field(description="The state whose chance the risk is.")
    risk: float = Field(
        description="Chance of it within 12 months if nothing is done, findings forced; help is not in."
    )
    risk_with_help: float = Field(description="The same with the measures that run now.")
    risk_without: float | None = Field(
        description="The risk with none of the confirmed and suspected findings; null where there are too many of them."
    )
    leak_risk: float = Field(description="Risk of a household of which nothing is known: the base rate.")
    level: float = Field(description="The risk from which on a household stands high, as the policy proposes it.")
    is_above: bool = Field(description="Whether the risk if nothing is done is at or above the level.")
    is_above_with_help: bool = Field(description="Whether the risk with the help that runs is at or above it.")
    is_already: bool = Field(
        description="Whether a confirmed finding says that it is true today, so that the risk of 1 is no forecast."
    )
    already_by: tuple[Named, ...] = Field(description="The confirmed findings that say so.")
    is_attribution_left_out: bool = Field(description="Whether there are too many findings to say what each adds.")
    hidden_count: int = Field(description="Sensitive causes found, refuted ones too, that are not shown.")
    hidden_chain_count: int = Field(description="Chains over a sensitive cause that are not shown.")
    hidden_help_count: int = Field(description="Measures that run and would tell of a sensitive cause; not shown.")
    findings: tuple[FoundCause, ...] = Field(
        description="What is confirmed or suspected, by what it adds, the largest first; then what is refuted."
    )
    hidden_findings: HiddenFound | None = Field(description="What is found and not shown; null where all is shown.")
    help: tuple[Named, ...] = Field(description="The measures that run now, by code.")
    states: tuple[WhyState, ...] = Field(description="States found, or that a chain ends at, in the network's order.")
    chains: tuple[WhyChain, ...] = Field(description="Chains from a finding to a state, strongest first.")
    are_chains_capped: bool = Field(description="Whether there are more, weaker chains than are listed.")
    links: tuple[WhyLink, ...] = Field(description="Each link that a chain runs along, once, by id.")
    nodes: tuple[WhyNode, ...] = Field(description="Causes and states that findings, chains or amplifiers name.")
    behind: Behind = Field(description="What likely lies behind what was seen, and the question worth asking next.")
    years: tuple[YearRisk, ...] = Field(description="The next years, the coming 12 months first.")
    cut: CutPart | None = Field(
        description="The cheapest help that brings the risk under the level; null where it was not asked for."
    )
    changed_since: ChangedSince | None = Field(
        description="Why the risk changed since it was last kept; null where none was kept before this day, "
        "or where it was not asked for."
    )
