"""The coordinator's question: what produce is on offer, what is wanted, and in which week?"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from analysis.drawing.weeks_chart import weeks_chart
from analysis.page import Page
from analysis.questions.board import LIST_LIMIT, BoardAsked
from analysis.questions.board import board as ask_board
from analysis.questions.board_answer import BoardAnswer
from analysis.tables.board_tables import board_tables
from api.deps import Keeper, WantedLanguage
from api.description import problems
from api.forms import FORMAT_MEANING, TABLE_MEANING, as_told, declared, formed, wanted_form
from api.parameters import After, Asking, Count, SubjectId

router = APIRouter(prefix="/v1", tags=["questions"])

BoardForm = Literal["json", "csv", "xlsx", "svg"]
FORMS: tuple[BoardForm, ...] = get_args(BoardForm)
BoardTable = Literal["lots", "demands", "products", "weeks", "about"]
# As ISO 8601 writes a week, in the years that days may lie in; most years have no week 53.
WEEK_FORM = r"^(19|20|21)[0-9]{2}-W(0[1-9]|[1-4][0-9]|5[0-3])$"


class BoardAsking(Asking):
    """How the board may be asked for."""

    area: SubjectId | None = Field(
        default=None, description="Lots that lie in this area or below it; demands come from anywhere."
    )
    product: SubjectId | None = Field(default=None, description="This product only.", examples=["green_plum"])
    week: Annotated[str, Field(pattern=WEEK_FORM)] | None = Field(
        default=None, description="Lots that can be had, and demands that run, on some day of this week (ISO 8601)."
    )
    limit: Count = Field(default=LIST_LIMIT, description="How many lots, and how many demands, are shown.")
    after_lot: After | None = Field(default=None, description="`next_after_lot` of the answer before.")
    after_demand: After | None = Field(default=None, description="`next_after_demand` of the answer before.")
    format: BoardForm | None = Field(default=None, description=FORMAT_MEANING)
    table: BoardTable | None = Field(default=None, description=TABLE_MEANING)

    def filters(self) -> BoardAsked:
        """Return what is asked about, and which pages."""
        return BoardAsked(
            area_id=self.area,
            product_id=self.product,
            week=self.week,
            lot_page=Page(self.limit, self.after_lot),
            demand_page=Page(self.limit, self.after_demand),
        )


@router.get(
    "/board",
    summary="Which produce is on offer and wanted, by product and week?",
    response_model=BoardAnswer,
    responses={**declared(*FORMS), **problems(404, 409, 422, 503)},
)
def board(
    asking: Annotated[BoardAsking, Query()], request: Request, keeper: Keeper, language: WantedLanguage
) -> Response:
    """Return the lots on offer, each with how many demands could take it, and the open demands, page by page.

    Also what is left on offer and still wanted of each product, as a whole and week by week; as SVG those weeks drawn.
    """
    work = keeper.workspace
    with keeper.asking() as graph:
        answer = ask_board(graph.store, work.schema, work.policy, day=asking.day or graph.day, asked=asking.filters())
    form = wanted_form(request, asking.format, FORMS)
    if form == "svg":
        body: str | bytes = weeks_chart(answer, language)
    else:
        body = as_told(answer, lambda: board_tables(answer, work.schema), form, language, table=asking.table)
    return formed(body, form, file_name=f"board-{asking.area or 'all'}-{answer.as_of}", language=language)
