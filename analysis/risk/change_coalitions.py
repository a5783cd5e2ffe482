"""The risk of one household under every set of changes between two moments, as rows of one array programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.risk.change_states import Change, RiskMoment, network_after
from analysis.risk.elimination import Tables, compile_program
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, Flags, Numbers, Places, cells_of, findings_of
from analysis.risk.kept_parts import KeptFinding
from analysis.risk.measures import RiskMeasure, RiskMeasures
from analysis.risk.network import RiskNetwork
from analysis.risk.patterns import grouping_of, whole_patterns
from analysis.risk.relevance import above
from analysis.risk.tables import Helped, PatternRows, PlanRows, TableMaker

_ROWS_AT_ONCE = 4096


def can_matter(change: Change, then: RiskMoment, now: RiskMoment) -> bool:
    """Return whether a change can change the risk; only the strength of a link that nothing can set off cannot.

    A link can be set off when something that leads to its cause is found at either moment, or has a leak.
    """
    if change.kind != "strength":
        return True
    found = {finding.cause for moment in (then, now) for finding in moment.parts.findings}
    for moment in (then, now):
        network = moment.network
        found |= {node.code for node in network.nodes if node.risk_leak}
    starts = {link.from_code for moment in (then, now) for link in moment.network.links if link.link_id == change.what}
    makers = set(starts)
    while True:
        more = {
            link.from_code for moment in (then, now) for link in moment.network.links if link.to_code in makers
        } - makers
        if not more:
            return bool(makers & found)
        makers |= more


@dataclass(frozen=True)
class _Taken:
    """Which changes have happened in each of some rows, by kind and what changed."""

    changes: Mapping[tuple[str, str], Flags]
    rows: int

    def of(self, kind: str, what: str) -> Flags:
        """Return per row whether a change has happened: shape (rows,); False for what is no change."""
        return self.changes.get((kind, what), np.zeros(self.rows, dtype=np.bool_))


class Coalitions:
    """The risks of one household between two moments."""

    def __init__(self, then: RiskMoment, now: RiskMoment, target: str | None, measures: RiskMeasures | None) -> None:
        """`measures`: those whose running counts; None = none does. Raises QuestionError for one that is not known."""
        self._then, self._now, self._measures = then, now, measures
        # Checked on both, so that a target that one of them does not know is told before anything is computed.
        codes = [RiskEngine(moment.network).target_position(target) for moment in (then, now)]
        self._target = now.network.codes[codes[-1]]
        if measures is not None:
            for code in (*then.parts.running, *now.parts.running):
                measures.place_of(code)

    def risks(self, groups: Sequence[tuple[Change, ...]]) -> Numbers:
        """Return the risks of all sets of groups: shape (2^groups,).

        Bit j of the number of a set says that the j-th group of changes has happened.
        """
        sets = np.arange(2 ** len(groups))
        has = {change: (sets >> place & 1).astype(np.bool_) for place, group in enumerate(groups) for change in group}
        is_new = np.zeros(len(sets), dtype=np.bool_)
        for change, flags in has.items():
            if change.kind == "structure":
                is_new |= flags
        risks = np.empty(len(sets))
        for structure in np.unique(is_new).tolist():
            chosen = np.flatnonzero(is_new == structure)
            for start in range(0, len(chosen), _ROWS_AT_ONCE):
                part = chosen[start : start + _ROWS_AT_ONCE]
                taken: dict[tuple[str, str], Flags] = {
                    (change.kind, change.what): flags[part] for change, flags in has.items()
                }
                risks[part] = self._risks_on(structure, _Taken(taken, len(part)))
        return risks

    def _risks_on(self, is_new: bool, taken: _Taken) -> Numbers:
        """Return the risks of rows whose links are all those of now, or all those of then."""
        old, new = (
            network_after(self._then.network, self._now.network, is_new_structure=is_new, is_new_numbers=is_all)
            for is_all in (False, True)
        )
        before, after = self._tables((old, new), taken)
        in_node = np.array([taken.of("leak", code) for code in old.codes])
        in_link = np.array([taken.of("strength", link.link_id) for link in old.links])
        tables = Tables(
            np.where(in_node[:, None, None, :], after.nodes, before.nodes),
            np.where(in_link.reshape(before.doubts.shape), after.doubts, before.doubts),
        )
        joined = [(old.position[link.from_code], old.position[link.to_code]) for link in old.links]
        program = compile_program(old.codes, joined, sorted(above(old, [old.position[self._target]])))
        return np.clip(program.total(tables), 0.0, 1.0)

    def _tables(self, networks: tuple[RiskNetwork, RiskNetwork], taken: _Taken) -> tuple[Tables, Tables]:
        """Return the tables of the rows on both networks, which have the same nodes, links and rules."""
        network = networks[0]
        grouping = grouping_of(cells_of(network, self._findings(network, taken)))
        # Numbering the patterns comes first: the rows are read from those that have a number.
        numbers = whole_patterns(grouping)
        of_rows = PatternRows(grouping.patterns, len(network.nodes)).rows(numbers)
        helped, seen = self._helped(network, taken), {network.position[self._target]: True}
        before, after = (TableMaker(each, "risk_leak").tables(*of_rows, seen, helped) for each in networks)
        return before, after

    def _findings(self, network: RiskNetwork, taken: _Taken) -> Findings:
        """Return the findings of each row: those of now where the change of their cause is taken, else those of then.

        Every moment's findings are checked as those of any household.
        """
        parts: list[tuple[Places, Findings]] = []
        for moment, is_now in ((self._then, False), (self._now, True)):
            for finding in moment.parts.findings:
                was_taken = taken.of("finding", finding.cause) | taken.of("policy", finding.cause)
                one = findings_of(network, [[_row(finding)]])
                parts.append((np.flatnonzero(was_taken == is_now), one))
        # What did not change is the same then and now: it is never taken, and so comes from then.
        names = ("cause", "status", "confidence", "severity")
        columns = [
            np.concatenate(
                [np.zeros(0, dtype=dtype), *(np.repeat(getattr(one, name), len(rows)) for rows, one in parts)]
            )
            for name, dtype in zip(names, (np.int64, np.int64, np.float64, np.float64), strict=True)
        ]
        holds = np.zeros((taken.rows, len(network.property_rules)), dtype=np.bool_)
        for moment, is_now in ((self._then, False), (self._now, True)):
            for rule in moment.parts.rules:
                holds[:, network.property_rules.index(rule)] |= taken.of("property", rule) == is_now
        household = np.concatenate([np.zeros(0, dtype=np.int64), *(rows for rows, _ in parts)])
        return Findings(taken.rows, household, columns[0], columns[1], columns[2], columns[3], holds)

    def _helped(self, network: RiskNetwork, taken: _Taken) -> Helped | None:
        if self._measures is None:
            return None
        measures = RiskMeasures(network, _acting(self._measures, network))
        given = np.zeros((taken.rows, len(measures)), dtype=np.bool_)
        for moment, is_now in ((self._then, False), (self._now, True)):
            for code in moment.parts.running:
                if code in measures.position:
                    given[:, measures.position[code]] |= taken.of("help", code) == is_now
        return PlanRows(measures, given).helped(slice(None))


def _acting(measures: RiskMeasures, network: RiskNetwork) -> list[RiskMeasure]:
    """Return the measures that act on something in the network; the others change no risk in it."""
    links = {link.link_id for link in network.links}
    return [each for each in measures.measures if each.target in network.position or each.target in links]


def _row(finding: KeptFinding) -> dict[str, object]:
    return {
        "cause": finding.cause,
        "status": finding.status,
        "confidence": finding.confidence,
        "severity": finding.severity,
    }
