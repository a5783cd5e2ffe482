"""Where feeds contradict each other about a household or in an area."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from analysis.page import Page
from analysis.questions.contradictions import ContradictionsAnswer
from analysis.questions.contradictions import contradictions as ask_contradictions
from analysis.subject import Subject
from analysis.tables.contradictions_tables import contradictions_tables
from api.deps import Keeper, ShowsSensitive, WantedLanguage
from api.description import problems
from api.forms import FORMAT_MEANING, TABLE_FORMS, TABLE_MEANING, TableForm, as_told, declared, formed, wanted_form
from api.parameters import ID_MEANING, SHOWN, After, Asking, Count, SubjectId

router = APIRouter(prefix="/v1", tags=["questions"])

ContradictionsKind = Annotated[
    Literal["Household", "Area"], Path(description="The kind of the node asked about.", examples=["Area"])
]
ContradictionsTable = Literal["contradictions", "contradiction_counts", "contradiction_places", "about"]


class ContradictionsAsking(Asking):
    """How the contradictions may be asked for."""

    limit: Count = Field(default=SHOWN, description="How many contradictions are shown.")
    after: After | None = Field(default=None, description="`next_after` of the answer before.")
    format: TableForm | None = Field(default=None, description=FORMAT_MEANING)
    table: ContradictionsTable | None = Field(default=None, description=TABLE_MEANING)


@router.get(
    "/contradictions/{kind}/{subject_id:path}",
    summary="Where do feeds contradict each other?",
    response_model=ContradictionsAnswer,
    responses={**declared(*TABLE_FORMS), **problems(404, 409, 422, 503)},
)
def contradictions(
    kind: ContradictionsKind,
    subject_id: Annotated[SubjectId, Path(description=ID_MEANING, examples=["350624"])],
    asking: Annotated[ContradictionsAsking, Query()],
    request: Request,
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> Response:
    """Return the open contradictions between feeds: what each says, how old it is, and which one is believed.

    For an area also how many there are by what they are about, by feeds, and by place below. Sensitive ones are left
    out and counted, names of people are never shown.
    """
    with keeper.asking() as graph:
        answer = ask_contradictions(
            graph.store,
            keeper.workspace.schema,
            Subject(kind, subject_id),
            day=asking.day or graph.day,
            show_sensitive=show_sensitive,
            page=Page(asking.limit, asking.after),
        )
    form = wanted_form(request, asking.format, TABLE_FORMS)
    body = as_told(answer, lambda: contradictions_tables(answer), form, language, table=asking.table)
    return formed(body, form, file_name=f"contradictions-{kind.lower()}-{answer.as_of}", language=language)
