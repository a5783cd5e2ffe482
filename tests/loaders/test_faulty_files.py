"""What loading says of every faulty file in `faulty/`, word for word in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from graph_schema import Schema
from graph_schema.errors import PlumlineError
from graph_schema.messages import LANGUAGES
from loaders.errors import LoadError
from loaders.identity import Identity
from loaders.reject import Reject
from loaders.report import Counts, LoadReport
from policy import Policy, load_policy
from tests.loaders.faulty.fault_file import FaultFile, Told, fault_files
from tests.loaders.policy_desk import PolicyDesk, ready_mappings_read_once

FAULTS = fault_files()
LEAST_FAULTS = 60
LOADERS = Path(str(files("loaders")))
ON_THE_WAY = ("checks", "files", "rows")
STEPS = ("load_plan.py", "load_writing.py", "loading.py", "run.py", "snapshot_groups.py")


@pytest.fixture(scope="module", autouse=True)
def mappings(schema: Schema) -> Iterator[None]:
    with ready_mappings_read_once(schema):
        yield


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy()


@pytest.fixture
def desk(tmp_path: Path, schema: Schema, identity: Identity, policy: Policy) -> PolicyDesk:
    return PolicyDesk(tmp_path, schema, identity, policy)


def loaded(desk: PolicyDesk, fault: FaultFile) -> LoadReport:
    """Load the file of an entry, after what comes before it, and return its report."""
    for name, text in fault.before.items():
        assert desk.load(desk.write(name, text)).is_complete
    mapping = None if fault.mapping is None else desk.write("../mapping.yaml", fault.mapping)
    path = desk.write(fault.file, fault.content())
    others = [desk.write(name, text) for name, text in fault.beside.items()]
    feeds = [other for other in others if other.suffix == ".csv"]
    feed, kind = fault.options.get("feed"), fault.options.get("kind")
    reports = desk.load(path, *feeds, feed=feed, kind=kind, mapping=mapping).reports
    return next(report for report in reports if report.file == path)


def words(told: Reject | PlumlineError) -> dict[str, tuple[str, str]]:
    """Return what is wrong and what to do, by language."""
    return {language: (told.what(language), told.remedy(language)) for language in LANGUAGES}


def expected_words(fault: Told, desk: PolicyDesk) -> dict[str, tuple[str, str]]:
    """Return the words of an entry; it cannot know the folder of the test and the id of a load."""
    loads = desk.ledger.loads()["load_id"].to_pylist()
    places = {"{folder}": str(desk.feeds), "{load_id}": loads[-1] if loads else ""}

    def filled(text: str) -> str:
        for place, value in places.items():
            text = text.replace(place, value)
        return text

    assert fault.en is not None
    assert fault.zh is not None
    return {"en": (filled(fault.en[0]), filled(fault.en[1])), "zh": (filled(fault.zh[0]), filled(fault.zh[1]))}


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_file_is_told_word_for_word(desk: PolicyDesk, name: str) -> None:
    fault = FAULTS[name]
    report = loaded(desk, fault)
    assert (report.status, report.rows) == (fault.status, Counts(*fault.rows))
    told = [one for one in (fault, fault.then) if one is not None and one.code is not None]
    if fault.status == "loaded":
        found = report.rejects[: len(told)]
        assert [((reject.line, reject.column), reject.code) for reject in found] == [(one.at, one.code) for one in told]
        assert bool(report.rejects) == bool(told)
        assert [words(reject) for reject in found] == [expected_words(one, desk) for one in told]
    else:
        assert report.reason is not None
        assert report.reason.code == fault.code
        assert words(report.reason) == expected_words(fault, desk)


@pytest.mark.parametrize("name", FAULTS)
def test_no_word_about_a_fault_is_a_place_left_open(name: str) -> None:
    fault = FAULTS[name]
    texts = [text for told in (fault.en, fault.zh) for text in told or ()]
    assert [text for text in texts if not text.strip() or "None" in text] == []


def codes_a_file_can_cause() -> set[str]:
    """Return the codes of the catalogue that stand in the code which a file passes on its way into the ledger."""
    modules = [path for folder in ON_THE_WAY for path in sorted((LOADERS / folder).rglob("*.py"))]
    text = "".join(path.read_text(encoding="utf-8") for path in (*modules, *(LOADERS / name for name in STEPS)))
    quoted = set(re.findall(r'"([a-z_]+)"', text))
    return {code for code, message in LoadError.catalogue.messages.items() if message.remedy and code in quoted}


def test_every_fault_of_a_file_has_an_entry_or_a_test_of_its_own() -> None:
    told = {one.code for fault in FAULTS.values() for one in (fault, fault.then) if one is not None}
    texts = [path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("test_*.py")]
    named = {code for text in texts for code in re.findall(r'"([a-z_]+)"', text)}
    assert sorted(codes_a_file_can_cause() - told - named) == []


def test_there_are_faults_enough() -> None:
    assert len(FAULTS) >= LEAST_FAULTS
