"""`plumline board` on the demonstration: four lots of plums round Zhao'an, eight demands, on 2026-04-20."""

from __future__ import annotations

from analysis.questions.board_answer import BoardAnswer
from analysis.questions.buyers import BuyersAnswer
from tests.cli.calls import Plumline


def test_the_board_tells_weeks_lots_and_demands(ask_demo: Plumline) -> None:
    lines = ask_demo("board").out.splitlines()
    assert lines[0] == "Produce on offer and wanted: all places, as of 2026-04-20"
    assert lines[1].startswith("! This answer rests on made-up data")
    # 300 t of Guanpi, 120 t and 60 t of Taiping, 30 t of Hongxing; the demands of the eight buyers.
    assert "green plum: 510 t left on offer, 603 t still wanted. Buyers want 93 t more than there is." in lines
    assert any(line.split()[:2] == ["2026-W17", "green"] and line.endswith("−93 t") for line in lines)
    assert any(line.split()[0] == "LT-GUANPI-1" and "300 t" in line for line in lines if line.strip())
    assert lines[-1].startswith("Who can take a lot")


def test_the_board_speaks_chinese_of_a_town_and_a_product(ask_demo: Plumline) -> None:
    said = ask_demo("board", "--area", "350624105", "--product", "green_plum", "--limit", "1", "--lang", "zh").out
    assert said.startswith("供需情况：太平镇（350624105）的供应批、青梅，截至 2026-04-20\n")
    assert "青梅：余量 180 吨，尚需 603 吨，供不应求，缺 423 吨。" in said
    assert "……另有 1 条" in said


def test_a_week_narrows_the_lists(ask_demo: Plumline) -> None:
    said = ask_demo("board", "--week", "2026-W20").out
    assert "Produce on offer and wanted: all places, week 2026-W20" in said
    # No lot keeps until 11 May; the plant at home takes plums until the 15th.
    assert "green plum: nothing left on offer, 25 t still wanted." in said
    assert "Lots on offer" not in said


def test_where_nothing_is_it_says_what_to_do(ask_demo: Plumline) -> None:
    assert "Ask with fewer filters or for another --day" in ask_demo("board", "--product", "tea").out


def test_a_week_that_does_not_exist_is_refused(ask_demo: Plumline) -> None:
    said = ask_demo("board", "--week", "2026-W54")
    assert said.code == 2
    assert said.err.startswith("2026-W54 is no week.\nWrite year and number of the week")


def test_json_holds_whole_lists_with_the_quantities_of_the_buyers(ask_demo: Plumline) -> None:
    board = BoardAnswer.model_validate_json(ask_demo("board", "--json").out)
    assert (board.lot_count, len(board.lots), board.demand_count, len(board.demands)) == (4, 4, 8, 8)
    assert sum(each.lot.left_quantity_kg for each in board.lots) == board.products[0].left_kg == 510_000
    buyers = BuyersAnswer.model_validate_json(ask_demo("buyers", "--product", "green_plum", "--json").out)
    told = {lot.lot.lot_id: (lot.lot.left_quantity_kg, lot.buyer_count) for lot in buyers.lots}
    assert {
        each.lot.lot_id: (each.lot.left_quantity_kg, each.buyer_count) for each in board.lots
    }.items() <= told.items()
