"""The page of an enterprise or a cooperative: the chains of help it stands in, and the households at their end."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from analysis.page import Page
from analysis.questions.chains import chains as ask_chains
from analysis.subject import Subject, kind_label
from api.deps import Keeper, ShowsSensitive
from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.rendering import page
from api.parameters import After, SubjectId

router = APIRouter(include_in_schema=False)

SHOWN = 50
KINDS = {"enterprises": "Enterprise", "cooperatives": "Cooperative"}


class OrganisationPageAsking(PageAsking):
    """From which household on the list goes."""

    after: After | None = None


# One address each: a place in front would take every address there is.
@router.get("/enterprises/{organisation_id:path}", name="enterprise_page")
@router.get("/cooperatives/{organisation_id:path}", name="cooperative_page")
def organisation(
    request: Request,
    organisation_id: SubjectId,
    asking: Annotated[OrganisationPageAsking, Query()],
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show the chains around an enterprise or a cooperative, and the households that they reach."""
    schema = keeper.workspace.schema
    kind = KINDS[request.url.path.split("/")[1]]
    with keeper.asking() as graph:
        answer = ask_chains(
            graph.store,
            schema,
            Subject(kind, organisation_id),
            day=asking.day or graph.day,
            show_sensitive=show_sensitive,
            page=Page(SHOWN, asking.after),
            chain_page=Page(SHOWN),
        )
    kind_name = kind_label(schema, kind).text(language)
    return page(request, "organisation.html.j2", language=language, answer=answer, kind_name=kind_name)
