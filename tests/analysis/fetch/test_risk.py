"""What the cause engine needs of households comes out of the tiny graph as worked out by hand, on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from analysis.errors import SubjectNotFound
from analysis.fetch import risk as fetch
from analysis.fetch.risk import ToldNumbers, risk_of_all, risk_of_area, risk_of_household, risk_of_households
from analysis.risk.findings import STATUSES
from analysis.risk.households import RiskHouseholds
from analysis.risk.measures import MET, NOT_MET, UNKNOWN, RiskMeasures, measures_of_schema
from analysis.risk.network import RiskNetwork, network_of_schema
from graph_schema import Schema
from graph_store import GraphStore
from ledger import Ledger
from tests.analysis.history.told import DiskLedger, Told

DAY = date(2026, 5, 20)
Found = list[tuple[str, str, float, float]]


@pytest.fixture(scope="module")
def network(schema: Schema) -> RiskNetwork:
    return network_of_schema(schema)


@pytest.fixture(scope="module")
def measures(schema: Schema, network: RiskNetwork) -> RiskMeasures:
    return measures_of_schema(schema, network)


@pytest.fixture
def everybody(tiny_store: GraphStore, network: RiskNetwork, measures: RiskMeasures) -> RiskHouseholds:
    return risk_of_all(tiny_store, network, measures, DAY)


def found_at(households: RiskHouseholds, network: RiskNetwork, household_id: str) -> Found:
    """Return cause, status, confidence and severity of each finding of a household."""
    findings = households.findings
    own = np.flatnonzero(findings.household == households.row_of(household_id))
    return [
        (
            network.codes[findings.cause[row]],
            STATUSES[findings.status[row]],
            float(findings.confidence[row]),
            float(findings.severity[row]),
        )
        for row in own
    ]


def asked(households: RiskHouseholds, measures: RiskMeasures, prerequisite: str) -> dict[str, int]:
    """Return by household what a prerequisite comes to at the first measure that asks for it."""
    place = next(place for place, each in enumerate(measures.measures) if each.prerequisite == prerequisite)
    return dict(zip(households.ids, households.prerequisites[:, place].tolist(), strict=True))


def same(one: RiskHouseholds, other: RiskHouseholds) -> bool:
    names = ("household", "cause", "status", "confidence", "severity", "properties")
    return (
        (one.ids, one.place_of) == (other.ids, other.place_of)
        and all(np.array_equal(getattr(one.findings, name), getattr(other.findings, name)) for name in names)
        and all(
            np.array_equal(getattr(one, name), getattr(other, name))
            for name in ("running", "prerequisites", "data_age_days", "is_made_up")
        )
    )


def test_every_active_household_is_there_with_the_place_it_lives_in(everybody: RiskHouseholds) -> None:
    assert dict(zip(everybody.ids, everybody.place_of, strict=True)) == {
        "h1": "350624101201",
        "h2": "350624101201",
        "h3": "350624101201",
        "h4": "350624101201-01",
        "h5": "350624101202",
        "h6": "350624101202",
        "h7": "350624105201",
        "h8": "350624105201",
    }
    assert everybody.is_made_up.all()


def test_open_and_refuted_findings_come_and_ended_ones_do_not(everybody: RiskHouseholds, network: RiskNetwork) -> None:
    assert found_at(everybody, network, "h1") == [("M02", "suspected", 0.6, 0.4), ("M03", "confirmed", 1.0, 0.6)]
    assert found_at(everybody, network, "h2") == [
        ("E02", "refuted", 0.4, 0.6),
        ("H01", "confirmed", 1.0, 0.8),
        ("H07", "suspected", 0.6, 0.2),
    ]
    assert found_at(everybody, network, "h8") == []


def test_a_rule_holds_only_where_the_property_is_known_and_meets_it(
    everybody: RiskHouseholds, network: RiskNetwork
) -> None:
    assert everybody.findings.properties is not None
    holds = {
        rule: [everybody.ids[row] for row in np.flatnonzero(everybody.findings.properties[:, place])]
        for place, rule in enumerate(network.property_rules)
    }

    # The resilience of h1 is 0.4 exactly; that of the others is unknown.
    assert holds == {
        "Household.resilience_share < 0.4": [],
        "Household.resilience_share >= 0.8": [],
        "Household.migrant_worker_count >= 1": ["h2", "h6"],
        "Household.productive_investment_fen > 0": ["h1"],
    }


def test_only_help_that_runs_counts_also_that_for_a_member(everybody: RiskHouseholds, measures: RiskMeasures) -> None:
    running = [(everybody.ids[row], measures.code_of[place]) for row, place in np.argwhere(everybody.running)]

    assert running == [("h1", "B36"), ("h2", "B25"), ("h8", "B06")]


def test_prerequisites_are_met_not_met_or_unknown(everybody: RiskHouseholds, measures: RiskMeasures) -> None:
    workers = dict.fromkeys(everybody.ids, MET) | {"h4": NOT_MET, "h8": UNKNOWN}
    nobody_tells = dict.fromkeys(everybody.ids, UNKNOWN)

    assert asked(everybody, measures, "worker") == workers
    assert asked(everybody, measures, "no_worker") == {
        household_id: {MET: NOT_MET, NOT_MET: MET, UNKNOWN: UNKNOWN}[value] for household_id, value in workers.items()
    }
    assert asked(everybody, measures, "student") == nobody_tells | {"h2": MET}
    assert asked(everybody, measures, "lot") == nobody_tells | {"h1": MET, "h2": MET, "h4": MET, "h7": MET}
    assert asked(everybody, measures, "insured") == nobody_tells
    assert asked(everybody, measures, "project") == nobody_tells
    free = next(place for place, each in enumerate(measures.measures) if each.prerequisite is None)
    assert (everybody.prerequisites[:, free] == MET).all()


def test_the_age_of_the_data_is_that_of_the_oldest_finding_used(everybody: RiskHouseholds) -> None:
    ages = dict(zip(everybody.ids, everybody.data_age_days.tolist(), strict=True))

    # From 2026-03-01, from 2025-10-01, from 2026-02-01 (refuted).
    assert (ages["h1"], ages["h2"], ages["h5"], ages["h8"]) == (80, 231, 108, 0)


def test_an_area_has_the_households_at_and_below_it(
    tiny_store: GraphStore, network: RiskNetwork, measures: RiskMeasures, everybody: RiskHouseholds
) -> None:
    ids = {
        area: risk_of_area(tiny_store, network, measures, area, DAY).ids
        for area in ("350624101201", "350624105", "350624", "445200")
    }

    assert ids == {
        "350624101201": ("h1", "h2", "h3", "h4"),
        "350624105": ("h7", "h8"),
        "350624": everybody.ids,
        "445200": (),
    }


def test_one_household_comes_as_it_does_among_all(
    tiny_store: GraphStore, network: RiskNetwork, measures: RiskMeasures, everybody: RiskHouseholds
) -> None:
    one = risk_of_household(tiny_store, network, measures, "h2", DAY)

    assert one.ids == ("h2",)
    assert found_at(one, network, "h2") == found_at(everybody, network, "h2")
    assert np.array_equal(one.running[0], everybody.running[1])
    assert np.array_equal(one.prerequisites[0], everybody.prerequisites[1])


def test_a_household_that_moved_away_can_be_asked_about_by_name(
    tiny_store: GraphStore, network: RiskNetwork, measures: RiskMeasures
) -> None:
    one = risk_of_household(tiny_store, network, measures, "h9", DAY)

    assert (one.place_of, found_at(one, network, "h9")) == (("350624105201",), [("H01", "confirmed", 1.0, 0.6)])


def test_a_household_that_the_graph_does_not_hold_is_an_error(
    tiny_store: GraphStore, network: RiskNetwork, measures: RiskMeasures
) -> None:
    with pytest.raises(SubjectNotFound, match="nobody"):
        risk_of_household(tiny_store, network, measures, "nobody", DAY)


def test_named_households_come_once_and_sorted(
    tiny_store: GraphStore, network: RiskNetwork, measures: RiskMeasures
) -> None:
    assert risk_of_households(tiny_store, network, measures, ["h7", "h1", "h7", "nobody"], DAY).ids == ("h1", "h7")


def test_many_are_read_another_way_and_come_out_the_same(
    tiny_store: GraphStore, network: RiskNetwork, measures: RiskMeasures, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = risk_of_area(tiny_store, network, measures, "350624101", DAY)
    monkeypatch.setattr(fetch, "MANY", 0)
    many = risk_of_area(tiny_store, network, measures, "350624101", DAY)

    assert len(few) == 6
    assert same(few, many)


def observation(indicator: str, household_id: str, number: float, on: date, feed: str = "survey") -> dict[str, object]:
    return {
        "id": f"{indicator}-{household_id}-{on}-{feed}",
        "indicator_id": indicator,
        "household_id": household_id,
        "number_value": number,
        "observed_on": on,
    }


@pytest.fixture
def told(tmp_path: Path, schema: Schema) -> Told:
    Ledger.open(tmp_path, schema)
    made = Told(DiskLedger(tmp_path, schema), schema)
    early, late = date(2026, 1, 10), date(2026, 4, 10)
    made.tell(
        "survey",
        early,
        Observation=[
            observation("I13a", "h1", 0.0, early),
            observation("I06", "h1", 1.0, early),
            observation("I06", "h2", 2.0, early),
            observation("I13a", "elsewhere", 1.0, early),
        ],
    )
    made.tell(
        "survey",
        late,
        # Said of a day that has not come: the day asked about is earlier.
        Observation=[observation("I06", "h1", 0.0, late), observation("I06", "h2", 0.0, date(2026, 6, 1))],
    )
    return made


@pytest.mark.parametrize("most", [0, 3000])
def test_the_newest_number_of_the_ledger_counts_where_the_ledger_is_asked(
    tiny_store: GraphStore,
    network: RiskNetwork,
    measures: RiskMeasures,
    told: Told,
    most: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fetch, "MANY", most)
    known = risk_of_all(tiny_store, network, measures, DAY, told=ToldNumbers(told.ledger))

    assert [asked(known, measures, "insured")[household_id] for household_id in ("h1", "h2", "h3")] == [
        MET,
        NOT_MET,
        UNKNOWN,
    ]
    # Of h1 the register counts one worker, and the survey none.
    assert asked(known, measures, "worker")["h1"] == NOT_MET
    assert asked(known, measures, "worker")["h2"] == MET


def test_the_ledger_is_asked_as_it_was_known(
    tiny_store: GraphStore, network: RiskNetwork, measures: RiskMeasures, told: Told
) -> None:
    then = ToldNumbers(told.ledger, datetime(2026, 2, 1, tzinfo=UTC))
    known = risk_of_household(tiny_store, network, measures, "h1", DAY, told=then)

    assert asked(known, measures, "insured") == {"h1": NOT_MET}
