"""The cause graph of a household or an area, in the form that the asker wants."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import orjson
from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from analysis.drawing.cause_forms import (
    cause_graph_graphml,
    cause_graph_html,
    cause_graph_node_link,
    cause_graph_svg,
)
from analysis.questions.cause_graph import CauseGraphAnswer
from analysis.questions.cause_graph import cause_graph as ask_cause_graph
from analysis.subject import Subject
from analysis.tables.cause_graph_tables import cause_graph_tables
from api.deps import Keeper, Places, ShowsSensitive, WantedLanguage
from api.description import problems
from api.forms import FORMAT_MEANING, TABLE_MEANING, as_json, as_tables, declared, formed, wanted_form
from api.parameters import ID_MEANING, Asking, SubjectId
from graph_schema.messages import Language

router = APIRouter(prefix="/v1", tags=["questions"])

CauseGraphForm = Literal["json", "node-link", "graphml", "svg", "csv", "xlsx", "html"]
CauseGraphTable = Literal["causes", "cause_links", "evidence", "cause_chains", "place_causes", "about"]
FORMS: tuple[CauseGraphForm, ...] = get_args(CauseGraphForm)
CauseGraphKind = Annotated[
    Literal["Household", "Area"], Path(description="The kind of the node asked about.", examples=["Area"])
]


class CauseGraphAsking(Asking):
    """How a cause graph may be asked for."""

    format: CauseGraphForm | None = Field(default=None, description=FORMAT_MEANING)
    table: CauseGraphTable | None = Field(default=None, description=TABLE_MEANING)


@router.get(
    "/cause-graph/{kind}/{subject_id:path}",
    summary="Why may this household or area fall back?",
    response_model=CauseGraphAnswer,
    responses={**declared(*FORMS), **problems(404, 409, 422, 503)},
)
def cause_graph(
    kind: CauseGraphKind,
    subject_id: Annotated[SubjectId, Path(description=ID_MEANING, examples=["350624"])],
    asking: Annotated[CauseGraphAsking, Query()],
    request: Request,
    keeper: Keeper,
    places: Places,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> Response:
    """Return the causes found at the subject, the evidence for them, and the states that they can lead to.

    For an area the answer holds counts and never a household.
    """
    with keeper.asking() as graph:
        answer = ask_cause_graph(
            graph.store,
            keeper.workspace.schema,
            Subject(kind, subject_id),
            day=asking.day or graph.day,
            show_sensitive=show_sensitive,
            network=keeper.network,
            counted=places.of(graph.store),
        )
    form = wanted_form(request, asking.format, FORMS)
    file_name = f"cause-graph-{kind.lower()}-{answer.as_of}"
    body = _written(answer, form, language, asking.table)
    return formed(body, form, file_name=file_name, language=language)


def _written(
    answer: CauseGraphAnswer, form: CauseGraphForm, language: Language, table: CauseGraphTable | None
) -> str | bytes:
    match form:
        case "json":
            return as_json(answer)
        case "node-link":
            return orjson.dumps(cause_graph_node_link(answer))
        case "graphml":
            return cause_graph_graphml(answer)
        case "svg":
            return cause_graph_svg(answer, language)
        case "csv" | "xlsx":
            return as_tables(cause_graph_tables(answer), form, language, table=table)
        case "html":
            return cause_graph_html(answer, language)
