"""What the routes of plans of every kind do alike: place an order, and hand on what the process of a plan answers."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.description import problems
from api.forms import FORMAT_MEANING, TABLE_FORMS, TableForm, declared, formed, wanted_form
from api.parameters import SHOWN, Count
from api.plans.jobs import AnyJob
from api.plans.kind import Job, Order, Question
from api.plans.plans_of import PlansOf

LARGEST_WHOLE = 2**53 - 1
LOCATION = {"Location": {"description": "Where the plan is told of.", "schema": {"type": "string"}}}
PLACED: dict[int | str, dict[str, Any]] = {202: {"headers": LOCATION}, **problems(400, 403, 404, 408, 409, 415, 422)}
AS_TABLES = {**declared(*TABLE_FORMS), **problems(404, 409, 422, 503)}

AnyPlaced = TypeVar("AnyPlaced", bound=AnyJob)


class PartAsking(BaseModel):
    """How a part of a plan may be asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: TableForm | None = Field(default=None, description=FORMAT_MEANING)


class ListAsking(PartAsking):
    """How a list of a plan may be asked for."""

    limit: Count = Field(default=SHOWN, description="How many rows are shown. A table holds every row.")
    after: Annotated[int, Field(ge=0, le=LARGEST_WHOLE)] | None = Field(
        default=None, description="`next_after` of the answer before."
    )


def placed(job: AnyPlaced, response: Response, plans_at: str) -> AnyPlaced:
    """Return the job; the answer says where, below the address of all plans, it is told of."""
    response.headers["Location"] = f"{plans_at}/{job.plan}"
    return job


def answered(
    plans: PlansOf[Order, Question, Job],
    plan: str,
    question: Question,
    asking: PartAsking,
    request: Request,
    *,
    file_name: str | None = None,
) -> Response:
    """Return what a plan answers, in the form that is asked for; a file is named after kind and question, or as given.

    Raises as `PlanRoom.ask`.
    """
    form = wanted_form(request, asking.format, TABLE_FORMS)
    body = plans.ask(plan, question.model_copy(update={"form": form}))
    name = file_name or f"{plans.kind.file_name}-{question.what.replace('_', '-')}"
    return formed(body, form, file_name=name, language=question.language)


def filters_of(asking: PartAsking) -> dict[str, object]:
    """Return what a list is asked for by, beside its form."""
    return asking.model_dump(exclude={"format"}, exclude_none=True)
