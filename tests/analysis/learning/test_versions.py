"""A learned network stands beside the expert's, and its file says what it was learned from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analysis.learning.learn import learn
from analysis.learning.outcomes import Outcomes
from analysis.learning.report import BaseRate, LearningReport
from analysis.learning.versions import LearnedNetwork, learned_network, write_network
from analysis.risk.engine import RiskEngine
from analysis.risk.network import RiskNetwork
from analysis.risk.network_file import read_learned, read_network
from tests.analysis.learning.test_learn import exposed, unexposed


@pytest.fixture(scope="module")
def learned(vocabulary: RiskNetwork, county_report: LearningReport) -> LearnedNetwork:
    return learned_network(vocabulary, county_report, area="341523", data_on=date(2025, 12, 31), based_on="1")


def test_only_strengths_with_enough_households_take_the_place_of_the_experts(
    vocabulary: RiskNetwork, learned: LearnedNetwork
) -> None:
    kept = {link.link_id for link in learned.report.links if not link.is_learned}
    before = {link.link_id: link.strength for link in vocabulary.links}
    after = {link.link_id: link.strength for link in learned.network.links}
    assert {"K16", "K74"} < kept < set(before) | {"K30", "K45", "K65", "KF1", "KF2", "KF3"}
    assert {link_id for link_id in after if after[link_id] == before[link_id]} == kept & set(after)
    assert all(after[link.link_id] == link.strength for link in learned.report.tested)


def test_a_file_of_it_reads_back_as_the_same_network(learned: LearnedNetwork, tmp_path: Path) -> None:
    path = tmp_path / "learned.yaml"
    write_network(path, learned)
    read = read_network(path)
    assert read.nodes == learned.network.nodes
    assert read.links == learned.network.links
    assert read.slow_links == learned.network.slow_links
    assert read.feedback_links == learned.network.feedback_links
    assert set(read.property_rules) == set(learned.network.property_rules)


def test_a_file_of_it_says_what_was_learned_beside_the_experts_strength(
    learned: LearnedNetwork, tmp_path: Path
) -> None:
    path = tmp_path / "learned.yaml"
    write_network(path, learned)
    version, links = read_learned(path)
    report = learned.report.link("K02")
    assert version == learned.version
    assert (version.id, version.based_on, version.households) == ("learned-341523-2025-12-31", "1", 5000)
    found = links["K02"]
    assert (found.expert, found.verdict, found.used) == (0.4, report.verdict.value, report.used)
    assert (found.low, found.high) == pytest.approx((report.low, report.high), abs=1e-6)
    assert set(links) == {link.link_id for link in learned.report.links}


def test_a_version_that_is_there_is_not_overwritten(learned: LearnedNetwork, tmp_path: Path) -> None:
    path = tmp_path / "learned.yaml"
    path.write_text("kept", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_network(path, learned)
    assert path.read_text(encoding="utf-8") == "kept"


def test_the_leaks_are_scaled_to_the_base_rate_of_the_area(vocabulary: RiskNetwork, learned: LearnedNetwork) -> None:
    base = BaseRate("O06", households=1000, came=30, share=0.03, low=0.02, high=0.043, expert=0.0113)
    report = replace(learned.report, base_rate=base)
    scaled = learned_network(vocabulary, report, area="341523", data_on=date(2025, 12, 31), based_on="1")
    assert RiskEngine(scaled.network).leak_risk("O06") == pytest.approx((30 + 4 * 0.0113) / 1004, abs=1e-9)


def test_with_too_few_households_without_findings_the_leaks_stay(
    one_cause: RiskNetwork, observed: Callable[..., Outcomes]
) -> None:
    report = learn(one_cause, observed(one_cause, exposed(30, 30) + unexposed(9, 10)))
    kept = learned_network(one_cause, report, area="A", data_on=date(2025, 12, 31), based_on="1")
    assert kept.leak_factor == 1
    assert kept.network.nodes == one_cause.nodes


def test_an_area_without_outcomes_has_the_network_of_the_expert(
    one_cause: RiskNetwork, observed: Callable[..., Outcomes]
) -> None:
    report = learn(one_cause, observed(one_cause, []))
    assert learned_network(one_cause, report, area="A", data_on=date(2025, 12, 31), based_on="1").network == one_cause


def test_an_experts_file_has_no_version_and_nothing_learned(tmp_path: Path) -> None:
    path = tmp_path / "network.yaml"
    path.write_text(
        "nodes: [{code: C, leak: 0.1}, {code: S, leak: 0.1}]\nlinks: [{id: K1, from: C, to: S, strength: 0.4}]\n",
        encoding="utf-8",
    )
    assert read_learned(path) == (None, {})
