"""The form of the answer to `household_what_if`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.questions.answer import Answer
from analysis.why.parts import Named
from graph_schema.meta import Form

ChangeKind = Literal["confirmed", "refuted", "closed", "severity", "given", "taken", "strength"]


class RiskAt(Form):
    """The risk of a return to poverty within 12 months, 0 to 1."""

    with_help: float = Field(description="With the help that runs.")
    without_help: float = Field(description="If nothing is done: the help that runs is not counted.")


class HouseholdChange(Named):
    """One thing that is to be different. The code is that of a cause or state, of a measure, or the id of a link."""

    kind: ChangeKind = Field(
        description="confirmed, refuted: a finding says so; closed: what was found ends, as if nobody had looked; "
        "severity: it is more or less severe; given, taken: help that begins or stops; strength: of a link."
    )
    value: float | None = Field(description="The new severity or strength; null where there is none.")
    value_now: float | None = Field(
        description="The severity found today, or the strength of the link today; null where there is none."
    )
    status_now: Literal["suspected", "confirmed", "refuted"] | None = Field(
        description="What the findings say today of a cause or state; null where they say nothing, or it is none."
    )
    is_same: bool = Field(
        description="Whether it is so already: help that runs, or does not, a finding of the same severity."
    )
    prerequisite: Named | None = Field(description="What a measure that is given asks for; null where it asks nothing.")
    prerequisite_met: Literal["met", "not_met", "unknown"] | None = Field(
        description="Whether the household has it; null where the measure asks nothing."
    )


class StateMoved(Named):
    """A state, and how likely it comes about within 12 months, with the help that runs."""

    before: float = Field(description="Chance today, 0 to 1.")
    after: float = Field(description="Chance after the changes, 0 to 1.")
    is_moved: bool = Field(description="Whether the changes move it.")


class HouseholdWhatIfAnswer(Answer):
    """What the risk of a household would be if some things were different; the graph stays as it is."""

    version: Literal["household-what-if/1"] = Field(
        default="household-what-if/1", description="The question and the version of this form."
    )
    network_version: str = Field(description="Version of the network of causes that the risk is computed on.")
    is_learned: bool = Field(description="Whether its strengths come from outcomes; until then risk is a score.")
    level: float = Field(description="At or above this risk a household stands high.")
    show_sensitive: bool = Field(description="Whether sensitive causes may be named.")
    changes: tuple[HouseholdChange, ...] = Field(description="What is to be different; none to see it as it is.")
    before: RiskAt = Field(description="The risk today.")
    after: RiskAt = Field(description="The risk after the changes.")
    change: float = Field(description="After minus before, with the help that runs: below 0 the risk falls.")
    crosses: Literal["upward", "downward"] | None = Field(
        description="upward: it comes to the level or above it, with the help that runs; downward: it falls below it."
    )
    is_high_before: bool = Field(description="Whether it stands at the level or above it today.")
    is_high_after: bool = Field(description="Whether it does after the changes.")
    states: tuple[StateMoved, ...] = Field(description="The states that something can bring about within the year.")
