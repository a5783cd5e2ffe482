"""The forms of the answers to: what is the cheapest help for this household, and what could a budget cut here?"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.questions.answer import Answer
from analysis.why.area_cut_parts import AreaCutPart, AreaProgrammesPart
from analysis.why.cut_parts import CutPart
from analysis.why.parts import Named


class CutAnswer(Answer):
    """What both answers say of the network."""

    network_version: str = Field(description="Version of the network of causes that the numbers rest on.")
    is_learned: bool = Field(
        description="Whether the strengths were learned from outcomes of the area; until then the risk is a score."
    )
    target: Named = Field(description="The state whose chance the risk is.")
    level: float = Field(description="The risk that a household is to be under: as asked, else as the policy proposes.")
    show_sensitive: bool = Field(description="Whether what would tell of a sensitive cause is shown.")


class HouseholdCutAnswer(CutAnswer):
    """The cheapest help that brings the risk of a household under a level, and the next best."""

    version: Literal["cut-household/1"] = Field(
        default="cut-household/1", description="The question and the version of this form."
    )
    cut: CutPart = Field(description="The cut.")


class AreaCutAnswer(CutAnswer):
    """What a budget could cut in an area. It tells nothing of any single household."""

    version: Literal["cut-area/1"] = Field(
        default="cut-area/1", description="The question and the version of this form."
    )
    plan: AreaCutPart = Field(description="Each household its own few measures.")
    programmes: AreaProgrammesPart | None = Field(
        description="Measures as programmes for all or none; null where that was not asked."
    )
