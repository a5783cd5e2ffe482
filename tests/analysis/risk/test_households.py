"""What is known of households becomes arrays, and arrays that do not fit are refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from analysis.errors import QuestionError, SubjectNotFound
from analysis.risk.findings import findings_of
from analysis.risk.households import (
    PREREQUISITES,
    Circumstances,
    RiskHouseholds,
    checked_households,
    prerequisites_of,
    property_flags,
)
from analysis.risk.measures import MET, NOT_MET, UNKNOWN, RiskMeasure, RiskMeasures
from analysis.risk.network import RiskAmplifier, RiskLink, RiskNetwork, RiskNode, checked_network
from graph_schema import Schema


def network_with(*rules: str) -> RiskNetwork:
    amplifiers = tuple(RiskAmplifier(factor=1.5, property_rule=rule) for rule in rules)
    nodes = [RiskNode("A"), RiskNode("S", is_state=True)]
    return checked_network(nodes, [RiskLink("K", "A", "S", 0.5, amplifiers=amplifiers)])


def measures_on(network: RiskNetwork, *prerequisites: str | None) -> RiskMeasures:
    return RiskMeasures(
        network, [RiskMeasure(f"B{place}", "A", 0.5, 100, each) for place, each in enumerate(prerequisites)]
    )


@pytest.fixture
def two() -> tuple[RiskHouseholds, RiskNetwork, RiskMeasures]:
    network = network_with("Household.arable_mu < 2")
    measures = measures_on(network, None)
    households = RiskHouseholds(
        ids=("a", "b"),
        place_of=("350624101201", None),
        findings=findings_of(network, [[], []]),
        running=np.zeros((2, 1), dtype=np.bool_),
        prerequisites=np.full((2, 1), MET, dtype=np.int8),
        data_age_days=np.zeros(2, dtype=np.int64),
        is_made_up=np.zeros(2, dtype=np.bool_),
    )
    return households, network, measures


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ("Household.arable_mu < 2", [True, False, False, False]),
        ("Household.arable_mu <= 2", [True, True, False, False]),
        ("Household.arable_mu > 2", [False, False, True, False]),
        ("Household.arable_mu >= 2.0", [False, True, True, False]),
        ("Household.arable_mu = 2", [False, True, False, False]),
        ("Household.arable_mu > -1", [True, True, True, False]),
        ("Household.housing_grade = C", [False, False, True, False]),
        ("Household.was_registered_poor = true", [True, False, False, False]),
        ("Household.was_registered_poor = false", [False, True, False, False]),
    ],
)
def test_a_rule_compares_and_does_not_hold_of_what_is_unknown(rule: str, holds: list[bool]) -> None:
    columns: dict[str, list[object]] = {
        "arable_mu": [1.5, 2, 3.0, None],
        "housing_grade": ["A", "B", "C", None],
        "was_registered_poor": [True, False, None, None],
    }

    assert property_flags(network_with(rule), columns, 4)[:, 0].tolist() == holds


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("Household.arable_mu ~ 2", "risk_households_unreadable_rule"),
        ("Household.housing_grade < 2", "risk_households_unreadable_rule"),
        ("arable_mu < 2", "risk_households_unreadable_rule"),
        ("Person.birth_year < 1960", "risk_households_unknown_property"),
        ("Household.shoe_size < 2", "risk_households_unknown_property"),
    ],
)
def test_a_rule_that_cannot_be_told_is_refused_and_named(rule: str, code: str) -> None:
    columns: dict[str, list[object]] = {"arable_mu": [1.0], "housing_grade": ["A"]}
    with pytest.raises(QuestionError, match=rule.split()[0]) as caught:
        property_flags(network_with(rule), columns, 1)
    assert caught.value.code == code


def test_households_are_found_by_id(two: tuple[RiskHouseholds, RiskNetwork, RiskMeasures]) -> None:
    households = two[0]

    assert (len(households), households.row_of("b")) == (2, 1)
    for absent in ("", "aa", "c"):
        with pytest.raises(SubjectNotFound):
            households.row_of(absent)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ids": ("b", "a")}, "risk_households_not_sorted"),
        ({"ids": ("a", "a")}, "risk_households_not_sorted"),
        ({"place_of": (None,)}, "risk_households_wrong_shape"),
        ({"running": np.zeros((2, 2), dtype=np.bool_)}, "risk_households_wrong_shape"),
        ({"prerequisites": np.zeros((1, 1), dtype=np.int8)}, "risk_households_wrong_shape"),
        ({"prerequisites": np.full((2, 1), 3, dtype=np.int8)}, "risk_households_wrong_prerequisite"),
        ({"data_age_days": np.zeros(3, dtype=np.int64)}, "risk_households_wrong_shape"),
        ({"is_made_up": np.zeros(1, dtype=np.bool_)}, "risk_households_wrong_shape"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(
    two: tuple[RiskHouseholds, RiskNetwork, RiskMeasures], changed: dict[str, object], code: str
) -> None:
    households, network, measures = two
    change: Callable[..., RiskHouseholds] = replace
    assert checked_households(households, network, measures) is households
    with pytest.raises(QuestionError) as caught:
        checked_households(change(households, **changed), network, measures)
    assert caught.value.code == code


def test_findings_of_other_households_are_refused(two: tuple[RiskHouseholds, RiskNetwork, RiskMeasures]) -> None:
    households, network, measures = two
    for findings in (findings_of(network, [[]]), findings_of(network_with(), [[], []])):
        with pytest.raises(QuestionError) as caught:
            checked_households(replace(households, findings=findings), network, measures)
        assert caught.value.code == "risk_households_wrong_shape"


def test_no_household_at_all_is_no_error() -> None:
    network = network_with()
    nothing = np.zeros(0, dtype=np.int64)
    empty = np.zeros((0, 1), dtype=np.bool_)
    households = RiskHouseholds((), (), findings_of(network, []), empty, empty.astype(np.int8), nothing, empty[:, 0])

    assert len(checked_households(households, network, measures_on(network, None))) == 0


def known_of(**changed: list[float]) -> Circumstances:
    """Return four households of which nothing is known but what is said."""
    count = len(next(iter(changed.values())))
    numbers = {name: np.full(count, np.nan) for name in ("workers", "uninsured")}
    counts = {name: np.zeros(count) for name in ("persons", "students", "untold", "lots", "open_lots")}
    given = {name: np.array(values, dtype=np.float64) for name, values in changed.items()}
    whole = {**numbers, **counts, **given}
    return Circumstances(
        workers=whole["workers"],
        uninsured=whole["uninsured"],
        **{name: whole[name].astype(np.int64) for name in counts},
    )


@pytest.mark.parametrize(
    ("prerequisite", "known", "expected"),
    [
        ("worker", known_of(workers=[2, 1, 0, np.nan]), [MET, MET, NOT_MET, UNKNOWN]),
        ("no_worker", known_of(workers=[2, 1, 0, np.nan]), [NOT_MET, NOT_MET, MET, UNKNOWN]),
        ("insured", known_of(uninsured=[0, 1, 3, np.nan]), [MET, NOT_MET, NOT_MET, UNKNOWN]),
        (
            "student",
            known_of(persons=[3, 3, 3, 0], students=[1, 0, 0, 0], untold=[2, 0, 1, 0]),
            [MET, NOT_MET, UNKNOWN, UNKNOWN],
        ),
        ("lot", known_of(lots=[2, 2, 0], open_lots=[1, 0, 0]), [MET, NOT_MET, UNKNOWN]),
        ("project", known_of(lots=[2]), [UNKNOWN]),
        ("stress_test", known_of(lots=[2]), [UNKNOWN]),
        (None, known_of(workers=[0, np.nan]), [MET, MET]),
    ],
)
def test_a_prerequisite_is_met_not_met_or_unknown(
    prerequisite: str | None, known: Circumstances, expected: list[int]
) -> None:
    measures = measures_on(network_with(), prerequisite)

    assert prerequisites_of(measures, known)[:, 0].tolist() == expected


def test_a_measure_that_asks_for_something_else_is_refused() -> None:
    with pytest.raises(QuestionError, match="a horse") as caught:
        prerequisites_of(measures_on(network_with(), "a horse"), known_of(workers=[1]))
    assert caught.value.code == "risk_households_unknown_prerequisite"


def test_every_prerequisite_of_the_vocabulary_is_known(schema: Schema) -> None:
    assert {each.prerequisite for each in schema.measures.values()} - {None} == set(PREREQUISITES)


def test_what_each_prerequisite_comes_to_is_one_of_three() -> None:
    measures = measures_on(network_with(), *PREREQUISITES)
    for workers, uninsured, counts in product((0, 1, np.nan), (0, 1, np.nan), ((0, 0, 0), (2, 1, 1), (2, 0, 0))):
        known = known_of(
            workers=[workers],
            uninsured=[uninsured],
            persons=[counts[0]],
            students=[counts[1]],
            untold=[counts[2]],
        )
        assert set(prerequisites_of(measures, known).ravel().tolist()) <= {NOT_MET, UNKNOWN, MET}
