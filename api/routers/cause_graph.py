"""The cause graph of a household or an area, in the form that the asker wants."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from analysis.drawing.cause_forms import cause_graph_graphml, cause_graph_node_link, cause_graph_svg
from analysis.questions.cause_graph import CauseGraphAnswer
from analysis.questions.cause_graph import cause_graph as ask_cause_graph
from analysis.subject import Subject
from api.accept import preferred_media_type
from api.deps import Keeper, ShowsSensitive, WantedLanguage
from api.description import problems
from api.parameters import ID_MEANING, Asking, SubjectId
from graph_schema.messages import Language

router = APIRouter(prefix="/v1", tags=["questions"])

Form = Literal["json", "node-link", "graphml", "svg"]
MEDIA_TYPES: dict[Form, str] = {
    "json": "application/json",
    "node-link": "application/vnd.plumline.node-link+json",
    "graphml": "application/graphml+xml",
    "svg": "image/svg+xml",
}
CauseGraphKind = Annotated[
    Literal["Household", "Area"], Path(description="The kind of the node asked about.", examples=["Area"])
]


class CauseGraphAsking(Asking):
    """How a cause graph may be asked for."""

    format: Form | None = Field(
        default=None,
        description="The form of the answer. When it is left out, the header `Accept` decides, and JSON comes first.",
    )


def _forms() -> dict[str, Any]:
    """Return the declaration of the forms beside JSON."""
    return {
        MEDIA_TYPES["node-link"]: {
            "schema": {"type": "object", "description": "networkx's node-link form; links stand under `edges`."}
        },
        MEDIA_TYPES["graphml"]: {
            "schema": {"type": "string", "description": "GraphML, as Gephi and networkx read it."}
        },
        MEDIA_TYPES["svg"]: {"schema": {"type": "string", "description": "A drawing, in the language asked for."}},
    }


@router.get(
    "/cause-graph/{kind}/{subject_id:path}",
    summary="Why may this household or area fall back?",
    response_model=CauseGraphAnswer,
    responses={200: {"content": _forms()}, **problems(404, 409, 422, 503)},
)
def cause_graph(
    kind: CauseGraphKind,
    subject_id: Annotated[SubjectId, Path(description=ID_MEANING, examples=["350624"])],
    asking: Annotated[CauseGraphAsking, Query()],
    request: Request,
    response: Response,
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> CauseGraphAnswer | Response:
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
    form = asking.format or accepted_form(request)
    headers = {"Vary": "Accept, Accept-Language"}
    if form == "json":
        response.headers.update(headers)
        return answer
    if form == "svg":
        headers["Content-Language"] = language
    return Response(_written(answer, form, language), headers=headers, media_type=MEDIA_TYPES[form])


def accepted_form(request: Request) -> Form:
    """Return the form that the header `Accept` prefers."""
    wanted = preferred_media_type(",".join(request.headers.getlist("accept")), list(MEDIA_TYPES.values()))
    return next(form for form, media_type in MEDIA_TYPES.items() if media_type == wanted)


def _written(answer: CauseGraphAnswer, form: Literal["node-link", "graphml", "svg"], language: Language) -> str | bytes:
    if form == "node-link":
        return orjson.dumps(cause_graph_node_link(answer))
    return cause_graph_graphml(answer) if form == "graphml" else cause_graph_svg(answer, language)
