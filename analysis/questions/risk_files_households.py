"""The households of a file of findings as forms: risk, and on request what adds to it, chains and posteriors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from analysis.errors import QuestionError
from analysis.questions.cause_graph import MOST_CHAINS
from analysis.questions.risk_files_answer import FindingAdded, HouseholdRisk, Question
from analysis.risk.engine import Explanation, RiskEngine
from analysis.risk.findings import Findings, Numbers, cells_of
from analysis.risk.findings_file import FindingsFile
from analysis.risk.trace import Tracer

# Households whose forms are made at once: bounds the memory, whatever the number of households.
HOUSEHOLDS_AT_ONCE = 10_000

# The fields of one household that are asked for, by name.
Fields: TypeAlias = dict[str, object]


@dataclass(frozen=True)
class Parts:
    """What to say of each household besides its risk."""

    attribution: bool = False
    chains: bool = False
    question: bool = False
    posteriors: bool = False


@dataclass(frozen=True)
class HouseholdForms:
    """Makes the forms of households. `hidden`: codes that are counted and not shown."""

    engine: RiskEngine
    found: FindingsFile
    target: str
    seen: Mapping[str, bool]
    parts: Parts
    hidden: frozenset[str]

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield where the households begin and end that are made into forms at once."""
        for start in range(0, len(self.found.ids), HOUSEHOLDS_AT_ONCE):
            yield start, min(start + HOUSEHOLDS_AT_ONCE, len(self.found.ids))

    def check_seen(self) -> None:
        """Raise QuestionError, naming the household, where what was seen cannot happen; before anything is told."""
        for start, stop in self.spans():
            self._explained(self.found.between(start, stop))

    def between(self, start: int, stop: int, risk: Numbers) -> Iterator[HouseholdRisk]:
        """Yield the households at the places from `start` up to `stop`; `risk`: shape (all households,).

        What was seen has been checked (`check_seen`).
        """
        part = self.found.between(start, stop)
        fields: list[Fields] = [{} for _ in part.ids]
        if self.parts.attribution:
            self._attribute(part.findings, fields)
        if self.parts.chains:
            self._trace(part, fields)
        if self.parts.posteriors:
            active = self.engine.activity(part.findings, self.engine.network.codes)
            for place, row in enumerate(active.tolist()):
                fields[place]["activity"] = self._by_code(row)
        if self.parts.question or self.parts.posteriors or self.seen:
            self._explain(part, fields)
        count = np.bincount(part.findings.household, minlength=len(part.ids)).tolist()
        for place, household in enumerate(part.ids):
            yield HouseholdRisk.model_validate(
                {
                    "household": household,
                    "finding_count": count[place],
                    "risk": float(risk[start + place]),
                    **fields[place],
                }
            )

    def _attribute(self, findings: Findings, fields: list[Fields]) -> None:
        network = self.engine.network
        found, cells = self.engine.attribute(findings, self.target), cells_of(network, findings)
        shown = cells.chosen(~cells.is_closed)
        ends = np.searchsorted(shown.household, np.arange(len(fields) + 1)).tolist()
        added = [
            FindingAdded(code=network.codes[cause], confidence=source, severity=severity, shapley=shapley, drop=drop)
            for cause, source, severity, shapley, drop in zip(
                shown.cause.tolist(),
                shown.source.tolist(),
                shown.severity.tolist(),
                _or_none(found.shapley),
                _or_none(found.drop),
                strict=True,
            )
        ]
        closed: list[list[str]] = [[] for _ in fields]
        for household, cause in zip(
            cells.household[cells.is_closed].tolist(), cells.cause[cells.is_closed].tolist(), strict=True
        ):
            closed[household].append(network.codes[cause])
        for place, (without, is_left_out) in enumerate(
            zip(_or_none(found.risk_without), found.is_left_out.tolist(), strict=True)
        ):
            own = added[ends[place] : ends[place + 1]]
            fields[place] |= {
                "risk_without": without,
                "is_attribution_left_out": is_left_out,
                "attribution": tuple(one for one in own if one.code not in self.hidden),
                "refuted": tuple(code for code in closed[place] if code not in self.hidden),
            }

    def _trace(self, part: FindingsFile, fields: list[Fields]) -> None:
        for place in range(len(fields)):
            alone = part.between(place, place + 1).findings
            trace = self._tracer.trace(alone, target=self.target, max_chains=MOST_CHAINS, hidden=self.hidden)
            fields[place] |= {"chains": trace.chains, "links": trace.links, "are_chains_capped": trace.is_capped}

    def _explained(self, part: FindingsFile) -> Explanation:
        try:
            return self.engine.explain(part.findings, self.seen)
        except QuestionError as error:
            if error.code != "risk_cannot_happen":
                raise
            place = int(str(error.fields["household"]))
            raise QuestionError(
                "risk_findings_cannot_happen", household=part.ids[place], codes=error.fields["codes"]
            ) from error

    def _explain(self, part: FindingsFile, fields: list[Fields]) -> None:
        found = self._explained(part)
        for place, own in enumerate(fields):
            if self.parts.question:
                own["question"] = self._question(found, place)
            if self.parts.posteriors or self.seen:
                own["posterior"] = self._by_code(found.posterior[place].tolist())
                own["seen_chance"] = float(found.chance[place])

    def _question(self, found: Explanation, place: int) -> Question | None:
        cause = int(found.question[place])
        code = self.engine.network.codes[cause]
        if cause < 0 or code in self.hidden:
            return None
        return Question(code=code, chance=float(found.posterior[place, cause]), bits=float(found.bits[place]))

    def _by_code(self, chances: list[float]) -> dict[str, float]:
        pairs = zip(self.engine.network.codes, chances, strict=True)
        return {code: chance for code, chance in pairs if code not in self.hidden}

    @cached_property
    def _tracer(self) -> Tracer:
        return Tracer(self.engine.network)


def _or_none(numbers: Numbers) -> list[float | None]:
    return [None if number != number else number for number in numbers.tolist()]
