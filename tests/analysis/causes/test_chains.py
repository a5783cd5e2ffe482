from __future__ import annotations

from collections.abc import Callable

import networkx as nx
from hypothesis import given as drawn
from hypothesis import strategies as st

from analysis.causes.chains import Chains, states_reached, strongest_chains
from analysis.causes.network import CauseNetwork
from analysis.causes.reach import reached


def test_every_chain_of_a_household_is_listed_strongest_first(chains_of: Callable[..., Chains]) -> None:
    # h1 of the tiny graph: M03 confirmed, M02 suspected at 0.6. By hand: M02 to O02 0.6 x 0.4 = 0.24, and from M03
    # 1.0 x 0.6 x 0.4 = 0.24; over M01 0.6 x 0.4 x 0.6 = 0.144 both; K74 to O06 is 1.0. Equal ones: fewest links first.
    chains = chains_of({"M03": 1.0, "M02": 0.6}).chains
    assert [(chain.link_ids, round(chain.strength, 9), chain.lag_days) for chain in chains] == [
        (("K49",), 0.24, 180),
        (("K47", "K49"), 0.24, 270),
        (("K49", "K74"), 0.24, 180),
        (("K47", "K49", "K74"), 0.24, 270),
        (("K48", "K50"), 0.144, 210),
        (("K47", "K48", "K50"), 0.144, 300),
        (("K48", "K50", "K74"), 0.144, 210),
        (("K47", "K48", "K50", "K74"), 0.144, 300),
    ]


def test_the_vocabulary_has_110_chains_to_poverty_return(
    network: CauseNetwork, chains_of: Callable[..., Chains]
) -> None:
    # Analyses, section 1, Trace.
    chains = chains_of(dict.fromkeys(network.causes, 1.0)).chains
    assert sum(chain.codes[-1] == "O06" for chain in chains) == 110


@drawn(st.data())
def test_chains_are_the_simple_paths_from_findings_to_states(
    network: CauseNetwork, chains_of: Callable[..., Chains], data: st.DataObject
) -> None:
    starts = data.draw(st.sets(st.sampled_from(sorted(network.causes)), max_size=4))
    listed = sorted(chain.codes for chain in chains_of(dict.fromkeys(starts, 1.0)).chains)
    paths = sorted(
        tuple(path)
        for start in starts
        for state in network.states
        for path in nx.all_simple_paths(network.graph, start, state)
        if len(path) > 1
    )
    assert listed == paths


def test_too_many_chains_are_cut_at_the_strongest(chains_of: Callable[..., Chains]) -> None:
    every = chains_of({"H01": 1.0}).chains
    capped = chains_of({"H01": 1.0}, max_chains=3)
    assert capped.is_capped
    assert capped.chains == every[:3]


def test_a_state_that_is_found_needs_no_chain_to_itself(chains_of: Callable[..., Chains]) -> None:
    assert [chain.link_ids for chain in chains_of({"O02": 1.0}).chains] == [("K74",)]


def test_rivals_have_no_finding_in_common(network: CauseNetwork) -> None:
    # To O06: V01 over O02 0.6; M01 (0.6 x 0.6 = 0.36) has another root and is the strongest such.
    confidences = {"V01": 1.0, "M01": 0.6}
    reach = reached(network, confidences, closed=frozenset())
    chains = strongest_chains(network, reach, confidences=confidences, max_chains=100).chains
    state = next(
        state
        for state in states_reached(network, reach, chains=chains, findings=confidences.keys())
        if state.code == "O06"
    )
    assert state.strongest is not None
    assert state.rival is not None
    assert chains[state.strongest].link_ids == ("K57", "K74")
    assert chains[state.rival].link_ids == ("K50", "K74")


def test_a_chain_that_only_starts_further_down_is_no_rival(network: CauseNetwork) -> None:
    # Every chain of M03 runs through M02, which is found too: one story, no rival.
    confidences = {"M03": 1.0, "M02": 0.6}
    reach = reached(network, confidences, closed=frozenset())
    chains = strongest_chains(network, reach, confidences=confidences, max_chains=100).chains
    states = states_reached(network, reach, chains=chains, findings=confidences.keys())
    assert [(state.code, state.strongest, state.rival) for state in states] == [("O02", 0, None), ("O06", 2, None)]


def test_a_state_without_a_listed_chain_says_so(network: CauseNetwork) -> None:
    reach = reached(network, ["O06"], closed=frozenset())
    states = states_reached(network, reach, chains=(), findings={"O06"})
    assert [(state.code, state.strongest, state.rival) for state in states] == [("O06", None, None)]
