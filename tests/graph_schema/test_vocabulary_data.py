"""The vocabulary as written: nothing left out, nothing mistyped.

The strengths and leaks are proven by numbers worked out elsewhere (yearly risk of six cases, the leak of every cause):
a small exact calculation stands below, kept apart from the product's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt
import pytest

from graph_schema import Schema, load_schema
from graph_schema.meta import Cause, Link

RETURN_RATE = 0.0113  # T12: yearly rate of return, the base of every leak
LONGEST_LAG_OF_RISK = 365
AMPLIFIERS = {"H06", "F05", "F06", "A07", "S06"}


@dataclass(frozen=True)
class Found:
    """A finding: a cause with the severity and confidence at which it is held."""

    code: str
    severity: float
    confidence: float


@dataclass(frozen=True)
class Factor:
    """A table over nodes that are active (1) or not (0)."""

    names: tuple[str, ...]
    table: npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def strength_at(link: Link, findings: Mapping[str, Found], rules_that_hold: frozenset[tuple[str, str]]) -> float:
    """Return the link's strength for a household: 1 - (1 - s)^x."""
    exponent = findings[link.from_cause].severity if link.from_cause in findings else 1.0
    for item in link.amplified_by:
        if item.cause is not None and item.cause in findings:
            amplifier = findings[item.cause]
            exponent *= 1 + (item.factor - 1) * amplifier.confidence * amplifier.severity
        elif item.reads is not None and item.rule is not None and (item.reads, item.rule) in rules_that_hold:
            exponent *= item.factor
    return float(1 - (1 - link.strength) ** exponent)


def factors_of(
    links: Sequence[Link],
    leaks: Mapping[str, float],
    found: Sequence[Found],
    rules_that_hold: frozenset[tuple[str, str]] = frozenset(),
) -> list[Factor]:
    """Return the noisy-OR network as factors of at most three nodes: every parent adds one step to its effect."""
    findings = {finding.code: finding for finding in found}
    factors = []
    for code, leak in leaks.items():
        source = findings[code].confidence if code in findings else 0.0
        outside = 1 - (1 - leak) * (1 - source)
        parents = [link for link in links if link.to_cause == code]
        steps = [f"{code} after {number}" for number in range(len(parents))] + [code]
        factors.append(Factor((steps[0],), np.array([1 - outside, outside])))
        for link, before, after in zip(parents, steps, steps[1:], strict=False):
            strength = strength_at(link, findings, rules_that_hold)
            table = np.array([[[1, 0], [1 - strength, strength]], [[0, 1], [0, 1]]], dtype=np.float64)
            factors.append(Factor((before, link.from_cause, after), table))
    return factors


def product_of(factors: Sequence[Factor]) -> Factor:
    """Return the product of the factors over all their nodes."""
    names = tuple(sorted({name for factor in factors for name in factor.names}))
    table = np.ones((2,) * len(names))
    for factor in factors:
        order = sorted(range(len(factor.names)), key=lambda axis: names.index(factor.names[axis]))
        shape = [2 if name in factor.names else 1 for name in names]
        table = table * factor.table.transpose(order).reshape(shape)
    return Factor(names, table)


def weight_of(factors: Sequence[Factor], seen: Mapping[str, int]) -> float:
    """Return the probability that the nodes are as seen, by summing out the node with the fewest neighbours first."""
    left = list(factors)
    for name, value in seen.items():
        left.append(Factor((name,), np.eye(2)[value]))
    while names := {name for factor in left for name in factor.names}:
        neighbours = {name: {n for f in left if name in f.names for n in f.names} for name in names}
        smallest = min(sorted(names), key=lambda name: len(neighbours[name]))
        joined = product_of([factor for factor in left if smallest in factor.names])
        left = [factor for factor in left if smallest not in factor.names]
        rest = tuple(name for name in joined.names if name != smallest)
        left.append(Factor(rest, joined.table.sum(axis=joined.names.index(smallest))))
    return prod(float(factor.table) for factor in left)


