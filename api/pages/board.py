"""The coordinator's pages: what is on offer and wanted by product and week, and who can take a lot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from analysis.amounts import difference
from analysis.code_labels import code_label
from analysis.drawing.weeks_chart import week_words, weeks_chart
from analysis.page import Page
from analysis.produce.board_words import balance_sentence
from analysis.questions.board import LIST_LIMIT, BoardAsked
from analysis.questions.board import board as ask_board
from analysis.questions.board_answer import BoardAnswer
from analysis.questions.buyers import buyers as ask_buyers
from analysis.subject import Subject
from api.deps import Keeper
from api.pages.addresses import address
from api.pages.area_field import led_to_place
from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.rendering import day_text, page
from api.pages.words import worded
from api.parameters import After, SubjectId
from api.routers.board import WEEK_FORM
from graph_schema import Schema
from graph_schema.messages import Language

router = APIRouter(include_in_schema=False)

BOARD = "/produce"


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
    request: Request, asking: Annotated[BoardPageAsking, Query()], keeper: Keeper, language: PageLanguage
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
        answer=answer,
        kept=asking.kept(),
        drawing=drawing,
        places=_places(answer),
        products=[(code, entry.label) for code, entry in work.schema.products.items()],
        **_helpers(work.schema, language, answer.as_of),
    )


@router.get(BOARD + "/lots/{lot_id:path}", name="lot_page")
def lot(
    request: Request,
    lot_id: Annotated[SubjectId, Path()],
    asking: Annotated[PageAsking, Query()],
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
        day=asking.day,
        **_helpers(work.schema, language, answer.as_of),
    )


def _chart_link(asking: BoardPageAsking) -> Callable[[str, str], str]:
    def link(week: str, product_id: str) -> str:
        return address(BOARD, {**asking.kept(), "week": week, "product": product_id}.items())

    return link


def _places(answer: BoardAnswer) -> list[tuple[str, str]]:
    """Return the places of the lots shown by code, to choose one from."""
    found = {each.lot.area_id: each.lot.area_name or "" for each in answer.lots if each.lot.area_id is not None}
    return sorted(found.items())


def _helpers(schema: Schema, language: Language, as_of: date) -> dict[str, Any]:
    return {
        "sentence": lambda balance: balance_sentence(balance).text(language),
        "difference": partial(difference, language=language),
        "code_name": lambda code, code_list: code_label(schema, code, code_list).text(language),
        "week_name": lambda week: " ".join(week_words(week.week, week.starts_on, language)),
        "short_day": lambda day: _short_day(day, as_of, language),
    }


def _short_day(day: date, as_of: date, language: Language) -> str:
    """Return a day without its year where that is the year of the answer."""
    if day.year != as_of.year:
        return day_text(day, language=language)
    return str(worded("board.short_day", language, day=day.day, month=worded(f"common.month_{day.month}", language)))
