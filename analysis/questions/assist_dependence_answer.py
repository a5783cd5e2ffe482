"""The form of the answer to `assist_dependence`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.assistance.parts import Party
from analysis.produce.board_parts import Place
from analysis.questions.answer import Notice
from analysis.questions.assist_plan_answer import AssistPlanAsked
from graph_schema.meta import Form


class Fall(Form):
    """Need covered by the plan, what of it falls, and what the best plan without it covers."""

    before_fen: int = Field(description="What the plan covers.")
    fallen_fen: int = Field(description="What of it falls.")
    after_fen: int = Field(description="What the best plan without it covers.")
    lost_fen: int = Field(
        description="What is less than before in the best plan without it; may be of somebody who did not depend on it."
    )


class VillageFall(Fall):
    """What falls in a village; counts sensitive causes too."""

    village: Place = Field(description="The village.")


class HouseholdFall(Fall):
    """What falls at a household, by causes that may be shown."""

    household_id: str = Field(description="The household.")
    village: Place = Field(description="Its village.")


class AssistDependenceAnswer(Form):
    """What falls if a programme, an enterprise or a cooperative goes, before and after the best plan without it."""

    version: Literal["assist-dependence/1"] = Field(
        default="assist-dependence/1", description="The form of this answer."
    )
    asked: AssistPlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    show_sensitive: bool = Field(description="Whether sensitive causes are shown.")
    hidden_count: int = Field(description="Needs that lose and are in no household's row, being of a sensitive cause.")
    party: Party = Field(description="Who goes.")
    help_count: int = Field(description="Chains of the plan that go through it.")
    household_count: int = Field(description="Households where something falls.")
    total: Fall = Field(description="The same for all; `lost_fen` is what all together lose on balance.")
    fallen_yuan: float = Field(description="Severity-weighted need that falls, in yuan.")
    lost_yuan: float = Field(description="Severity-weighted need that stays lost in the best plan without it, in yuan.")
    is_exact: bool = Field(description="Whether both plans are proved best.")
    dropped_rule_count: int = Field(description="Rules that cannot hold without it, and are left aside.")
    by_village: tuple[VillageFall, ...] = Field(description="Villages where something falls or is lost, most first.")
    households: tuple[HouseholdFall, ...] = Field(description="Households where something falls or is lost.")
    text_en: str = Field(description="The same in a few sentences.")
    text_zh: str = Field(description="The same in Chinese.")
