"""The cause engine: the place to begin.

    engine = RiskEngine(network_of_schema(load_schema()))
    findings = findings_of(engine.network, [[{"cause": "H01", "status": "confirmed", "severity": 1.0}]])
    engine.risk(findings)            # about 0.5548: the chance of O06 within 12 months, one number per household
    engine.activity(findings, engine.network.states)    # the same for every state
    engine.attribute(findings)       # what each finding adds
    engine.explain(findings, {"O02": True})             # which cause is likeliest behind what was seen
    engine.risk_with(findings, measures_of_schema(load_schema(), engine.network), given)    # with measures running

Risk *forces* the findings: they are sources from outside, not observations that make their causes likelier.
Explanation *conditions* on states seen. The two are never mixed. Until strengths are learned from an area's outcomes,
risk is called a risk score. All numbers are exact sums, whatever the number of households: one household alone and the
same household among a million give the same to 1e-9. Decision page: docs/decisions/0015.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from analysis.errors import QuestionError
from analysis.risk.attribution import Attribution, attribution_of
from analysis.risk.elimination import Program, Tables, compile_program
from analysis.risk.findings import Cells, Findings, Flags, Numbers, Places, cells_of
from analysis.risk.measures import RiskMeasures
from analysis.risk.network import RiskNetwork
from analysis.risk.patterns import Patterns, different_plans, grouping_of, whole_patterns
from analysis.risk.relevance import Relevance
from analysis.risk.tables import LeakName, PatternRows, PlanRows, TableMaker

# Numbers that one chunk of rows may hold in its largest table or its links, so that they stay in the processor's cache.
_CHUNK_NUMBERS = 1 << 19
_THREADS = 2


@dataclass(frozen=True)
class Explanation:
    """What lies behind states seen.

    `posterior`: shape (households, nodes), P(active | seen, findings forced), in the order of the network's codes.
    `chance`: shape (households,), the probability of what was seen. `question`: shape (households,), the place of the
    cause that is worth asking about next, -1 where nothing is open; `bits`: what its answer is expected to tell.
    `bits_of`: shape (households, nodes), the same for each cause, 0 where nothing is open.
    """

    posterior: Numbers
    chance: Numbers
    question: Places
    bits: Numbers
    bits_of: Numbers


class RiskEngine:
    """Risk, explanation and attribution on one network. Make it once: the order of summing is found here.

    Raises QuestionError where the network is too wide for exact sums.
    """

    def __init__(self, network: RiskNetwork) -> None:
        """Compile the network. It is not changed and can be shared by threads."""
        self.network = network
        self._joined = [(network.position[link.from_code], network.position[link.to_code]) for link in network.links]
        self._makers: dict[LeakName, TableMaker] = {
            "leak": TableMaker(network, "leak"),
            "risk_leak": TableMaker(network, "risk_leak"),
        }
        self._whole = compile_program(network.codes, self._joined, range(len(network.nodes)))
        self._towards: dict[int, Program] = {}
        self._relevances: dict[int, Relevance] = {}

    @property
    def largest_table(self) -> int:
        """Return the entries of the largest table that one household needs."""
        return self._whole.largest_table

    def risk(self, findings: Findings, target: str | None = None, *, is_grouped: bool = True) -> Numbers:
        """Return P(target active within 12 months), findings forced, per household: shape (households,).

        `target`: a code; the network's own when None. `is_grouped`: compute equal households once; the numbers are the
        same. Raises QuestionError for an unknown target, one that nothing can bring about, or wrong findings.
        """
        place = self._target(target)
        relevance = self._relevance(place)
        cells = relevance.counting(cells_of(self.network, findings))
        grouping = grouping_of(cells.chosen(relevance.of_cells(cells)))
        numbers = whole_patterns(grouping)
        if not is_grouped:
            return self._chances(grouping.patterns, numbers, place)
        different, back = np.unique(numbers, return_inverse=True)
        return self._chances(grouping.patterns, different, place)[back]

    def risk_with(self, findings: Findings, measures: RiskMeasures, given: Flags, target: str | None = None) -> Numbers:
        """Return the risk with measures running, per household: shape (households,).

        `given`: shape (households, measures), whether the measure runs there. No measure raises the risk.
        Raises QuestionError as `risk` does, and for flags of another shape or measures of another network.
        """
        return self.plan_risks(findings, measures, np.arange(findings.household_count), given, target)

    def plan_risks(
        self,
        findings: Findings,
        measures: RiskMeasures,
        household: Places,
        plans: Flags,
        target: str | None = None,
    ) -> Numbers:
        """Return the risk of any number of plans: shape (rows,).

        `household`: of each row, the place among the findings' households; `plans`: shape (rows, measures), the
        measures that run in that row. Rows alike in findings and plan are computed once. Raises as `risk_with`.
        """
        measures.check_plans(self.network, plans, len(household))
        return self._plan_risks(cells_of(self.network, findings), measures, household, plans, self._target(target))

    def risks_with(
        self, findings: Findings, measures: RiskMeasures, given: Flags, targets: Sequence[str]
    ) -> dict[str, Numbers]:
        """Return `risk_with` of each of some targets. Raises as that does."""
        measures.check_plans(self.network, given, findings.household_count)
        cells, everybody = cells_of(self.network, findings), np.arange(findings.household_count)
        return {each: self._plan_risks(cells, measures, everybody, given, self._target(each)) for each in targets}

    def _plan_risks(self, cells: Cells, measures: RiskMeasures, household: Places, plans: Flags, place: int) -> Numbers:
        relevance = self._relevance(place)
        cells = relevance.counting(cells)
        counted = cells.chosen(relevance.of_cells(cells))
        grouping = grouping_of(counted)
        numbers = whole_patterns(grouping)[household]
        acting = plans & relevance.of_measures(counted, measures, np.flatnonzero(plans.any(axis=0)))[household]
        first, back = different_plans(numbers, acting)
        return self._chances(grouping.patterns, numbers[first], place, PlanRows(measures, acting[first]))[back]

    def household_tables(self, findings: Findings, measures: RiskMeasures, plans: Flags) -> Tables:
        """Return the tables of risk of the first household under plans of shape (rows, measures)."""
        measures.check_plans(self.network, plans, len(plans))
        grouping = grouping_of(cells_of(self.network, findings))
        numbers = np.repeat(whole_patterns(grouping)[:1], len(plans))
        rows = PatternRows(grouping.patterns, len(self.network.nodes))
        helped = PlanRows(measures, plans).helped(slice(None))
        return self._makers["risk_leak"].tables(*rows.rows(numbers), {}, helped)

    def target_position(self, target: str | None = None) -> int:
        """Return the place of a target; the network's own when None. Raises QuestionError as `risk` does."""
        return self._target(target)

    def leak_risk(self, target: str | None = None) -> float:
        """Return the risk of a household with no finding: the base rate that the leaks stand for."""
        nothing = np.zeros(0, dtype=np.int64)
        return float(self.risk(Findings(1, nothing, nothing, nothing, np.zeros(0), np.zeros(0)), target)[0])

    def activity(self, findings: Findings, codes: Sequence[str]) -> Numbers:
        """Return P(active within 12 months) of each code, findings forced: shape (households, codes)."""
        places = np.array([self.network.node_position(code) for code in codes], dtype=np.int64)
        grouping = grouping_of(cells_of(self.network, findings))
        different, back = np.unique(whole_patterns(grouping), return_inverse=True)
        return self._posteriors(grouping.patterns, different, "risk_leak", {})[1][:, places][back]

    def explain(self, findings: Findings, seen: Mapping[str, bool]) -> Explanation:
        """Return P(cause | states seen true or false, findings forced), the leak of each cause as its prior.

        The question worth asking next is the cause whose answer tells most of all the causes together: the one with
        the largest entropy -q log2 q - (1 - q) log2(1 - q) of its posterior q, since a true answer leaves nothing of it
        open. Findings that are confirmed or refuted and what was seen are not asked about, nor are states.
        Raises QuestionError where what was seen cannot happen at some household.
        """
        evidence = {self.network.node_position(code): is_active for code, is_active in seen.items()}
        cells = cells_of(self.network, findings)
        grouping = grouping_of(cells)
        different, back = np.unique(whole_patterns(grouping), return_inverse=True)
        chance, joint = self._posteriors(grouping.patterns, different, "leak", evidence)
        impossible = np.flatnonzero(~(chance[back] > 0))
        if len(impossible):
            raise QuestionError("risk_cannot_happen", household=int(impossible[0]), codes=", ".join(sorted(seen)))
        posterior = (joint / chance[:, None])[back]
        settled = np.zeros(posterior.shape, dtype=np.bool_)
        is_sure = cells.is_closed | (cells.source == 1.0)
        settled[cells.household[is_sure], cells.cause[is_sure]] = True
        settled[:, [node.is_state for node in self.network.nodes]] = True
        settled[:, list(evidence)] = True
        bits = np.where(settled, 0.0, _entropy(posterior))
        question = np.argmax(bits, axis=1)
        most = bits[np.arange(len(bits)), question]
        return Explanation(posterior, chance[back], np.where(most > 0, question, -1), most, bits)

    def attribute(self, findings: Findings, target: str | None = None) -> Attribution:
        """Return what each confirmed or suspected finding adds to the risk. See `Attribution`."""
        place = self._target(target)
        relevance = self._relevance(place)
        cells = relevance.counting(cells_of(self.network, findings))
        return attribution_of(
            cells,
            relevance.of_cells(cells),
            lambda patterns, numbers: self._chances(patterns, numbers, place),
        )

    def losses(self, findings: Findings, target: str | None = None) -> tuple[Numbers, Numbers]:
        """Return what the risk of each household would lose if a cause came about nowhere, or a link led on nowhere.

        Shapes (households, nodes) and (households, links), 0 for what the target does not hang on, and for itself. What
        a cause that is found amplifies stays amplified. Meant for households that differ: each is computed once.
        """
        place = self._target(target)
        grouping = grouping_of(self._relevance(place).counting(cells_of(self.network, findings)))
        numbers, rows = whole_patterns(grouping), PatternRows(grouping.patterns, len(self.network.nodes))
        program, maker = self._towards_program(place), self._makers["risk_leak"]
        of_nodes = np.zeros((len(numbers), len(self.network.nodes)))
        of_links = np.zeros((len(numbers), len(self.network.links)))

        def put(part: slice) -> None:
            nodes, links = program.losses(maker.tables(*rows.rows(numbers[part]), {place: True}))
            of_nodes[part, list(program.nodes)], of_links[part, list(program.links)] = nodes.T, links.T

        with ThreadPoolExecutor(_THREADS) as pool:
            list(pool.map(put, _chunks(len(numbers), self._chunk(program))))
        of_nodes[:, place] = 0.0
        return of_nodes, of_links

    def _target(self, target: str | None) -> int:
        code = target if target is not None else self.network.default_target
        if code is None:
            raise QuestionError("risk_no_target", states=", ".join(self.network.states))
        place = self.network.node_position(code)
        is_entered = any(end == place for _, end in self._joined)
        if not is_entered and not self.network.nodes[place].risk_leak:
            raise QuestionError("risk_target_not_reached", cause=code)
        return place

    def _towards_program(self, place: int) -> Program:
        if place not in self._towards:
            self._towards[place] = compile_program(
                self.network.codes, self._joined, sorted(self._relevance(place).above)
            )
        return self._towards[place]

    def _relevance(self, place: int) -> Relevance:
        if place not in self._relevances:
            self._relevances[place] = Relevance(self.network, place)
        return self._relevances[place]

    def _chances(self, patterns: Patterns, numbers: Places, place: int, plans: PlanRows | None = None) -> Numbers:
        program, maker = self._towards_program(place), self._makers["risk_leak"]
        rows = PatternRows(patterns, len(self.network.nodes))

        def chances_of(part: slice) -> Numbers:
            helped = None if plans is None else plans.helped(part)
            return program.total(maker.tables(*rows.rows(numbers[part]), {place: True}, helped))

        parts = _chunks(len(numbers), self._chunk(program))
        if len(parts) <= 1:
            results = [chances_of(part) for part in parts]
        else:
            # Array operations let go of the interpreter, so two chunks run at a time.
            with ThreadPoolExecutor(_THREADS) as pool:
                results = list(pool.map(chances_of, parts))
        chances: Numbers = np.clip(np.concatenate([np.zeros(0), *results]), 0.0, 1.0)
        return chances

    def _posteriors(
        self, patterns: Patterns, numbers: Places, leak_name: LeakName, evidence: Mapping[int, bool]
    ) -> tuple[Numbers, Numbers]:
        maker = self._makers[leak_name]
        rows = PatternRows(patterns, len(self.network.nodes))
        chance, joint = np.empty(len(numbers)), np.empty((len(numbers), len(self.network.nodes)))
        for part in _chunks(len(numbers), self._chunk(self._whole)):
            chance[part], active = self._whole.active(maker.tables(*rows.rows(numbers[part]), evidence))
            joint[part] = active.T
        # Sums of terms of both signs end a few 1e-16 outside.
        chance = np.clip(chance, 0.0, 1.0)
        return chance, np.clip(joint, 0.0, chance[:, None])

    def _chunk(self, program: Program) -> int:
        return max(1, _CHUNK_NUMBERS // max(program.largest_table, 4 * len(self.network.links), 1))


def _chunks(count: int, size: int) -> list[slice]:
    return [slice(start, min(start + size, count)) for start in range(0, count, size)]


def _entropy(chance: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        bits = -chance * np.log2(chance) - (1.0 - chance) * np.log2(1.0 - chance)
    return np.nan_to_num(bits, nan=0.0)
