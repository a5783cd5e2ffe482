"""Networks from a file, and everything that is refused on loading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import QuestionError
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import findings_of
from analysis.risk.network import RiskLink, RiskNode, checked_network
from analysis.risk.network_file import read_network
from graph_schema.errors import PlumlineError, SchemaError

SMALL = """
nodes:
  - {code: ILL, leak: 0.0}
  - {code: UNINSURED}
  - {code: COST, leak: 0.1}
  - {code: POOR, leak: 0.0}
links:
  - {id: L1, from: ILL, to: COST, strength: 0.5, amplified_by: [{cause: UNINSURED, factor: 2.0}]}
  - {id: L2, from: COST, to: POOR, strength: 0.4}
  - {id: L3, from: POOR, to: ILL, strength: 0.9, is_feedback: true}
  - {id: L4, from: ILL, to: POOR, strength: 0.9, lag_days: 1095}
"""


def test_a_network_of_a_file_is_computed_like_the_vocabulary(network_file: Callable[[str], Path]) -> None:
    # COST: not by its leak 0.9, not by ILL 0.5^2 = 0.25 as the household is uninsured: 1 - 0.225 = 0.775.
    # POOR: 0.4 of that = 0.31. L3 is feedback and L4 too slow: neither counts.
    network = read_network(network_file(SMALL))
    findings = findings_of(
        network, [[{"cause": "ILL", "status": "confirmed"}, {"cause": "UNINSURED", "status": "confirmed"}]]
    )
    assert network.states == ("POOR",)
    assert RiskEngine(network).activity(findings, ["COST", "POOR"])[0] == pytest.approx([0.775, 0.31], abs=1e-12)


@pytest.mark.parametrize(
    ("old", "new", "code", "named"),
    [
        ("strength: 0.5", "strength: 0", "risk_wrong_strength", "L1"),
        ("strength: 0.4", "strength: 1.2", "risk_wrong_strength", "L2"),
        ("strength: 0.4", "strength: .nan", "risk_wrong_strength", "L2"),
        ("to: COST", "to: COSTS", "risk_link_unknown_code", "L1"),
        ("cause: UNINSURED, factor", "cause: UNKNOWN, factor", "risk_link_unknown_code", "L1"),
        ("factor: 2.0", "factor: 0", "risk_wrong_factor", "L1"),
        ("cause: UNINSURED, factor", "reads: Household.arable_mu, factor", "risk_unclear_amplifier", "L1"),
        (", is_feedback: true", "", "risk_circle", "L3"),
        ("id: L2", "id: L1", "risk_link_twice", "L1"),
        ("from: COST, to: POOR", "from: ILL, to: COST", "risk_links_alike", "L2"),
        ("code: COST, leak: 0.1", "code: COST, leak: 1.0", "risk_wrong_leak", "COST"),
        ("code: UNINSURED", "code: ILL", "risk_code_twice", "ILL"),
        ("amplified_by: [{cause: UNINSURED, factor: 2.0}]", "lag_days: 30", "risk_leads_nowhere", "UNINSURED"),
        ("strength: 0.4", "strength: high", "risk_file_value", "links.1.strength"),
        (", strength: 0.4", "", "risk_file_missing", "line 9"),
    ],
)
def test_a_faulty_network_is_refused_and_the_link_named(
    network_file: Callable[[str], Path], old: str, new: str, code: str, named: str
) -> None:
    assert SMALL.count(old) == 1
    with pytest.raises(PlumlineError) as refused:
        read_network(network_file(SMALL.replace(old, new)))
    assert refused.value.code == code
    assert named in refused.value.text("en")
    assert named in refused.value.text("zh") or "line" in named


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"none\.yaml"):
        read_network(tmp_path / "none.yaml")


def test_a_network_without_a_state_is_refused() -> None:
    with pytest.raises(QuestionError, match="no state"):
        checked_network([RiskNode("A")], [])


def test_a_network_too_wide_is_refused_with_the_nodes_that_make_it_so() -> None:
    # Every one of 16 causes leads to every one of 16 states of nothing else: no order keeps the tables small.
    nodes = [RiskNode(f"A{place}") for place in range(16)] + [
        RiskNode(f"S{place}", is_state=True) for place in range(16)
    ]
    links = [RiskLink(f"K{start}-{end}", f"A{start}", f"S{end}", 0.5) for start in range(16) for end in range(16)]
    with pytest.raises(QuestionError, match="at most 4096") as refused:
        RiskEngine(checked_network(nodes, links))
    assert "S3" in str(refused.value)
    assert str(2**17) in str(refused.value)
