"""The lists of a plan of assistance: what fits the filters, a page of it as JSON, or every row as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from analysis.questions.assist_plan_answer import (
    AssistPlanAnswer,
    CausePart,
    PlannedHelp,
    ProgrammePart,
    ResourcePart,
    VillagePart,
)
from api.plans.assistance.answers import (
    AssistCauses,
    AssistHead,
    AssistHelps,
    AssistPart,
    AssistProgrammes,
    AssistResources,
    AssistUncovered,
    AssistVillages,
    UncoveredNeed,
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


def only(held: HeldAssistPlan, question: AssistQuestion, name: ListName) -> AssistPlanAnswer:
    """Return the answer with no other list than one, of that every row that fits."""
    lists: dict[str, Any] = dict.fromkeys(_FIELDS.values(), ())
    if name in _FIELDS:
        lists[_FIELDS[name]] = tuple(chosen(held, question, name))
    return held.answer.model_copy(update=lists)


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
_UNCOVERED: Filters[UncoveredNeed] = {
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
