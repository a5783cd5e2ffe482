"""What is entered of trade over HTTP counts at once, and what cannot be is refused with nothing entered."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.app import create_app
from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.api.small_ledger import DAY, HERE, PATIENT, caught_up

COMMITMENTS, DEMANDS = "/v1/produce/commitments", "/v1/produce/demands"
# In the small ledger lot1 has 1,000 kg, at 300 fen at least; demand1 wants 20,000 kg, at 400 fen at most.
PAIR = {"demand": "demand1", "lots": [{"lot": "lot1", "quantity_kg": 300}]}
OTHER_PAIR = {"demand": "demand1", "lots": [{"lot": "lot1", "quantity_kg": 150}]}
WANTED = {
    "enterprise": "e1",
    "product": "green_plum",
    "wanted_quantity_kg": 5000,
    "min_grade": "2",
    "max_fen_per_kg": 350,
    "starts_on": "2026-05-20",
    "ends_on": "2026-06-10",
}


@pytest.fixture(scope="module")
def client(loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    data = tmp_path_factory.mktemp("trade") / "data"
    shutil.copytree(loaded_folder, data)
    app = create_app(Workspace(Settings(data=data)), today=lambda: DAY, patience_seconds=PATIENT)
    with TestClient(app, base_url=HERE) as client:
        yield client


def sent(client: TestClient, address: str, body: dict[str, Any], **headers: str) -> Response:
    answer: Response = client.post(address, json=body, headers=headers)
    return answer


def problem(answer: Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def left_of_lot(client: TestClient) -> float:
    (lot,) = caught_up(client).get("/v1/board?product=green_plum").json()["lots"]
    left: float = lot["lot"]["left_quantity_kg"]
    return left


def test_a_promise_is_made_delivered_and_paid_and_the_graph_follows_each(client: TestClient) -> None:
    before = left_of_lot(client)
    made = sent(client, COMMITMENTS, PAIR)
    assert made.status_code == 201, made.text
    (part,) = made.json()["commitments"]
    assert (part["status"], part["quantity_kg"], part["left_of_lot_kg"]) == ("agreed", 300, before - 300)
    assert left_of_lot(client) == before - 300
    address = f"{COMMITMENTS}/{part['commitment_id']}"
    assert sent(client, f"{address}/state", {"state": "shipped"}).json()["new_status"] == "shipped"
    brought = {"delivered_on": DAY.isoformat(), "delivered_quantity_kg": 200, "accepted_quantity_kg": 180}
    delivered = sent(client, f"{address}/deliveries", brought)
    assert (delivered.status_code, delivered.json()["freed_kg"]) == (201, 100)
    # What was brought is gone; the rest of what was promised is free again.
    assert left_of_lot(client) == before - 200
    paid = sent(client, f"{address}/payments", {"paid_fen": 72_000, "paid_on": DAY.isoformat()})
    assert (paid.status_code, paid.json()["paid_fen"]) == (200, 72_000)
    told = client.get(f"{COMMITMENTS}?lot=lot1&state=delivered").json()
    assert [row["commitment_id"] for row in told["commitments"]] == [part["commitment_id"]]
    assert [each["id"] for each in told["buyers"]] == ["e1"]


def test_what_does_not_go_with_what_is_held_is_refused_and_nothing_is_entered(client: TestClient) -> None:
    loads = client.get("/v1/loads").json()["count"]
    pair = {"demand": "demand1", "lots": [{"lot": "lot1", "quantity_kg": 1001}]}
    assert problem(sent(client, COMMITMENTS, pair))[0] == 409
    assert problem(sent(client, COMMITMENTS, {**PAIR, "demand": "none"})) == (404, "trade_unknown_demand")
    assert problem(sent(client, COMMITMENTS, {"demand": "demand1", "lots": []})) == (422, "trade_no_lot")
    assert problem(sent(client, COMMITMENTS, {"delivery": "A > B"})) == (422, "promise_unclear")
    assert problem(sent(client, COMMITMENTS, {"delivery": "A > B", "run": "none"})) == (404, "trade_unknown_plan")
    assert problem(sent(client, f"{COMMITMENTS}/none/state", {"state": "shipped"}))[0] == 404
    assert problem(sent(client, f"{COMMITMENTS}/none/state", {"state": "delivered"})) == (422, "bad_parameters")
    assert problem(sent(client, DEMANDS, {**WANTED, "enterprise": "none"}))[0] == 404
    assert problem(sent(client, DEMANDS, {**WANTED, "min_grade": "best"})) == (422, "trade_wrong_grade")
    assert problem(sent(client, DEMANDS, {**WANTED, "wanted_quantity_kg": 0})) == (422, "bad_parameters")
    assert client.get("/v1/loads").json()["count"] == loads


def test_a_step_that_a_promise_may_not_take_is_refused(client: TestClient) -> None:
    before = left_of_lot(client)
    (part,) = sent(client, COMMITMENTS, OTHER_PAIR).json()["commitments"]
    address = f"{COMMITMENTS}/{part['commitment_id']}/state"
    assert problem(sent(client, address, {"state": "failed"})) == (422, "trade_no_reason")
    assert sent(client, address, {"state": "failed", "reason": "no truck"}).status_code == 200
    assert problem(sent(client, address, {"state": "shipped"}))[0] == 409
    assert left_of_lot(client) == before


def test_an_enterprise_posts_a_demand_and_the_board_shows_it(client: TestClient) -> None:
    posted = sent(client, DEMANDS, WANTED)
    assert posted.status_code == 201, posted.text
    board = caught_up(client).get("/v1/board?product=green_plum").json()
    assert posted.json()["demand_id"] in [each["demand"]["demand_id"] for each in board["demands"]]


def test_a_page_of_another_site_can_enter_nothing(client: TestClient) -> None:
    for address, body in ((COMMITMENTS, PAIR), (DEMANDS, WANTED)):
        assert problem(sent(client, address, body, Origin="http://example.com")) == (403, "other_site")
