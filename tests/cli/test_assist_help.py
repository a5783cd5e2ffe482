"""What came of help, entered and shown on the terminal, on a copy of the demonstration. Its day is 2026-04-20."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no type hints

from tests.cli.calls import Demonstration, Plumline


@pytest.fixture
def assist(plumline: Plumline, demonstration: Demonstration, tmp_path: Path) -> Plumline:
    """Return what calls `plumline assist` on a copy of its own."""
    folder = Path(shutil.copytree(demonstration.folder, tmp_path / "data"))
    return lambda *arguments: plumline("--data", folder, "assist", *arguments)


def test_help_is_done_and_paid_and_the_list_tells_it(plumline: Plumline, assist: Plumline, tmp_path: Path) -> None:
    day = ("--day", "2026-04-20")
    listed = assist("helps", "--status", "running", "--show-sensitive", "--json", *day)
    assert list(Draft202012Validator(plumline("json-schema", "assist-helps").body).iter_errors(listed.body)) == []
    helps = listed.body["helps"]
    assert isinstance(helps, list)
    help_id = helps[0]["help_id"]
    household = ("--data", tmp_path / "data", "household", helps[0]["household_id"], "--show-sensitive", "--json")
    count = int(str(plumline(*household).body["help_count"]))

    done = assist("state", help_id, "done", "--json")
    assert list(Draft202012Validator(plumline("json-schema", "assist-state").body).iter_errors(done.body)) == []
    again = assist("state", help_id, "stopped", "--reason", "late")
    assert (again.code, "From done it can go to: no other state" in again.err) == (2, True)
    paid = assist("pay", help_id, "--approved", "500", "--paid", "480.50", "--lang", "zh")
    assert f"资金 {help_id}-1：已支付；批准 500.00 元，支付 480.50 元" in paid.out.replace("\n", "")
    shown = assist("helps", "--household", helps[0]["household_id"], "--show-sensitive", "--json", *day).body["helps"]
    assert isinstance(shown, list)
    (told,) = (each for each in shown if each["help_id"] == help_id)
    assert (told["status"], told["ends_on"], told["paid_fen"]) == ("done", "2026-04-20", 48_050)
    # The graph follows: what is done is no more help that runs.
    assert plumline(*household).body["help_count"] == count - 1


def test_what_is_typed_wrong_is_told(assist: Plumline) -> None:
    for arguments, told in (
        (("state", "x", "running"), "no help with the id x"),
        (("pay", "x"), "No amount is given"),
        (("pay", "x", "--paid", "2.345"), "2.345 is no amount of yuan"),
        (("helps", "--status", "paused"), "Help has no state paused"),
    ):
        said = assist(*arguments)
        assert (said.code, told in said.err) == (2, True), said.err
    assert "no such help" in assist("helps", "--household", "nobody", "--day", "2026-04-20").out
