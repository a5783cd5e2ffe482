"""Households behind each link of help as a flow."""

from __future__ import annotations

from analysis.drawing.flows import flows_of
from tests.analysis.drawing.trunk_chain import chain


def test_a_chain_flows_from_government_to_who_is_left_out_and_who_is_not() -> None:
    flows = flows_of([chain("a/p/e/k/c", households=7, left_out=3)], 10)
    assert flows.bands == {
        ("Agency/a", "Enterprise/e"): 7,
        ("Enterprise/e", "Cooperative/c"): 7,
        ("Cooperative/c", "left_out"): 3,
        ("Cooperative/c", "others"): 4,
    }


def test_two_contracts_between_the_same_two_carry_the_households_once() -> None:
    flows = flows_of([chain("a/p/e/k1/c", households=7), chain("a/p2/e/k2/c", households=7)], 10)
    assert flows.bands["Enterprise/e", "Cooperative/c"] == 7
    assert flows.households("Enterprise/e") == 7


def test_what_is_missing_has_a_bar_of_its_own_in_its_column() -> None:
    flows = flows_of(
        [
            chain("//e/k/c1", ("programme",), 2),
            chain("////c2", ("contract",), 3),
            chain("a/p///c3", ("enterprise",), 4),
            chain("////", ("cooperative",), 5),
        ],
        10,
    )
    assert {node.id: (node.column, node.missing) for node in flows.nodes.values() if node.missing} == {
        "missing/programme/0": (0, "programme"),
        "missing/contract/1": (1, "contract"),
        "missing/enterprise/1": (1, "enterprise"),
        "missing/cooperative/2": (2, "cooperative"),
    }
    assert flows.households("others") == 2 + 3 + 4 + 5


def test_households_of_a_cooperative_reached_twice_are_counted_once_on_its_bar() -> None:
    flows = flows_of([chain("a/p/e1/k1/c", households=7), chain("a/p/e2/k2/c", households=7)], 10)
    assert flows.bands["Enterprise/e1", "Cooperative/c"] + flows.bands["Enterprise/e2", "Cooperative/c"] == 14
    assert (flows.households("Cooperative/c"), flows.households("Agency/a")) == (7, 7)


def test_a_chain_without_households_carries_nothing() -> None:
    assert flows_of([chain("a/p///", ("enterprise",))], 10).nodes == {}


def test_the_smallest_parties_of_a_column_become_one_and_no_household_is_lost() -> None:
    chains = [chain(f"a/p/e{number}/k/c{number}", households=number, left_out=number) for number in range(1, 21)]
    flows = flows_of(chains, 10)
    assert sum(node.column == 2 for node in flows.nodes.values()) == 10
    assert flows.nodes["more/2"].more_count == 11
    assert flows.households("left_out") == 210
