"""The parts of an explanation: what was found, the links and chains at the household, what lies behind, what follows.

A share is 0 to 1. Names are those of the vocabulary in both languages; what stands in no vocabulary has its code.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.causes.parts import Evidence, ShockEvidence
from graph_schema.meta import Form


class Named(Form):
    """A cause, a state, a measure or an indicator by its code and names."""

    code: str = Field(description="Its code.")
    name_en: str = Field(description="Its name in English.")
    name_zh: str = Field(description="Its name in Chinese.")


class FoundCause(Named):
    """What is held of one cause or state at the household, and what it adds to the risk."""

    is_state: bool = Field(description="Whether it is a state, which causes lead to, and not a cause.")
    status: Literal["suspected", "confirmed", "refuted"] = Field(description="How sure it is.")
    severity: float = Field(description="0.2 slight, 0.4 moderate, 0.6 marked, 0.8 severe, 1.0 extreme.")
    confidence: float = Field(description="Chance that it is right, as the risk counts it: 1 when it is confirmed.")
    since: date | None = Field(description="The day it began; null where that is later than the day of the answer.")
    evidence: tuple[Evidence, ...] = Field(description="What speaks for it, newest first.")
    shocks: tuple[ShockEvidence, ...] = Field(description="Shocks of the area that trigger it, newest first.")
    shapley: float | None = Field(
        description="What it adds to the risk, averaged over all orders of taking the findings up; these, with that of "
        "the causes not shown, sum to `risk` - `risk_without`. Null where it is refuted, or where there are too many."
    )
    drop: float | None = Field(description="The risk minus the risk without it; null where `shapley` is.")


class HiddenFound(Form):
    """The sensitive causes that are found and not shown, together."""

    count: int = Field(description="How many there are, the refuted ones left out.")
    shapley: float | None = Field(description="What they add to the risk together; null where there are too many.")


class WhySource(Form):
    """What a link rests on."""

    key: str = Field(description="Its key in the dictionary.")
    grade: Literal["A", "B", "C"] = Field(description="A official or peer-reviewed, B named outlet, C to be checked.")
    title: str = Field(description="What it is, as it is cited.")
    address: str | None = Field(description="Where it stands; null where no address is known.")


class WhyAmplifier(Form):
    """What makes a link stronger or weaker at this household."""

    cause: str | None = Field(description="Code of the cause found; null when it is a property of the household.")
    property_rule: str | None = Field(description="The rule that holds; null when it is a cause.")
    name_en: str = Field(description="Name of the cause, or the rule in words, in English.")
    name_zh: str = Field(description="Name of the cause, or the rule in words, in Chinese.")
    factor: float = Field(description="Factor at full confidence and severity: above 1 raises, below 1 dampens.")
    adds: float = Field(description="Strength here minus the strength without it, all else the same.")


class LearnedStrength(Form):
    """What an area's own outcomes say of a link."""

    low: float = Field(description="Lower end of the 95 % interval of the strength.")
    high: float = Field(description="Upper end of it.")
    verdict: str = Field(description="What the outcomes say: supported, contradicted, none, or why they say nothing.")


class WhyLink(Form):
    """One link of the chains: as the network has it, as it acts at this household, and what is known of it."""

    link_id: str = Field(description="Id in the network.")
    label_en: str = Field(description="The link in words, in English.")
    label_zh: str = Field(description="The link in words, in Chinese.")
    from_code: str = Field(description="The cause.")
    to_code: str = Field(description="The effect.")
    strength: float = Field(description="0 to 1, as the network has it, for a fully severe cause and no amplifier.")
    severity: float = Field(description="Severity of the cause at this household; 1 when there is no finding of it.")
    household_strength: float = Field(description="0 to 1, with severity and amplifiers, as the risk counts it.")
    lag_days: int = Field(description="Days until the effect shows.")
    acts_within_year: bool = Field(description="Whether it counts in the risk of the coming 12 months.")
    amplifiers: tuple[WhyAmplifier, ...] = Field(description="What raises or dampens it at this household.")
    hidden_amplifier_count: int = Field(description="Sensitive causes that amplify it here and are not shown.")
    evidence_grade: Literal["A", "B", "C", "P"] | None = Field(
        description="Best grade of its sources; P = proposed. Null for a link that the vocabulary does not have."
    )
    is_definition: bool = Field(description="Whether it holds by an official definition.")
    is_strength_proposed: bool = Field(
        description="Whether the strength is the experts' proposal, not a published one."
    )
    sources: tuple[WhySource, ...] = Field(description="What supports it.")
    note_en: str | None = Field(description="What those found, in English.")
    note_zh: str | None = Field(description="What those found, in Chinese.")
    opposing_sources: tuple[WhySource, ...] = Field(description="What found the opposite.")
    opposing_note_en: str | None = Field(description="What those found, in English.")
    opposing_note_zh: str | None = Field(description="What those found, in Chinese.")
    learned: LearnedStrength | None = Field(description="What was learned of it; null for experts' strengths.")


