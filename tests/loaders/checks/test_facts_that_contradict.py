"""Warnings about rows that do not go with others, of the same file or of the ledger."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph_schema import Schema
from loaders.checks.fact_warning import FactWarning
from loaders.identity import Identity
from policy import Policy, load_policy
from tests.loaders.policy_desk import PolicyDesk

STAYS = "person_id,household_id,member_role,has_shared_budget,starts_on,ends_on\n"
WORK = "person_id,enterprise_id,work_place,is_public_post,starts_on,ends_on\n"
LOTS = "id,household_id,product_id,lot_quantity_kg,grade,ready_on,use_by_on,ask_fen_per_kg,lot_status\n"
DEMANDS = (
    "id,enterprise_id,product_id,wanted_quantity_kg,min_grade,max_fen_per_kg,max_distance_km,starts_on,ends_on,"
    "demand_status\nD1,E1,green_plum,1000,1,300,200,2026-02-01,2026-02-20,open\n"
)
PROMISES = "supply_lot_id,demand_id,number,commitment_status,agreed_quantity_kg,price_fen_per_kg,arrives_on\n"
Told = list[tuple[int, str, str, str, int | None, str | None]]


class Village(PolicyDesk):
    """A desk that tells the warnings of each file."""

    def warnings(self, name: str, text: str) -> list[FactWarning]:
        """Load a file, all of whose rows are accepted, and return its warnings."""
        (report,) = self.load(self.write(name, text)).reports
        assert (report.status, report.rows.rejected) == ("loaded", 0)
        assert report.warning_count == len(report.warnings)
        return list(report.warnings)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy()


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory, schema: Schema, identity: Identity, policy: Policy) -> Path:
    """Return a data folder whose ledger knows three households, four persons and an enterprise."""
    village = Village(tmp_path_factory.mktemp("known"), schema, identity, policy)
    village.warnings("police.Household.csv", "id\n100\n101\n102\n")
    village.warnings("police.Person.csv", "id,birth_year\n900,1960\n901,1985\n902,2015\n903,1970\n")
    village.warnings("market.Enterprise.csv", "id\nE1\n")
    return village.ledger.folder


@pytest.fixture
def village(tmp_path: Path, schema: Schema, identity: Identity, policy: Policy, known: Path) -> Village:
    shutil.copytree(known, tmp_path / "data")
    return Village(tmp_path, schema, identity, policy)


def told(found: list[FactWarning]) -> Told:
    return [(one.line, one.column, one.value, one.code, one.other_line, one.other_file) for one in found]


def test_a_person_in_two_households_at_once_is_told_with_both_rows(village: Village) -> None:
    (found,) = village.warnings(
        "police.Stay.csv", STAYS + "900,100,head,yes,2020-01-01,\n900,101,head,yes,2021-01-01,\n"
    )
    assert told([found]) == [(3, "household_id", "101", "two_households", 2, "police.Stay.csv")]
    assert (found.other_value, found.other_feed) == ("100", "police")
    assert found.what("en") == (
        "The person is in two households at once: in “101” from 2021-01-01 and in “100” from 2020-01-01 "
        "(line 2 of police.Stay.csv, feed police)."
    )
    assert found.what("zh") == (
        "同一人同时在两户：自 2021-01-01 起在“101”，自 2020-01-01 起在“100”（police.Stay.csv 第 2 行，来源 police）。"
    )
    assert found.remedy("en") == "Give the stay that has ended its last day."
    assert found.to_dict()["other"] == {"file": "police.Stay.csv", "line": 2, "feed": "police", "value": "100"}


def test_who_moves_on_the_day_on_which_a_stay_ends_is_in_one_household(village: Village) -> None:
    rows = "900,100,head,yes,2020-01-01,2021-01-01\n900,101,head,yes,2021-01-01,\n"
    assert village.warnings("police.Stay.csv", STAYS + rows) == []


def test_two_stays_in_one_household_are_no_two_households(village: Village) -> None:
    rows = "900,100,head,yes,2020-01-01,\n900,100,head,yes,2021-01-01,\n"
    assert village.warnings("police.Stay.csv", STAYS + rows) == []


def test_a_stay_within_a_longer_one_does_not_hide_it(village: Village) -> None:
    # The stay in 101 lies wholly within that in 100, which still holds when the one in 102 begins.
    rows = "900,100,head,yes,2010-01-01,\n900,101,head,yes,2012-01-01,2013-01-01\n900,102,head,yes,2020-01-01,\n"
    found = village.warnings("police.Stay.csv", STAYS + rows)
    assert [(one.line, one.other_line) for one in found] == [(3, 2), (4, 2)]


def test_a_stay_of_the_ledger_is_told_by_file_feed_and_pseudonym(village: Village, identity: Identity) -> None:
    assert (
        village.warnings("police.Stay.csv", STAYS + "901,102,spouse,yes,2019-01-01,\n900,100,head,yes,2020-01-01,\n")
        == []
    )
    (found,) = village.warnings("visit.Stay.csv", STAYS + "900,101,head,yes,2021-01-01,\n")
    assert told([found]) == [(2, "household_id", "101", "two_households", 3, "police.Stay.csv")]
    assert (found.other_feed, found.other_value) == ("police", identity.pseudonym("Household", "100"))


def test_a_stay_that_was_ended_meanwhile_does_not_count(village: Village) -> None:
    assert village.warnings("police.Stay.csv", STAYS + "900,100,head,yes,2020-01-01,\n") == []
    assert village.warnings("police.Stay.ended.csv", STAYS + "900,100,head,yes,2020-01-01,2020-12-31\n") == []
    assert village.warnings("police.Stay.moved.csv", STAYS + "900,101,head,yes,2021-01-01,\n") == []


def test_a_file_that_ends_a_stay_and_begins_the_next_is_clean(village: Village) -> None:
    assert village.warnings("police.Stay.csv", STAYS + "900,100,head,yes,2020-01-01,\n") == []
    rows = "900,101,head,yes,2021-01-01,\n900,100,head,yes,2020-01-01,2021-01-01\n"
    assert village.warnings("police.Stay.moved.csv", STAYS + rows) == []


def test_a_rejected_row_warns_of_nothing(village: Village) -> None:
    rows = "900,100,head,yes,2020-01-01,\n900,101,chief,yes,2021-01-01,\n"
    (report,) = village.load(village.write("police.Stay.csv", STAYS + rows)).reports
    assert (report.rows.rejected, report.warnings) == (1, ())


def test_two_heads_of_one_household_are_told(village: Village) -> None:
    rows = "900,100,head,yes,2020-01-01,\n901,100,head,yes,2021-01-01,\n"
    assert told(village.warnings("police.Stay.csv", STAYS + rows)) == [
        (3, "person_id", "901", "two_heads", 2, "police.Stay.csv")
    ]


def test_a_head_after_the_former_one_is_the_only_head(village: Village) -> None:
    rows = "900,100,head,yes,2020-01-01,2020-12-31\n901,100,head,yes,2021-01-01,\n902,100,child,yes,2021-01-01,\n"
    assert village.warnings("police.Stay.csv", STAYS + rows) == []


def test_a_wage_after_a_death_is_told_when_the_wage_comes_second(village: Village) -> None:
    assert village.warnings("civil.Person.csv", "id,died_on\n900,2025-03-01\n") == []
    rows = "900,E1,local,no,2025-03-02,2025-12-31\n901,E1,local,no,2025-03-02,\n"
    (found,) = village.warnings("labour.Employment.csv", WORK + rows)
    assert told([found]) == [(2, "starts_on", "2025-03-02", "after_death", 2, "civil.Person.csv")]
    assert found.what("en") == (
        "The person died on 2025-03-01, but a record “Employment” of the person runs from 2025-03-02 to 2025-12-31; "
        "the other row is line 2 of civil.Person.csv (feed civil)."
    )


def test_a_wage_after_a_death_is_told_when_the_death_comes_second(village: Village) -> None:
    assert village.warnings("labour.Employment.csv", WORK + "900,E1,local,no,2020-01-01,\n") == []
    (found,) = village.warnings("civil.Person.csv", "id,died_on\n901,2025-03-01\n900,2025-03-01\n")
    assert told([found]) == [(3, "died_on", "2025-03-01", "after_death", 2, "labour.Employment.csv")]
    assert found.other_value == "2020-01-01"
    assert "runs from 2020-01-01 to no end" in found.what("en")
    assert "2020-01-01 至 未填结束日期" in found.what("zh")


@pytest.mark.parametrize("ends_on", ["2025-02-28", "2025-03-01"])
def test_work_until_the_day_of_death_is_no_contradiction(village: Village, ends_on: str) -> None:
    assert village.warnings("civil.Person.csv", "id,died_on\n900,2025-03-01\n") == []
    assert village.warnings("labour.Employment.csv", WORK + f"900,E1,local,no,2020-01-01,{ends_on}\n") == []


def test_a_stay_that_a_register_has_not_ended_yet_is_no_contradiction(village: Village) -> None:
    assert village.warnings("civil.Person.csv", "id,died_on\n900,2025-03-01\n") == []
    assert village.warnings("police.Stay.csv", STAYS + "900,100,head,yes,2020-01-01,\n") == []
    found = village.warnings("visit.Stay.csv", STAYS + "900,100,head,yes,2025-03-02,\n")
    assert told(found) == [(2, "starts_on", "2025-03-02", "after_death", 2, "civil.Person.csv")]


def test_schooling_after_a_death_is_told(village: Village) -> None:
    assert village.warnings("civil.Person.csv", "id,died_on\n902,2025-03-01\n") == []
    (found,) = village.warnings("education.Person.csv", "id,school_stage\n901,none\n902,primary\n")
    assert told([found]) == [(3, "school_stage", "primary", "school_after_death", 2, "civil.Person.csv")]
    # The file was taken in on 2026-03-01 and names no other day.
    assert found.fields == {"end": "2025-03-01", "seen": "2026-03-01"}


def test_schooling_before_a_death_is_no_contradiction(village: Village) -> None:
    assert village.warnings("education.Person.csv", "id,school_stage,valid_from\n902,primary,2024-09-01\n") == []
    assert village.warnings("civil.Person.csv", "id,died_on\n902,2025-03-01\n") == []


def test_a_stay_that_begins_after_the_household_ended_is_told(village: Village) -> None:
    ended = "id,household_status,valid_from\n100,ended,2024-06-30\n101,moved,2024-06-30\n"
    assert village.warnings("police.Household.ended.csv", ended) == []
    rows = "900,100,head,yes,2024-07-01,\n901,101,head,yes,2024-07-01,\n903,100,other,yes,2024-06-30,\n"
    (found,) = village.warnings("police.Stay.csv", STAYS + rows)
    assert told([found]) == [(2, "starts_on", "2024-07-01", "lived_in_after_end", 2, "police.Household.ended.csv")]
    assert found.fields["end"] == datetime(2024, 6, 30, tzinfo=UTC).date()


def test_a_household_merged_away_before_a_residence_in_it_begins_is_told(village: Village) -> None:
    assert village.warnings("place.Area.csv", "id\n350624\n") == []
    home = "household_id,area_id,starts_on\n100,350624,2024-07-01\n101,350624,2024-07-01\n"
    assert village.warnings("police.Residence.csv", home) == []
    found = village.warnings("police.MERGED_INTO.csv", "from_id,to_id,happened_on\n100,101,2024-06-30\n")
    assert told(found) == [(2, "happened_on", "2024-06-30", "lived_in_after_end", 2, "police.Residence.csv")]


def test_a_child_not_born_after_its_parent_is_told(village: Village) -> None:
    # 901 (1985) is the child of 903 (1970); 900 (1960) cannot be that of 901, nor 903 the parent of 900.
    rows = "901,903,child\n900,901,child\n903,900,parent\n900,902,sibling\n"
    found = village.warnings("police.KIN_OF.csv", "from_id,to_id,kin_role\n" + rows)
    assert [(one.line, one.column, one.value, one.code) for one in found] == [
        (3, "from_id", "900", "child_not_younger"),
        (4, "to_id", "900", "child_not_younger"),
    ]
    assert [dict(one.fields) for one in found] == [
        {"child_year": 1960, "parent_year": 1985},
        {"child_year": 1960, "parent_year": 1970},
    ]
    assert {one.other_file for one in found} == {"police.Person.csv"}


def test_a_year_of_birth_that_makes_a_child_older_is_told_with_the_kinship(village: Village) -> None:
    assert village.warnings("police.KIN_OF.csv", "from_id,to_id,kin_role\n901,903,child\n") == []
    found = village.warnings("police.Person.again.csv", "id,birth_year\n903,1990\n")
    assert told(found) == [(2, "birth_year", "1990", "child_not_younger", 2, "police.KIN_OF.csv")]


def test_a_lot_promised_beyond_its_quantity_is_told(village: Village) -> None:
    lot = LOTS + "L1,100,green_plum,1000,1,2026-02-01,2026-02-05,300,open\n"
    assert village.warnings("trade.SupplyLot.csv", lot) == []
    assert village.warnings("trade.Demand.csv", DEMANDS) == []
    first = PROMISES + "L1,D1,1,agreed,600,300,2026-02-02\nL1,D1,2,cancelled,900,300,2026-02-02\n"
    assert village.warnings("trade.Commitment.csv", first) == []
    second = PROMISES + "L1,D1,3,delivered,400,300,2026-02-02\nL1,D1,4,proposed,900,300,2026-02-02\n"
    assert village.warnings("trade.Commitment.second.csv", second) == []
    (found,) = village.warnings("trade.Commitment.third.csv", PROMISES + "L1,D1,5,agreed,1,300,2026-02-02\n")
    assert told([found]) == [(2, "agreed_quantity_kg", "1", "lot_oversold", 2, "trade.SupplyLot.csv")]
    assert found.fields == {"agreed": "1001", "quantity": "1000"}


def test_of_what_is_delivered_that_which_came_is_gone_from_the_lot_and_what_is_shipped_wholly(village: Village) -> None:
    lot = LOTS + "L1,100,green_plum,1000,1,2026-02-01,2026-02-05,300,open\n"
    assert village.warnings("trade.SupplyLot.csv", lot) == []
    assert village.warnings("trade.Demand.csv", DEMANDS) == []
    came = PROMISES.replace("\n", ",delivered_quantity_kg\n")
    delivered, shipped = "L1,D1,1,delivered,900,300,2026-02-02,700\n", "L1,D1,2,shipped,300,300,2026-02-02,\n"
    failed = "L1,D1,3,failed,900,300,2026-02-02,\n"
    assert village.warnings("trade.Commitment.csv", came + delivered + shipped + failed) == []
    (found,) = village.warnings("trade.Commitment.more.csv", PROMISES + "L1,D1,4,agreed,1,300,2026-02-02\n")
    assert found.fields == {"agreed": "1001", "quantity": "1000"}


def test_a_lot_cut_below_what_is_promised_is_told(village: Village) -> None:
    lot = LOTS + "L1,100,green_plum,1000,1,2026-02-01,2026-02-05,300,open\n"
    assert village.warnings("trade.SupplyLot.csv", lot) == []
    assert village.warnings("trade.Demand.csv", DEMANDS) == []
    assert village.warnings("trade.Commitment.csv", PROMISES + "L1,D1,1,agreed,600,300,2026-02-02\n") == []
    found = village.warnings("trade.SupplyLot.cut.csv", lot.replace("1000,1", "500,1"))
    assert told(found) == [(2, "lot_quantity_kg", "500", "lot_oversold", 2, "trade.Commitment.csv")]


def test_a_membership_in_a_closed_cooperative_is_told(village: Village) -> None:
    assert village.warnings("market.Cooperative.csv", "id,closed_on\nC1,2024-12-31\nC2,\n") == []
    rows = "100,C1,2024-12-31\n101,C1,2025-01-01\n102,C2,2025-01-01\n"
    found = village.warnings("trade.Membership.csv", "household_id,cooperative_id,starts_on\n" + rows)
    assert told(found) == [(3, "starts_on", "2025-01-01", "after_closing", 2, "market.Cooperative.csv")]


def test_a_closing_before_work_begins_there_is_told(village: Village) -> None:
    assert village.warnings("labour.Employment.csv", WORK + "900,E1,local,no,2025-01-01,\n") == []
    found = village.warnings("market.Enterprise.closed.csv", "id,closed_on\nE1,2024-12-31\n")
    assert told(found) == [(2, "closed_on", "2024-12-31", "after_closing", 2, "labour.Employment.csv")]


def test_under_a_mapping_a_warning_names_the_columns_of_the_file(village: Village, tmp_path: Path) -> None:
    mapping = tmp_path / "stays.yaml"
    mapping.write_text(
        "stays:\n  version: 1\n  feed: police\n  label: {en: stays, zh: 同住}\n  facts:\n    - kind: Stay\n"
        "      columns: {person_id: {column: 人}, household_id: {column: 户}, member_role: {value: other},\n"
        "                has_shared_budget: {value: yes}, starts_on: {column: 起}}\n",
        encoding="utf-8",
    )
    path = village.write("list.csv", "人,户,起\n900,100,2020-01-01\n900,101,2021-01-01\n")
    (report,) = village.load(path, mapping=mapping).reports
    assert [(one.line, one.column, one.value, one.other_value) for one in report.warnings] == [(3, "户", "101", "100")]


def test_warnings_come_by_line(village: Village) -> None:
    rows = "901,101,head,yes,2020-01-01,\n903,102,head,yes,1890-01-01,\n901,100,other,yes,2206-01-01,\n"
    found = village.warnings("police.Stay.csv", STAYS + rows)
    assert [(one.line, one.code) for one in found] == [
        (3, "day_long_ago"),
        (4, "day_far_ahead"),
        (4, "two_households"),
    ]


def test_a_withdrawn_load_contradicts_nothing(village: Village) -> None:
    assert village.warnings("police.Stay.csv", STAYS + "900,100,head,yes,2020-01-01,\n") == []
    load_id = village.ledger.loads()["load_id"][-1].as_py()
    with village.ledger.writing() as writer:
        writer.withdraw(load_id, at=datetime(2026, 3, 1, 9, tzinfo=UTC), why="wrong county")
    assert village.warnings("visit.Stay.csv", STAYS + "900,101,head,yes,2021-01-01,\n") == []
