"""What people agree, entered and shown on the terminal, on a copy of the demonstration. Its day is 2026-04-20."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no type hints

from cli.trade_options import parse_kilograms, parse_yuan
from cli.usage import UsageError
from tests.cli.calls import Demonstration, Plumline

LOT, DEMAND = "LT-GUANPI-1", "DM-PUNING-1"
FIRST = f"{LOT}-{DEMAND}-1"


@pytest.fixture
def trade(plumline: Plumline, demonstration: Demonstration, tmp_path: Path) -> Plumline:
    """Return what calls `plumline produce` on a copy of its own."""
    folder = Path(shutil.copytree(demonstration.folder, tmp_path / "data"))
    return lambda *arguments: plumline("--data", folder, "produce", *arguments)


def left(plumline: Plumline, folder: Path) -> object:
    lots = plumline("--data", folder, "buyers", "--lot", LOT, "--json").body["lots"]
    assert isinstance(lots, list)
    return lots[0]["lot"]["left_quantity_kg"]


@pytest.mark.soak
def test_a_promise_goes_from_agreed_to_paid_and_back_by_withdrawal(
    plumline: Plumline, trade: Plumline, tmp_path: Path
) -> None:
    confirmed = trade("confirm", LOT, DEMAND, "--kg", "2000", "--price", "2.50", "--json")
    schema = plumline("json-schema", "produce-confirmed").body
    assert list(Draft202012Validator(schema).iter_errors(confirmed.body)) == []
    before = left(plumline, tmp_path / "data")
    again = trade("confirm", LOT, DEMAND, "--kg", "2000", "--price", "2.50")
    assert (again.code, f"promised already, as {FIRST}" in again.err) == (2, True)

    arguments = ("--kg", "1950", "--accepted", "1900", "--paid", "4750", "--paid-on", "2026-04-20")
    delivered = trade("deliver", FIRST, *arguments)
    assert "1,950 kg brought; 50 kg are free again" in delivered.out, delivered.err
    after = left(plumline, tmp_path / "data")
    assert isinstance(before, float)
    assert after == before + 50
    shown = trade("promises", "--lang", "zh").out
    assert "2026-04-20：交货 1,950 公斤，验收 1,900 公斤，付款 4,750 元" in shown
    assert ("已交货" in shown, "1／1" in shown) == (True, True)
    body = trade("promises", "--json").body
    assert list(Draft202012Validator(plumline("json-schema", "commitments").body).iter_errors(body)) == []

    late = trade("state", FIRST, "cancelled", "--reason", "too late")
    assert (late.code, "From delivered it can go to: no other state" in late.err) == (2, True)
    loads = plumline("--data", tmp_path / "data", "loads", "--feed", "trade", "--json").body["loads"]
    assert isinstance(loads, list)
    load_id = loads[-1]["load_id"]
    assert plumline("--data", tmp_path / "data", "withdraw", load_id, "--why", "typed wrong").code == 0
    assert "agreed" in trade("promises", "--lot", LOT).out


def test_what_is_typed_in_half_is_refused_before_anything_is_opened(trade: Plumline, tmp_path: Path) -> None:
    for arguments, told in (
        (("confirm",), "not clear what is promised"),
        (("confirm", LOT), "not clear what is promised"),
        (("confirm", "--delivery", "A > B"), "not clear what is promised"),
        (("confirm", "--delivery", "A > B", "--from", "R", "--kg", "5"), "confirmed as it was planned"),
        (("confirm", LOT, DEMAND, "--kg", "much"), "much is no number of kilograms"),
        (("confirm", LOT, DEMAND, "--price", "2.345"), "2.345 is no amount of yuan"),
        (("deliver", FIRST), "not said how much was brought"),
        (("deliver", FIRST, "--paid", "5", "--paid-on", "2026-04-24", "--grade", "1"), "not said how much"),
    ):
        said = trade(*arguments)
        assert (said.code, told in said.err) == (2, True), said.err


def test_an_enterprise_posts_a_demand_that_buyers_show(plumline: Plumline, trade: Plumline, tmp_path: Path) -> None:
    days = ("--from", "2026-04-24", "--until", "2026-05-10")
    posted = trade("demand", "EN-PUNING-1", "green_plum", "--kg", "5000", "--price", "2.6", "--grade", "2", *days)
    assert "EN-PUNING-1-green_plum-2026-04-24-1" in posted.out, posted.err
    shown = plumline("--data", tmp_path / "data", "buyers", "--lot", LOT, "--json").out
    assert "EN-PUNING-1-green_plum-2026-04-24-1" in shown


@pytest.mark.parametrize("text", ["", "a", "2.345", "1e999999999", "nan"])
def test_yuan_are_read_to_the_fen_and_never_rounded(text: str) -> None:
    assert (parse_yuan("2.35"), parse_yuan("0.01"), parse_yuan("-3"), parse_kilograms("12.5")) == (235, 1, -300, 12.5)
    with pytest.raises(UsageError):
        parse_yuan(text)
