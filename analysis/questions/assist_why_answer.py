"""The forms of the answers to `assist_why`: one household in a plan, and all needs that stay open."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.assistance.parts import Word
from analysis.produce.board_parts import Place
from analysis.questions.answer import Notice
from analysis.questions.assist_chain_parts import ChainWay, OpenWay, RefusedOffer, SecondHelp
from analysis.questions.assist_plan_answer import AssistPlanAsked
from graph_schema.meta import Form


class NeedWhy(Form):
    """One need of the household: what it gets, why not more, and what would change that."""

    need_id: str = Field(description="household/cause.")
    cause: Word = Field(description="The cause.")
    tier: int = Field(description="Tier of severity, 5 the worst.")
    need_fen: int = Field(description="What would cover it whole.")
    covered_fen: int = Field(description="What the plan covers of it.")
    left_fen: int = Field(description="What it leaves.")
    reason: str | None = Field(
        description="Why something stays, as `uncovered` of assist-plan/1 names it; null where it is covered whole."
    )
    helps: tuple[ChainWay, ...] = Field(description="What the plan gives for it.")
    openings: tuple[OpenWay, ...] = Field(description="What would cover more of it, the smallest change first.")
    opening_count: int = Field(description="How many such chains there are; the first few are told.")
    refused: tuple[RefusedOffer, ...] = Field(description="Offers that cannot reach it, with everything in their way.")
    text_en: str = Field(description="The same in a sentence.")
    text_zh: str = Field(description="The same in a Chinese sentence.")


class AssistWhyAnswer(Form):
    """What the plan does for one household, why not more, and what would change that."""

    version: Literal["assist-why/1"] = Field(default="assist-why/1", description="The form of this answer.")
    asked: AssistPlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    show_sensitive: bool = Field(description="Whether sensitive causes are shown.")
    hidden_count: int = Field(description="Needs, helps and chains that are left out since they would tell one.")
    household_id: str = Field(description="The household.")
    village: Place = Field(description="Its village.")
    need_fen: int = Field(description="What would cover its needs that are shown.")
    covered_fen: int = Field(description="What the plan covers of them.")
    left_fen: int = Field(description="What it leaves.")
    needs: tuple[NeedWhy, ...] = Field(description="Its needs, the worst first.")
    without_measure: tuple[Word, ...] = Field(description="Causes held open there that no measure acts on.")
    second_helps: tuple[SecondHelp, ...] = Field(
        description="Where it gets a second help that another could have had, or gets nothing while another gets two."
    )
    text_en: str = Field(description="The same in a sentence.")
    text_zh: str = Field(description="The same in a Chinese sentence.")


class UncoveredNeed(Form):
    """A need that is not covered whole, and why."""

    need_id: str = Field(description="household/cause.")
    household_id: str = Field(description="The household.")
    village: Place = Field(description="Its village.")
    cause: Word = Field(description="The cause.")
    tier: int = Field(description="Tier of severity, 5 the worst.")
    need_fen: int = Field(description="What would cover it whole.")
    left_fen: int = Field(description="What the plan leaves.")
    reason: str = Field(description="Why, as `uncovered` of assist-plan/1 names it.")
    opening: OpenWay | None = Field(description="The smallest change that would cover more; null where none does.")
    text_en: str = Field(description="The same in a sentence.")
    text_zh: str = Field(description="The same in a Chinese sentence.")


class AssistUncoveredAnswer(Form):
    """The needs that the plan does not cover whole, each with the reason that binds."""

    version: Literal["assist-uncovered/1"] = Field(default="assist-uncovered/1", description="The form of this answer.")
    asked: AssistPlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    show_sensitive: bool = Field(description="Whether sensitive causes are shown.")
    hidden_count: int = Field(description="Needs that are left out since they are of a sensitive cause.")
    village_id: str | None = Field(description="Only needs of this village; null for all.")
    reason: str | None = Field(description="Only needs with this reason; null for all.")
    total: int = Field(description="How many needs there are, of those that may be shown.")
    needs: tuple[UncoveredNeed, ...] = Field(description="The needs, by household and cause.")
    next_after: str | None = Field(description="The household to go on after; null at the end.")


class AssistSecondAnswer(Form):
    """Who gets a second help while another, who could have had it, gets none, and why."""

    version: Literal["assist-second/1"] = Field(default="assist-second/1", description="The form of this answer.")
    asked: AssistPlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    show_sensitive: bool = Field(description="Whether sensitive causes are shown.")
    hidden_count: int = Field(description="Cases that are left out since they would tell a sensitive cause.")
    counts: dict[str, int] = Field(description="How many of those shown there are by `why`.")
    second_helps: tuple[SecondHelp, ...] = Field(description="The cases, by household.")
