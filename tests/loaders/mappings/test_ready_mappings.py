"""Each ready mapping on a file as an office sends it, against facts that were worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from graph_schema import Schema
from loaders.identity import Identity
from loaders.mapping import ready_folder, ready_mapping
from loaders.report import LoadReport
from policy import load_policy
from tests.loaders.desk import Desk

HERE = Path(__file__).parent
TOLD = yaml.safe_load((HERE / "facts.yaml").read_text(encoding="utf-8"))
NUMBERS = TOLD.pop("numbers")
# After the last day that a file tells of.
RECORDED_AT = datetime(2026, 6, 1, 8, tzinfo=UTC)
SAMPLES = {"rice_households_2010": "tests/loaders/test_rice_households.py"}

Fact = Mapping[str, object]


class County:
    """One ledger that the files of all offices were loaded into, by name of the mapping."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.reports: dict[str, LoadReport] = {}
        policy = load_policy()
        for name in TOLD:
            path = HERE / "files" / f"{name}.csv"
            outcome = desk.load(path, mapping=Path(name), recorded_at=RECORDED_AT, policy=policy)
            (self.reports[name],) = outcome.reports

    def facts(self, kind: str, load_id: str | None) -> list[Fact]:
        """Return what a load says of a kind."""
        return [fact for fact in self._desk.ledger.facts(kind).to_pylist() if fact["load_id"] == load_id]

    def hidden(self, value: object) -> object:
        """Return the pseudonym where the value is the short name of a household or person."""
        if not isinstance(value, str) or value not in NUMBERS:
            return value
        return self._desk.identity.pseudonym("Household" if value[0] == "H" else "Person", NUMBERS[value])


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory, schema: Schema, identity: Identity) -> County:
    return County(Desk(tmp_path_factory.mktemp("county"), schema, identity))


def observed(fact: Sequence[object]) -> dict[str, object]:
    """Return an observation that is written short by its columns."""
    indicator, subject, value, day = fact
    return {
        "indicator_id": indicator,
        "area_id" if str(subject).isdigit() else "household_id": subject,
        "answer" if isinstance(value, str) else "number_value": value,
        "observed_on": day,
    }


def is_said(expected: Fact, fact: Fact) -> bool:
    return all(
        fact[name] == (pytest.approx(value) if isinstance(value, float) else value) for name, value in expected.items()
    )


@pytest.mark.parametrize("name", TOLD)
def test_a_file_as_the_office_sends_it_gives_the_facts_it_says(county: County, name: str) -> None:
    report = county.reports[name]
    assert (report.status, [(reject.column, reject.code, reject.value) for reject in report.rejects]) == ("loaded", [])
    assert report.is_made_up
    assert dict(report.by_kind).keys() == TOLD[name].keys()
    for kind, told in TOLD[name].items():
        facts = county.facts(kind, report.load_id)
        expected = [
            {column: county.hidden(value) for column, value in fact.items()}
            for fact in (observed(fact) if isinstance(fact, list) else fact for fact in told)
        ]
        for one in expected:
            assert [fact for fact in facts if is_said(one, fact)], f"{kind} {one} is not among {facts}"
        assert len(facts) == len(expected), kind


def test_every_feed_has_a_ready_mapping_of_its_name_and_every_mapping_a_file(schema: Schema) -> None:
    names = {path.stem for path in ready_folder().glob("*.yaml")}
    assert set(schema.feeds) <= names
    assert names == TOLD.keys() | SAMPLES.keys()


@pytest.mark.parametrize("name", TOLD)
def test_a_mapping_says_at_its_head_and_in_its_note_which_file_it_expects(name: str) -> None:
    path = ready_mapping(name)
    assert path is not None
    text = path.read_text(encoding="utf-8")
    mapping = yaml.safe_load(text)[name]
    assert text.startswith(f"# Expects {mapping['label']['zh']}")
    assert all(mapping["note"][language] for language in ("en", "zh"))
