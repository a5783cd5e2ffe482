"""The route of the contradictions, on the small ledger; a visit counts another household than the police."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from loaders.load_options import FilesGiven
from loaders.run import load_files
from loaders.workspace import Workspace
from tests.api.small_ledger import Households, caught_up


@pytest.fixture
def disputed(client_of: Callable[..., TestClient], workspace: Workspace, tmp_path: Path) -> TestClient:
    """Return a client of the small ledger after a visit that counts nine members in household 1001 and one in 1002."""
    file = tmp_path / "visit.Household.csv"
    file.write_text("id,member_count\n1001,9\n1002,1\n", encoding="utf-8")
    load_files(FilesGiven((file,)), workspace.load_place(), recorded_at=datetime(2026, 5, 20, 9, tzinfo=UTC))
    return caught_up(client_of(workspace))


def test_a_household_is_told_who_counts_its_members_otherwise(disputed: TestClient, households: Households) -> None:
    answer = disputed.get(f"/v1/contradictions/Household/{households.with_plums}")
    body = answer.json()
    assert (answer.status_code, body["version"], body["contradiction_count"]) == (200, "contradictions/1", 1)
    (told,) = body["contradictions"]
    assert (told["aspect"]["code"], told["believed"]["feed"]["code"]) == ("member_count", "police")
    assert (told["other"]["feed"]["code"], told["other"]["value"]["en"], told["other"]["on"]) == (
        "visit",
        "9",
        "2026-05-20",
    )
    assert told["other"]["age_days"] == 0


def test_an_area_is_counted_and_read_page_by_page(disputed: TestClient, households: Households) -> None:
    first, second = sorted(households)
    path = "/v1/contradictions/Area/350624"
    page = disputed.get(path, params={"limit": 1}).json()
    assert (page["contradiction_count"], [row["household_id"] for row in page["contradictions"]]) == (2, [first])
    assert [each["count"] for each in page["counts"]] == [2]
    rest = disputed.get(path, params={"limit": 1, "after": page["next_after"]}).json()
    assert ([row["household_id"] for row in rest["contradictions"]], rest["next_after"]) == ([second], None)


def test_a_household_that_nobody_disputes_has_none(client: TestClient, households: Households) -> None:
    assert client.get(f"/v1/contradictions/Household/{households.other}").json()["contradictions"] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [("Household/none", 404), ("Area/350624?limit=0", 422), ("Area/350624?unknown=1", 422), ("Cause/H01", 422)],
)
def test_what_cannot_be_answered_is_a_problem(client: TestClient, path: str, status: int) -> None:
    assert client.get(f"/v1/contradictions/{path}").status_code == status
