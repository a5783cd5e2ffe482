"""The board in words: how what is left compares with what is wanted, week by week, and the lots and demands."""

from __future__ import annotations

from analysis.amounts import difference, price, quantity
from analysis.produce.board_parts import BoardDemand, BoardFilters, BoardLot, ProductBalance
from analysis.produce.board_words import balance_sentence
from analysis.questions.board_answer import BoardAnswer
from cli.answer_head import notice_texts
from cli.context import Context
from cli.naming import code_name, party_name, word_name
from cli.voice import Cell, Voice

WEEK_COLUMNS = ("column.week", "column.product", "column.left", "column.still_wanted", "column.balance")
LOT_COLUMNS = (
    "column.lot",
    "column.product",
    "column.left",
    "column.grade",
    "column.ready",
    "column.use_by",
    "column.ask",
    "column.place",
    "column.buyers",
    "column.best_price",
    "column.best_buyer",
)
DEMAND_COLUMNS = (
    "column.demand",
    "column.product",
    "column.still_wanted",
    "column.buyer",
    "column.place",
    "column.ends",
    "column.pays",
)


def show_board(here: Context, answer: BoardAnswer) -> None:
    """Print the balance of each product, the weeks, and the lots and demands of the answer."""
    voice = here.voice
    voice.heading("board.heading", filters=_filters(answer.asked, voice), day=answer.as_of)
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")
    if not answer.products and not answer.weeks:
        voice.say("board.nothing")
        return
    for balance in answer.products:
        voice.line(balance_sentence(balance).text(voice.language))
    voice.heading("board.weeks")
    voice.table(
        WEEK_COLUMNS,
        [[week.week, *_balance(balance, voice)] for week in answer.weeks for balance in week.products],
    )
    if answer.lots:
        voice.heading("board.lots", count=f"{answer.lot_count:,}")
        voice.table(LOT_COLUMNS, [_lot(here, each) for each in answer.lots])
        voice.more(answer.lot_count - len(answer.lots))
    if answer.demands:
        voice.heading("board.demands", count=f"{answer.demand_count:,}")
        voice.table(DEMAND_COLUMNS, [_demand(each, voice) for each in answer.demands])
        voice.more(answer.demand_count - len(answer.demands))
    voice.say("board.close")


def _filters(asked: BoardFilters, voice: Voice) -> str:
    area = asked.area
    told = [voice.text("board.everywhere" if area is None else "board.area", **_area(asked))]
    if asked.product is not None:
        told.append(word_name(asked.product, voice))
    if asked.week is not None:
        told.append(voice.text("board.week", week=asked.week))
    return voice.listed(told)


def _area(asked: BoardFilters) -> dict[str, object]:
    return {} if asked.area is None else {"id": asked.area.id, "name": asked.area.name or asked.area.id}


def _balance(balance: ProductBalance, voice: Voice) -> list[Cell]:
    return [
        word_name(balance.product, voice),
        quantity(balance.left_kg, voice.language),
        quantity(balance.unfilled_kg, voice.language),
        difference(balance.balance_kg, voice.language),
    ]


def _lot(here: Context, each: BoardLot) -> list[Cell]:
    lot, best, voice = each.lot, each.best, here.voice
    return [
        lot.lot_id,
        word_name(lot.product, voice),
        quantity(lot.left_quantity_kg, voice.language),
        code_name(here.workspace.schema, ["grade"], lot.grade, voice),
        lot.ready_on,
        lot.use_by_on,
        price(lot.ask_fen_per_kg),
        lot.area_name or lot.area_id,
        each.buyer_count,
        price(best.after_transport_fen_per_kg) if best else None,
        party_name(best.enterprise) if best else None,
    ]


def _demand(each: BoardDemand, voice: Voice) -> list[Cell]:
    demand = each.demand
    return [
        demand.demand_id,
        word_name(each.product, voice),
        quantity(demand.left_quantity_kg, voice.language),
        party_name(demand.enterprise),
        demand.area_name or demand.area_id,
        demand.ends_on,
        price(demand.max_fen_per_kg),
    ]
