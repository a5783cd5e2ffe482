"""Every question about a plan of assistance that is made, answered in the form that is wanted."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.drawing.assist_flow import assist_flow_svg
from analysis.questions.assist_flow import told_assist_flow
from api.errors import PlanFormUnknown
from api.forms import as_json
from api.plans.assistance.answers import AssistRiskPart, AssistSummary
from api.plans.assistance.asked import AssistQuestion
from api.plans.assistance.held import HeldAssistPlan
from api.plans.assistance.keeping import keep
from api.plans.assistance.lists import head_of, list_page
from api.plans.listing import told


@dataclass(frozen=True)
class AskedAssistPlan:
    """A plan that is asked. See `Held`."""

    held: HeldAssistPlan

    @property
    def summary(self) -> AssistSummary:
        """Return what the plan comes to."""
        return self.held.summary

    def prepare(self) -> None:
        """List the needs with something left, so that who asks for them need not wait."""
        _ = self.held.open_needs

    def answered(self, question: AssistQuestion) -> bytes:
        """Return the answer in its form. Raises as `answered`."""
        return answered(self.held, question)


def answered(held: HeldAssistPlan, question: AssistQuestion) -> bytes:
    """Return the answer in its form.

    Raises SubjectNotFound, NoSuchTable, PlanFormUnknown for a form that the answer does not come in, and what else the
    questions raise.
    """
    answer, schema = held.answer, held.setting.workspace.schema
    match question.what:
        case "helps" | "uncovered" | "villages" | "causes" | "programmes" | "resources" as name:
            if question.form == "json":
                return as_json(list_page(held, question, name))
            raise PlanFormUnknown("plan_form_unknown")
        case "whole":
            return told(question, answer, lambda: ())
        case "risk":
            return as_json(AssistRiskPart(**head_of(answer), risk=answer.risk))
        case "flow":
            return _flow(held, question)
        case "keep":
            return as_json(keep(held))
        case _:
            raise PlanFormUnknown("plan_form_unknown")


def _flow(held: HeldAssistPlan, question: AssistQuestion) -> bytes:
    flow = told_assist_flow(held.answer)
    return as_json(flow) if question.form == "json" else assist_flow_svg(flow, question.language).encode()
