"""An erasure takes everything that rests on what is erased, leaves the rest as it was, and no trace in any file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable

from graph_schema import Schema
from ledger import Erasure, Ledger, LedgerError, LedgerLocked, LoadRecord, NotInLedger, delta_care
from ledger.erase import JOURNAL_FILE
from tests.ledger.broken_off import BrokenOff, broken_off_at

MONDAY = datetime(2024, 6, 3, 8, tzinfo=UTC)
TUESDAY = datetime(2024, 6, 4, 8, tzinfo=UTC)
CHILD = Path(__file__).with_name("care_child.py")
GONE, STAYING, PERSON = "haaaaaaaaaaaaaaaa", "hbbbbbbbbbbbbbbbb", "pcccccccccccccccc"
NUMBER = "350624100100000001"
THEIRS = Erasure(
    {"Household": frozenset({GONE}), "Person": frozenset({PERSON})},
    "request 14",
    hanging=("ATTACHED_TO",),
    words=frozenset({NUMBER}),
)
Rows = dict[str, list[dict[str, object]]]
Load = Callable[..., str]

# What is said of the household that is erased, of one that stays, and of what the two have to do with each other.
FACTS: Rows = {
    "Household": [{"id": GONE, "head_name": "Zhang"}, {"id": STAYING, "head_name": "Li"}],
    "Person": [{"id": PERSON, "name": "Zhang"}, {"id": "pdddddddddddddddd", "name": "Li"}],
    "Stay": [
        {"id": "s1", "household_id": GONE, "person_id": PERSON},
        # The household that stays once had a member who has gone.
        {"id": "s2", "household_id": STAYING, "person_id": PERSON},
        {"id": "s3", "household_id": STAYING, "person_id": "pdddddddddddddddd"},
    ],
    "Observation": [
        {"id": f"I01-{GONE}", "household_id": GONE, "indicator_id": "I01"},
        {"id": f"I01-{STAYING}", "household_id": STAYING, "indicator_id": "I01"},
    ],
    "MonitoringCase": [{"id": "case 1", "household_id": GONE}, {"id": "case 2", "household_id": STAYING}],
    # It hangs on a case only, and names neither household nor person.
    "CaseEvent": [{"id": "e1", "monitoring_case_id": "case 1"}, {"id": "e2", "monitoring_case_id": "case 2"}],
    "Visit": [
        {"id": "v1", "household_id": GONE},
        {"id": "v2", "household_id": STAYING, "monitoring_case_id": "case 1", "note": "shares a well"},
        {"id": "v3", "household_id": STAYING, "note": f"户{NUMBER}借粮, not {NUMBER}9"},
    ],
    "Document": [
        {"id": "d1", "file_hash": "x"},
        {"id": "d2", "file_hash": "y"},
    ],
    "ATTACHED_TO": [
        {"from_id": "d1", "to_kind": "Visit", "to_id": "v1"},
        {"from_id": "d2", "to_kind": "Visit", "to_id": "v1"},
        {"from_id": "d2", "to_kind": "Visit", "to_id": "v3"},
    ],
    "Absence": [
        {"id": "a1", "absent_kind": "MonitoringCase", "absent_key": "case 1"},
        # A visit that has the name of a case of the household.
        {"id": "a2", "absent_kind": "Visit", "absent_key": "case 1"},
    ],
}
LEFT = {
    "Household": [STAYING],
    "Person": ["pdddddddddddddddd"],
    "Stay": ["s3"],
    "Observation": [f"I01-{STAYING}"],
    "MonitoringCase": ["case 2"],
    "CaseEvent": ["e2"],
    "Visit": ["v2", "v3"],
    "Document": ["d2"],
    "Absence": ["a2"],
}


@pytest.fixture
def ledger(tmp_path: Path, schema: Schema) -> Ledger:
    return Ledger.open(tmp_path / "data", schema)


@pytest.fixture
def load(ledger: Ledger, record: Callable[..., LoadRecord]) -> Load:
    """Append rows of several kinds as one load that counts unless it is told otherwise; return its id."""

    def loaded(rows: Rows, *, counts: bool = True) -> str:
        with ledger.writing() as writer:
            load_id = writer.begin(feed="civil", started_at=MONDAY)
            plain = {"recorded_at": MONDAY, "feed": "civil", "load_id": load_id, "is_made_up": False}
            for kind, own in rows.items():
                filled = [{"source_row": place, **plain, **row} for place, row in enumerate(own, start=2)]
                writer.append(load_id, kind, pa.Table.from_pylist(filled, schema=ledger.arrow_schema(kind)))
            if counts:
                writer.count(record(load_id, file_hash=load_id))
        return load_id

    return loaded


def ids(ledger: Ledger) -> dict[str, list[str]]:
    found = {kind: ledger.stored_facts(kind, columns=["id"], where={})["id"].to_pylist() for kind in LEFT}
    return {kind: sorted(each) for kind, each in found.items()}


def telling_files(ledger: Ledger) -> list[str]:
    """Return the files of the data folder that hold one of the pseudonyms or the number."""
    texts = [text.encode() for text in (GONE, PERSON, NUMBER + "借")]
    files = [path for path in ledger.folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(text in path.read_bytes() for text in texts)]


def test_what_rests_on_the_household_goes_and_everything_else_stays(ledger: Ledger, load: Load) -> None:
    load(FACTS)
    planned = ledger.plan_erasure(THEIRS)
    assert telling_files(ledger)
    done = ledger.erase(THEIRS, at=TUESDAY)
    assert ids(ledger) == LEFT
    assert ledger.facts("ATTACHED_TO", columns=["from_id", "to_id"]).to_pylist() == [{"from_id": "d2", "to_id": "v3"}]
    # A row each, two stays, the document that was attached to nothing else, and two attachments.
    gone = {"Household": 1, "Person": 1, "Stay": 2, "Observation": 1, "MonitoringCase": 1, "CaseEvent": 1, "Visit": 1}
    gone |= {"Document": 1, "ATTACHED_TO": 2, "Absence": 1}
    assert {kind: count for kind, count in done.rows.items() if count} == gone
    assert planned == done


def test_a_reference_that_a_row_can_do_without_is_emptied_and_a_word_replaced(ledger: Ledger, load: Load) -> None:
    load(FACTS)
    assert ledger.erase(THEIRS, at=TUESDAY).emptied["Visit"] == 2
    found = ledger.facts("Visit", columns=["id", "monitoring_case_id", "note"]).to_pylist()
    assert found == [
        {"id": "v2", "monitoring_case_id": None, "note": "shares a well"},
        {"id": "v3", "monitoring_case_id": None, "note": f"户***借粮, not {NUMBER}9"},
    ]


def test_no_file_tells_afterwards_who_was_erased(ledger: Ledger, load: Load) -> None:
    theirs: Rows = {"Observation": [{"id": f"I02-{GONE}", "household_id": GONE}]}
    withdrawn = load(theirs)
    load(theirs, counts=False)
    load(FACTS)
    # Replaced files stay for readers, and a killed writer leaves half a file.
    ledger.compact()
    load({"Observation": [{"id": "other", "household_id": STAYING}]})
    with ledger.writing() as writer:
        writer.withdraw(withdrawn, MONDAY, "wrong file")
    (ledger.folder / "ledger" / "household" / "part-9.parquet#1").write_text(GONE, encoding="utf-8")
    assert len(telling_files(ledger)) > 5
    ledger.erase(THEIRS, at=TUESDAY)
    assert telling_files(ledger) == []
    assert sorted(ledger.facts("Observation")["id"].to_pylist()) == [f"I01-{STAYING}", "other"]


def test_the_record_says_when_why_and_how_many_and_nothing_else(ledger: Ledger, load: Load) -> None:
    load(FACTS)
    before = (ledger.version, ledger.all_loads().to_pylist())
    assert not ledger.is_erased_since(before[0])
    done = ledger.erase(THEIRS, at=TUESDAY)
    (event,) = ledger.erasures().to_pylist()
    assert event == {"sequence": 1, "recorded_at": TUESDAY, "why": "request 14", "erased_count": done.row_count}
    assert (ledger.version, ledger.all_loads().to_pylist()) == (1, before[1])
    assert ledger.is_erased_since(before[0])
    rows = DeltaTable(ledger.folder / "ledger" / "loads").to_pyarrow_table().to_pylist()
    (row,) = [row for row in rows if row["event"] == "erased"]
    assert {name for name, value in row.items() if value is not None} == {"event", *event}


def test_earlier_versions_and_days_lack_what_was_erased(ledger: Ledger, load: Load) -> None:
    load(FACTS)
    ledger.erase(THEIRS, at=TUESDAY)
    assert ledger.facts("Household", loads_version=0)["id"].to_pylist() == [STAYING]
    assert ledger.facts("Household", as_of=MONDAY)["id"].to_pylist() == [STAYING]


def test_the_ledger_takes_in_loads_and_is_compacted_afterwards(ledger: Ledger, load: Load) -> None:
    load(FACTS)
    ledger.erase(THEIRS, at=TUESDAY)
    load({"Household": [{"id": "hx"}]})
    ledger.compact()
    assert ledger.facts("Household")["id"].to_pylist() == [STAYING, "hx"]


@pytest.mark.parametrize("erased", [{}, {"Household": frozenset()}, {"Household": frozenset({"hunknown"})}])
def test_what_is_not_there_cannot_be_erased(erased: dict[str, frozenset[str]], ledger: Ledger, load: Load) -> None:
    load(FACTS)
    before = ids(ledger)
    with pytest.raises(NotInLedger) as caught:
        ledger.erase(Erasure(erased, "why"), at=TUESDAY)
    assert caught.value.code == "nothing_to_erase"
    assert (ids(ledger), ledger.version) == (before, 0)


def test_nothing_is_erased_while_somebody_else_writes(ledger: Ledger, load: Load, schema: Schema) -> None:
    load(FACTS)
    with Ledger.open(ledger.folder, schema).writing(), pytest.raises(LedgerLocked):
        ledger.erase(THEIRS, at=TUESDAY)
    assert ledger.facts("Household").num_rows == 2


def test_a_disk_that_takes_nothing_more_leaves_everything_as_it_was(
    ledger: Ledger, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    load(FACTS)
    before = ids(ledger)
    monkeypatch.setattr(delta_care, "sync_table", full)
    with pytest.raises(LedgerError) as caught:
        ledger.erase(THEIRS, at=TUESDAY)
    assert caught.value.code == "care_failed"
    assert (ids(ledger), ledger.version, (ledger.folder / "ledger.aside").exists()) == (before, 0, False)


def test_broken_off_at_any_step_all_of_it_is_there_or_gone(ledger: Ledger, load: Load, schema: Schema) -> None:
    some: Rows = {kind: FACTS[kind] for kind in ("Household", "Person", "Stay")}
    step, is_done, was_begun = 0, False, set()
    while not is_done:
        step += 1
        load(some)
        before = ids(ledger)
        with broken_off_at(step):
            try:
                ledger.erase(THEIRS, at=TUESDAY)
                is_done = True
            except BrokenOff:
                was_begun.add((ledger.folder / JOURNAL_FILE).exists())
        # Whoever opens it next finds all of it, or brings to its end what was begun.
        again = Ledger.open(ledger.folder, schema)
        if ids(again) == before:
            again.erase(THEIRS, at=TUESDAY)
        assert (set(ids(again)["Household"]), set(ids(again)["Stay"])) == ({STAYING}, {"s3"})
        assert not (ledger.folder / JOURNAL_FILE).exists()
        assert telling_files(again) == []
        # It is recorded once for each turn, however it ended.
        assert again.erasures().num_rows == step
    assert was_begun == {True, False}


def test_another_process_that_reads_sees_all_of_it_or_none(ledger: Ledger, load: Load) -> None:
    load({"Observation": [{"id": f"{place}", "household_id": STAYING} for place in range(500)]})
    command = [sys.executable, str(CHILD), str(ledger.folder), "read"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603  our own script
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    for turn in range(4):
        load({"Observation": [{"id": f"{turn}-{place}", "household_id": GONE} for place in range(100)]})
        ledger.erase(THEIRS, at=TUESDAY)
    seen, _ = child.communicate()
    assert child.returncode == 0
    assert set(map(int, seen.split())) <= {500, 600}
