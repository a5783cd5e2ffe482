"""The route of the history."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from loaders.workspace import Workspace
from tests.api.small_ledger import Households, load


@pytest.fixture
def path(households: Households) -> str:
    return f"/v1/history/Household/{households.with_plums}"


def test_a_household_is_told_without_what_is_sensitive(client: TestClient, path: str) -> None:
    answer = client.get(path)
    body = answer.json()
    assert (answer.status_code, body["version"], body["as_of"]) == (200, "history/1", "2026-05-20")
    texts = [entry["text_en"] for entry in body["entries"]]
    assert "unsold share of the harvest: 60%, observed on 2026-05-01" in texts
    # The chronic illness.
    assert body["hidden_count"] == 1
    assert [entry["kind"] for entry in body["entries"]].count("Observation") == 1


def test_a_server_that_may_tells_what_is_sensitive_too(
    client_of: Callable[..., TestClient], workspace: Workspace, path: str
) -> None:
    body = client_of(workspace, shows_sensitive=True).get(path).json()
    assert (body["hidden_count"], body["show_sensitive"]) == (0, True)
    assert [entry["kind"] for entry in body["entries"]].count("Observation") == 2


def test_pages_go_on_after_the_key(client: TestClient, path: str) -> None:
    whole = client.get(path).json()
    first = client.get(f"{path}?limit=2").json()
    rest = client.get(path, params={"after": first["next_after"]}).json()
    assert first["entries"] + rest["entries"] == whole["entries"]


def test_days_and_the_order_may_be_named(client: TestClient, path: str) -> None:
    asked = {"by": "world", "first_day": "2026-05-01", "last_day": "2026-05-01"}
    (entry,) = client.get(path, params=asked).json()["entries"]
    assert (entry["world_on"], entry["feed"]) == ("2026-05-01", "agriculture")


def test_what_is_loaded_while_the_server_runs_is_told(
    client_of: Callable[..., TestClient], workspace: Workspace, households: Households
) -> None:
    client = client_of(workspace)
    path = f"/v1/history/Household/{households.other}"
    before = len(client.get(path).json()["entries"])
    load(workspace, "later")
    assert len(client.get(path).json()["entries"]) == before + 1


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/v1/history/Household/nobody", 404, "no_history"),
        ("/v1/history/Area/350624", 404, "not_found"),
        ("/v1/history/Household/x?by=name", 422, "bad_parameters"),
        ("/v1/history/Household/x?first_day=20260501", 422, "bad_parameters"),
        ("/v1/history/Household/x?day=0001-01-01", 422, "bad_parameters"),
    ],
)
def test_what_cannot_be_told_is_a_problem(client: TestClient, address: str, status: int, code: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_register_number_is_no_address(client: TestClient) -> None:
    assert client.get("/v1/history/Household/1001").status_code == 404
