"""Versions of the network are kept whole beside each other, and a person says which is in use."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from analysis.fetch.kept_risk import network_in_use, network_versions, newest_network
from analysis.risk.kept_parts import network_text
from analysis.risk.network import network_of_schema
from graph_schema import Schema
from ledger import Ledger
from loaders.errors import LoadError
from loaders.kept.network_versions import NewNetworkVersion, adopt_network_version, keep_network_version

NOW = datetime(2026, 5, 20, 8, tzinfo=UTC)
UPWARD = ["350624101", "350624", "350600", "350000"]


@pytest.fixture
def ledger(tmp_path: Path, schema: Schema) -> Ledger:
    return Ledger.open(tmp_path / "data", schema)


def version(version_id: str, area_id: str | None = None, *, learned_on: date = date(2026, 5, 1)) -> NewNetworkVersion:
    return NewNetworkVersion(
        id=version_id,
        name=version_id,
        learned_on=learned_on,
        data_on=date(2026, 4, 30),
        vocabulary_version="1",
        content_json='{"nodes":[{"code":"A"},{"code":"S","state":true}],"links":[]}',
        verdicts_json='{"K1":{"verdict":"supported"}}' if area_id else None,
        area_id=area_id,
    )


def test_a_kept_network_comes_back_as_it_was(ledger: Ledger, schema: Schema) -> None:
    network = network_of_schema(schema)
    kept = keep_network_version(
        ledger, replace(version("vocabulary-1"), content_json=network_text(network)), recorded_at=NOW
    )
    (found,) = network_versions(ledger)

    assert kept is not None
    assert (found.id, found.area_id, found.verdicts, found.adopted_on) == ("vocabulary-1", None, {}, None)
    assert (found.learned_on, found.data_on, found.recorded_at) == (date(2026, 5, 1), date(2026, 4, 30), NOW)
    assert found.network() == network


def test_the_same_version_is_kept_once_and_another_network_under_its_id_is_refused(ledger: Ledger) -> None:
    first = version("v1")
    keep_network_version(ledger, first, recorded_at=NOW)
    before = ledger.version
    spaced = replace(first, content_json='{"links": [], "nodes": [{"code": "A"}, {"state": true, "code": "S"}]}')

    assert keep_network_version(ledger, spaced, recorded_at=NOW) is None
    with pytest.raises(LoadError) as caught:
        keep_network_version(ledger, replace(first, content_json='{"nodes":[],"links":[]}'), recorded_at=NOW)
    assert (caught.value.code, ledger.version) == ("risk_kept_other_network", before)


@pytest.mark.parametrize(
    "wrong", [replace(version("v1"), content_json="{nodes"), replace(version("v1"), verdicts_json="{nodes")]
)
def test_what_is_no_json_is_refused(ledger: Ledger, wrong: NewNetworkVersion) -> None:
    with pytest.raises(LoadError) as caught:
        keep_network_version(ledger, wrong, recorded_at=NOW)
    assert caught.value.code == "risk_kept_not_json"


def test_nothing_is_in_use_before_somebody_adopts_it(ledger: Ledger) -> None:
    keep_network_version(ledger, version("learned-1", "350624"), recorded_at=NOW)

    assert network_in_use(network_versions(ledger), UPWARD, date(2026, 6, 1)) is None


def test_the_adopted_version_of_the_nearest_area_is_in_use_from_its_day_on(ledger: Ledger) -> None:
    for version_id, area_id in (("all", None), ("city", "350600"), ("county", "350624"), ("elsewhere", "445200")):
        keep_network_version(ledger, version(version_id, area_id), recorded_at=NOW)
    for version_id, on in (("all", 1), ("city", 1), ("county", 10), ("elsewhere", 1)):
        adopt_network_version(
            ledger, version_id, adopted_on=date(2026, 6, on), reason="agreed on", recorded_at=NOW + timedelta(days=1)
        )
    versions = network_versions(ledger)
    used = {
        day: found and found.id for day in (1, 9, 10) if (found := network_in_use(versions, UPWARD, date(2026, 6, day)))
    }

    assert network_in_use(versions, UPWARD, date(2026, 5, 31)) is None
    assert used == {1: "city", 9: "city", 10: "county"}
    found = network_in_use(versions, ["370000"], date(2026, 6, 10))
    assert found is not None
    assert (found.id, found.reason, found.adopted_on) == ("all", "agreed on", date(2026, 6, 1))


def test_of_two_versions_the_one_adopted_last_is_in_use(ledger: Ledger) -> None:
    for version_id, on in (("second", date(2026, 7, 1)), ("first", date(2026, 6, 1))):
        keep_network_version(ledger, version(version_id, "350624"), recorded_at=NOW)
        adopt_network_version(ledger, version_id, adopted_on=on, reason="agreed on", recorded_at=NOW)
    found = network_in_use(network_versions(ledger), UPWARD, date(2026, 8, 1))

    assert found is not None
    assert found.id == "second"


def test_an_adoption_is_taken_back_with_its_load(ledger: Ledger) -> None:
    keep_network_version(ledger, version("v1", "350624"), recorded_at=NOW)
    adopted = adopt_network_version(ledger, "v1", adopted_on=date(2026, 6, 1), reason="agreed on", recorded_at=NOW)
    with ledger.writing() as writer:
        writer.withdraw(adopted.load_id, NOW, "not agreed on")
    versions = network_versions(ledger)

    assert ([each.adopted_on for each in versions], network_in_use(versions, UPWARD, date(2026, 7, 1))) == (
        [None],
        None,
    )


def test_a_version_that_was_taken_back_is_none_any_more_though_it_was_adopted(ledger: Ledger) -> None:
    kept = keep_network_version(ledger, version("v1", "350624"), recorded_at=NOW)
    assert kept is not None
    adopt_network_version(ledger, "v1", adopted_on=date(2026, 6, 1), reason="agreed on", recorded_at=NOW)
    with ledger.writing() as writer:
        writer.withdraw(kept.load_id, NOW, "wrong data")

    assert network_versions(ledger) == []


def test_a_version_that_is_not_kept_cannot_be_adopted(ledger: Ledger) -> None:
    with pytest.raises(LoadError, match="v9"):
        adopt_network_version(ledger, "v9", adopted_on=date(2026, 6, 1), reason="agreed on", recorded_at=NOW)


def test_the_newest_version_is_the_one_learned_last_for_the_area(ledger: Ledger) -> None:
    for version_id, area_id, on in (("b", "350624", 2), ("a", "350624", 1), ("c", None, 3)):
        keep_network_version(ledger, version(version_id, area_id, learned_on=date(2026, 5, on)), recorded_at=NOW)
    versions = network_versions(ledger)

    newest = [newest_network(versions, area_id) for area_id in ("350624", None, "445200")]
    assert [each and each.id for each in newest] == ["b", "c", None]
