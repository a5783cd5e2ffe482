"""The bodies that `--json` prints are documented: by JSON Schema, and in docs/json.md."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no type hints

from cli.schema_command import BODIES
from tests.cli.calls import Plumline

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
QUESTIONS = ("chains", "buyers", "cause-graph")


@pytest.mark.parametrize("name", BODIES)
def test_the_schema_of_a_body_is_a_json_schema(plumline: Plumline, name: str) -> None:
    schema = plumline("json-schema", name).body
    Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object"


@pytest.mark.parametrize(
    "arguments",
    [
        ("chains", "--area", "350624105"),
        ("buyers", "--lot", "LT-GUANPI-1"),
        ("cause-graph", "--area", "350624"),
        ("assistance", "--area", "350624"),
        ("contradictions", "--area", "350624"),
        ("history", "3506241052030007"),
        ("board", "--product", "green_plum"),
        ("search", "plum"),
        ("household", "3506241052030007"),
        ("area", "350624"),
        ("status",),
        ("check",),
    ],
)
def test_a_body_has_the_form_of_its_schema(plumline: Plumline, ask_demo: Plumline, arguments: tuple[str, ...]) -> None:
    schema = plumline("json-schema", arguments[0]).body
    body = ask_demo(*arguments, "--json").body
    assert Draft202012Validator(schema).is_valid(body)


@pytest.mark.parametrize("name", [name for name in BODIES if name != "problem"])
def test_a_body_names_itself_and_its_version(name: str) -> None:
    version = BODIES[name].model_json_schema()["properties"]["version"]["const"]
    assert version == f"{name}/1"
    assert f"`{version}`" in PAGE


@pytest.mark.parametrize("name", BODIES)
def test_the_page_tells_every_field_of_a_body(name: str) -> None:
    heading = {"problem": "A problem"}.get(name, name)
    section = re.split(rf"^##+ {heading}$", PAGE, flags=re.MULTILINE)[1].split("\n## ")[0].split("\n### ")[0]
    shared = PAGE.partition("## What the three questions share")[2].partition("### ")[0] if name in QUESTIONS else ""
    told = set(re.findall(r"`([a-z_]+)`", section + shared))
    assert set(BODIES[name].model_fields) - told == set()


def test_the_problem_on_the_page_is_one(plumline: Plumline) -> None:
    shown = json.loads(re.findall(r"^(\{\"type\".*\})$", PAGE, flags=re.MULTILINE)[0])
    schema = plumline("json-schema", "problem").body
    assert Draft202012Validator(schema).is_valid(shown)
