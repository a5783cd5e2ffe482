"""The form of the answer to `assist_links`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.assistance.parts import Party
from analysis.questions.answer import Notice
from analysis.questions.assist_plan_answer import AssistPlanAsked
from graph_schema.meta import Form


class LinkGain(Form):
    """A link that is not there, and what it would bring."""

    kind: Literal["programme_cooperative", "programme_enterprise", "enterprise_cooperative"] = Field(
        description="A cooperative or an enterprise as a partner of a programme, or a contract between the two."
    )
    one: Party = Field(description="The programme, or the enterprise that would sign.")
    other: Party = Field(description="The cooperative or enterprise that it would be joined with.")
    need_count: int = Field(description="Needs that a programme could help by it and cannot today.")
    household_count: int = Field(description="Households of these needs.")
    most_gain_yuan: float = Field(
        description="Severity-weighted need covered more at most, in yuan; whole measures may bring more by the slack."
    )
    gain_yuan: float | None = Field(description="What is covered more by the best plan with it; null: not solved.")
    covered_fen: int | None = Field(description="Need covered more, in fen; null where it was not solved.")
    helped_count: int | None = Field(description="Households that get more; null where it was not solved.")
    is_exact: bool | None = Field(description="Whether both plans are proved best; null where it was not solved.")
    text_en: str = Field(description="The same in a sentence.")
    text_zh: str = Field(description="The same in a Chinese sentence.")


class AssistLinksAnswer(Form):
    """Which missing link would unlock most need."""

    version: Literal["assist-links/1"] = Field(default="assist-links/1", description="The form of this answer.")
    asked: AssistPlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    slack_yuan: float = Field(description="How much more than told at most a link may bring, with whole measures.")
    solved_count: int = Field(description="How many of the links were solved with, one at a time.")
    links: tuple[LinkGain, ...] = Field(description="Solved ones first, by what they bring; then by most_gain_yuan.")
