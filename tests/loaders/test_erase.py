"""A household is erased with what its people left behind: in the ledger, in rejects files, in the graph."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from graph_schema import Schema
from graph_store import GraphStore
from ledger.errors import LedgerError
from loaders.erase import DataFolder, HouseholdUnknown, erase_household, preview_erasure
from loaders.errors import LoadError
from loaders.graph_update import bring_up_to_date
from loaders.identity import Identity
from loaders.spool import PROGRESS_FILE, SPOOL_FOLDER, make_job_folder
from policy import Policy, load_policy
from tests.loaders.desk import RECORDED_AT, Desk

DAY = date(2026, 3, 1)
LATER = datetime(2026, 3, 2, 8, tzinfo=UTC)
# Zhang, Wang and their grown daughter; Li, to whom the daughter moved; a household whose number begins like theirs.
THEIRS, OTHER, LIKE = "350624100100000001", "350624100100000002", "3506241001000000019"
ZHANG, WANG, DAUGHTER, LI = "35062419900101123X", "350624199201011234", "350624201001011234", "350624199301011234"
HOUSEHOLDS = f"""id,head_name,member_count,household_status
{THEIRS},张三,3,active
{OTHER},李四,2,active
{LIKE},赵六,1,active
"""
PERSONS = f"id,name\n{ZHANG},张三\n{WANG},王五\n{DAUGHTER},张小妹\n{LI},李四\n"
STAYS = f"""household_id,person_id,member_role,has_shared_budget,starts_on,ends_on
{THEIRS},{ZHANG},head,true,2015-01-01,
{THEIRS},{WANG},spouse,true,2015-01-01,
{OTHER},{WANG},other,true,2010-01-01,2014-12-31
{THEIRS},{DAUGHTER},child,true,2015-01-01,2024-06-30
{OTHER},{DAUGHTER},other,true,2024-07-01,
{OTHER},{LI},head,true,2015-01-01,
"""
REJECTED = f"""id,head_name,member_count,household_status
{THEIRS},张三,-1,active
{OTHER},李四,-2,active
{LIKE},赵六,-3,active
{"".join(chr(ord(digit) + 0xFEE0) for digit in THEIRS)},,-4,active
,张三,-5,active
"""
REQUEST = "request 14"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, schema: Schema, identity: Identity) -> Path:
    """Return a folder with a desk at which three households were loaded; to be copied."""
    desk = Desk(tmp_path_factory.mktemp("loaded"), schema, identity)
    for name, text in (("Household", HOUSEHOLDS), ("Person", PERSONS), ("Stay", STAYS)):
        (report,) = desk.load(desk.write(f"police.{name}.csv", text)).reports
        assert report.rows.rejected == 0, [reject.what("en") for reject in report.rejects]
    return desk.feeds.parent


@pytest.fixture
def county(loaded: Path, tmp_path: Path, schema: Schema, identity: Identity) -> Desk:
    """Return a desk of this test's own with three households."""
    shutil.copytree(loaded / "data", tmp_path / "data")
    desk = Desk(tmp_path, schema, identity)
    shutil.copytree(loaded / "feeds", desk.feeds, dirs_exist_ok=True)
    return desk


@pytest.fixture
def data(county: Desk) -> DataFolder:
    return DataFolder(county.ledger, county.identity, county.rejects)


def held(desk: Desk, kind: str) -> set[str]:
    return set(desk.ledger.facts(kind, columns=["id"])["id"].to_pylist())


def test_its_people_go_with_it_but_not_who_lives_in_another_household(county: Desk, data: DataFolder) -> None:
    report = erase_household(data, THEIRS, at=LATER, why=REQUEST)
    # Wang had left the other household before she came; the daughter has moved there since.
    assert report.person_count == 2
    assert report.rows == {"Household": 1, "Person": 2, "Stay": 4}
    assert held(county, "Household") == set(county.identity.pseudonyms("Household", [OTHER, LIKE]))
    assert held(county, "Person") == set(county.identity.pseudonyms("Person", [DAUGHTER, LI]))
    stays = county.ledger.facts("Stay", columns=["person_id"])["person_id"].to_pylist()
    assert sorted(stays) == sorted(county.identity.pseudonyms("Person", [DAUGHTER, LI]))


def test_a_preview_tells_the_same_and_changes_nothing(county: Desk, data: DataFolder) -> None:
    county.load(county.write("police.Household.more.csv", REJECTED), feed="police", kind="Household")
    before = {path: path.read_bytes() for path in county.rejects.iterdir()}
    planned = preview_erasure(data, f" {THEIRS} ")
    assert len(held(county, "Household")) == 3
    assert {path: path.read_bytes() for path in county.rejects.iterdir()} == before
    done = erase_household(data, THEIRS, at=LATER, why=REQUEST)
    assert (planned.rows, planned.rejected_row_count) == (done.rows, done.rejected_row_count)
    assert (planned.is_done, done.is_done) == (False, True)


