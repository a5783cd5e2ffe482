"""The route of the board, on the small ledger: one lot of plums of household 1001, two demands of a plant."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import get_args
from xml.etree.ElementTree import fromstring

import pytest
from starlette.testclient import TestClient

from analysis.questions.board_answer import BoardAnswer
from analysis.tables.board_tables import board_tables
from api.routers.board import BoardTable
from graph_schema import Schema
from tests.api.small_ledger import Households


def test_the_board_tells_the_lot_and_who_wants_plums(client: TestClient, households: Households) -> None:
    answer = client.get("/v1/board")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    body = answer.json()
    assert (body["version"], body["as_of"], body["asked"]) == (
        "board/1",
        "2026-05-20",
        {"area": None, "product": None, "week": None},
    )
    (lot,) = body["lots"]
    assert (lot["lot"]["lot_id"], lot["lot"]["seller_id"]) == ("lot1", households.with_plums)
    # demand2 wants the grade "special", the lot is of grade 1.
    assert (lot["buyer_count"], lot["best"]["demand_id"]) == (1, "demand1")
    assert {each["demand"]["demand_id"] for each in body["demands"]} == {"demand1", "demand2"}


def test_the_board_and_the_buyers_of_the_lot_have_the_same_numbers(client: TestClient) -> None:
    (lot,) = client.get("/v1/board").json()["lots"]
    (told,) = client.get("/v1/buyers/SupplyLot/lot1").json()["lots"]
    assert lot["lot"]["left_quantity_kg"] == told["lot"]["left_quantity_kg"]
    assert lot["buyer_count"] == told["buyer_count"]
    assert lot["best"]["after_transport_fen_per_kg"] == told["buyers"][0]["way"]["after_transport_fen_per_kg"]


def test_filters_and_pages_are_taken_from_the_address(client: TestClient) -> None:
    assert client.get("/v1/board?product=tea").json()["lot_count"] == 0
    assert client.get("/v1/board?area=350624").json()["lot_count"] == 1
    first = client.get("/v1/board?limit=1").json()
    assert (first["demand_count"], len(first["demands"])) == (2, 1)
    rest = client.get("/v1/board", params={"limit": 1, "after_demand": first["next_after_demand"]}).json()
    shown = [page["demands"][0]["demand"]["demand_id"] for page in (first, rest)]
    assert (len({*shown}), rest["next_after_demand"]) == (2, None)


def test_the_weeks_are_drawn(client: TestClient) -> None:
    answer = client.get("/v1/board?format=svg", headers={"Accept-Language": "zh"})
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert fromstring(answer.text).attrib["role"] == "img"  # noqa: S314 - our own drawing
    assert "青梅" in answer.text
    assert "Nothing is on offer" in client.get("/v1/board?format=svg&product=tea").text


def test_lots_and_demands_come_as_csv_and_all_tables_as_a_workbook(client: TestClient) -> None:
    answer = client.get("/v1/board?format=csv", headers={"Accept-Language": "en"})
    assert answer.headers["content-disposition"] == 'attachment; filename="board-all-2026-05-20.csv"'
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["Lot"], row["Demands that could take it"], row["Made-up data"]) == ("lot1", "1", "yes")
    demands = client.get("/v1/board?format=csv&table=demands").content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(demands)))) == 2
    book = client.get("/v1/board?format=xlsx").content
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == len(get_args(BoardTable))


def test_every_table_that_may_be_asked_for_is_one(client: TestClient, schema: Schema) -> None:
    answer = BoardAnswer.model_validate(client.get("/v1/board").json())
    assert {table.name for table in board_tables(answer, schema)} == {*get_args(BoardTable)}


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("week=2026-W54", 422, None),
        ("week=2025-W53", 422, "not_a_week"),
        ("week=soon", 422, None),
        ("area=999999", 404, "unknown_subject"),
        ("product=gold", 404, "unknown_subject"),
        ("limit=0", 422, None),
        ("colour=green", 422, None),
    ],
)
def test_what_cannot_be_answered_is_a_problem(client: TestClient, query: str, status: int, code: str | None) -> None:
    answer = client.get(f"/v1/board?{query}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert code in (None, answer.json()["code"])