def links_of_risk(schema: Schema) -> list[Link]:
    """Return the links that act within 12 months and close no circle."""
    return [link for link in schema.links.values() if link.lag_days <= LONGEST_LAG_OF_RISK and not link.is_feedback]


def risk(schema: Schema, found: Sequence[Found], rules_that_hold: frozenset[tuple[str, str]] = frozenset()) -> float:
    """Return the chance of return within a year with the findings forced."""
    leaks = {code: cause.risk_leak for code, cause in schema.causes.items()}
    return weight_of(factors_of(links_of_risk(schema), leaks, found, rules_that_hold), {"O06": 1})


def reach(schema: Schema, code: str) -> float:
    """Return the chance of return when only this cause is active, without leaks."""
    leaks = dict.fromkeys(schema.causes, 0.0)
    return weight_of(factors_of(links_of_risk(schema), leaks, [Found(code, 1.0, 1.0)]), {"O06": 1})


def two_digits(number: float) -> float:
    """Return the number rounded to two significant digits, as leaks are written."""
    return float(f"{number:.1e}")


def test_no_noun_of_the_vocabulary_is_missing(schema: Schema) -> None:
    kinds = Counter(cause.cause_kind == "state" for cause in schema.causes.values())
    feedback = Counter(link.is_feedback for link in schema.links.values())

    assert (kinds[False], kinds[True]) == (54, 6)
    assert (feedback[False], feedback[True]) == (76, 3)
    # 79 indicators of the vocabulary and two for the rice-growing households.
    assert len(schema.indicators) == 79 + 2
    assert (len(schema.measures), len(schema.feeds), len(schema.roles)) == (60, 25, 13)
    # Thirteen products of the vocabulary and seven of price lists.
    assert (len(schema.case_states), len(schema.phases), len(schema.products)) == (15, 5, 13 + 7)


def test_a_cause_is_of_the_kind_that_its_links_make_it(schema: Schema) -> None:
    reached = {link.to_cause for link in schema.links.values() if not link.is_feedback}

    def kind_by_links(cause: Cause) -> str:
        if cause.dimension == "O":
            return "state"
        if cause.code in AMPLIFIERS:
            return "amplifier"
        return "intermediate" if cause.code in reached else "root"

    assert {code: cause.cause_kind for code, cause in schema.causes.items()} == {
        code: kind_by_links(cause) for code, cause in schema.causes.items()
    }


def test_an_amplifier_begins_no_link(schema: Schema) -> None:
    assert not AMPLIFIERS & {link.from_cause for link in schema.links.values()}


def test_only_what_amplifies_has_no_leak_beside_return_itself(schema: Schema) -> None:
    assert {code for code, cause in schema.causes.items() if cause.leak == 0} == AMPLIFIERS | {"O06"}


def test_a_link_true_by_definition_has_full_strength_and_no_other_has(schema: Schema) -> None:
    links = schema.links.values()

    assert {link.link_id for link in links if link.is_definition} == {
        link.link_id for link in links if link.strength == 1.0
    }
    assert {link.strength for link in links} == {0.2, 0.4, 0.6, 1.0}


def test_the_grade_of_a_link_is_that_of_its_best_source(schema: Schema) -> None:
    def best_grade(link: Link) -> str:
        # The source paper gives the idea; it is no evidence for a strength.
        grades = [schema.sources[key].grade for key in link.sources if key != "paper"]
        return min(grades, default="P")

    assert {link.link_id: link.evidence_grade for link in schema.links.values()} == {
        link.link_id: best_grade(link) for link in schema.links.values()
    }


def test_every_source_that_is_cited_is_listed(schema: Schema) -> None:
    nouns = [schema.causes, schema.links, schema.indicators, schema.measures, schema.products, schema.feeds]
    cited = {key for entries in nouns for noun in entries.values() for key in noun.sources}
    opposing = {key for link in schema.links.values() for key in link.opposing_sources}

    assert cited | opposing <= set(schema.sources)


