"""The made-up plum week: feed files that any department could have written, on real places."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml

from graph_schema import Schema, load_schema
from graph_schema.tables import template_columns
from loaders.feed_rights import may_fill, may_measure
from loaders.synthetic.places import read_place_table
from loaders.synthetic.plum_week import STORY_HOUSEHOLD, write_plum_week


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="module")
def plum_week(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return write_plum_week(tmp_path_factory.mktemp("plum_week"))


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    write_plum_week(tmp_path / "one", seed=7)
    write_plum_week(tmp_path / "two", seed=7)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_another_seed_gives_other_households(tmp_path: Path) -> None:
    write_plum_week(tmp_path / "one", seed=7)
    write_plum_week(tmp_path / "two", seed=8)
    assert bytes_of(tmp_path / "one") != bytes_of(tmp_path / "two")


def test_what_is_made_up_says_so_in_both_languages(plum_week: tuple[Path, Path]) -> None:
    origin = yaml.safe_load((plum_week[1] / "ORIGIN.yaml").read_text(encoding="utf-8"))
    assert origin["origin"] == "made_up"
    assert "Made up" in origin["en"]
    assert "虚构" in origin["zh"]


def test_places_are_not_made_up(plum_week: tuple[Path, Path]) -> None:
    real = {row["code"] for name in ("counties.csv", "towns.csv", "villages.csv") for row in read_place_table(name)}
    below_cities = {
        row["id"]
        for row in rows_of(plum_week[0] / "place.Area.csv")
        if row["area_level"] in {"county", "town", "village"}
    }
    assert below_cities == real
    assert yaml.safe_load((plum_week[0] / "ORIGIN.yaml").read_text(encoding="utf-8"))["origin"] == "real"


def test_zhaoan_has_its_19_towns_and_259_villages(plum_week: tuple[Path, Path]) -> None:
    levels = [row["area_level"] for row in rows_of(plum_week[0] / "place.Area.csv") if row["id"].startswith("350624")]
    assert levels.count("town") == 19
    assert levels.count("village") == 259


def test_every_column_is_one_of_the_template(plum_week: tuple[Path, Path], schema: Schema) -> None:
    strange = {
        (file.name, column)
        for folder in plum_week
        for file in sorted(folder.glob("*.csv"))
        for column in rows_of(file)[0]
        if column not in {known.name for known in template_columns(schema, file.name.split(".")[1])}
    }
    assert strange == set()


def test_every_feed_brings_only_what_it_may(plum_week: tuple[Path, Path], schema: Schema) -> None:
    files = [file for folder in plum_week for file in sorted(folder.glob("*.csv"))]
    assert [file.name for file in files if not may_fill(schema, file.name.split(".")[0], file.name.split(".")[1])] == []
    observed = {
        (file.name.split(".")[0], row["indicator_id"])
        for file in files
        if file.name.endswith(".Observation.csv")
        for row in rows_of(file)
    }
    assert [feed for feed, indicator in sorted(observed) if not may_measure(schema, feed, indicator)] == []


def test_some_300_households_live_in_real_villages_of_five_towns(plum_week: tuple[Path, Path]) -> None:
    homes = rows_of(plum_week[1] / "police.Residence.csv")
    assert len(homes) == 300
    assert len({row["area_id"][:9] for row in homes}) == 5
    assert {row["area_id"] for row in homes} <= {row["code"] for row in read_place_table("villages.csv")}


def test_the_household_of_the_tutorial_is_ill_and_has_unsold_plums(plum_week: tuple[Path, Path]) -> None:
    noted = {
        row["indicator_id"]
        for file in plum_week[1].glob("*.Observation.csv")
        for row in rows_of(file)
        if row["household_id"] == STORY_HOUSEHOLD
    }
    assert {"I14a", "I03a", "I25", "I50", "I30"} <= noted


def test_three_things_are_told_otherwise_by_a_second_feed(plum_week: tuple[Path, Path]) -> None:
    folder = plum_week[1]
    counts = {row["id"]: row["member_count"] for row in rows_of(folder / "police.Household.csv")}
    register = {
        row["id"]: row["member_count"]
        for row in rows_of(folder / "revitalisation.Household.csv")
        if row["member_count"]
    }
    assert register == {STORY_HOUSEHOLD: str(int(counts[STORY_HOUSEHOLD]) + 1)}
    land = {row["id"]: row["arable_mu"] for row in rows_of(folder / "agriculture.Household.csv")}
    ((measured, mu),) = [(row["id"], row["arable_mu"]) for row in rows_of(folder / "visit.Household.csv")]
    assert (measured != STORY_HOUSEHOLD, float(mu) > float(land[measured])) == (True, True)
    unsold = {
        feed: {
            (row["household_id"], row["observed_on"]): float(row["number_value"])
            for row in rows_of(folder / f"{feed}.Observation.csv")
            if row["indicator_id"] == "I25"
        }
        for feed in ("agriculture", "trade")
    }
    ((of, share),) = unsold["trade"].items()
    assert (share, unsold["agriculture"][of] >= 0.5) == (0.1, True)
