"""Households: those of an area a page at a time, and the file of one."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from analysis.page import Page
from analysis.questions.household import HouseholdAnswer
from analysis.questions.household import household as ask_household
from analysis.questions.households import HelpFilter, HouseholdsAnswer, HouseholdsAsked
from analysis.questions.households import households as ask_households
from analysis.tables.area_tables import households_tables
from analysis.tables.household_tables import household_tables
from api.deps import Keeper, Places, ShowsSensitive, WantedLanguage
from api.description import example_of, problems
from api.forms import FORMAT_MEANING, TABLE_FORMS, TABLE_MEANING, TableForm, as_told, declared, formed, wanted_form
from api.parameters import SHOWN, After, Asking, Count, SubjectId

router = APIRouter(prefix="/v1", tags=["questions"])

HouseholdTable = Literal["facts", "members_now", "about"]


class HouseholdsAsking(Asking):
    """Which households may be asked for."""

    area: SubjectId = Field(description="The official code of the area that they live in.", examples=["350624"])
    help: HelpFilter | None = Field(
        default=None,
        description="with: only those with help planned or running; without: only those at which a cause is open and "
        "that have none.",
    )
    cause: SubjectId | None = Field(default=None, description="Only those at which this cause is open.")
    limit: Count = Field(default=SHOWN, description="How many households are shown.")
    after: After | None = Field(default=None, description="`next_after` of the answer before.")
    format: TableForm | None = Field(default=None, description=FORMAT_MEANING)


class HouseholdAsking(Asking):
    """How the file of a household may be asked for."""

    format: TableForm | None = Field(default=None, description=FORMAT_MEANING)
    table: HouseholdTable | None = Field(default=None, description=TABLE_MEANING)


@router.get(
    "/households",
    summary="Which households live in this area?",
    response_model=HouseholdsAnswer,
    responses={**declared(*TABLE_FORMS), **problems(403, 404, 409, 422, 503)},
)
def households(
    asking: Annotated[HouseholdsAsking, Query()],
    request: Request,
    keeper: Keeper,
    places: Places,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> Response:
    """Return the active households of an area by id, with where they live, their causes and whether they have help."""
    with keeper.asking() as graph:
        answer = ask_households(
            graph.store,
            keeper.workspace.schema,
            asking.area,
            day=asking.day or graph.day,
            asked=HouseholdsAsked(asking.help, asking.cause, Page(asking.limit, asking.after), show_sensitive),
            counted=places.of(graph.store),
        )
    form = wanted_form(request, asking.format, TABLE_FORMS)
    body = as_told(answer, lambda: households_tables(answer), form, language)
    return formed(body, form, file_name=f"households-{answer.asked.id}-{answer.as_of}", language=language)


@router.get(
    "/households/{household_id:path}",
    summary="What is known of this household, who says so, and how old is it?",
    response_model=HouseholdAnswer,
    responses={**declared(*TABLE_FORMS), **problems(404, 409, 422, 503)},
)
def household(
    household_id: Annotated[
        SubjectId,
        Path(
            description="The pseudonym of the household; a register number does not belong in an address.",
            json_schema_extra=example_of("household"),
        ),
    ],
    asking: Annotated[HouseholdAsking, Query()],
    request: Request,
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> Response:
    """Return the facts of a household, each with the feed that is believed and its age, and who lives there.

    No name is told. What is sensitive is left out and counted.
    """
    work = keeper.workspace
    with keeper.asking() as graph:
        answer = ask_household(
            graph.store,
            work.open_ledger(create=True),
            work.schema,
            work.policy,
            household_id,
            day=asking.day or graph.day,
            show_sensitive=show_sensitive,
            known_at=graph.as_of,
        )
    form = wanted_form(request, asking.format, TABLE_FORMS)
    body = as_told(answer, lambda: household_tables(answer), form, language, table=asking.table)
    return formed(body, form, file_name=f"household-{answer.as_of}", language=language)
