"""Every question about a plan of assistance that is made, answered in the form that is wanted."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.assistance.plan.why.grants import BUDGET, LIMIT, Change
from analysis.assistance.plan.why.worth import MONEY_STEP
from analysis.drawing.assist_flow import assist_flow_svg
from analysis.questions.assist_compare import told_assist_compare
from analysis.questions.assist_dependence import told_assist_dependence
from analysis.questions.assist_links import told_assist_links
from analysis.questions.assist_second import told_assist_second
from analysis.questions.assist_why import told_assist_why
from analysis.questions.assist_worth import told_assist_worth
from analysis.tables.assist_compare_tables import assist_compare_tables
from analysis.tables.assist_plan_tables import assist_plan_tables
from analysis.tables.assist_why_tables import assist_second_tables, assist_why_tables
from analysis.tables.assist_worth_tables import assist_dependence_tables, assist_links_tables, assist_worth_tables
from api.forms import as_json
from api.plans.assistance.answers import AssistRiskPart, AssistSummary
from api.plans.assistance.asked import AssistQuestion
from api.plans.assistance.beside import other_of, units_of
from api.plans.assistance.held import HeldAssistPlan
from api.plans.assistance.keeping import keep
from api.plans.assistance.lists import head_of, list_page, list_tables
from api.plans.listing import told, written

# Of these a step more is money.
_MONEY = (BUDGET, LIMIT, "partner_budget")


@dataclass(frozen=True)
class AskedAssistPlan:
    """A plan that is asked. See `Held`."""

    held: HeldAssistPlan

    @property
    def summary(self) -> AssistSummary:
        """Return what the plan comes to."""
        return self.held.summary

    def prepare(self) -> None:
        """Make what lists and explains needs with something left, so that who asks for them, or why, need not wait."""
        _ = (self.held.open_needs, self.held.index)

    def answered(self, question: AssistQuestion) -> bytes:
        """Return the answer in its form. Raises as `answered`."""
        return answered(self.held, question)


def answered(held: HeldAssistPlan, question: AssistQuestion) -> bytes:
    """Return the answer in its form.

    Raises SubjectNotFound, SensitiveSubject, NoSuchTable, PlanFormUnknown for a form that the answer does not come in,
    and what else the questions raise.
    """
    answer = held.answer
    match question.what:
        case "helps" | "uncovered" | "villages" | "causes" | "programmes" | "resources" as name:
            if question.form == "json":
                return as_json(list_page(held, question, name))
            return written(question, list_tables(held, question, name))
        case "whole":
            return told(question, answer, lambda: assist_plan_tables(answer))
        case "risk":
            return as_json(AssistRiskPart(**head_of(answer), risk=answer.risk))
        case "flow":
            flow = held.flow
            return as_json(flow) if question.form == "json" else assist_flow_svg(flow, question.language).encode()
        case "units":
            return units_of(held)
        case "keep":
            return as_json(keep(held))
        case "why" | "worths" | "worth" | "dependence" | "links" | "second_helps" | "compare":
            return _explained(held, question)


def _explained(held: HeldAssistPlan, question: AssistQuestion) -> bytes:
    index, schema, shows = held.index, held.setting.workspace.schema, held.setting.shows_sensitive
    match question.what:
        case "worths" | "worth":
            changes = _changes(question)
            worth = told_assist_worth(index, schema, party_id=_party(question), changes=changes, show_sensitive=shows)
            return told(question, worth, lambda: assist_worth_tables(worth))
        case "dependence":
            falls = told_assist_dependence(
                index,
                schema,
                programme_id=question.programme,
                enterprise_id=question.enterprise,
                cooperative_id=question.cooperative,
                show_sensitive=shows,
            )
            return told(question, falls, lambda: assist_dependence_tables(falls))
        case "links":
            links = told_assist_links(index, schema)
            return told(question, links, lambda: assist_links_tables(links))
        case "second_helps":
            second = told_assist_second(index, schema, show_sensitive=shows)
            return told(question, second, lambda: assist_second_tables(second))
        case "compare":
            compared = told_assist_compare(held.made, schema, other_of(held, question), show_sensitive=shows)
            return told(question, compared, lambda: assist_compare_tables(compared))
        case _:
            household_id, cause_id = question.subject or "", question.cause
            why = told_assist_why(index, schema, household_id, cause_id=cause_id, show_sensitive=shows)
            return told(question, why, lambda: assist_why_tables(why))


def _changes(question: AssistQuestion) -> tuple[Change, ...]:
    """Return the change whose worth is asked for: a step of it where no amount is named."""
    if question.what == "worths" or question.kind is None or question.subject is None:
        return ()
    step = MONEY_STEP if question.kind in _MONEY else 1
    return (Change(question.kind, question.subject, question.amount or step),)


def _party(question: AssistQuestion) -> str | None:
    return question.programme or question.enterprise or question.cooperative
