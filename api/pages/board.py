"""The coordinator's pages: what is on offer and wanted by product and week, and who can take a lot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from analysis.drawing.weeks_chart import weeks_chart
from analysis.page import Page
from analysis.produce.parts import OfferedLot
from analysis.questions.board import LIST_LIMIT, BoardAsked
from analysis.questions.board import board as ask_board
from analysis.questions.board_answer import BoardAnswer
from analysis.questions.buyers import buyers as ask_buyers
from analysis.subject import Subject
from api.deps import Keeper, Plans, PlansKept
from api.pages.addresses import address
from api.pages.area_field import led_to_place
from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.produce_helpers import produce_helpers
from api.pages.rendering import page
from api.pages.typed import FORM_HEADERS
from api.parameters import After, SubjectId
from api.plans.produce.answers import PlanJob
from api.routers.board import WEEK_FORM

router = APIRouter(include_in_schema=False)

BOARD = "/produce"
KEPT_SHOWN = 3


class BoardPageAsking(PageAsking):
    """The filters of the board, and where its lists go on."""

    area: SubjectId | None = None
    product: SubjectId | None = None
    week: Annotated[str, Field(pattern=WEEK_FORM)] | None = None
    after_lot: After | None = None
    after_demand: After | None = None

    def filters(self) -> BoardAsked:
        """Return what is asked about, and which pages."""
        return BoardAsked(
            area_id=self.area,
            product_id=self.product,
            week=self.week,
            lot_page=Page(LIST_LIMIT, self.after_lot),
            demand_page=Page(LIST_LIMIT, self.after_demand),
        )

    def kept(self) -> dict[str, object]:
        """Return what the links of the page keep of the address: the filters and the day, no page of a list."""
        return {"area": self.area, "product": self.product, "week": self.week, "day": self.day}


@router.get(BOARD, name="board_page")
def board(
    request: Request,
    asking: Annotated[BoardPageAsking, Query()],
    room: Plans,
    plans_kept: PlansKept,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show the balance of each product, the weeks as a drawing and a table, and the lots and demands."""
    work = keeper.workspace
    with keeper.asking() as graph:
        elsewhere = led_to_place(request, graph, work.schema, asking.area)
        if elsewhere is not None:
            return elsewhere
        answer = ask_board(graph.store, work.schema, work.policy, day=asking.day or graph.day, asked=asking.filters())
    drawing = weeks_chart(answer, language, link=_chart_link(asking)) if answer.weeks else ""
    return page(
        request,
        "board.html.j2",
        language=language,
        headers=FORM_HEADERS,
        answer=answer,
        kept=asking.kept(),
        jobs=room.jobs(),
        kept_plans=plans_kept.of(keeper.ledger).plans[:KEPT_SHOWN],
        product_labels={code: entry.label for code, entry in work.schema.products.items()},
        drawing=drawing,
        places=_places(answer),
        products=[(code, entry.label) for code, entry in work.schema.products.items()],
        **produce_helpers(work.schema, language, answer.as_of),
    )


@router.get(BOARD + "/lots/{lot_id:path}", name="lot_page")
def lot(
    request: Request,
    lot_id: Annotated[SubjectId, Path()],
    asking: Annotated[PageAsking, Query()],
    room: Plans,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show a lot, who could take it at which price after transport, and of each other demand what forbids it."""
    work = keeper.workspace
    with keeper.asking() as graph:
        answer = ask_buyers(
            graph.store, work.schema, work.policy, Subject("SupplyLot", lot_id), day=asking.day or graph.day
        )
    return page(
        request,
        "board_lot.html.j2",
        language=language,
        answer=answer,
        told_lot=answer.lots[0],
        plans_of_lot=[job for job in room.jobs() if _may_hold(job, answer.lots[0].lot)],
        day=asking.day,
        **produce_helpers(work.schema, language, answer.as_of),
    )


def _may_hold(job: PlanJob, lot: OfferedLot) -> bool:
    """Return whether a plan at hand is for a lot; of plans for one place that cannot be told here."""
    is_on_offer = lot.left_quantity_kg >= 1 and not lot.is_expired
    is_of_it = job.order.area is None and job.order.product in (None, lot.product.id)
    return is_on_offer and is_of_it and job.state == "done"


def _chart_link(asking: BoardPageAsking) -> Callable[[str, str], str]:
    def link(week: str, product_id: str) -> str:
        return address(BOARD, {**asking.kept(), "week": week, "product": product_id}.items())

    return link


def _places(answer: BoardAnswer) -> list[tuple[str, str]]:
    """Return the places of the lots shown by code, to choose one from."""
    found = {each.lot.area_id: each.lot.area_name or "" for each in answer.lots if each.lot.area_id is not None}
    return sorted(found.items())
