"""Residence, stay, membership and employment as relationships."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Literal

import pandas as pd
import pytest

from loaders.projection.spells import ShownSpells, shown_spells
from tests.loaders.graph.written_facts import DAY, plain

Spell = tuple[str, str, date, date | None]
Cardinality = Literal["n:1", "1:n", "n:m"]
Y2020, Y2022, Y2024 = date(2020, 1, 1), date(2022, 1, 1), date(2024, 1, 1)
IN_2021, IN_2023 = date(2021, 6, 30), date(2023, 6, 30)


def shown(spells: list[Spell], cardinality: Cardinality = "n:m", kept_open: Collection[str] = ()) -> ShownSpells:
    rows = pd.DataFrame(spells, columns=["from_id", "to_id", "starts_on", "ends_on"])
    days = {name: rows[name].astype("datetime64[s]") for name in ("starts_on", "ends_on")}
    rows = rows.astype({"from_id": "str", "to_id": "str"}).assign(from_kind="Household", to_kind="Area", **days)
    return shown_spells(rows, cardinality=cardinality, day=DAY, kept_open=kept_open)


def ends(found: ShownSpells) -> list[list[object]]:
    return [[plain(cell) for cell in row] for row in found.rows[["from_id", "to_id", "ended_on"]].to_numpy()]


def test_an_open_spell_has_no_end() -> None:
    assert ends(shown([("h1", "a1", Y2020, None)])) == [["h1", "a1", None]]


def test_a_spell_that_is_over_is_closed_and_not_left_out() -> None:
    assert ends(shown([("h1", "a1", Y2020, IN_2021)])) == [["h1", "a1", IN_2021]]


def test_a_spell_with_an_end_to_come_is_open() -> None:
    assert ends(shown([("h1", "a1", Y2020, date(2026, 1, 1))])) == [["h1", "a1", None]]


@pytest.mark.parametrize(("ends_on", "ended_on"), [(DAY, None), (date(2025, 6, 29), date(2025, 6, 29))])
def test_a_spell_lasts_through_its_last_day(ends_on: date, ended_on: date | None) -> None:
    assert ends(shown([("h1", "a1", Y2020, ends_on)])) == [["h1", "a1", ended_on]]


def test_a_spell_that_has_not_begun_is_left_out() -> None:
    assert ends(shown([("h1", "a1", date(2025, 7, 1), None)])) == []


def test_of_several_spells_between_two_nodes_the_open_one_is_shown() -> None:
    assert ends(shown([("h1", "a1", Y2020, None), ("h1", "a1", Y2022, IN_2023)])) == [["h1", "a1", None]]


def test_of_several_spells_that_are_over_the_latest_is_shown() -> None:
    assert ends(shown([("h1", "a1", Y2022, IN_2023), ("h1", "a1", Y2020, IN_2021)])) == [["h1", "a1", IN_2023]]


def test_a_household_that_moved_has_the_old_address_closed_and_the_new_one_open() -> None:
    found = shown([("h1", "a1", Y2020, IN_2021), ("h1", "a2", Y2022, None)], "n:1")
    assert ends(found) == [["h1", "a1", IN_2021], ["h1", "a2", None]]


def test_of_two_open_addresses_the_one_begun_last_ends_the_other() -> None:
    found = shown([("h1", "a1", Y2020, None), ("h1", "a2", Y2022, None)], "n:1")
    assert ends(found) == [["h1", "a1", Y2022], ["h1", "a2", None]]


def test_who_has_two_open_spells_where_one_is_allowed_is_named() -> None:
    found = shown([("h1", "a1", Y2020, None), ("h1", "a2", Y2022, None), ("h2", "a1", Y2020, None)], "n:1")
    assert found.overlapping.to_numpy().tolist() == [["Household", "h1"]]


def test_of_three_open_spells_only_the_last_stays_open() -> None:
    found = shown([("h1", "a1", Y2020, None), ("h2", "a1", Y2022, None), ("h3", "a1", Y2024, None)], "1:n")
    assert ends(found) == [["h1", "a1", Y2024], ["h2", "a1", Y2024], ["h3", "a1", None]]


def test_several_open_spells_stay_open_where_several_are_allowed() -> None:
    found = shown([("h1", "a1", Y2020, None), ("h1", "a2", Y2022, None)], "n:m")
    assert ends(found) == [["h1", "a1", None], ["h1", "a2", None]]


def test_the_last_address_of_a_node_that_is_kept_open_has_no_end() -> None:
    found = shown([("h1", "a1", Y2020, IN_2021), ("h1", "a2", Y2022, IN_2023)], "n:1", kept_open=["h1"])
    assert ends(found) == [["h1", "a1", IN_2021], ["h1", "a2", None]]


def test_a_node_that_is_kept_open_and_lives_elsewhere_keeps_its_ends() -> None:
    found = shown([("h1", "a1", Y2020, IN_2021), ("h1", "a2", Y2022, None)], "n:1", kept_open=["h1"])
    assert ends(found) == [["h1", "a1", IN_2021], ["h1", "a2", None]]
