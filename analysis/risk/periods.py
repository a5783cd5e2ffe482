"""Risk over the next years: what feedback does from one year to the next, by exact sums.

    periods = RiskPeriods(network_of_schema(load_schema()))
    periods.risks(findings, 5)

A period is 12 months. The findings persist, refuted ones too; everything else is drawn anew in each period, given what
was active in the period before at the start of a feedback link: such a link is one more way from outside to switch on
its effect, `P(active) = r (1 - (1 - leak)(1 - source) x product of (1 - p) over active parents and over feedback
links whose start was active a period ago)`. The first period has no feedback, so it is the risk of the engine.
All feedback links of the vocabulary leave O02, so O02 active or not is all that a period tells the next: two static
runs and a chain of two states. Up to MOST_SOURCES nodes may act back; then their states together are the chain's.

Two things to know when the numbers are read out. A suspicion counts with its confidence in each period anew, so "at
least once" treats a suspicion as if it could turn out true in one year and false in another. Links of more than a year
act in no period: nothing is known of the year in which they would.
Source: analyses, section 1, "Time steps".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeAlias

import numpy as np

from analysis.errors import QuestionError
from analysis.risk.elimination import Tables, compile_program
from analysis.risk.findings import Cells, Findings, Flags, Numbers, Places, cells_of
from analysis.risk.network import RiskLink, RiskNetwork
from analysis.risk.patterns import grouping_of, whole_patterns
from analysis.risk.relevance import above
from analysis.risk.tables import PatternRows, TableMaker

MOST_PERIODS = 5
# With k nodes that act back a period takes 2 x 4^k static sums.
MOST_SOURCES = 3
_CHUNK_NUMBERS = 1 << 19

# What was active: a flag for each node that acts back.
_State: TypeAlias = tuple[bool, ...]


@dataclass(frozen=True)
class PeriodRisks:
    """Risk by period: shape (households, periods), the first period first.

    `active`: P(target active in the period). `at_least_once`: P(target active in one period or more up to this one).
    `is_already`: shape (households,), True where the target is true today, see `already`: its numbers are all 1, and to
    be shown as "already", not as a forecast.
    """

    active: Numbers
    at_least_once: Numbers
    is_already: Flags


class RiskPeriods:
    """Risk over several periods on one network, for one target. Make it once."""

    def __init__(self, network: RiskNetwork, target: str | None = None) -> None:
        """Compile the network. `target`: a code; the network's own when None.

        `sources` are the codes of the nodes whose activity acts on the next period and can change the target there.
        Raises QuestionError for an unknown target, one that nothing can bring about, a network with more than
        MOST_SOURCES such nodes, or one too wide.
        """
        code = target if target is not None else network.default_target
        if code is None:
            raise QuestionError("risk_no_target", states=", ".join(network.states))
        self.network, self.target = network, code
        self._target = network.node_position(code)
        is_entered = any(link.to_code == code for link in (*network.links, *network.feedback_links))
        if not is_entered and not network.nodes[self._target].risk_leak:
            raise QuestionError("risk_target_not_reached", cause=code)
        relevant, self._feedback = _acting_back(network, self._target)
        starts = sorted({network.position[network.feedback_links[place].from_code] for place in self._feedback})
        self.sources = tuple(network.codes[place] for place in starts)
        if len(starts) > MOST_SOURCES:
            raise QuestionError(
                "periods_too_many_sources", count=len(starts), limit=MOST_SOURCES, codes=", ".join(self.sources)
            )
        self._starts = starts
        joined = [(network.position[link.from_code], network.position[link.to_code]) for link in network.links]
        self._program = compile_program(network.codes, joined, sorted(relevant))
        # Feedback links stand behind the others, so that the program does not see them and they have their strength.
        self._maker = TableMaker(replace(network, links=(*network.links, *network.feedback_links)), "risk_leak")
        self._counted = _counted_causes(network, relevant, self._feedback)

    def risks(self, findings: Findings, periods: int) -> PeriodRisks:
        """Return the risk of each household over 1 to MOST_PERIODS periods.

        Raises QuestionError for another number of periods or wrong findings.
        """
        if not 1 <= periods <= MOST_PERIODS:
            raise QuestionError("periods_wrong_count", count=periods, limit=MOST_PERIODS)
        cells = cells_of(self.network, findings)
        grouping = grouping_of(cells.chosen(self._counted[cells.cause]))
        different, back = np.unique(whole_patterns(grouping), return_inverse=True)
        result = np.empty((2, len(different), periods))
        rows = PatternRows(grouping.patterns, len(self.network.nodes))
        for part in self._parts(len(different)):
            result[:, part] = self._risks(rows, different[part], periods)
        active, once = np.clip(result, 0.0, 1.0)[:, back]
        is_already = _already(self.network, cells, self._target)
        return PeriodRisks(active, once, is_already)

    def _risks(self, rows: PatternRows, numbers: Places, periods: int) -> Numbers:
        """Return active and at least once, shape (2, patterns, periods), by the chain over what the sources were."""
        tables = self._maker.tables(*rows.rows(numbers), {})
        states = list(product((False, True), repeat=len(self._starts)))
        # Per state of the sources a period ago: P(sources now, target not active), P(sources now, target active).
        shape = (len(states), len(states), 2, len(numbers))
        steps = np.zeros(shape)
        asked = list(product(range(len(states)), range(len(states)), (False, True)))
        changed = [self._with_feedback(tables, was_active) for was_active in states]
        # All that is asked of a pattern stands side by side in one sum: for few patterns that is much quicker.
        chances_of = self._chances(
            [self._with_evidence(changed[before], states[now], is_target=value) for before, now, value in asked]
        )
        for (before, now, value), chance in zip(asked, chances_of, strict=True):
            steps[before, now, int(value)] = chance
        chances, untouched = np.zeros((2, len(states), len(numbers)))
        chances[0] = untouched[0] = 1.0
        result = np.empty((2, len(numbers), periods))
        for period in range(periods):
            result[0, :, period] = np.einsum("br,bnr->r", chances, steps[:, :, 1])
            untouched = np.einsum("br,bnr->nr", untouched, steps[:, :, 0])
            result[1, :, period] = 1.0 - untouched.sum(axis=0)
            chances = np.einsum("br,bnvr->nr", chances, steps)
        return result

    def _with_feedback(self, tables: Tables, was_active: _State) -> Tables:
        nodes = tables.nodes.copy()
        for place in self._feedback:
            link = self.network.feedback_links[place]
            if was_active[self.sources.index(link.from_code)]:
                # Beside leak and finding one more way not to be switched on: it stands where y = 0.
                nodes[self.network.position[link.to_code], :, 0] *= tables.doubts[len(self.network.links) + place]
        return Tables(nodes, tables.doubts)

    def _with_evidence(self, tables: Tables, is_active: _State, *, is_target: bool) -> Tables | None:
        """Return the tables with what is seen of the sources and the target put in, None where they contradict."""
        seen = dict(zip(self._starts, is_active, strict=True))
        if seen.setdefault(self._target, is_target) != is_target:
            return None
        nodes = tables.nodes.copy()
        for place, value in seen.items():
            nodes[place, 0 if value else 1] = 0.0
        return Tables(nodes, tables.doubts)

    def _chances(self, asked: Sequence[Tables | None]) -> Numbers:
        """Return the chance of what each of the tables has seen, 0 for None: shape (asked, patterns)."""
        tables = [each for each in asked if each is not None]
        joined = Tables(
            np.concatenate([each.nodes for each in tables], axis=-1),
            np.concatenate([each.doubts for each in tables], axis=-1),
        )
        found = np.zeros((len(asked), tables[0].nodes.shape[-1]))
        possible = [place for place, each in enumerate(asked) if each is not None]
        found[possible] = np.clip(self._program.total(joined), 0.0, 1.0).reshape(len(tables), -1)
        return found

    def _parts(self, count: int) -> Iterator[slice]:
        # With each pattern all that is asked of it is held at once.
        held = 2 * 4 ** len(self._starts)
        size = max(1, _CHUNK_NUMBERS // (held * max(self._program.largest_table, 4 * len(self.network.links), 1)))
        for start in range(0, count, size):
            yield slice(start, min(start + size, count))


def already(network: RiskNetwork, findings: Findings, target: str | None = None) -> Flags:
    """Return, per household, whether the target is true today: shape (households,).

    It is when a confirmed finding says so: of the target itself, or of a state that is the target by definition, at any
    number of steps (links of strength 1 from state to state). Of the vocabulary: O02, O03, O05 and O06 for O06.
    Raises QuestionError for an unknown target or wrong findings.
    """
    code = target if target is not None else network.default_target
    if code is None:
        raise QuestionError("risk_no_target", states=", ".join(network.states))
    return _already(network, cells_of(network, findings), network.node_position(code))


def _already(network: RiskNetwork, cells: Cells, target: int) -> Flags:
    by_definition = [
        link
        for link in network.links
        if link.strength == 1
        and all(network.nodes[network.position[code]].is_state for code in (link.from_code, link.to_code))
    ]
    saying = np.zeros(len(network.nodes), dtype=np.bool_)
    saying[list(above(replace(network, links=tuple(by_definition)), [target]))] = True
    is_already = np.zeros(cells.household_count, dtype=np.bool_)
    is_already[cells.household[saying[cells.cause] & (cells.source == 1)]] = True
    return is_already


def _acting_back(network: RiskNetwork, target: int) -> tuple[set[int], list[int]]:
    """Return the nodes that can change the target in this period or a later one, and the feedback links that do."""
    relevant = above(network, [target])
    while True:
        acting = [
            place for place, link in enumerate(network.feedback_links) if network.position[link.to_code] in relevant
        ]
        wider = relevant | above(
            network, [network.position[network.feedback_links[place].from_code] for place in acting]
        )
        if wider == relevant:
            return relevant, acting
        relevant = wider


def _counted_causes(network: RiskNetwork, relevant: Collection[int], feedback: Collection[int]) -> Flags:
    """Return, per node, whether a finding of it can change anything: it leads on, or amplifies a link that does."""
    counted = np.zeros(len(network.nodes), dtype=np.bool_)
    counted[list(relevant)] = True
    acting: list[RiskLink] = [link for link in network.links if network.position[link.to_code] in relevant]
    acting += [network.feedback_links[place] for place in feedback]
    counted[[network.position[item.cause] for link in acting for item in link.amplifiers if item.cause]] = True
    return counted
