"""Every question about a plan that is made, answered in the form that is wanted."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from analysis.drawing.boundaries import read_boundaries
from analysis.drawing.sketch_map import sketch_map
from analysis.produce.map_parts import PlanMap
from analysis.questions.delivery_list import produce_list
from analysis.questions.produce_compare import told_compare
from analysis.questions.produce_gluts import told_gluts
from analysis.questions.produce_map import plan_map
from analysis.questions.produce_why import told_why, told_worth
from analysis.tables.delivery_list_tables import delivery_list_tables
from analysis.tables.produce_changes_tables import produce_changes_tables
from analysis.tables.produce_compare_tables import produce_compare_tables, produce_gluts_tables
from analysis.tables.produce_plan_tables import produce_plan_tables
from analysis.tables.produce_why_tables import produce_why_tables, produce_worth_tables
from api.forms import as_json
from api.plans.listing import told, written
from api.plans.produce.answers import PlanSummary
from api.plans.produce.asked import PlanQuestion
from api.plans.produce.held import HeldPlan
from api.plans.produce.keeping import changes, keep
from api.plans.produce.lists import list_page, list_tables

_MAPS = TypeAdapter(PlanMap)


@dataclass(frozen=True)
class AskedPlan:
    """A plan that is asked. See `Held`."""

    held: HeldPlan

    @property
    def summary(self) -> PlanSummary:
        """Return what the plan comes to."""
        return self.held.summary

    def prepare(self) -> None:
        """Make what explains lots and buyers, so that who asks why a lot stays need not wait for it."""
        _ = self.held.index

    def answered(self, question: PlanQuestion) -> bytes:
        """Return the answer in its form. Raises as `answered`."""
        return answered(self.held, question)


def answered(held: HeldPlan, question: PlanQuestion) -> bytes:
    """Return the answer in its form.

    Raises SubjectNotFound, NoSuchTable, PlanFormUnknown for a form that the answer does not come in, and what else the
    questions raise.
    """
    answer, source, made = held.answer, held.source, held.made
    schema, seconds, subject = held.workspace.schema, held.how.seconds, question.subject or ""
    match question.what:
        case "deliveries" | "lots" | "demands" | "promised" | "weeks" as name:
            if question.form == "json":
                return as_json(list_page(answer, question, name))
            return written(question, list_tables(answer, question, name, schema))
        case "whole":
            return told(question, answer, lambda: produce_plan_tables(answer, schema))
        case "list":
            listed = produce_list(answer, question.subject)
            return told(question, listed, lambda: delivery_list_tables(listed))
        case "map":
            return _drawn(held, question)
        case "why":
            why = told_why(source, made, held.index, answer.deliveries, subject)
            return told(question, why, lambda: produce_why_tables(why, schema))
        case "worth":
            worth = told_worth(source, made, held.index, subject, seconds=seconds)
            return told(question, worth, lambda: produce_worth_tables(worth))
        case "compare":
            compared = told_compare(source, made, answer.as_of, seconds=seconds)
            return told(question, compared, lambda: produce_compare_tables(compared))
        case "gluts":
            gluts = told_gluts(source, made, schema, answer.as_of, seconds=seconds)
            return told(question, gluts, lambda: produce_gluts_tables(gluts))
        case "changes":
            changed = changes(held, question.since)
            return told(question, changed, lambda: produce_changes_tables(changed))
        case "keep":
            return as_json(keep(held))


def _drawn(held: HeldPlan, question: PlanQuestion) -> bytes:
    """Return the map as a drawing, or what is drawn in it."""
    shown = plan_map(held.answer, held.made.frames)
    if question.form == "json":
        return _MAPS.dump_json(shown)
    path = held.workspace.settings.boundaries
    boundaries = None if path is None else read_boundaries(path)
    drawing = sketch_map(
        shown.points, shown.flows, question.language, boundaries=boundaries, is_made_up=shown.is_made_up
    )
    return drawing.encode()
