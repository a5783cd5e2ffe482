"""The three questions: chains of help, buyers of produce, cause graphs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query

from analysis.questions.buyers import BuyersAnswer
from analysis.questions.buyers import buyers as ask_buyers
from analysis.questions.cause_graph import CauseGraphAnswer
from analysis.questions.cause_graph import cause_graph as ask_cause_graph
from analysis.questions.chains import ChainsAnswer
from analysis.questions.chains import chains as ask_chains
from analysis.subject import Subject
from api.deps import Keeper, ShowsSensitive
from api.errors import Problem

router = APIRouter(tags=["questions"], responses={status: {"model": Problem} for status in (403, 404, 422, 503)})

Id = Annotated[str, Path(min_length=1, max_length=200, description="The id of the node asked about.")]
Day = Annotated[date | None, Query(description="The day asked about; the day of the graph when it is left out.")]


@router.get("/chains/{kind}/{subject_id}")
def chains(
    kind: Literal["Household", "Area", "Programme", "Enterprise", "Cooperative", "Cause"],
    subject_id: Id,
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    day: Day = None,
) -> ChainsAnswer:
    """Return every chain of help that reaches the subject, whole or broken."""
    graph, work = keeper.ready(), keeper.workspace
    return ask_chains(
        graph.store,
        work.schema,
        work.policy,
        Subject(kind, subject_id),
        day=day or graph.day,
        show_sensitive=show_sensitive,
    )


@router.get("/buyers/{kind}/{subject_id}")
def buyers(
    kind: Literal["SupplyLot", "Household", "Cooperative", "Product"], subject_id: Id, keeper: Keeper, day: Day = None
) -> BuyersAnswer:
    """Return who could take the surplus produce, and what forbids the others."""
    graph, work = keeper.ready(), keeper.workspace
    return ask_buyers(graph.store, work.schema, work.policy, Subject(kind, subject_id), day=day or graph.day)


@router.get("/cause-graph/{kind}/{subject_id}")
def cause_graph(
    kind: Literal["Household", "Area"], subject_id: Id, keeper: Keeper, show_sensitive: ShowsSensitive, day: Day = None
) -> CauseGraphAnswer:
    """Return the causes found at the subject, what they lead to, and the evidence."""
    graph, work = keeper.ready(), keeper.workspace
    return ask_cause_graph(
        graph.store, work.schema, Subject(kind, subject_id), day=day or graph.day, show_sensitive=show_sensitive
    )
