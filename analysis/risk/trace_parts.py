"""The parts of a trace: chains from findings to states, their links at the household, and the evidence of links."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from graph_schema.meta import Form


class TraceAmplifier(Form):
    """What makes a link stronger or weaker at this household: a finding of a cause, or a rule on a property."""

    cause: str | None = Field(description="The cause found; null when it is a property of the household.")
    property_rule: str | None = Field(description="The rule that holds; null when it is a cause.")
    factor: float = Field(description="Factor at full confidence and severity: above 1 raises, below 1 dampens.")
    adds: float = Field(
        description="Strength here minus the strength without this amplifier, all else the same; below 0 it dampens. "
        "What several amplifiers add need not sum to anything."
    )


class TraceLink(Form):
    """One link of the chains, as the network has it and as it acts at this household."""

    link_id: str = Field(description="Id in the network.")
    from_code: str = Field(description="The cause.")
    to_code: str = Field(description="The effect.")
    strength: float = Field(description="0 to 1, as the network has it, for a fully severe cause and no amplifier.")
    severity: float = Field(description="Severity of the cause at this household; 1 when there is no finding of it.")
    household_strength: float = Field(description="0 to 1, with severity and amplifiers, as the risk counts it.")
    lag_days: int = Field(description="Days until the effect shows.")
    acts_within_year: bool = Field(description="Whether it counts in the risk of the coming 12 months.")
    amplifiers: tuple[TraceAmplifier, ...] = Field(description="What raises or dampens it at this household.")


class TraceChain(Form):
    """A way along links from a finding to a state."""

    link_ids: tuple[str, ...] = Field(description="Its links in order.")
    codes: tuple[str, ...] = Field(description="The causes it runs over, from the finding to the state.")
    confidence: float = Field(description="Chance that the finding is right; 1 when it is confirmed.")
    strength: float = Field(description="Confidence times the strengths of its links at this household.")
    lag_days: int = Field(description="Sum of the lags of its links.")
    is_already_counted: bool = Field(
        description="Whether it runs through another confirmed finding, so that what lies behind that one is there "
        "anyway, with or without the first."
    )
    is_within_horizon: bool = Field(description="Whether each of its links counts in the risk of the coming 12 months.")


class TraceState(Form):
    """A state that chains end at: the strongest of them, and its rivals."""

    code: str = Field(description="Code of the state.")
    strongest: int | None = Field(description="Position in the chains; null when none is listed.")
    rivals: tuple[int, ...] = Field(
        description="Positions of at most two further chains, strongest first: no two of these stories, the strongest "
        "included, have a finding in common."
    )


class Trace(Form):
    """The chains of one household. All names are codes; names and evidence come from the vocabulary."""

    chains: tuple[TraceChain, ...] = Field(description="Strongest first; equal ones by fewest links, then ids.")
    links: tuple[TraceLink, ...] = Field(description="Each link that a chain runs along, once, by id.")
    states: tuple[TraceState, ...] = Field(
        description="The states that a listed chain ends at, in the network's order."
    )
    is_capped: bool = Field(description="Whether there are more, weaker chains than are listed.")


class LinkEvidence(Form):
    """What is known for and against a link, from the vocabulary."""

    link_id: str = Field(description="Id in the vocabulary.")
    evidence_grade: Literal["A", "B", "C", "P"] = Field(description="Best grade of its sources; P = proposed.")
    is_definition: bool = Field(description="Whether it holds by an official definition.")
    is_strength_proposed: bool = Field(
        description="Whether the strength is the experts' proposal, not a published one."
    )
    sources: tuple[str, ...] = Field(description="Keys of the sources that support it.")
    note_en: str | None = Field(description="What they found, in English.")
    note_zh: str | None = Field(description="What they found, in Chinese.")
    opposing_sources: tuple[str, ...] = Field(description="Keys of the sources that found the opposite.")
    opposing_note_en: str | None = Field(description="What those found, in English.")
    opposing_note_zh: str | None = Field(description="What those found, in Chinese.")
