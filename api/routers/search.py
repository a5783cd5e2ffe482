"""Search as one types: places, organisations, households by pseudonym, words of the vocabulary."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from analysis.questions.search import LIMIT, FoundKind, SearchAnswer, SearchAsked
from analysis.questions.search import search as ask_search
from api.deps import Keeper, ShowsSensitive, WantedLanguage
from api.description import problems
from api.forms import as_json, formed
from api.parameters import PRINTABLE, Asking

router = APIRouter(prefix="/v1", tags=["questions"])

LONGEST_TEXT, MOST_HITS = 100, 100


class SearchAsking(Asking):
    """What may be looked for."""

    q: Annotated[str, Field(max_length=LONGEST_TEXT, pattern=PRINTABLE)] = Field(
        description="A part of a name, or the beginning of an id or code.", examples=["太平"]
    )
    kind: FoundKind | None = Field(default=None, description="Only this kind; all kinds when it is left out.")
    limit: Annotated[int, Field(ge=1, le=MOST_HITS)] = Field(
        default=LIMIT, description="How many are shown of each kind."
    )


@router.get(
    "/search",
    summary="Where is it?",
    response_model=SearchAnswer,
    responses=problems(409, 422, 503),
)
def search(
    asking: Annotated[SearchAsking, Query()], keeper: Keeper, show_sensitive: ShowsSensitive, language: WantedLanguage
) -> Response:
    """Return places, organisations, programmes, households and words that fit, by kind, the best first.

    Households are found by their pseudonym alone: names of people are never looked at, and a register number does not
    belong in an address. The page `/search` takes one in a form.
    """
    kinds = {} if asking.kind is None else {"kinds": (asking.kind,)}
    with keeper.asking() as graph:
        answer = ask_search(
            graph.store,
            keeper.workspace.schema,
            asking.q,
            day=asking.day or graph.day,
            asked=SearchAsked(limit=asking.limit, show_sensitive=show_sensitive, **kinds),
        )
    return formed(as_json(answer), "json", file_name="search", language=language)
