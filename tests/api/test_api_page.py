"""`docs/api.md` says what is true."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from graph_schema.messages import Catalogue

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
ROUTES = set(re.findall(r"^\| `(GET|POST|DELETE) (\S+)`", PAGE, re.MULTILINE))
CODES = sorted(
    {
        code
        for codes in re.findall(r"^\| [45]\d\d[0-9, ]* \| ([^|]+) \|", PAGE, re.MULTILINE)
        for code in re.findall("`(.+?)`", codes)
    }
)
EXAMPLES = re.findall(r"^```json\n(.+?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_page_names_every_route_and_no_other(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    described = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert {*described, ("GET", "/openapi.json")} == ROUTES


def test_the_page_names_every_parameter_of_a_question(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for operation in [operation for methods in paths.values() for operation in methods.values()]:
        for parameter in operation.get("parameters", []):
            assert re.search(rf"[`{{]{parameter['name']}[`}}]", PAGE), parameter["name"]


@pytest.mark.parametrize("code", CODES)
def test_a_code_of_the_page_is_one_that_a_package_says(code: str) -> None:
    packages = ("api", "analysis", "graph_store", "ledger", "loaders")
    assert any(code in Catalogue(package).messages for package in packages)


def test_the_examples_are_json() -> None:
    assert [type(json.loads(example)) for example in EXAMPLES] == [dict] * 6
