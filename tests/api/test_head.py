"""HEAD tells what GET would say about its answer, and sends none of it."""

from __future__ import annotations

from logging import INFO

import pytest
from starlette.testclient import TestClient

AREA = "/v1/cause-graph/Area/350624"
OWN_TO_EACH = {"x-request-id", "date"}


def told(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in OWN_TO_EACH}


@pytest.mark.parametrize(
    "path",
    [
        AREA,
        f"{AREA}?format=svg",
        f"{AREA}?format=graphml",
        "/v1/no-such-question",
        "/v1/cause-graph/Area/nowhere",
        "/healthz",
        "/readyz",
        "/metrics",
        "/openapi.json",
        "/",
        "/dictionary",
        "/area/nowhere",
    ],
)
def test_it_has_the_status_and_headers_of_get_and_no_body(client: TestClient, path: str) -> None:
    # The first question of all may count itself among the metrics.
    client.head(path)
    head, whole = client.head(path), client.get(path)
    assert head.status_code == whole.status_code
    assert head.content == b""
    assert whole.content != b""
    names = {"content-length"} if path == "/metrics" else set()
    assert {name: value for name, value in told(dict(head.headers)).items() if name not in names} == {
        name: value for name, value in told(dict(whole.headers)).items() if name not in names
    }


def test_the_tag_it_tells_is_the_one_of_the_answer(client: TestClient) -> None:
    tag = client.head(AREA).headers["etag"]
    assert client.get(AREA, headers={"If-None-Match": tag}).status_code == 304
    again = client.head(AREA, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_what_only_takes_something_in_is_not_asked_by_it(client: TestClient) -> None:
    refused = client.head("/v1/loads/2026/withdraw")
    assert refused.status_code == 405
    assert "GET" not in refused.headers["allow"]


def test_the_log_has_it_with_the_template_of_the_path(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/readyz")
    with caplog.at_level(INFO, logger="api.middleware"):
        client.head(AREA)
    assert [record.getMessage()[:45] for record in caplog.records if "HEAD" in record.getMessage()] == [
        "HEAD /v1/cause-graph/{kind}/{subject_id} 200 "[:45]
    ]


def test_the_description_does_not_list_it(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {method for path in paths.values() for method in path} == {"get", "post", "delete"}
