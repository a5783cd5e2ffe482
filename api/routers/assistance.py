"""The planner's question: who is linked to help by which chains, and who is left out."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from analysis.drawing.links_forms import links_graphml, links_html, links_node_link, links_svg
from analysis.page import Page
from analysis.questions.assistance import CHAIN_LIMIT
from analysis.questions.assistance import assistance as ask_assistance
from analysis.questions.assistance_answer import AssistanceAnswer
from analysis.questions.assistance_filters import AssistanceAsked
from analysis.tables.assistance_tables import assistance_tables
from api.deps import Censuses, Keeper, ShowsSensitive, WantedLanguage
from api.description import problems
from api.forms import FORMAT_MEANING, TABLE_MEANING, as_json, as_tables, declared, formed, wanted_form
from api.parameters import After, Asking, Count, SubjectId
from graph_schema import Schema
from graph_schema.messages import Language

router = APIRouter(prefix="/v1", tags=["questions"])

AssistanceForm = Literal["json", "node-link", "graphml", "svg", "csv", "xlsx", "html"]
FORMS: tuple[AssistanceForm, ...] = get_args(AssistanceForm)
# A page of these has all its causes, help and cooperatives with it.
HOUSEHOLDS_SHOWN = 50
AssistanceTable = Literal["assisted_households", "trunk_chains", "assisted_places", "about"]


class AssistanceAsking(Asking):
    """How the planner's question may be asked."""

    area: SubjectId | None = Field(
        default=None, description="Households that live in this area or below it.", examples=["350624"]
    )
    programme: SubjectId | None = Field(
        default=None,
        description="Help under this programme counts; households that it helps or could help are looked at.",
    )
    measure: SubjectId | None = Field(
        default=None,
        description="Help that delivers this measure counts; households that have it or a cause it works against are "
        "looked at.",
    )
    cause: SubjectId | None = Field(
        default=None, description="Households with this cause are looked at; help that is aimed at it counts."
    )
    help: Literal["with", "without"] | None = Field(
        default=None, description="Only households with such help, or only those with a finding and without."
    )
    limit: Count = Field(default=HOUSEHOLDS_SHOWN, description="How many households are shown.")
    after: After | None = Field(default=None, description="`next_after` of the households.")
    chain_limit: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=CHAIN_LIMIT, description="How many chains are shown."
    )
    after_chain: After | None = Field(default=None, description="`next_after` of the chains.")
    format: AssistanceForm | None = Field(default=None, description=FORMAT_MEANING)
    table: AssistanceTable | None = Field(default=None, description=TABLE_MEANING)
    drawing: Literal["links", "flow"] = Field(
        default="links",
        description="What an SVG shows: who is linked to whom, or how many households stand behind each link.",
    )

    def filters(self) -> AssistanceAsked:
        """Return the filters alone."""
        return AssistanceAsked(
            area=self.area, programme=self.programme, measure=self.measure, cause=self.cause, help=self.help
        )


@router.get(
    "/assistance",
    summary="Which help reaches whom, and who is left out?",
    response_model=AssistanceAnswer,
    responses={**declared(*FORMS), **problems(403, 404, 409, 422, 503)},
)
def assistance(
    asking: Annotated[AssistanceAsking, Query()],
    request: Request,
    keeper: Keeper,
    censuses: Censuses,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> Response:
    """Return the chains of help in the whole graph, or where the filters say, with the households behind each.

    Also how many have an open finding, how many help, and how many a finding and no help, by place; and the households
    themselves, page by page.
    """
    with keeper.asking() as graph:
        day = asking.day or graph.day
        answer = ask_assistance(
            graph.store,
            keeper.workspace.schema,
            asking.filters(),
            day=day,
            show_sensitive=show_sensitive,
            page=Page(asking.limit, asking.after),
            chain_page=Page(asking.chain_limit, asking.after_chain),
            census=censuses.of(graph.store, day),
        )
    form = wanted_form(request, asking.format, FORMS)
    body = _written(answer, form, asking, language, keeper.workspace.schema)
    return formed(body, form, file_name=_file_name(answer, form, asking), language=language)


def _written(
    answer: AssistanceAnswer, form: AssistanceForm, asking: AssistanceAsking, language: Language, schema: Schema
) -> str | bytes:
    match form:
        case "json":
            return as_json(answer)
        case "node-link":
            return orjson.dumps(links_node_link(answer))
        case "graphml":
            return links_graphml(answer)
        case "svg":
            return links_svg(answer, language, asking.drawing)
        case "csv" | "xlsx":
            return as_tables(assistance_tables(answer, schema), form, language, table=asking.table)
        case "html":
            return links_html(answer, language)


def _file_name(answer: AssistanceAnswer, form: AssistanceForm, asking: AssistanceAsking) -> str:
    area = asking.area or "all"
    part = asking.table if form == "csv" else asking.drawing if form == "svg" else None
    return "-".join(["assistance", area, *([part] if part else []), str(answer.as_of)])
