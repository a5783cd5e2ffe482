"""Every question about a plan that is made, answered in the form that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import BaseModel, TypeAdapter

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
from analysis.tables.table import Table
from api.errors import PlanFormUnknown
from api.forms import as_json, as_tables
from api.plans.asked import PlanQuestion
from api.plans.held import HeldPlan
from api.plans.keeping import changes, keep
from api.plans.lists import list_page, list_tables

_MAPS = TypeAdapter(PlanMap)


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
            return _written(question, list_tables(answer, question, name, schema))
        case "whole":
            return _told(question, answer, lambda: produce_plan_tables(answer, schema))
        case "list":
            listed = produce_list(answer, question.subject)
            return _told(question, listed, lambda: delivery_list_tables(listed))
        case "map":
            return _drawn(held, question)
        case "why":
            why = told_why(source, made, held.index, answer.deliveries, subject)
            return _told(question, why, lambda: produce_why_tables(why, schema))
        case "worth":
            worth = told_worth(source, made, held.index, subject, seconds=seconds)
            return _told(question, worth, lambda: produce_worth_tables(worth))
        case "compare":
            compared = told_compare(source, made, answer.as_of, seconds=seconds)
            return _told(question, compared, lambda: produce_compare_tables(compared))
        case "gluts":
            gluts = told_gluts(source, made, schema, answer.as_of, seconds=seconds)
            return _told(question, gluts, lambda: produce_gluts_tables(gluts))
        case "changes":
            changed = changes(held, question.since)
            return _told(question, changed, lambda: produce_changes_tables(changed))
        case "keep":
            return as_json(keep(held))


def _told(question: PlanQuestion, answer: BaseModel, tables: Callable[[], Sequence[Table]]) -> bytes:
    return as_json(answer) if question.form == "json" else _written(question, tables())


def _written(question: PlanQuestion, tables: Sequence[Table]) -> bytes:
    if question.form in ("csv", "xlsx"):
        return as_tables(tables, question.form, question.language, table=question.table)
    raise PlanFormUnknown("plan_form_unknown")


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