def test_rejected_rows_that_name_them_go_and_the_others_stay(county: Desk, data: DataFolder) -> None:
    county.load(county.write("police.Household.more.csv", REJECTED), feed="police", kind="Household")
    wrong = f"id,name,birth_year\n{WANG},王五,x\n{LI},李四,x\n"
    county.load(county.write("police.Person.more.csv", wrong), feed="police", kind="Person")
    only = county.load(county.write("police.Person.only.csv", f"id,birth_year\n{ZHANG},x\n"), kind="Person")
    # What came of a file that was sent to a server says what stands in the rows that were rejected.
    job = make_job_folder(county.ledger.folder / SPOOL_FOLDER, "a" * 32)
    (job / PROGRESS_FILE).write_text("{}")
    report = erase_household(data, THEIRS, at=LATER, why=REQUEST)
    assert not job.exists()
    # By its number, by its number in wide digits, by a name in a row without a number; Wang, and Zhang alone.
    assert report.rejected_row_count == 5
    text = "".join(path.read_text(encoding="utf-8-sig") for path in county.rejects.iterdir())
    kept = [line.partition(",")[0] for line in text.splitlines() if not line.startswith("id,")]
    assert sorted(kept) == sorted([OTHER, LIKE, LI])
    # A file of which nothing is left is gone.
    rejects_file = only.reports[0].rejects_file
    assert rejects_file is not None
    assert not rejects_file.exists()
    # What is left still loads, once it is corrected.
    (first,) = [path for path in county.rejects.iterdir() if "Household" in path.name]
    corrected = first.read_text(encoding="utf-8-sig").replace(",-2,", ",2,").replace(",-3,", ",3,")
    (again,) = county.load(county.write("corrected.csv", corrected), feed="police", kind="Household").reports
    assert (again.rows.accepted, again.rows.rejected) == (2, 0)


def test_the_same_file_is_skipped_but_any_other_brings_the_household_back(county: Desk, data: DataFolder) -> None:
    first = county.ledger.loads()["load_id"][0].as_py()
    erase_household(data, THEIRS, at=LATER, why=REQUEST)
    feed = county.feeds / "police.Household.csv"
    assert [report.status for report in county.load(feed).reports] == ["known"]
    assert len(held(county, "Household")) == 2
    # Nothing remembers who was erased, so what a department says anew is taken in as new.
    with county.ledger.writing() as writer:
        writer.withdraw(first, LATER, "wrong file")
    assert [report.status for report in county.load(feed).reports] == ["loaded"]
    assert len(held(county, "Household")) == 3


@pytest.mark.parametrize("why", [f"of {THEIRS}", f"of {WANG}, as asked", "张三 asked", f"({ZHANG})"])
def test_a_reason_that_tells_who_it_is_is_refused(why: str, county: Desk, data: DataFolder) -> None:
    with pytest.raises(LoadError) as caught:
        erase_household(data, THEIRS, at=LATER, why=why)
    assert caught.value.code == "why_tells_who"
    assert len(held(county, "Household")) == 3


@pytest.mark.parametrize("number", ["350624100100009999", "", "  ", THEIRS[:-1]])
def test_a_household_of_which_nothing_is_known_is_told(number: str, county: Desk, data: DataFolder) -> None:
    county.load(county.write("police.Household.more.csv", REJECTED), feed="police", kind="Household")
    with pytest.raises(HouseholdUnknown) as caught:
        preview_erasure(data, number)
    assert caught.value.code == "household_unknown"
    with pytest.raises(HouseholdUnknown):
        erase_household(data, number, at=LATER, why=REQUEST)
    assert len(held(county, "Household")) == 3


def test_a_household_known_from_rejected_rows_alone_is_erased(county: Desk, data: DataFolder) -> None:
    county.load(county.write("police.Household.more.csv", f"id,member_count\n{THEIRS}7,-1\n"), kind="Household")
    report = erase_household(data, f"{THEIRS}7", at=LATER, why=REQUEST)
    assert (report.row_count, report.rejected_row_count, county.ledger.erasures().num_rows) == (0, 1, 0)
    assert list(county.rejects.iterdir()) == []


def test_entries_of_the_list_of_loads_that_name_it_are_counted(county: Desk, data: DataFolder) -> None:
    first = county.ledger.loads()["load_id"][0].as_py()
    with county.ledger.writing() as writer:
        writer.withdraw(first, RECORDED_AT, f"twice: {THEIRS}")
    assert preview_erasure(data, THEIRS).load_count == 1
    assert preview_erasure(data, OTHER).load_count == 0


def test_after_a_full_disk_the_household_is_found_and_erased_again(
    county: Desk, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patch:
        patch.setattr("ledger.delta_care.sync_table", full)
        with pytest.raises(LedgerError) as caught:
            erase_household(data, THEIRS, at=LATER, why=REQUEST)
    assert caught.value.code == "care_failed"
    assert erase_household(data, THEIRS, at=LATER, why=REQUEST).row_count == 7


def test_the_graph_of_either_engine_is_made_anew_without_it(
    county: Desk, data: DataFolder, store: GraphStore, schema: Schema, policy: Policy
) -> None:
    bring_up_to_date(store, county.ledger, schema, policy, day=DAY)
    theirs = county.identity.pseudonym("Household", THEIRS)
    assert theirs in store.dump_nodes("Household")["id"].tolist()
    erase_household(data, THEIRS, at=LATER, why=REQUEST)
    assert bring_up_to_date(store, county.ledger, schema, policy, day=DAY).mode == "rebuilt"
    left = {kind: store.dump_nodes(kind)["id"].tolist() for kind in ("Household", "Person")}
    assert left["Household"] == sorted(county.identity.pseudonyms("Household", [OTHER, LIKE]))
    assert left["Person"] == sorted(county.identity.pseudonyms("Person", [DAUGHTER, LI]))


def test_graphs_that_nobody_brings_up_to_date_are_removed(county: Desk, data: DataFolder) -> None:
    folder = county.ledger.folder / "graph"
    folder.mkdir()
    for name in ("graph.kgl", "graph.kgl.tmp.12.3"):
        (folder / name).touch()
    erase_household(data, THEIRS, at=LATER, why=REQUEST)
    assert [path.name for path in folder.iterdir()] == ["graph.kgl"]
    # With the graph on a server, that of the folder is from before.
    erase_household(DataFolder(data.ledger, data.identity, data.rejects, has_graph=False), OTHER, at=LATER, why=REQUEST)
    assert list(folder.iterdir()) == []
