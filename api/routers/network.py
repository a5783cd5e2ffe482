"""The network of causes and its versions, in the form that the asker wants."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from analysis.drawing.network_forms import network_graphml, network_node_link, network_svg
from analysis.questions.network import network as ask_network
from analysis.questions.network import network_versions_told
from analysis.questions.network_answer import NetworkAnswer, VersionsAnswer
from analysis.tables.network_tables import network_tables, versions_tables
from api.deps import Keeper, ShowsSensitive, WantedLanguage
from api.description import problems
from api.forms import (
    FORMAT_MEANING,
    TABLE_FORMS,
    TABLE_MEANING,
    TableForm,
    as_json,
    as_tables,
    as_told,
    declared,
    formed,
    wanted_form,
)
from api.parameters import Asking, SubjectId
from graph_schema.messages import Language

router = APIRouter(prefix="/v1", tags=["questions"])

NetworkForm = Literal["json", "node-link", "graphml", "svg", "csv", "xlsx"]
NetworkTable = Literal["network_links", "network_learned", "network_nodes", "network_versions", "about"]
FORMS: tuple[NetworkForm, ...] = get_args(NetworkForm)


class NetworkAsking(Asking):
    """How the network may be asked for."""

    version: SubjectId | None = Field(
        default=None,
        description="The version wanted, from /v1/network/versions; the one in use when it is left out.",
    )
    format: NetworkForm | None = Field(default=None, description=FORMAT_MEANING)
    table: NetworkTable | None = Field(default=None, description=TABLE_MEANING)


class VersionsAsking(Asking):
    """How the versions may be asked for."""

    format: TableForm | None = Field(default=None, description=FORMAT_MEANING)


@router.get(
    "/network",
    summary="Which causes lead to which, how strongly, and how is that known?",
    response_model=NetworkAnswer,
    responses={**declared(*FORMS), **problems(404, 409, 422, 503)},
)
def network(
    asking: Annotated[NetworkAsking, Query()],
    request: Request,
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> Response:
    """Return every cause and link in one version: strength, lag, evidence, and what each kept version learned of it.

    Strengths are the experts' starting values until an area has learned its own and somebody has adopted them.
    """
    work = keeper.workspace
    with keeper.asking() as graph:
        answer = ask_network(
            graph.store,
            work.open_ledger(create=True),
            work.schema,
            day=asking.day or graph.day,
            version=asking.version,
            show_sensitive=show_sensitive,
            known_at=graph.as_of,
        )
    form = wanted_form(request, asking.format, FORMS)
    body = _written(answer, form, language, asking.table)
    return formed(body, form, file_name=f"network-{answer.network_version}", language=language)


@router.get(
    "/network/versions",
    summary="Which versions of the network are there, and which is in use?",
    response_model=VersionsAnswer,
    responses={**declared(*TABLE_FORMS), **problems(409, 422, 503)},
)
def versions(
    asking: Annotated[VersionsAsking, Query()], request: Request, keeper: Keeper, language: WantedLanguage
) -> Response:
    """Return the version of the vocabulary and every learned one: from which area, how many links of each verdict."""
    work = keeper.workspace
    with keeper.asking() as graph:
        answer = network_versions_told(
            graph.store,
            work.open_ledger(create=True),
            work.schema,
            day=asking.day or graph.day,
            known_at=graph.as_of,
        )
    form = wanted_form(request, asking.format, TABLE_FORMS)
    body = as_told(answer, lambda: versions_tables(answer), form, language)
    return formed(body, form, file_name="network-versions", language=language)


def _written(answer: NetworkAnswer, form: NetworkForm, language: Language, table: NetworkTable | None) -> str | bytes:
    match form:
        case "json":
            return as_json(answer)
        case "node-link":
            return orjson.dumps(network_node_link(answer))
        case "graphml":
            return network_graphml(answer)
        case "svg":
            return network_svg(answer, language)
        case "csv" | "xlsx":
            return as_tables(network_tables(answer), form, language, table=table)
