"""The files of a made-up county: forms, places and people that departments could have sent."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import yaml

from graph_schema import Schema
from graph_schema.tables import template_columns
from loaders.feed_rights import may_fill, may_measure
from loaders.synthetic.county.county import CountyMade
from loaders.synthetic.county.places import county_places
from loaders.synthetic.places import read_place_table
from tests.loaders.synthetic_county.county_reading import rows_of, rows_of_kind, truth_of


def test_every_column_is_one_of_the_template(faultless: CountyMade, schema: Schema) -> None:
    strange = {
        (path.name, column)
        for path in faultless.feeds.rglob("*.csv")
        for column in rows_of(path)[0]
        if column not in {known.name for known in template_columns(schema, path.name.split(".")[1])}
    }
    assert strange == set()


def test_every_feed_brings_only_what_it_may(faultless: CountyMade, schema: Schema) -> None:
    names = [path.name.split(".")[:2] for path in faultless.feeds.rglob("*.csv")]
    assert [name for name in names if not may_fill(schema, *name)] == []
    observed = {
        (path.name.split(".")[0], row["indicator_id"])
        for path in faultless.feeds.glob("*.Observation.*.csv")
        for row in rows_of(path)
    }
    assert [(feed, indicator) for feed, indicator in observed if not may_measure(schema, feed, indicator)] == []


def test_all_kinds_of_a_county_are_there(faultless: CountyMade) -> None:
    kinds = {path.name.split(".")[1] for path in faultless.feeds.rglob("*.csv")}
    people = {"Household", "Person", "Stay", "Residence", "KIN_OF", "SPLIT_FROM"}
    facts = {"Observation", "IncomeComponent", "Shock", "HIT", "TRIGGERS", "PolicyLine", "Area"}
    helped = {"Agency", "Programme", "OFFERS", "Assistance", "TARGETS"}
    trade = {"Enterprise", "Cooperative", "Membership", "Contract", "SupplyLot", "Demand", "POOLED_IN"}
    assert people | facts | helped | trade <= kinds


def test_what_is_made_up_says_so_and_places_are_real(faultless: CountyMade) -> None:
    origins = {
        folder: yaml.safe_load((faultless.feeds / folder / "ORIGIN.yaml").read_text(encoding="utf-8"))
        for folder in (".", "places")
    }
    assert origins["."]["origin"] == "made_up"
    assert "虚构" in origins["."]["zh"]
    assert origins["places"]["origin"] == "real"
    names = rows_of_kind(faultless, "Enterprise") + rows_of_kind(faultless, "Cooperative")
    assert all(row["name"].endswith("（虚构）") for row in names)


def test_zhaoan_has_its_19_towns_and_259_villages_and_people_live_in_villages_of_farmers(faultless: CountyMade) -> None:
    places = county_places("350624")
    assert (len(places.towns), len(places.villages)) == (19, 259)
    homes = {row["area_id"] for row in rows_of_kind(faultless, "Residence")}
    assert homes <= set(places.farming_villages)
    assert len({home[:9] for home in homes}) > 10


def test_the_truth_lies_apart_and_holds_every_file_of_the_loads(faultless: CountyMade) -> None:
    assert not faultless.truth.is_relative_to(faultless.feeds)
    told = [row["file"] for row in truth_of(faultless, "loads")]
    assert sorted(told) == sorted(str(path.relative_to(faultless.feeds)) for path in faultless.feeds.rglob("*.csv"))


def test_no_file_arrives_before_its_day_or_after_the_lag_of_its_feed(faultless: CountyMade, schema: Schema) -> None:
    for row in truth_of(faultless, "loads"):
        days = (date.fromisoformat(row["arrived_on"]) - date.fromisoformat(row["reporting_day"])).days
        assert 0 <= days <= max(schema.feeds[row["feed"]].lag_days, 1)


def test_everyone_alive_lives_in_one_household_at_a_time(peopled: CountyMade) -> None:
    stays: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in rows_of_kind(peopled, "Stay"):
        stays[row["person_id"], row["household_id"], row["starts_on"]] = row
    periods = defaultdict(list)
    for row in stays.values():
        periods[row["person_id"]].append((row["starts_on"], row["ends_on"] or "9999-12-31"))
    overlaps = [
        person
        for person, spans in periods.items()
        for (_, ends), (starts, _) in zip(sorted(spans), sorted(spans)[1:], strict=False)
        if starts <= ends
    ]
    assert overlaps == []
    dead = {row["id"] for row in rows_of_kind(peopled, "Person", feed="civil")}
    open_ones = Counter(row["person_id"] for row in stays.values() if not row["ends_on"])
    everyone = {row["id"] for row in rows_of_kind(peopled, "Person", feed="police")}
    assert set(open_ones) == everyone - dead
    assert set(open_ones.values()) == {1}


def test_the_members_counted_are_those_who_stay(peopled: CountyMade) -> None:
    told = {row["id"]: row for row in rows_of_kind(peopled, "Household", feed="police")}
    stays = {
        (row["person_id"], row["household_id"], row["starts_on"]): row["ends_on"]
        for row in rows_of_kind(peopled, "Stay")
    }
    counted = Counter(household for (_, household, _), ends in stays.items() if not ends)
    wrong = {
        code
        for code, row in told.items()
        if row["household_status"] == "active" and int(row["member_count"]) != counted[code]
    }
    assert wrong == set()


def test_every_active_household_has_one_head(peopled: CountyMade) -> None:
    last = {}
    for row in rows_of_kind(peopled, "Stay"):
        last[row["person_id"], row["household_id"], row["starts_on"]] = row
    heads = Counter(row["household_id"] for row in last.values() if row["member_role"] == "head" and not row["ends_on"])
    told = {row["id"]: row["household_status"] for row in rows_of_kind(peopled, "Household", feed="police")}
    assert {heads[code] for code, status in told.items() if status == "active"} == {1}


def test_households_split_move_and_people_marry_into_others(faultless: CountyMade) -> None:
    kinds = Counter(row["kind"] for row in truth_of(faultless, "events"))
    assert {"split", "moved", "married", "born", "died", "ended"} <= set(kinds)
    assert kinds["split"] == len(rows_of_kind(faultless, "SPLIT_FROM"))


def test_every_county_of_the_lists_has_farming_villages_in_known_towns() -> None:
    codes = [row["code"] for row in read_place_table("sixteen_counties.csv")]
    assert len(codes) == 16
    for code in codes:
        places = county_places(code)
        assert places.farming_villages
        assert {village[:9] for village in places.villages} <= set(places.towns)
        known = {str(row["id"]) for row in places.area_rows()}
        assert {str(row["area_id"]) for row in places.area_rows() if row["area_id"]} <= known
