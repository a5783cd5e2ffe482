"""Two of the three questions: chains of help, and buyers of produce."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from analysis.page import Page
from analysis.questions.buyers import BuyersAnswer
from analysis.questions.buyers import buyers as ask_buyers
from analysis.questions.chains import chains as ask_chains
from analysis.questions.chains_answer import ChainsAnswer
from analysis.subject import Subject
from analysis.tables.buyers_tables import buyers_tables
from analysis.tables.chains_tables import chains_tables
from api.deps import Keeper, ShowsSensitive, WantedLanguage
from api.description import problems
from api.forms import FORMAT_MEANING, TABLE_FORMS, TABLE_MEANING, TableForm, as_told, declared, formed, wanted_form
from api.parameters import ID_MEANING, SHOWN, After, Asking, Count, SubjectId

router = APIRouter(prefix="/v1", tags=["questions"])

ChainsKind = Annotated[
    Literal["Household", "Area", "Programme", "Enterprise", "Cooperative", "Cause"],
    Path(description="The kind of the node asked about.", examples=["Area"]),
]
BuyersKind = Annotated[
    Literal["SupplyLot", "Household", "Cooperative", "Product"],
    Path(description="The kind of the node asked about.", examples=["Product"]),
]


ChainsTable = Literal[
    "chains", "households", "help", "helped_twice", "without_help", "aimless_help", "one_buyer", "about"
]
BuyersTable = Literal["lot_demands", "lots", "about"]


class ChainsAsking(Asking):
    """How the chains may be asked for."""

    limit: Count = Field(default=SHOWN, description="How many chains, and how many households of each list, are shown.")
    after_household: After | None = Field(default=None, description="`next_after` of a list by household.")
    after_chain: After | None = Field(default=None, description="`next_after` of the chains.")
    format: TableForm | None = Field(default=None, description=FORMAT_MEANING)
    table: ChainsTable | None = Field(default=None, description=TABLE_MEANING)


class BuyersAsking(Asking):
    """How the buyers may be asked for."""

    limit: Count = Field(default=SHOWN, description="How many lots are shown.")
    after: After | None = Field(default=None, description="`next_after` of the answer before.")
    demand_limit: Count = Field(
        default=SHOWN, description="How many demands are shown of each lot: those that could take it, and the others."
    )
    format: TableForm | None = Field(default=None, description=FORMAT_MEANING)
    table: BuyersTable | None = Field(default=None, description=TABLE_MEANING)


@router.get(
    "/chains/{kind}/{subject_id:path}",
    summary="Which chains of help reach whom?",
    response_model=ChainsAnswer,
    responses={**declared(*TABLE_FORMS), **problems(403, 404, 409, 422, 503)},
)
def chains(
    kind: ChainsKind,
    subject_id: Annotated[SubjectId, Path(description=ID_MEANING, examples=["350624"])],
    asking: Annotated[ChainsAsking, Query()],
    request: Request,
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> Response:
    """Return every chain agency - programme - enterprise - cooperative - household around the subject, whole or broken.

    Also who is helped twice, who not at all, and whose help is aimed at no recorded cause.
    """
    work = keeper.workspace
    with keeper.asking() as graph:
        answer = ask_chains(
            graph.store,
            work.schema,
            Subject(kind, subject_id),
            day=asking.day or graph.day,
            show_sensitive=show_sensitive,
            page=Page(asking.limit, asking.after_household),
            chain_page=Page(asking.limit, asking.after_chain),
        )
    form = wanted_form(request, asking.format, TABLE_FORMS)
    body = as_told(answer, lambda: chains_tables(answer, work.schema), form, language, table=asking.table)
    return formed(body, form, file_name=f"chains-{kind.lower()}-{answer.as_of}", language=language)


@router.get(
    "/buyers/{kind}/{subject_id:path}",
    summary="Who could take the surplus produce?",
    response_model=BuyersAnswer,
    responses={**declared(*TABLE_FORMS), **problems(404, 409, 422, 503)},
)
def buyers(
    kind: BuyersKind,
    subject_id: Annotated[SubjectId, Path(description=ID_MEANING, examples=["green_plum"])],
    asking: Annotated[BuyersAsking, Query()],
    request: Request,
    keeper: Keeper,
    language: WantedLanguage,
) -> Response:
    """Return for each lot of the subject every demand that could take it, in order, and what forbids the others.

    This is no plan: each lot is seen alone, so two lots may be shown the same demand.
    """
    work = keeper.workspace
    with keeper.asking() as graph:
        answer = ask_buyers(
            graph.store,
            work.schema,
            work.policy,
            Subject(kind, subject_id),
            day=asking.day or graph.day,
            page=Page(asking.limit, asking.after),
            demand_limit=asking.demand_limit,
        )
    form = wanted_form(request, asking.format, TABLE_FORMS)
    body = as_told(answer, lambda: buyers_tables(answer, work.schema), form, language, table=asking.table)
    return formed(body, form, file_name=f"buyers-{kind.lower()}-{answer.as_of}", language=language)
