from __future__ import annotations

from collections.abc import Callable

from analysis.causes.compose import area_graph, household_graph
from analysis.causes.findings import HouseholdFindings
from analysis.causes.network import CauseNetwork
from analysis.causes.parts import Finding


def test_a_refuted_cause_is_shown_and_not_followed(network: CauseNetwork, finding_of: Callable[..., Finding]) -> None:
    findings = HouseholdFindings(opened={"M03": finding_of()}, refuted={"M02": finding_of("refuted")}, ended={})
    graph = household_graph(network, findings, show_sensitive=False, max_chains=100)
    assert [(node.code, node.is_reached) for node in graph.nodes] == [("M02", False), ("M03", True)]
    assert [link.link_id for link in graph.links] == ["K47"]
    assert (graph.chains, graph.states) == ((), ())


def test_a_refuted_state_can_still_come_about(network: CauseNetwork, finding_of: Callable[..., Finding]) -> None:
    # L06 -K22-> O02 -K74-> O06; that income is not below the line today says nothing of next year.
    findings = HouseholdFindings(opened={"L06": finding_of()}, refuted={"O02": finding_of("refuted")}, ended={})
    graph = household_graph(network, findings, show_sensitive=False, max_chains=100)
    assert [link.link_id for link in graph.links] == ["K22", "K74"]
    assert {node.code: node.is_reached for node in graph.nodes}["O02"]


def test_an_ended_finding_is_listed_and_not_followed(network: CauseNetwork, finding_of: Callable[..., Finding]) -> None:
    findings = HouseholdFindings(opened={}, refuted={}, ended={"M03": finding_of()})
    graph = household_graph(network, findings, show_sensitive=False, max_chains=100)
    assert graph.nodes == ()
    assert [(ended.code, ended.name_zh) for ended in graph.ended] == [("M03", "缺销路")]


def test_an_amplifier_names_only_links_of_the_graph(network: CauseNetwork, finding_of: Callable[..., Finding]) -> None:
    # H06 acts on K01, K04, K09; from H01 only K01 is in the graph. Hidden, H01 takes K01 with it.
    findings = HouseholdFindings(opened={"H01": finding_of(), "H06": finding_of()}, refuted={}, ended={})
    shown = household_graph(network, findings, show_sensitive=True, max_chains=100)
    hidden = household_graph(network, findings, show_sensitive=False, max_chains=100)
    assert [(node.code, len(node.amplifies)) for node in shown.nodes if node.code == "H06"] == [("H06", 1)]
    assert [(node.code, node.amplifies) for node in hidden.nodes] == [("H06", ())]


def test_hidden_causes_are_counted_with_all_that_only_they_lead_to(
    network: CauseNetwork, finding_of: Callable[..., Finding]
) -> None:
    # V01 -K59-> M04 -K52-> F03 (sensitive) -K36-> O03: F03 is counted, O03 is not reached another way.
    findings = HouseholdFindings(opened={"V01": finding_of()}, refuted={}, ended={"H01": finding_of()})
    graph = household_graph(network, findings, show_sensitive=False, max_chains=100)
    assert [node.code for node in graph.nodes] == ["M04", "V01", "O02", "O04", "O06"]
    assert [link.link_id for link in graph.feedback_links] == ["KF2"]
    assert graph.hidden_count == 2
    assert graph.ended == ()


def test_an_area_shows_households_confirmed_and_suspected_and_what_can_follow(network: CauseNetwork) -> None:
    graph = area_graph(network, {"M02": (2, 5), "H01": (1, 0)}, show_sensitive=False)
    assert [
        (node.code, node.households.confirmed, node.households.suspected)
        for node in graph.nodes
        if node.households is not None
    ] == [("M01", 0, 0), ("M02", 2, 5), ("O02", 0, 0), ("O06", 0, 0)]
    assert [state.code for state in graph.states] == ["O02", "O06"]
    # Hidden: H01 and what it leads to that is sensitive itself, H07, H08, F03.
    assert graph.hidden_count == 4
