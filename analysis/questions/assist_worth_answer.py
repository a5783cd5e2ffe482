"""The form of the answer to `assist_worth`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.assistance.parts import Party
from analysis.questions.answer import Notice
from analysis.questions.assist_chain_parts import ChangePart
from analysis.questions.assist_compare_answer import HouseholdMove, VillageMove
from analysis.questions.assist_plan_answer import AssistPlanAsked
from graph_schema.meta import Form


class StepWorth(Form):
    """What one step more of one thing brings at most: 10,000 yuan, or one place, seat or unit."""

    change: ChangePart = Field(description="The step.")
    holder: Party = Field(description="The programme, agency, enterprise or cooperative that has it.")
    left: int = Field(description="How much of it the plan leaves unused; what is not short is worth nothing more.")
    most_gain_yuan: float = Field(
        description="Severity-weighted need covered more at most, in yuan; whole measures may bring more by the slack."
    )
    text_en: str = Field(description="The same in a sentence.")
    text_zh: str = Field(description="The same in a Chinese sentence.")


class SolvedWorth(Form):
    """What changes bring once the plan is made anew with all of them."""

    changes: tuple[ChangePart, ...] = Field(description="The changes.")
    gain_yuan: float = Field(description="Severity-weighted need covered more, in yuan.")
    most_gain_yuan: float = Field(description="No plan with these changes covers more than so much more.")
    covered_fen: int = Field(description="Need covered more, in fen; may be below 0 where severity counts more.")
    cost_fen: int = Field(description="What the programmes pay more.")
    more_count: int = Field(description="Households that get more.")
    less_count: int = Field(description="Households that get less: the new plan may help others instead.")
    is_exact: bool = Field(description="Whether both plans are proved best.")
    by_village: tuple[VillageMove, ...] = Field(description="Villages where something moves.")
    households: tuple[HouseholdMove, ...] = Field(
        description="Households where something moves by what may be shown, most gained first."
    )
    text_en: str = Field(description="The same in a sentence.")
    text_zh: str = Field(description="The same in a Chinese sentence.")


class AssistWorthAnswer(Form):
    """What one more yuan or place would bring, by programme, enterprise and cooperative."""

    version: Literal["assist-worth/1"] = Field(default="assist-worth/1", description="The form of this answer.")
    asked: AssistPlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    show_sensitive: bool = Field(description="Whether sensitive causes are shown.")
    hidden_count: int = Field(description="Needs that move and are in no household's row, being of a sensitive cause.")
    party_id: str | None = Field(description="Only what this programme, enterprise, cooperative or agency has.")
    slack_yuan: float = Field(description="How much more than its price a step may bring, with whole measures.")
    steps: tuple[StepWorth, ...] = Field(description="By what they bring at most.")
    solved: SolvedWorth | None = Field(description="What the changes asked for bring; null where none was asked for.")
