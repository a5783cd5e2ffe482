"""The history of a household, from the ledger."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from analysis.history.entries import Axis, Ordering
from analysis.page import Page
from analysis.questions.history import HistoryAnswer, HistoryAsked
from analysis.questions.history import history as ask_history
from analysis.subject import Subject
from analysis.tables.history_tables import history_tables
from api.deps import Keeper, ShowsSensitive, WantedLanguage
from api.description import example_of, problems
from api.forms import FORMAT_MEANING, TABLE_FORMS, TABLE_MEANING, TableForm, as_told, declared, formed, wanted_form
from api.parameters import ID_MEANING, SHOWN, After, Asking, Count, Day, SubjectId

router = APIRouter(prefix="/v1", tags=["questions"])

HistoryTable = Literal["history", "history_changes", "members", "about"]


class HistoryAsking(Asking):
    """How a history may be asked for."""

    day: Day | None = Field(
        default=None,
        description="What was known at the end of this day, from 1900 to 2199; today when it is left out.",
        examples=["2026-05-20"],
    )
    by: Axis = Field(
        default="recorded",
        description="recorded: in the order in which it became known; world: by the day that it speaks of.",
    )
    first_day: Day | None = Field(default=None, description="Nothing before this day, in the order asked for.")
    last_day: Day | None = Field(default=None, description="Nothing after this day, in the order asked for.")
    limit: Count = Field(default=SHOWN, description="How many entries are shown.")
    after: After | None = Field(default=None, description="`next_after` of the answer before.")
    format: TableForm | None = Field(default=None, description=FORMAT_MEANING)
    table: HistoryTable | None = Field(default=None, description=TABLE_MEANING)


@router.get(
    "/history/Household/{subject_id:path}",
    summary="What became known of this household, and when?",
    response_model=HistoryAnswer,
    responses={**declared(*TABLE_FORMS), **problems(404, 422)},
)
def history(
    subject_id: Annotated[SubjectId, Path(description=ID_MEANING, json_schema_extra=example_of("household"))],
    asking: Annotated[HistoryAsking, Query()],
    request: Request,
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> Response:
    """Return what became known of a household, oldest first, with feed and load; what was taken back too.

    It is read from the ledger, so it is there while the graph is away. Days begin and end as they do at the server.
    """
    work = keeper.workspace
    answer = ask_history(
        work.open_ledger(create=True),
        work.schema,
        Subject("Household", subject_id),
        day=asking.day or request.app.state.today(),
        asked=HistoryAsked(
            ordering=Ordering(asking.by, asking.first_day, asking.last_day, _zone_here()),
            page=Page(asking.limit, asking.after),
            show_sensitive=show_sensitive,
        ),
    )
    form = wanted_form(request, asking.format, TABLE_FORMS)
    body = as_told(answer, lambda: history_tables(answer), form, language, table=asking.table)
    return formed(body, form, file_name=f"history-household-{answer.as_of}", language=language)


def _zone_here() -> tzinfo | None:
    return datetime.now().astimezone().tzinfo
