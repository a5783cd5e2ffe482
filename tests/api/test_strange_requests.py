"""Whatever a request holds, the server does not fail and never answers with a page of its own."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.parameters import LONGEST_ID

KINDS = ["Household", "Area", "Programme", "Enterprise", "Cooperative", "Cause", "SupplyLot", "Product", "Person", ""]
IDS = st.one_of(
    st.text(max_size=LONGEST_ID + 10),
    st.sampled_from(
        ["350624", "lot1", "M02", "green_plum", "..", "../../etc/passwd", "a/b", "'", "$id", "}) RETURN 1"]
    ),
)
DAYS = st.one_of(
    st.dates().map(str),
    st.sampled_from(
        ["1900-01-01", "2199-12-31", "0001-01-01", "9999-12-31", "2026-5-1", "0", "1e9", "2026-05-20T00:00"]
    ),
    st.text(max_size=20),
)
NUMBERS = st.one_of(st.integers().map(str), st.sampled_from(["1", "1000", "1001", "0", "-1", "1.5", "nan", "１"]))
ASKED_WITH = st.fixed_dictionaries(
    {},
    optional={
        "day": DAYS,
        "limit": NUMBERS,
        "demand_limit": NUMBERS,
        "after": IDS,
        "after_household": IDS,
        "after_chain": IDS,
        "format": st.sampled_from(["json", "node-link", "graphml", "svg", "html", ""]),
    },
)


@settings(max_examples=150, deadline=None)
@given(
    question=st.sampled_from(["chains", "buyers", "cause-graph", "history", "nothing"]),
    kind=st.sampled_from(KINDS),
    subject_id=IDS,
    asked_with=ASKED_WITH,
    accept=st.sampled_from(["*/*", "image/svg+xml", "application/graphml+xml;q=0.3", ";;,q=", "\x7f"]),
)
def test_no_question_makes_the_server_fail(
    client: TestClient, question: str, kind: str, subject_id: str, asked_with: dict[str, str], accept: str
) -> None:
    path = f"/v1/{question}/{quote(kind, safe='')}/{quote(subject_id, safe='')}"
    answer = client.get(path, params=asked_with, headers={"Accept": accept})
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code


@given(path=st.binary(max_size=60))
def test_no_address_makes_the_server_fail(client: TestClient, path: bytes) -> None:
    assert client.get("/v1/" + quote(path, safe="/")).status_code in (200, 403, 404, 422)


@pytest.mark.parametrize(
    ("query", "name", "code"),
    [
        ("", "subject_id", "parameter_too_long"),
        ("?day=20260520", "day", "parameter_not_a_day"),
        ("?day=1779235200", "day", "parameter_not_a_day"),
        ("?day=1899-12-31", "day", "parameter_not_a_day"),
        ("?day=2026-02-29", "day", "parameter_not_a_day"),
        ("?limit=1001", "limit", "parameter_too_large"),
        ("?limit=" + "9" * 5000, "limit", "parameter_not_a_number"),
        ("?after_chain=a%0Ab", "after_chain", "parameter_unprintable"),
        ("?%00=1", "\0", "parameter_unknown"),
    ],
)
def test_a_parameter_beyond_its_bounds_is_named(client: TestClient, query: str, name: str, code: str) -> None:
    subject_id = "350624" if query else "3" * (LONGEST_ID + 1)
    answer = client.get(f"/v1/chains/Area/{subject_id}{query}")
    assert answer.status_code == 422
    assert [(fault["name"], fault["code"]) for fault in answer.json()["errors"]] == [(name, code)]


@pytest.mark.parametrize("subject_id", ["%00", "a%0Db", "%ff%fe", "%C2%85", "%E2%80%A8"])
def test_an_id_that_no_feed_can_bring_is_refused(client: TestClient, subject_id: str) -> None:
    assert client.get(f"/v1/cause-graph/Household/{subject_id}").status_code == 422


def test_an_id_does_not_reach_into_the_headers(client: TestClient) -> None:
    answer = client.get("/v1/cause-graph/Household/a%0D%0ASet-Cookie:%20a=b")
    assert answer.status_code in (404, 422)
    assert "set-cookie" not in answer.headers
