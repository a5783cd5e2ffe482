"""Why a household is at risk: the answer, its tables, and the graph of its causes."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import orjson
from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from analysis.drawing.explain_forms import explain_graphml, explain_node_link
from analysis.drawing.picture import MOST_NODES
from analysis.drawing.why_picture import why_svg
from analysis.questions.explain import explain as ask_explain
from analysis.questions.explain_answer import ExplainAnswer
from analysis.tables.explain_tables import explain_tables
from analysis.why.seen import SEEN_FORM, seen_of
from api.deps import Keeper, ShowsSensitive, WantedLanguage
from api.description import example_of, problems
from api.forms import FORMAT_MEANING, TABLE_MEANING, as_json, as_tables, declared, formed, wanted_form
from api.parameters import Asking, SubjectId
from graph_schema.messages import Language

router = APIRouter(prefix="/v1", tags=["questions"])

ExplainForm = Literal["json", "node-link", "graphml", "svg", "csv", "xlsx"]
ExplainTable = Literal[
    "why_findings", "why_risk", "why_chains", "why_links", "why_behind", "why_years", "why_changes", "about"
]
FORMS: tuple[ExplainForm, ...] = get_args(ExplainForm)
MOST_SEEN = 20
SeenText = Annotated[str, Field(pattern=SEEN_FORM)]


class ExplainAsking(Asking):
    """How an explanation may be asked for."""

    seen: list[SeenText] = Field(
        default=[],
        max_length=MOST_SEEN,
        description="A state or cause taken as seen, such as O02=yes or O03=no; may be given several times. What is "
        "likely behind is told given these and the states held at the household; the risk does not change.",
    )
    cut: bool = Field(
        default=False,
        description="Whether the cheapest help that brings the risk under the level is sought, which can take seconds.",
    )
    change: bool = Field(
        default=False,
        description="Whether it is told why the risk changed since it was last kept on data of an earlier day.",
    )
    format: ExplainForm | None = Field(default=None, description=FORMAT_MEANING)
    table: ExplainTable | None = Field(default=None, description=TABLE_MEANING)


@router.get(
    "/explain/{household_id:path}",
    summary="Why is this household at risk, and what would cut it?",
    response_model=ExplainAnswer,
    responses={**declared(*FORMS), **problems(403, 404, 409, 422, 503)},
)
def explain(
    household_id: Annotated[
        SubjectId,
        Path(
            description="The pseudonym of the household; a register number does not belong in an address.",
            json_schema_extra=example_of("household"),
        ),
    ],
    asking: Annotated[ExplainAsking, Query()],
    request: Request,
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> Response:
    """Return the risk of a household, what each finding adds, the chains with their evidence, and what to ask next.

    The risk is a score until strengths were learned in the area, and nothing is decided by it alone. Sensitive causes
    are counted in every number and not named unless the server shows them.
    """
    work = keeper.workspace
    with keeper.asking() as graph:
        answer = ask_explain(
            graph.store,
            keeper.ledger,
            work.schema,
            work.policy,
            keeper.risk_model,
            household_id,
            day=asking.day or graph.day,
            show_sensitive=show_sensitive,
            seen=seen_of(asking.seen),
            with_cut=asking.cut,
            with_change=asking.change or asking.table == "why_changes",
            known_at=graph.as_of,
            network=keeper.network,
        )
    form = wanted_form(request, asking.format, FORMS)
    body = _written(answer, form, language, asking.table)
    return formed(body, form, file_name=f"explain-{answer.as_of}", language=language)


def _written(answer: ExplainAnswer, form: ExplainForm, language: Language, table: ExplainTable | None) -> str | bytes:
    match form:
        case "json":
            return as_json(answer)
        case "node-link":
            return orjson.dumps(explain_node_link(answer))
        case "graphml":
            return explain_graphml(answer)
        case "svg":
            return why_svg(answer, language, max_nodes=MOST_NODES)
        case "csv" | "xlsx":
            return as_tables(explain_tables(answer), form, language, table=table)
