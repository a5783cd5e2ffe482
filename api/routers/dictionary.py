"""What each word means: the dictionary as data."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import Field

from analysis.questions.dictionary import DictionaryAnswer, DictionaryPartAnswer
from analysis.questions.dictionary import dictionary as ask_dictionary
from analysis.questions.dictionary import dictionary_part as ask_dictionary_part
from api.deps import Keeper, WantedLanguage
from api.description import problems
from api.forms import as_json, formed
from api.parameters import LONGEST_ID, PRINTABLE

router = APIRouter(prefix="/v1", tags=["words"])

PartName = Annotated[str, Field(min_length=1, max_length=LONGEST_ID, pattern=PRINTABLE)]


@router.get(
    "/dictionary",
    summary="Which parts has the dictionary?",
    response_model=DictionaryAnswer,
    responses=problems(),
)
def dictionary(keeper: Keeper, language: WantedLanguage) -> Response:
    """Return the parts of the dictionary: causes, measures, indicators, feeds, every kind, every list of codes.

    It comes from the vocabulary of the product and is there while the graph is away.
    """
    answer = ask_dictionary(keeper.workspace.schema)
    return formed(as_json(answer), "json", file_name="dictionary", language=language)


@router.get(
    "/dictionary/{name}",
    summary="What does each word of a part mean?",
    response_model=DictionaryPartAnswer,
    responses=problems(404, 422),
)
def dictionary_part(
    name: Annotated[PartName, Path(description="The name of a part, from /v1/dictionary.", examples=["causes"])],
    keeper: Keeper,
    language: WantedLanguage,
) -> Response:
    """Return every entry of a part in both languages: meaning, unit, where it is published, and what it says else.

    A part is a list, such as `causes`; a kind, such as `Household`, with its properties; or a list of codes, such as
    `area_level`.
    """
    answer = ask_dictionary_part(keeper.workspace.schema, name)
    return formed(as_json(answer), "json", file_name=f"dictionary-{name}", language=language)
