"""What the cause engine answers on files alone: the form of the answer, and of one household in it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.questions.answer import Notice
from analysis.risk.trace_parts import TraceChain, TraceLink
from graph_schema.meta import Form


class NetworkUsed(Form):
    """The network of causes that the numbers rest on."""

    source: Literal["vocabulary", "file"] = Field(description="Where it is from.")
    name: str = Field(description="Name of the file; `vocabulary` when it is that.")
    version: str = Field(
        description="Version of the vocabulary, or of a learned network; else the first digits of the file's SHA-256."
    )
    node_count: int = Field(description="Causes and states.")
    link_count: int = Field(description="Links that count in the risk.")
    left_out_link_count: int = Field(description="Links in no risk: feedback, and those of more than a year.")


class FindingAdded(Form):
    """What is found of one cause at the household, several findings of it taken together, and what it adds."""

    code: str = Field(description="Code of the cause or state.")
    confidence: float = Field(description="Chance that it is right; 1 when it is confirmed.")
    severity: float = Field(description="The largest severity said of it.")
    shapley: float | None = Field(
        description="What it adds to the risk, averaged over all orders of taking the findings up; these sum to "
        "`risk` - `risk_without`. Null where there are too many findings."
    )
    drop: float | None = Field(
        description="The risk minus the risk without it. Null where there are too many findings."
    )


class Question(Form):
    """The cause worth asking about next."""

    code: str = Field(description="Code of the cause.")
    chance: float = Field(description="Chance that it is there, given the findings and what was seen.")
    bits: float = Field(description="What a true answer is expected to tell, in bits; at most 1.")


class HouseholdRisk(Form):
    """One household. Only `household`, `finding_count` and `risk` are always there; the rest when it was asked for."""

    household: str = Field(description="Its id, as the file writes it.")
    finding_count: int = Field(description="Rows of the file with a finding of it.")
    risk: float = Field(description="Chance of the target within 12 months if nothing is done, findings forced.")
    risk_without: float | None = Field(
        default=None, description="The risk with none of the confirmed and suspected findings."
    )
    is_attribution_left_out: bool | None = Field(
        default=None, description="Whether it has too many findings to say what each adds."
    )
    attribution: tuple[FindingAdded, ...] | None = Field(
        default=None, description="Each confirmed or suspected cause and what it adds, in the order of the network."
    )
    refuted: tuple[str, ...] | None = Field(default=None, description="Causes that are closed, since refuted.")
    chains: tuple[TraceChain, ...] | None = Field(
        default=None, description="Chains from a finding to the target, strongest first."
    )
    links: tuple[TraceLink, ...] | None = Field(default=None, description="The links of the chains, each once.")
    are_chains_capped: bool | None = Field(default=None, description="Whether there are more, weaker chains.")
    question: Question | None = Field(
        default=None, description="What to ask next; none where nothing is open, or where the cause is not shown."
    )
    activity: dict[str, float] | None = Field(
        default=None,
        description="Chance of each cause and state within 12 months, findings forced, as the risk counts it.",
    )
    posterior: dict[str, float] | None = Field(
        default=None,
        description="Chance of each cause and state given what was seen, findings forced, each cause's leak as prior.",
    )
    seen_chance: float | None = Field(default=None, description="Chance of what was seen, by the same sum.")


class RiskFilesAnswer(Form):
    """The risk of every household of a file of findings, on one network."""

    version: Literal["risk-files/1"] = Field(default="risk-files/1", description="The form of this body.")
    network: NetworkUsed = Field(description="The network of causes.")
    findings: str = Field(description="Name of the file of findings.")
    target: str = Field(description="Code of the state whose risk is told.")
    seen: dict[str, bool] = Field(description="States and causes seen to be there or not, as evidence.")
    household_count: int = Field(description="Households that the answer is about.")
    finding_count: int = Field(description="Findings of them.")
    leak_risk: float = Field(description="Risk of a household without any finding.")
    expected_count: float = Field(description="Sum of the risks: how many households the scores stand for.")
    hidden_count: int = Field(description="Sensitive causes of the network that are not shown.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    households: tuple[HouseholdRisk, ...] = Field(
        description="One entry per household, in the order in which the file names them first."
    )
