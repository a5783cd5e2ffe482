"""What every answer about a plan does alike: rows that fit filters, a page of them, and the form that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

from analysis.tables.table import Table
from api.errors import PlanFormUnknown
from api.forms import as_json, as_tables
from api.plans.asked import AnyQuestion

Row = TypeVar("Row")
# By the name of a field of the question: whether a row fits what stands there.
Filters = Mapping[str, Callable[[Row, Any], bool]]


def fitting(rows: Sequence[Row], question: AnyQuestion, filters: Filters[Row]) -> Sequence[Row]:
    """Return the rows that fit all filters; a filter that the list knows nothing of keeps every row."""
    given = {name: wanted for name in filters if (wanted := getattr(question, name)) is not None}
    if not given:
        return rows
    return [row for row in rows if all(filters[name](row, wanted) for name, wanted in given.items())]


def page_of(rows: Sequence[Row], question: AnyQuestion) -> tuple[tuple[Row, ...], int | None]:
    """Return the page that was asked for and `after` of the next one, None where there is none.

    `after` counts the rows before it, for a plan does not change.
    """
    start = question.after or 0
    end = start + question.limit
    return tuple(rows[start:end]), end if end < len(rows) else None


def told(question: AnyQuestion, answer: BaseModel, tables: Callable[[], Sequence[Table]]) -> bytes:
    """Return an answer as JSON or as its tables. Raises NoSuchTable, and PlanFormUnknown for another form."""
    return as_json(answer) if question.form == "json" else written(question, tables())


def written(question: AnyQuestion, tables: Sequence[Table]) -> bytes:
    """Return tables as a workbook, or one of them as CSV. Raises NoSuchTable, and PlanFormUnknown for another form."""
    if question.form in ("csv", "xlsx"):
        return as_tables(tables, question.form, question.language, table=question.table)
    raise PlanFormUnknown("plan_form_unknown")
