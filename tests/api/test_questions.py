"""The routes of chains and buyers."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest
from starlette.testclient import TestClient

from analysis.questions import buyers, chains
from api.routers.questions import BuyersKind, ChainsKind
from loaders.workspace import Workspace
from tests.api.small_ledger import Households


def test_a_household_is_told_where_its_chain_breaks(client: TestClient, households: Households) -> None:
    answer = client.get(f"/v1/chains/Household/{households.with_plums}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert body["version"] == "chains/1"
    assert body["as_of"] == "2026-05-20"
    # It belongs to no cooperative.
    assert body["counts"] == {"households": 1, "in_whole_chain": 0, "missing": {"cooperative": 1}}
    assert body["is_made_up"] is True


def test_a_lot_is_told_who_can_buy_it_and_what_forbids_the_other(client: TestClient) -> None:
    body = client.get("/v1/buyers/SupplyLot/lot1").json()
    (lot,) = body["lots"]
    assert [buyer["demand"]["demand_id"] for buyer in lot["buyers"]] == ["demand1"]
    # demand2 wants the grade "special", the lot is of grade 1.
    assert [refusal["demand"]["demand_id"] for refusal in lot["refusals"]] == ["demand2"]


def test_a_question_is_asked_for_the_day_that_is_named(client: TestClient) -> None:
    assert client.get("/v1/buyers/SupplyLot/lot1?day=2026-06-01").json()["as_of"] == "2026-06-01"


def test_a_list_is_cut_where_the_asker_says_and_goes_on_after_it(client: TestClient, households: Households) -> None:
    first, second = sorted(households)
    path = "/v1/chains/Area/350624?limit=1"
    page = client.get(path).json()["households"]
    assert ([row["household_id"] for row in page["rows"]], page["next_after"]) == ([first], first)
    page = client.get(f"{path}&after_household={first}").json()["households"]
    assert ([row["household_id"] for row in page["rows"]], page["next_after"]) == ([second], None)


def test_who_has_a_sensitive_cause_is_not_told(client: TestClient) -> None:
    answer = client.get("/v1/chains/Cause/H02")
    assert answer.status_code == 403
    assert answer.json()["code"] == "sensitive_cause_asked"


def test_who_has_a_sensitive_cause_is_told_by_a_server_that_may(
    client_of: Callable[..., TestClient], workspace: Workspace, households: Households
) -> None:
    body = client_of(workspace, shows_sensitive=True).get("/v1/chains/Cause/H02").json()
    assert [row["household_id"] for row in body["households"]["rows"]] == [households.with_plums]


def test_an_id_may_hold_a_slash_and_letters_of_any_script(client: TestClient) -> None:
    answer = client.get("/v1/chains/Enterprise/果脯/2")
    assert answer.status_code == 404
    assert answer.json()["code"] == "unknown_subject"
    assert "果脯/2" in answer.json()["detail"]


@pytest.mark.parametrize(("kind", "kinds"), [(ChainsKind, chains.KINDS), (BuyersKind, buyers.KINDS)])
def test_a_route_takes_every_kind_that_its_question_takes(kind: object, kinds: tuple[str, ...]) -> None:
    assert get_args(get_args(kind)[0]) == kinds
