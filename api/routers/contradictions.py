"""Where feeds contradict each other about a household or in an area."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field

from analysis.page import Page
from analysis.questions.contradictions import ContradictionsAnswer
from analysis.questions.contradictions import contradictions as ask_contradictions
from analysis.subject import Subject
from api.deps import Keeper, ShowsSensitive
from api.description import problems
from api.parameters import ID_MEANING, SHOWN, After, Asking, Count, SubjectId

router = APIRouter(prefix="/v1", tags=["questions"])

ContradictionsKind = Annotated[
    Literal["Household", "Area"], Path(description="The kind of the node asked about.", examples=["Area"])
]


class ContradictionsAsking(Asking):
    """How the contradictions may be asked for."""

    limit: Count = Field(default=SHOWN, description="How many contradictions are shown.")
    after: After | None = Field(default=None, description="`next_after` of the answer before.")


@router.get(
    "/contradictions/{kind}/{subject_id:path}",
    summary="Where do feeds contradict each other?",
    response_model=ContradictionsAnswer,
    responses=problems(404, 409, 422, 503),
)
def contradictions(
    kind: ContradictionsKind,
    subject_id: Annotated[SubjectId, Path(description=ID_MEANING, examples=["350624"])],
    asking: Annotated[ContradictionsAsking, Query()],
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
) -> ContradictionsAnswer:
    """Return the open contradictions between feeds: what each says, how old it is, and which one is believed.

    For an area also how many there are by what they are about, by feeds, and by place below. Sensitive ones are left
    out and counted, names of people are never shown.
    """
    with keeper.asking() as graph:
        return ask_contradictions(
            graph.store,
            keeper.workspace.schema,
            Subject(kind, subject_id),
            day=asking.day or graph.day,
            show_sensitive=show_sensitive,
            page=Page(asking.limit, asking.after),
        )
