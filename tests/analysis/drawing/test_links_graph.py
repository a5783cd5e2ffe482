"""Chains of help as a graph in fixed layers, and with at most so many boxes."""

from __future__ import annotations

import pytest

from analysis.assistance.parts import MissingLink
from analysis.drawing.links_graph import LinksGraph, links_graph
from analysis.drawing.links_grouping import grouped
from tests.analysis.drawing.trunk_chain import chain


def links(graph: LinksGraph) -> dict[tuple[str, str], str | None]:
    return {ends: edge.missing for ends, edge in graph.edges.items()}


def test_a_whole_chain_is_five_boxes_and_four_links() -> None:
    graph = links_graph([chain("a/p/e/k/c", households=7, left_out=3)])
    assert [(node.id, node.layer) for node in graph.nodes.values()] == [
        ("Agency/a", 0),
        ("Programme/p", 1),
        ("Enterprise/e", 2),
        ("Cooperative/c", 3),
        ("Households/Cooperative/c", 4),
    ]
    assert set(links(graph).values()) == {None}
    assert graph.edges["Enterprise/e", "Cooperative/c"].contracts == ("k",)
    assert graph.nodes["Households/Cooperative/c"].without_help_count == 3


@pytest.mark.parametrize(
    ("parties", "missing", "households", "expected"),
    [
        # Between two parties the line itself is broken.
        ("a/p///c", ("enterprise",), 2, ("Programme/p", "Cooperative/c", "enterprise")),
        ("a/p/e/own/", ("cooperative",), 2, ("Enterprise/e", "Households/Enterprise/e", "cooperative")),
        # At an end a box says what would go on from there.
        ("//e/k/c", ("programme",), 2, ("missing/programme/1", "Enterprise/e", "programme")),
        ("////c", ("contract",), 2, ("missing/contract/2", "Cooperative/c", "contract")),
        ("a/p///", ("enterprise",), 0, ("Programme/p", "missing/enterprise/2", "enterprise")),
        ("a/p/e//", ("contract",), 0, ("Enterprise/e", "missing/contract/3", "contract")),
        ("a/p/e/k/c", ("household",), 0, ("Cooperative/c", "missing/household/4", "household")),
        ("////", ("cooperative",), 5, ("missing/cooperative/3", "Households", "cooperative")),
    ],
)
def test_what_is_missing_is_drawn_where_the_chain_breaks(
    parties: str, missing: tuple[MissingLink, ...], households: int, expected: tuple[str, str, str]
) -> None:
    graph = links_graph([chain(parties, missing, households)])
    broken = [(*ends, link) for ends, link in links(graph).items() if link]
    assert broken == [expected]


def test_a_link_that_holds_on_one_chain_is_not_broken_on_another() -> None:
    graph = links_graph([chain("a/p///c", ("enterprise",), 2), chain("a/p/e/k/c", households=2)])
    assert links(graph)["Programme/p", "Cooperative/c"] == "enterprise"
    assert links(graph)["Programme/p", "Enterprise/e"] is None


def test_two_contracts_of_the_same_two_are_one_link_with_the_households_once() -> None:
    graph = links_graph([chain("a/p/e/k1/c", households=4), chain("a/p/e/k2/c", households=4)])
    edge = graph.edges["Enterprise/e", "Cooperative/c"]
    assert (edge.contracts, edge.household_count) == (("k1", "k2"), 4)


def test_a_small_graph_is_not_grouped() -> None:
    graph = links_graph([chain("a/p/e/k/c", households=4)])
    assert grouped(graph, 60) is graph


def test_grouping_keeps_the_boxes_with_most_households_and_counts_the_rest() -> None:
    chains = [chain(f"a/p/e{number}/k{number}/c{number}", households=number, left_out=1) for number in range(1, 31)]
    graph = grouped(links_graph(chains), 20)
    assert len(graph.nodes) <= 20
    assert "Cooperative/c30" in graph.nodes
    rest = graph.nodes["more/3"]
    shown = [node for node in graph.nodes.values() if node.kind == "Cooperative"]
    assert rest.more_count + len(shown) == 30
    # No household is lost: 1 + 2 + ... + 30 of them.
    households = [node for node in graph.nodes.values() if node.layer == 4]
    assert sum(node.household_count or 0 for node in households) == 465
    assert sum(node.without_help_count or 0 for node in households) == 30
    assert {node.id for node in households} == {
        "more/4",
        *(f"Households/{node.id}" for node in shown),
    }


def test_programmes_that_reach_nobody_are_grouped_first() -> None:
    idle = [chain(f"a/idle{number}///", ("enterprise",)) for number in range(20)]
    graph = grouped(links_graph([*idle, chain("a/p/e/k/c", households=3)]), 12)
    assert "Programme/p" in graph.nodes
    assert graph.nodes["more/1"].more_count >= 15
    assert links(graph)["more/1", "missing/enterprise/2"] == "enterprise"


@pytest.mark.parametrize("most", [12, 60, 300])
def test_a_graph_never_has_more_boxes_than_it_may(most: int) -> None:
    chains = [
        chain(f"a{number % 9}/p{number % 80}/e{number % 90}/k{number}/c{number}", (), number) for number in range(400)
    ]
    graph = grouped(links_graph(chains), most)
    assert len(graph.nodes) <= most
    assert all(start in graph.nodes and end in graph.nodes for start, end in graph.edges)
