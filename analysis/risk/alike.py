"""Households that are alike for a sum over an area: what holds of one holds of all, so that it is computed once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from graphlib import TopologicalSorter

import numpy as np

from analysis.risk.findings import Cells, Findings, Flags, Numbers, Places, cells_of
from analysis.risk.network import RiskNetwork
from analysis.risk.patterns import grouping_of, whole_patterns
from analysis.risk.relevance import Relevance


@dataclass(frozen=True)
class Alike:
    """`pattern` of each household; `sample`: the first household of each pattern, by which patterns are numbered."""

    pattern: Places
    sample: Places

    @property
    def count(self) -> Places:
        """Return how many households each pattern has."""
        return np.bincount(self.pattern, minlength=len(self.sample)).astype(np.int64)


def alike_households(network: RiskNetwork, findings: Findings, target: int, flags: Flags) -> Alike:
    """Return which households are alike: the findings that can change the risk of `target`, and the `flags`.

    `target`: the place of a state. `flags`: shape (households, any number), whatever else tells households apart.
    Raises QuestionError for wrong findings.
    """
    relevance = Relevance(network, target)
    cells = relevance.counting(cells_of(network, findings))
    found = whole_patterns(grouping_of(cells.chosen(relevance.of_cells(cells))))
    bits = np.packbits(flags, axis=1)
    key = np.ascontiguousarray(np.concatenate([found[:, None].view(np.uint8), bits], axis=1))
    whole = key.view(np.dtype((np.void, key.shape[1]))).ravel()
    _, first, number = np.unique(whole, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(first), dtype=np.int64)
    rank[order] = np.arange(len(first))
    return Alike(rank[number], first[order].astype(np.int64))


def findings_of_some(findings: Findings, households: Places) -> Findings:
    """Return the findings of some households, each named once, numbered from 0 in the order given."""
    number = np.full(findings.household_count, -1, dtype=np.int64)
    number[households] = np.arange(len(households))
    kept = np.flatnonzero(number[findings.household] >= 0)
    return replace(
        findings,
        household_count=len(households),
        household=number[findings.household[kept]],
        cause=findings.cause[kept],
        status=findings.status[kept],
        confidence=findings.confidence[kept],
        severity=findings.severity[kept],
        properties=None if findings.properties is None else findings.properties[households],
    )


def laid_out(network: RiskNetwork, findings: Findings) -> tuple[Numbers, Numbers, Flags, Flags]:
    """Return the households as `TableMaker.tables` takes them: source, severity, is_closed (nodes, households), holds.

    `holds`: (property rules, households). Raises QuestionError for wrong findings.
    """
    cells = cells_of(network, findings)
    shape = (len(network.nodes), cells.household_count)
    source, severity, is_closed = np.zeros(shape), np.ones(shape), np.zeros(shape, dtype=np.bool_)
    source[cells.cause, cells.household] = cells.source
    severity[cells.cause, cells.household] = cells.severity
    is_closed[cells.cause, cells.household] = cells.is_closed
    return source, severity, is_closed, cells.properties.T


@dataclass(frozen=True)
class Ways:
    """Where the ways to the target run: `can_begin` and `leads_on`, both of shape (nodes, households).

    `can_begin`: the node can be active: found, by a leak, or led to by one that can. `leads_on`: links lead from it to
    the target past no closed cause.
    """

    can_begin: Flags
    leads_on: Flags


def ways_to(network: RiskNetwork, cells: Cells, target: int) -> Ways:
    """Return which nodes can be active and which still lead to the target (a place), household by household."""
    shape = (len(network.nodes), cells.household_count)
    is_open = np.ones(shape, dtype=np.bool_)
    is_open[cells.cause[cells.is_closed], cells.household[cells.is_closed]] = False
    can_begin = np.repeat(np.array([[node.risk_leak > 0] for node in network.nodes]), cells.household_count, axis=1)
    can_begin[cells.cause, cells.household] = True
    can_begin &= is_open
    before: dict[int, list[int]] = {place: [] for place in range(len(network.nodes))}
    for link in network.links:
        before[network.position[link.to_code]].append(network.position[link.from_code])
    order = list(TopologicalSorter(before).static_order())
    for place in order:
        for cause in before[place]:
            can_begin[place] |= can_begin[cause] & is_open[place]
    leads_on = np.zeros(shape, dtype=np.bool_)
    leads_on[target] = is_open[target]
    for place in reversed(order):
        for cause in before[place]:
            leads_on[cause] |= leads_on[place] & is_open[cause]
    return Ways(can_begin, leads_on)
