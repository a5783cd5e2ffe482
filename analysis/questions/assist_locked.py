"""What it costs to add rules to the order of a plan for help: the plan with them beside the plan without."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pydantic import Field

from analysis.assistance.files.rules_file import joined_rules
from analysis.assistance.plan.rules import Rules, rules_text
from analysis.questions.assist_compare import other_plan, told_assist_compare
from analysis.questions.assist_compare_answer import AssistCompareAnswer
from analysis.questions.assist_plan_made import MadeAssistPlan, make_assist_plan
from graph_schema import Schema
from graph_schema.meta import Form


class AssistLockedAnswer(Form):
    """What rules that were added change and cost."""

    version: Literal["assist-locked/1"] = Field(default="assist-locked/1", description="The form of this answer.")
    draft_id: str | None = Field(description="The kept draft whose order it is; null where it is no draft's.")
    rules_en: str = Field(description="The rules that were added, in words.")
    rules_zh: str = Field(description="The same in Chinese.")
    cost: AssistCompareAnswer = Field(description="The plan with them beside the plan without: what they cost.")
    kept_as: str | None = Field(
        default=None, description="The id under which the new plan is kept; null where nobody asked to keep it."
    )


def made_with_rules(made: MadeAssistPlan, schema: Schema, added: Rules) -> MadeAssistPlan:
    """Return the plan of the same order with more rules. Raises as `make_assist_plan`."""
    how = replace(made.how, rules=joined_rules(made.how.rules or Rules(), added))
    return make_assist_plan(made.source, schema, made.day, how)


def told_assist_locked(
    before: MadeAssistPlan,
    after: MadeAssistPlan,
    schema: Schema,
    added: Rules,
    *,
    draft_id: str | None = None,
    show_sensitive: bool = False,
) -> AssistLockedAnswer:
    """Return what the added rules cost: the plan `after` with them beside the plan `before` without."""
    text = rules_text(added)
    return AssistLockedAnswer(
        draft_id=draft_id,
        rules_en=text.en,
        rules_zh=text.zh,
        cost=told_assist_compare(after, schema, other_plan(before), show_sensitive=show_sensitive),
    )