def test_schooling_and_resettlement_show_the_evidence_against_them(schema: Schema) -> None:
    opposed = {link.link_id: link.opposing_sources for link in schema.links.values() if link.opposing_sources}

    assert opposed == {"K27": ("T37",), "K66": ("T35",)}


def test_a_rule_is_certain_if_and_only_if_it_confirms(schema: Schema) -> None:
    rules = [rule for indicator in schema.indicators.values() for rule in indicator.raises]

    assert all((rule.status == "confirmed") == (rule.confidence == 1.0) for rule in rules)
    assert {rule.confidence for rule in rules} == {0.4, 0.6, 0.8, 1.0}


def test_every_cause_and_state_can_be_found_by_a_rule(schema: Schema) -> None:
    found = {rule.cause for indicator in schema.indicators.values() for rule in indicator.raises}

    assert set(schema.causes) - found == set()


def test_every_indicator_is_filled_by_a_feed(schema: Schema) -> None:
    filled = {code for feed in schema.feeds.values() for code in feed.fills_indicators}

    assert set(schema.indicators) == filled


def test_every_measure_acts_on_a_cause_or_a_link(schema: Schema) -> None:
    targets = {measure.target for measure in schema.measures.values()}

    assert targets <= set(schema.causes) | set(schema.links)


def test_only_a_strength_by_definition_is_not_called_proposed(schema: Schema) -> None:
    assert {link.link_id for link in schema.links.values() if "strength" not in link.proposed} == {
        link.link_id for link in schema.links.values() if link.is_definition
    }


def test_without_a_finding_the_risk_is_the_yearly_rate_of_return(schema: Schema) -> None:
    assert round(risk(schema, []), 4) == RETURN_RATE


def test_a_confirmed_serious_illness_gives_the_known_risk(schema: Schema) -> None:
    assert round(risk(schema, [Found("H01", 1.0, 1.0)]), 4) == 0.5548


def test_chronic_illness_and_the_end_of_a_policy_give_the_known_risk(schema: Schema) -> None:
    assert round(risk(schema, [Found("H02", 1.0, 1.0), Found("S03", 1.0, 1.0)]), 4) == 0.7632


def test_a_suspected_missing_sales_channel_gives_the_known_risk(schema: Schema) -> None:
    assert round(risk(schema, [Found("M03", 0.6, 0.6)]), 4) == 0.1477


def test_a_weather_disaster_with_no_savings_and_a_migrant_worker_gives_the_known_risk(schema: Schema) -> None:
    found = [Found("V01", 0.6, 1.0), Found("F05", 0.6, 0.8)]
    migrant = frozenset({("Household.migrant_worker_count", ">= 1")})

    assert round(risk(schema, found, migrant), 4) == 0.5399


def test_lack_of_skill_explains_low_income_as_often_as_known(schema: Schema) -> None:
    leaks = {code: cause.leak for code, cause in schema.causes.items()}
    factors = factors_of(links_of_risk(schema), leaks, [])

    explained = weight_of(factors, {"O02": 1, "E02": 1}) / weight_of(factors, {"O02": 1})

    assert round(explained, 4) == 0.2117


def test_every_leak_follows_from_the_shares(schema: Schema) -> None:
    total = sum(cause.share for cause in schema.causes.values())
    expected = {
        code: two_digits(RETURN_RATE * cause.share / (reach(schema, code) * total))
        for code, cause in schema.causes.items()
        if cause.share > 0
    }

    assert {code: schema.causes[code].leak for code in expected} == expected


def test_the_leaks_of_risk_follow_from_the_shares_of_four_states(schema: Schema) -> None:
    states = {code: schema.causes[code] for code in ("O02", "O03", "O04", "O05")}
    total = sum(state.share for state in states.values())
    expected = {
        code: two_digits(RETURN_RATE * state.share / (reach(schema, code) * total)) for code, state in states.items()
    }

    assert {code: state.risk_leak for code, state in states.items()} == expected
    assert all(cause.risk_leak == 0 for code, cause in schema.causes.items() if code not in states)
