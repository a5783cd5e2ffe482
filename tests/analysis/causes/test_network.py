from __future__ import annotations

import networkx as nx

from analysis.causes.network import CauseNetwork


def test_the_network_without_feedback_has_no_circle(network: CauseNetwork) -> None:
    assert nx.is_directed_acyclic_graph(network.graph)


def test_the_network_holds_all_causes_and_all_links_but_feedback(network: CauseNetwork) -> None:
    # Vocabulary, sections 3 and 4: 54 causes, 6 states, 76 links, 3 feedback links.
    assert (network.graph.number_of_nodes(), network.graph.number_of_edges()) == (60, 76)
    assert [link.link_id for link in network.feedback] == ["KF1", "KF2", "KF3"]


def test_a_cause_stands_before_its_effects_in_the_order(network: CauseNetwork) -> None:
    place = {code: index for index, code in enumerate(network.order)}
    assert all(place[start] < place[end] for start, end in network.graph.edges)


def test_an_amplifier_names_the_links_it_makes_stronger(network: CauseNetwork) -> None:
    # Vocabulary, section 4: H06 1.8 on K01 K04 K09.
    assert [(each.link_id, each.factor) for each in network.amplifies["H06"]] == [
        ("K01", 1.8),
        ("K04", 1.8),
        ("K09", 1.8),
    ]


def test_causes_raised_by_what_is_observed_of_an_area_are_known(network: CauseNetwork) -> None:
    # I49 M01, I54 M07, I55 M08 of a product in an area; I58 V03, I59 V04, I60 V05 of an area.
    assert network.from_areas == {"M01", "M07", "M08", "V03", "V04", "V05"}
