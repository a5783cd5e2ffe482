"""The lists of a plan of assistance: what fits the filters, a page of it as JSON, or every row as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from analysis.page import Page
from analysis.questions.assist_plan_answer import (
    AssistPlanAnswer,
    CausePart,
    PlannedHelp,
    ProgrammePart,
    ResourcePart,
    VillagePart,
)
from analysis.questions.assist_uncovered import told_assist_uncovered
from analysis.questions.assist_why_answer import AssistUncoveredAnswer
from analysis.tables.assist_plan_tables import assist_plan_tables
from analysis.tables.assist_why_tables import assist_uncovered_tables
from analysis.tables.table import Table
from api.plans.assistance.answers import (
    AssistCauses,
    AssistHead,
    AssistHelps,
    AssistPart,
    AssistProgrammes,
    AssistResources,
    AssistUncovered,
    AssistVillages,
    OpenNeed,
)
from api.plans.assistance.asked import AssistQuestion, ListName
from api.plans.assistance.held import HeldAssistPlan
from api.plans.listing import Filters, fitting, page_of

FORMS: Mapping[ListName, type[AssistPart]] = {
    "helps": AssistHelps,
    "uncovered": AssistUncovered,
    "villages": AssistVillages,
    "causes": AssistCauses,
    "programmes": AssistProgrammes,
    "resources": AssistResources,
}
# The same lists in the whole answer, which only counts what is uncovered.
_FIELDS: Mapping[ListName, str] = {
    "helps": "helps",
    "villages": "by_village",
    "causes": "by_cause",
    "programmes": "by_programme",
    "resources": "by_resource",
}


ABOUT = "about"


def head_of(answer: AssistPlanAnswer) -> dict[str, Any]:
    """Return the head that every part of a plan has."""
    return {name: getattr(answer, name) for name in AssistHead.model_fields}


def list_page(held: HeldAssistPlan, question: AssistQuestion, name: ListName) -> AssistPart:
    """Return the page of a list that was asked for."""
    rows = chosen(held, question, name)
    shown, next_after = page_of(rows, question)
    page: dict[str, Any] = {name: shown}
    if name == "uncovered":
        page["hidden_need_count"] = len(held.made.open_needs) - len(held.open_needs)
    return FORMS[name].model_construct(**head_of(held.answer), count=len(rows), next_after=next_after, **page)


def list_tables(held: HeldAssistPlan, question: AssistQuestion, name: ListName) -> tuple[Table, ...]:
    """Return every row of a list that fits as a table, and what was asked for as another one."""
    if name == "uncovered":
        return assist_uncovered_tables(_all_uncovered(held, question))
    lists: dict[str, Any] = dict.fromkeys(_FIELDS.values(), ())
    only = held.answer.model_copy(update={**lists, _FIELDS[name]: tuple(chosen(held, question, name))})
    return tuple(table for table in assist_plan_tables(only) if table.name in (f"assist_{name}", ABOUT))


def _all_uncovered(held: HeldAssistPlan, question: AssistQuestion) -> AssistUncoveredAnswer:
    """Return every need with something left that fits, with the smallest change that would cover more of it."""
    whole = told_assist_uncovered(
        held.index,
        held.setting.workspace.schema,
        page=Page(max(1, len(held.made.open_needs))),
        village_id=question.village,
        reason=question.reason,
        show_sensitive=held.setting.shows_sensitive,
    )
    fit = {(need.household_id, need.cause.id) for need in fitting(held.open_needs, question, _UNCOVERED)}
    needs = tuple(need for need in whole.needs if (need.household_id, need.cause.id) in fit)
    return whole.model_copy(update={"needs": needs})


def chosen(held: HeldAssistPlan, question: AssistQuestion, name: ListName) -> Sequence[BaseModel]:
    """Return the rows of a list that fit all filters; a filter that the list knows nothing of keeps every row."""
    answer = held.answer
    match name:
        case "helps":
            return fitting(answer.helps, question, _HELPS)
        case "uncovered":
            return fitting(held.open_needs, question, _UNCOVERED)
        case "villages":
            return fitting(answer.by_village, question, _VILLAGES)
        case "causes":
            return fitting(answer.by_cause, question, _CAUSES)
        case "programmes":
            return fitting(answer.by_programme, question, _PROGRAMMES)
        case "resources":
            return fitting(answer.by_resource, question, _RESOURCES)


def _is(part: object, wanted: str) -> bool:
    """Return whether a part, which may be missing, is the one with this id."""
    return getattr(part, "id", None) == wanted


_HELPS: Filters[PlannedHelp] = {
    "household": lambda row, wanted: row.household_id == wanted,
    "village": lambda row, wanted: _is(row.village, wanted),
    "cause": lambda row, wanted: _is(row.cause, wanted),
    "measure": lambda row, wanted: _is(row.measure, wanted),
    "programme": lambda row, wanted: _is(row.programme, wanted),
    "enterprise": lambda row, wanted: _is(row.enterprise, wanted),
    "cooperative": lambda row, wanted: _is(row.cooperative, wanted),
    "to_check": lambda row, wanted: row.to_check == wanted,
}
_UNCOVERED: Filters[OpenNeed] = {
    "household": lambda row, wanted: row.household_id == wanted,
    "village": lambda row, wanted: row.village.id == wanted,
    "cause": lambda row, wanted: row.cause.id == wanted,
    "reason": lambda row, wanted: row.reason == wanted,
}
_VILLAGES: Filters[VillagePart] = {"village": lambda row, wanted: _is(row.village, wanted)}
_CAUSES: Filters[CausePart] = {"cause": lambda row, wanted: _is(row.cause, wanted)}
_PROGRAMMES: Filters[ProgrammePart] = {"programme": lambda row, wanted: _is(row.programme, wanted)}
_RESOURCES: Filters[ResourcePart] = {
    "enterprise": lambda row, wanted: row.layer == "enterprise" and _is(row.holder, wanted),
    "cooperative": lambda row, wanted: row.layer == "cooperative" and _is(row.holder, wanted),
    "programme": lambda row, wanted: _is(row.holder, wanted) or f"/{wanted}/" in row.resource_id,
}
