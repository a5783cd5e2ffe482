"""The numbers of patterns put into the tables of the elimination: forced findings, severity, amplifiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.risk.elimination import Tables
from analysis.risk.findings import Flags, Numbers, Places
from analysis.risk.measures import RiskMeasures
from analysis.risk.network import RiskNetwork
from analysis.risk.patterns import Patterns

LeakName = Literal["leak", "risk_leak"]


@dataclass(frozen=True)
class Helped:
    """What measures leave at some rows: `left` of each node (nodes, rows), `factor` on each link's p (links, rows)."""

    left: Numbers
    factor: Numbers


class TableMaker:
    """Makes the tables of any rows of one network.

    A finding is forced: P(active) = r (1 - (1 - leak)(1 - source) product of (1 - p) over active parents), r = 0 for a
    closed cause. p = 1 - (1 - strength)^x with x = severity of the cause x product over the amplifiers of
    (1 + (factor - 1) x confidence x severity). Measures multiply r of a cause, and p of a link; an amplifier above 1
    counts by what they leave of its cause. Source: analyses, section 1.
    """

    def __init__(self, network: RiskNetwork, leak_name: LeakName) -> None:
        """`leak_name`: the leaks of risk, or those of explanation."""
        self._leak = np.array([[getattr(node, leak_name)] for node in network.nodes])
        self._starts = np.array([network.position[link.from_code] for link in network.links], dtype=np.int64)
        strengths = np.array([link.strength for link in network.links])
        with np.errstate(divide="ignore"):
            # Minus infinity for a link true by definition: whatever the exponent, its strength stays 1.
            self._log_doubt = np.log1p(-strengths)[:, None]
        by_cause: dict[tuple[str, float], list[int]] = {}
        by_rule: dict[tuple[str, float], list[int]] = {}
        for place, link in enumerate(network.links):
            for item in link.amplifiers:
                if item.cause is not None:
                    by_cause.setdefault((item.cause, item.factor), []).append(place)
                if item.property_rule is not None:
                    by_rule.setdefault((item.property_rule, item.factor), []).append(place)
        self._by_cause = [
            (network.position[code], factor, np.array(places)) for (code, factor), places in by_cause.items()
        ]
        self._by_rule = [
            (network.property_rules.index(rule), factor, np.array(places)) for (rule, factor), places in by_rule.items()
        ]

    def tables(
        self,
        source: Numbers,
        severity: Numbers,
        is_closed: Flags,
        holds: Flags,
        seen: Mapping[int, bool],
        helped: Helped | None = None,
    ) -> Tables:
        """Return the tables of rows, from arrays of shape (nodes, rows) and, for `holds`, (property rules, rows).

        `source` is 0 where there is no finding and where the cause is closed; `severity` 1 where there is no finding.
        `seen`: nodes known to be active or not, as evidence. `helped`: what measures leave; None = there are none.
        """
        rows = source.shape[1]
        stays_out = (1.0 - self._leak) * (1.0 - source)
        left = 1.0 - is_closed
        if helped is not None:
            left *= helped.left
        nodes = np.empty((len(source), 2, 2, rows))
        np.multiply(left, stays_out, out=nodes[:, 0, 0])
        np.subtract(1.0, left, out=nodes[:, 0, 1])
        np.negative(nodes[:, 0, 0], out=nodes[:, 1, 0])
        nodes[:, 1, 1] = left
        for node, is_active in seen.items():
            nodes[node, 0 if is_active else 1] = 0.0
        doubts = self._exponents(source, severity, holds, helped)
        doubts *= self._log_doubt
        np.exp(doubts, out=doubts)
        if helped is not None:
            # 1 - factor x (1 - doubt), written so that a factor of 1 changes no digit.
            doubts += (1.0 - helped.factor) * (1.0 - doubts)
        return Tables(nodes, doubts)

    def _exponents(self, source: Numbers, severity: Numbers, holds: Flags, helped: Helped | None) -> Numbers:
        exponent = severity[self._starts]
        for code, factor, places in self._by_cause:
            if source[code].any():
                weight = source[code] * severity[code]
                if helped is not None and factor > 1.0:
                    weight *= helped.left[code]
                exponent[places] *= 1.0 + (factor - 1.0) * weight
        for rule, factor, places in self._by_rule:
            if holds[rule].any():
                exponent[places] *= np.where(holds[rule], factor, 1.0)
        return exponent


class PlanRows:
    """What the plans of any rows leave of nodes and links."""

    def __init__(self, measures: RiskMeasures, plans: Flags) -> None:
        """`plans`: shape (rows, measures), whether the measure is in the plan of the row."""
        self._measures = measures
        self._plans = plans
        self._used = np.flatnonzero(plans.any(axis=0) & ((measures.node >= 0) | (measures.link >= 0)))

    def helped(self, part: slice) -> Helped:
        """Return what is left at a part of the rows."""
        plans = self._plans[part]
        left = np.ones((len(self._measures.network.nodes), len(plans)))
        factor = np.ones((len(self._measures.network.links), len(plans)))
        for place in self._used:
            node, effect = self._measures.node[place], np.where(plans[:, place], self._measures.effect[place], 1.0)
            if node >= 0:
                left[node] *= effect
            else:
                factor[self._measures.link[place]] *= effect
        return Helped(left, factor)


class PatternRows:
    """The arrays that TableMaker takes, for any patterns."""

    def __init__(self, patterns: Patterns, node_count: int) -> None:
        """`node_count`: nodes of the network."""
        self._patterns = patterns
        self._node_count = node_count
        self._parents, self._kinds = patterns.parents_and_kinds()

    def rows(self, numbers: Places) -> tuple[Numbers, Numbers, Flags, Flags]:
        """Return source, severity, is_closed (nodes, rows) and holds (property rules, rows) of the patterns."""
        shape = (self._node_count, len(numbers))
        source, severity, is_closed = np.zeros(shape), np.ones(shape), np.zeros(shape, dtype=np.bool_)
        kinds = self._patterns.kinds
        rows, current = np.arange(len(numbers)), numbers
        while True:
            kind = self._kinds[current]
            inner = kind >= 0
            rows, kind = rows[inner], kind[inner]
            if not len(rows):
                break
            cause = kinds.cause[kind]
            source[cause, rows] = kinds.source[kind]
            severity[cause, rows] = kinds.severity[kind]
            is_closed[cause, rows] = kinds.is_closed[kind]
            current = self._parents[current[inner]]
        return source, severity, is_closed, self._holds(numbers)

    def _holds(self, numbers: Places) -> Flags:
        if not self._patterns.roots.shape[1]:
            return np.zeros((0, len(numbers)), dtype=np.bool_)
        if len(self._patterns.roots) == 1:
            return np.repeat(self._patterns.roots.T, len(numbers), axis=1)
        current = numbers
        while (inner := self._parents[current] >= 0).any():
            current = np.where(inner, self._parents[current], current)
        return self._patterns.roots[current].T


def columns_of(network: RiskNetwork, codes: Sequence[str]) -> Places:
    """Return the places of the codes. Raises QuestionError for a code that the network does not have."""
    return np.array([network.node_position(code) for code in codes], dtype=np.int64)