class WhyChain(Form):
    """A way along links from a finding to a state, and as a sentence."""

    codes: tuple[str, ...] = Field(description="The causes it runs over, from the finding to the state.")
    link_ids: tuple[str, ...] = Field(description="Its links in order.")
    confidence: float = Field(description="Chance that the finding is right; 1 when it is confirmed.")
    strength: float = Field(description="Confidence times the strengths of its links at this household.")
    lag_days: int = Field(description="Sum of the lags of its links.")
    is_already_counted: bool = Field(
        description="Whether it runs through another confirmed finding, so that what lies behind that one is there "
        "anyway, with or without the first."
    )
    is_within_horizon: bool = Field(description="Whether each of its links counts in the risk of the coming 12 months.")
    sentence_en: str = Field(description="The chain as a sentence in English.")
    sentence_zh: str = Field(description="The chain as a sentence in Chinese.")


class WhyState(Named):
    """A state that a chain ends at or that is found, and its chains."""

    is_found: bool = Field(description="Whether a finding says that it is there today.")
    chance: float = Field(description="Chance that it is there within 12 months if nothing is done, findings forced.")
    strongest: int | None = Field(description="Position in `chains` of its strongest chain; null when none is listed.")
    rivals: tuple[int, ...] = Field(
        description="Positions of at most two further chains, strongest first: no two of these stories have a finding "
        "in common."
    )


class WhyNode(Named):
    """A cause or a state that findings, chains or amplifiers name, for drawing."""

    dimension: str = Field(
        description="H health, L labour, E education, F finance, A assets, M market, V place, S social, O state."
    )
    cause_kind: Literal["root", "intermediate", "amplifier", "state"] = Field(description="Its part in the network.")
    is_sensitive: bool = Field(description="Whether it is shown only on purpose.")
    status: Literal["suspected", "confirmed", "refuted"] | None = Field(description="As found; null when it is not.")
    chance: float = Field(description="Chance that it is there within 12 months if nothing is done, findings forced.")
    posterior: float | None = Field(
        description="Chance that it is there given what was seen, see `behind`; null where nothing is said of that."
    )


class SeenCode(Named):
    """A state or cause taken as seen."""

    is_there: bool = Field(description="Whether it was seen to be there, or not to be there.")
    is_held: bool = Field(description="Whether a finding at the household says so; else it was only asked.")


class UnseenCause(Named):
    """A cause of which nothing is settled at the household."""

    chance: float = Field(description="Chance that it is there, given the findings and what was seen.")
    chance_unseen: float = Field(description="The same chance, had nothing been seen of the states.")
    bits: float = Field(description="What a true answer about it is expected to tell, in bits; at most 1.")


class NextQuestion(UnseenCause):
    """The question worth asking next: the cause whose true answer tells most of all causes together."""

    text_en: str = Field(description="The question in English.")
    text_zh: str = Field(description="The question in Chinese.")
    indicators: tuple[Named, ...] = Field(description="What can be looked up or measured to answer it.")


class Behind(Form):
    """What likely lies behind the states seen: conditioned on them, while the risk only forces findings."""

    seen: tuple[SeenCode, ...] = Field(description="What was taken as seen: states held at the household, and asked.")
    seen_chance: float | None = Field(
        description="Chance of all that was seen; null where what is held at the household cannot be true together, so "
        "that nothing is said of what lies behind."
    )
    causes: tuple[UnseenCause, ...] = Field(
        description="Causes that are open, the likeliest first, those of them that may be shown."
    )
    hidden_count: int = Field(description="Sensitive causes that are open and not shown.")
    question: NextQuestion | None = Field(description="What to ask next; null where nothing is open.")


class YearRisk(Form):
    """The risk of one of the next years."""

    year: int = Field(description="1 for the coming 12 months.")
    chance: float = Field(description="Chance of a return to poverty in that year if nothing is done.")
    at_least_once: float = Field(description="Chance of one in that year or an earlier one of these.")


class ChangedPart(Form):
    """What some changes together did to the risk; one change in most cases."""

    kind: Literal["finding", "policy", "property", "help", "strength", "leak", "structure", "hidden"] = Field(
        description="What changed; hidden = what may not be shown, all of it together."
    )
    codes: tuple[str, ...] = Field(description="Codes of causes, states or measures, ids of links, or rules.")
    share: float = Field(description="What it did to the risk: above 0 it raised it.")
    text_en: str = Field(description="The change in words, in English.")
    text_zh: str = Field(description="The change in words, in Chinese.")


class ChangedSince(Form):
    """Why the risk changed since it was last kept; the parts sum to `now` - `then`."""

    data_on: date = Field(description="The day of the data then.")
    run_id: str = Field(description="The run that kept it.")
    then_version: str = Field(description="Version of the network then.")
    then: float = Field(description="The risk if nothing is done, then.")
    now: float = Field(description="The risk if nothing is done, now.")
    parts: tuple[ChangedPart, ...] = Field(description="What made the difference, the largest first.")
    is_grouped: bool = Field(description="Whether there were too many changes to tell each apart.")
