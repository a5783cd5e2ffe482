"""The cause graph of a household or an area, in the form that the asker wants."""

from __future__ import annotations

from typing import Annotated, Literal

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
from api.deps import Keeper, ShowsSensitive, WantedLanguage
from api.description import problems
from api.forms import as_json, declared, formed, wanted_form
from api.parameters import ID_MEANING, Asking, SubjectId
from graph_schema.messages import Language

router = APIRouter(prefix="/v1", tags=["questions"])

CauseGraphForm = Literal["json", "node-link", "graphml", "svg", "html"]
FORMS: tuple[CauseGraphForm, ...] = ("json", "node-link", "graphml", "svg", "html")
CauseGraphKind = Annotated[
    Literal["Household", "Area"], Path(description="The kind of the node asked about.", examples=["Area"])
]


class CauseGraphAsking(Asking):
    """How a cause graph may be asked for."""

    format: CauseGraphForm | None = Field(
        default=None,
        description="The form of the answer. When it is left out, the header `Accept` decides, and JSON comes first.",
    )


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
        )
    form = wanted_form(request, asking.format, FORMS)
    file_name = f"cause-graph-{kind.lower()}-{answer.as_of}"
    return formed(_written(answer, form, language), form, file_name=file_name, language=language)


def _written(answer: CauseGraphAnswer, form: CauseGraphForm, language: Language) -> str | bytes:
    match form:
        case "json":
            return as_json(answer)
        case "node-link":
            return orjson.dumps(cause_graph_node_link(answer))
        case "graphml":
            return cause_graph_graphml(answer)
        case "svg":
            return cause_graph_svg(answer, language)
        case "html":
            return cause_graph_html(answer, language)
