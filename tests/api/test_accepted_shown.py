"""What is told of accepted help names nobody's sensitive cause, and does not give it away by a number."""

from __future__ import annotations

from datetime import date

import pytest
from starlette.testclient import TestClient

from api.assist.showing import AcceptedShown, shown
from graph_schema import load_schema
from loaders.kept.assist.answers import Accepted, AcceptedHelp

# H02 is a chronic illness, which is sensitive; M02 is produce that does not sell, which is not.
COSTS = {"M02": 300, "H02": 70_000}


def accepted() -> Accepted:
    helps = tuple(
        AcceptedHelp(
            help_id=f"A-{cause}",
            household_id="HH-1",
            cause_id=cause,
            programme_id="PR-1",
            measure_id="B42",
            provider_kind="Agency",
            provider_id="AG-1",
            amount_fen=cost,
        )
        for cause, cost in COSTS.items()
    )
    return Accepted(
        load_id="L-1",
        day=date(2026, 4, 20),
        is_made_up=True,
        run_id="R-1",
        helps=helps,
        standing=(),
        amount_fen=sum(COSTS.values()),
        left=(),
    )


@pytest.mark.parametrize(
    ("show_sensitive", "names_households", "causes", "hidden_count", "amount_fen"),
    [
        (True, True, ["M02", "H02"], 0, 70_300),
        (False, False, ["M02"], 1, 70_300),
        # One household alone would be told by its count and by its amount.
        (False, True, ["M02"], None, 300),
    ],
)
def test_help_for_a_sensitive_cause_is_counted_but_not_where_households_are_named(
    *, show_sensitive: bool, names_households: bool, causes: list[str], hidden_count: int | None, amount_fen: int
) -> None:
    told: AcceptedShown = shown(
        accepted(), load_schema(), show_sensitive=show_sensitive, names_households=names_households
    )
    assert [each.cause_id for each in told.helps] == causes
    assert (told.hidden_count, told.amount_fen) == (hidden_count, amount_fen)


def test_before_anything_was_accepted_there_is_no_help_to_be_told_of(client: TestClient) -> None:
    answer = client.get("/v1/assistance/helps")
    assert (answer.status_code, answer.json()["helps"], answer.json()["hidden_count"]) == (200, [], 0)
    assert client.get("/v1/assistance/kept").json()["plans"] == []
