"""How strong each link is at one household, and what each amplifier adds: the engine's own formula, by its own code.

The formula stands in `TableMaker`. Its tables hold 1 - strength of every link of the network it was made for, so a
network in which slow links stand among the others gives their strengths too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from analysis.risk.findings import Findings, Flags, Numbers, cells_of
from analysis.risk.network import RiskLink, RiskNetwork
from analysis.risk.tables import TableMaker
from analysis.risk.trace_parts import TraceAmplifier, TraceLink

# A row of the tables: all findings, or all but what this cause, or this property rule, does as an amplifier.
_Without: TypeAlias = tuple[int | None, int | None]


@dataclass(frozen=True)
class HouseholdCells:
    """One household as the engine's tables take it: shape (nodes,) each, and `holds`, shape (property rules,).

    `source`: the chance that the finding is right, 0 without one. `severity`: 1 without a finding.
    """

    source: Numbers
    severity: Numbers
    is_closed: Flags
    holds: Flags

    @property
    def found(self) -> list[int]:
        """Return the places of the causes and states found and not refuted."""
        return [int(place) for place in np.flatnonzero(self.source > 0)]


def household_cells(network: RiskNetwork, findings: Findings, household: int) -> HouseholdCells:
    """Return one household of the findings. Raises QuestionError where one of its findings is wrong."""
    own = findings.household == household
    cells = cells_of(
        network,
        Findings(
            household_count=1,
            household=np.zeros(int(own.sum()), dtype=np.int64),
            cause=findings.cause[own],
            status=findings.status[own],
            confidence=findings.confidence[own],
            severity=findings.severity[own],
            properties=None if findings.properties is None else findings.properties[household : household + 1],
        ),
    )
    count = len(network.nodes)
    source, severity, is_closed = np.zeros(count), np.ones(count), np.zeros(count, dtype=np.bool_)
    source[cells.cause], severity[cells.cause], is_closed[cells.cause] = cells.source, cells.severity, cells.is_closed
    return HouseholdCells(source, severity, is_closed, cells.properties[0])


class LinkStrengths:
    """The strengths of the links of one network at any household, slow links among them."""

    def __init__(self, network: RiskNetwork) -> None:
        """`network` is not changed."""
        self.links: tuple[RiskLink, ...] = (*network.links, *network.slow_links)
        self._network = network
        self._maker = TableMaker(replace(network, links=self.links, slow_links=()), "risk_leak")
        self._causes = {
            network.position[item.cause] for link in self.links for item in link.amplifiers if item.cause is not None
        }

    def at(self, household: HouseholdCells) -> Numbers:
        """Return the strength of each of `links` at the household: shape (links,)."""
        strengths: Numbers = self._with_and_without(household, [])[:, 0]
        return strengths

    def described(
        self, household: HouseholdCells, chosen: Iterable[int], *, hidden: Collection[str]
    ) -> tuple[TraceLink, ...]:
        """Return the links at the places `chosen` of `links`, by id, with what amplifies them here.

        An amplifying cause that is `hidden` is not named; what it does still counts in the strength.
        """
        without: list[_Without] = [(place, None) for place in household.found if place in self._causes]
        without += [(None, int(place)) for place in np.flatnonzero(household.holds)]
        strengths = self._with_and_without(household, without)
        columns = {amplifier: column for column, amplifier in enumerate(without, start=1)}
        described = []
        for place in chosen:
            link = self.links[place]
            described.append(
                TraceLink(
                    link_id=link.link_id,
                    from_code=link.from_code,
                    to_code=link.to_code,
                    strength=link.strength,
                    severity=float(household.severity[self._network.position[link.from_code]]),
                    household_strength=float(strengths[place, 0]),
                    lag_days=link.lag_days,
                    acts_within_year=place < len(self._network.links),
                    amplifiers=self._amplifiers(link, strengths[place], columns, hidden),
                )
            )
        return tuple(sorted(described, key=lambda link: link.link_id))

    def _amplifiers(
        self, link: RiskLink, strengths: Numbers, columns: dict[_Without, int], hidden: Collection[str]
    ) -> tuple[TraceAmplifier, ...]:
        found = []
        for item in link.amplifiers:
            if item.cause in hidden:
                continue
            cause = None if item.cause is None else self._network.position[item.cause]
            rule = None if item.property_rule is None else self._network.property_rules.index(item.property_rule)
            if (cause, rule) in columns:
                adds = float(strengths[0] - strengths[columns[cause, rule]])
                found.append(
                    TraceAmplifier(cause=item.cause, property_rule=item.property_rule, factor=item.factor, adds=adds)
                )
        return tuple(found)

    def _with_and_without(self, household: HouseholdCells, without: list[_Without]) -> Numbers:
        """Return the strengths with all amplifiers, then without each of `without`: shape (links, 1 + without)."""
        rows = 1 + len(without)
        source: Numbers = np.repeat(household.source[:, None], rows, axis=1)
        severity: Numbers = np.repeat(household.severity[:, None], rows, axis=1)
        is_closed: Flags = np.repeat(household.is_closed[:, None], rows, axis=1)
        holds: Flags = np.repeat(household.holds[:, None], rows, axis=1)
        for row, (cause, rule) in enumerate(without, start=1):
            # The source of a cause is what its amplifying counts by; the severity, which its own links count by, stays.
            if cause is not None:
                source[cause, row] = 0.0
            if rule is not None:
                holds[rule, row] = False
        strengths: Numbers = 1.0 - self._maker.tables(source, severity, is_closed, holds, {}).doubts
        return strengths
