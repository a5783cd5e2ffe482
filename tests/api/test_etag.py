"""An answer that the asker still has is not sent again."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.etag import matches
from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.api.small_ledger import PATIENT, Households, load

AREA = "/v1/cause-graph/Area/350624"


def test_an_answer_has_a_tag_and_may_be_kept_by_who_asked(client: TestClient) -> None:
    headers = client.get(AREA).headers
    assert headers["etag"].startswith('"')
    assert headers["cache-control"] == "private, no-cache"
    assert headers["vary"] == "Accept, Accept-Language"


def test_who_has_the_answer_is_told_so_without_it(client: TestClient) -> None:
    first = client.get(AREA)
    again = client.get(AREA, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "vary", "cache-control"):
        assert again.headers[name] == first.headers[name]
    assert "content-type" not in again.headers
    assert again.headers["x-request-id"]


@pytest.mark.parametrize("address", ["?day=2026-05-19", "?format=svg", "?format=graphml"])
def test_another_question_or_form_has_another_tag(client: TestClient, address: str) -> None:
    tag = client.get(AREA).headers["etag"]
    other = client.get(AREA + address, headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert other.headers["etag"] != tag


def test_the_languages_of_a_drawing_have_tags_of_their_own(client: TestClient) -> None:
    tags = {
        client.get(f"{AREA}?format=svg", headers={"Accept-Language": name}).headers["etag"] for name in ("en", "zh")
    }
    assert len(tags) == 2


def test_a_load_changes_the_tag(
    client_of: Callable[..., TestClient], loaded_folder: Path, tmp_path: Path, households: Households
) -> None:
    shutil.copytree(loaded_folder, tmp_path / "data")
    workspace = Workspace(Settings(data=tmp_path / "data"))
    client, path = client_of(workspace), f"/v1/cause-graph/Household/{households.other}"
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    load(workspace, "later")
    give_up_at = time.monotonic() + PATIENT
    while client.get(path, headers={"If-None-Match": tag}).status_code == 304 and time.monotonic() < give_up_at:
        time.sleep(0.05)
    assert client.get(path).headers["etag"] != tag


@pytest.mark.parametrize(
    ("header", "is_there"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", W/"c" ,"a"', True),
        ("*", True),
        (' "b",\t"a" ', True),
        ('"x,a", "a"', True),
        ('"b"', False),
        ('"A"', False),
        ("a", False),
        ("", False),
        ('"a', False),
        ('"b,"a', False),
    ],
)
def test_a_tag_is_found_among_several_and_weak_ones(header: str, is_there: bool) -> None:
    assert matches(header, '"a"') is is_there


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/chains/Area/999999", "/v1/chains/Person/1"])
def test_a_problem_has_no_tag_and_is_kept_by_nobody(client: TestClient, path: str) -> None:
    headers = client.get(path, headers={"If-None-Match": "*"}).headers
    assert "etag" not in headers
    assert headers["cache-control"] == "no-store"


def test_what_is_no_answer_is_kept_by_nobody(client: TestClient) -> None:
    headers = client.get("/healthz").headers
    assert "etag" not in headers
    assert headers["cache-control"] == "no-store"
