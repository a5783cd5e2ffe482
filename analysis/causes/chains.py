"""The chains from what was found to the states it can bring about, strongest first, and which of them are rivals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from analysis.causes.network import CauseNetwork
from analysis.causes.parts import CauseLink, Chain, StateReached
from analysis.causes.reach import Reach


@dataclass(frozen=True)
class Chains:
    """The chains, strongest first; `is_capped` when there are more than were asked for."""

    chains: tuple[Chain, ...]
    is_capped: bool


def strongest_chains(
    network: CauseNetwork, reach: Reach, *, confidences: Mapping[str, float], max_chains: int
) -> Chains:
    """Return the simple chains from each open finding to each state, by strength, then fewest links, then ids.

    `confidences` gives the open findings with their confidence. Strength = confidence x strengths of the links, before
    severity and amplifiers. No chain runs over a closed cause, since `reach` ends there. The links have no circle, so
    every chain is simple.
    """
    after = _towards_states(network, reach)
    waiting: list[tuple[float, int, tuple[str, ...], tuple[str, ...], int]] = [
        (-confidence, 0, (), (code,), 0) for code, confidence in confidences.items() if code in reach.codes
    ]
    heapify(waiting)
    found: list[Chain] = []
    # Ways that end nowhere are cut beforehand, so this many steps find what is wanted in any sensible network.
    steps = max_chains * max(1, len(reach.codes))
    while waiting and len(found) < max_chains and steps > 0:
        steps -= 1
        strength, length, link_ids, codes, lag = heappop(waiting)
        if link_ids and codes[-1] in network.states:
            found.append(Chain(link_ids=link_ids, codes=codes, strength=-strength, lag_days=lag))
        for link in after[codes[-1]]:
            heappush(
                waiting,
                (
                    strength * link.strength,
                    length + 1,
                    (*link_ids, link.link_id),
                    (*codes, link.to_code),
                    lag + link.lag_days,
                ),
            )
    return Chains(tuple(found), is_capped=bool(waiting))


def states_reached(
    network: CauseNetwork, reach: Reach, *, chains: Sequence[Chain], findings: Set[str]
) -> tuple[StateReached, ...]:
    """Return each state that can follow, with its strongest chain and the strongest rival of that.

    Rivals have no finding in common: a chain that only starts further down the first one tells the same story.
    """
    by_state: dict[str, list[int]] = defaultdict(list)
    for index, chain in enumerate(chains):
        by_state[chain.codes[-1]].append(index)
    states = sorted(reach.codes & network.states, key=lambda code: network.position[code])
    return tuple(_with_rival(code, by_state[code], chains, findings) for code in states)


def _with_rival(code: str, indices: Sequence[int], chains: Sequence[Chain], findings: Set[str]) -> StateReached:
    if not indices:
        return StateReached(code=code, strongest=None, rival=None)
    told = findings & set(chains[indices[0]].codes)
    rival = next((index for index in indices[1:] if told.isdisjoint(chains[index].codes)), None)
    return StateReached(code=code, strongest=indices[0], rival=rival)


def _towards_states(network: CauseNetwork, reach: Reach) -> dict[str, list[CauseLink]]:
    """Return the links out of each cause that lead on to a state."""
    inner: dict[str, list[CauseLink]] = defaultdict(list)
    for link in reach.links:
        inner[link.from_code].append(link)
    onward: dict[str, list[CauseLink]] = {}
    useful: set[str] = set()
    for code in reversed(network.order):
        if code in reach.codes:
            onward[code] = [link for link in inner[code] if link.to_code in useful]
            if onward[code] or code in network.states:
                useful.add(code)
    return onward
