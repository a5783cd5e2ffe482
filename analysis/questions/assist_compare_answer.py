"""The form of the answer to `assist_compare`, and of what moves between two plans."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.assistance.parts import Word
from analysis.produce.board_parts import Place
from analysis.questions.answer import Notice
from analysis.questions.assist_plan_answer import AssistPlanAsked
from graph_schema.meta import Form

Beside = Literal["first_come", "without_rules", "other"]


class Moved(Form):
    """Need covered before and after, and what moved between the two."""

    need_fen: int = Field(description="All need there.")
    before_fen: int = Field(description="What the one plan covers.")
    after_fen: int = Field(description="What the other covers.")
    gained_fen: int = Field(description="What is covered more, need by need.")
    lost_fen: int = Field(description="What is covered less, need by need.")


class GroupMove(Moved):
    """What moves for a group of households."""

    more_count: int = Field(description="Households that get more in all.")
    less_count: int = Field(description="Households that get less in all.")


class VillageMove(GroupMove):
    """What moves in a village; counts sensitive causes too."""

    village: Place = Field(description="The village.")


class TierMove(GroupMove):
    """What moves in a tier of severity."""

    tier: int = Field(description="5 is the worst, 1 the mildest.")


class CauseMove(Moved):
    """What moves for a cause."""

    cause: Word | None = Field(description="The cause; null for all that may not be shown, together.")


class HouseholdMove(Moved):
    """What moves for a household, by causes that may be shown."""

    household_id: str = Field(description="The household.")
    village: Place = Field(description="Its village.")


class PlanSide(Form):
    """What a plan comes to."""

    covered_fen: int = Field(description="Need covered.")
    weighted_yuan: float = Field(description="Severity-weighted need covered, in yuan.")
    cost_fen: int = Field(description="What the programmes pay.")
    household_count: int = Field(description="Households that get something.")


class AssistCompareAnswer(Form):
    """The plan beside another: for all, by village, tier and cause, and who gets more or less."""

    version: Literal["assist-compare/1"] = Field(default="assist-compare/1", description="The form of this answer.")
    asked: AssistPlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    show_sensitive: bool = Field(description="Whether sensitive causes are shown.")
    hidden_count: int = Field(description="Needs that move and are in no household's row, being of a sensitive cause.")
    beside: Beside = Field(
        description="first_come (every need as it comes takes what there is), without_rules (the best plan without the "
        "rules that people set) or other (another plan, such as one that is kept)."
    )
    other_id: str | None = Field(description="Id of the other plan, where it has one.")
    plan: PlanSide = Field(description="The plan: what `after` means here.")
    other: PlanSide = Field(description="The other: what `before` means here.")
    need_fen: int = Field(description="All need of both.")
    gained_yuan: float = Field(description="Severity-weighted need that the plan covers more, in yuan; below 0: less.")
    more_count: int = Field(description="Households that get more by the plan.")
    less_count: int = Field(description="Households that get less by it.")
    by_village: tuple[VillageMove, ...] = Field(description="By village, most moved first.")
    by_tier: tuple[TierMove, ...] = Field(description="By tier, the worst first.")
    by_cause: tuple[CauseMove, ...] = Field(description="By cause; what is not shown comes last.")
    households: tuple[HouseholdMove, ...] = Field(description="Households where something moves, most gained first.")
    text_en: str = Field(description="The same in a few sentences.")
    text_zh: str = Field(description="The same in Chinese.")
