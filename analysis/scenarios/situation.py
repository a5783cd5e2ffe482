"""What is found and what help runs at many households, on one network: what a change begins from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.errors import QuestionError
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, Flags, Numbers, Places
from analysis.risk.households import RiskHouseholds
from analysis.risk.measures import RiskMeasures


@dataclass(frozen=True)
class Situation:
    """Households with their findings and the help that runs, in one order.

    `household_ids`: each once. `area_ids`: of the area that each lives in, None
    where that is unknown. `running`: shape (households, measures),
    whether the measure acts there. Raises QuestionError where the shapes do not fit each other.
    """

    engine: RiskEngine
    measures: RiskMeasures
    household_ids: tuple[str, ...]
    area_ids: tuple[str | None, ...]
    findings: Findings
    running: Flags

    def __post_init__(self) -> None:
        """Refuse what does not fit together."""
        count = len(self.household_ids)
        shapes = (len(self.area_ids), self.findings.household_count, self.running.shape)
        expected = (count, count, (count, len(self.measures)))
        if shapes != expected or len(set(self.household_ids)) != count:
            raise QuestionError("scenario_wrong_shapes", shapes=shapes, expected=expected)

    @cached_property
    def position(self) -> dict[str, int]:
        """Return the place of each household by its id."""
        return {household_id: place for place, household_id in enumerate(self.household_ids)}

    @cached_property
    def rows_by_area(self) -> Mapping[str | None, Places]:
        """Return the places of the households of each area, areas by id, those whose home is unknown last."""
        area_of, areas = pd.factorize(np.array(self.area_ids, dtype=object), sort=True)
        rows = np.argsort(area_of, kind="stable")
        ends = np.searchsorted(area_of[rows], np.arange(-1, len(areas) + 1)).tolist()
        found: dict[str | None, Places] = {
            str(area): rows[ends[number + 1] : ends[number + 2]] for number, area in enumerate(areas)
        }
        return {**found, None: rows[: ends[1]]} if ends[1] else found

    def risk(self, target: str | None = None) -> Numbers:
        """Return the risk with the help that runs, per household: shape (households,)."""
        return self.engine.risk_with(self.findings, self.measures, self.running, target)

    def risks(self, targets: Sequence[str]) -> dict[str, Numbers]:
        """Return the risk of each target with the help that runs: what they share is made once."""
        return self.engine.risks_with(self.findings, self.measures, self.running, targets)

    def risk_without_help(self, target: str | None = None) -> Numbers:
        """Return the risk if nothing is done, the help that runs not counted: shape (households,)."""
        return self.engine.risk(self.findings, target)

    def only(self, places: Places) -> Situation:
        """Return the situation of some of the households, in the order of `places`, each at most once."""
        if len(places) == len(self.household_ids) and (np.diff(places) > 0).all():
            return self
        chosen = places.tolist()
        return replace(
            self,
            household_ids=tuple(map(self.household_ids.__getitem__, chosen)),
            area_ids=tuple(map(self.area_ids.__getitem__, chosen)),
            findings=findings_at(self.findings, places),
            running=self.running[places],
        )


def situation_of(engine: RiskEngine, measures: RiskMeasures, households: RiskHouseholds) -> Situation:
    """Return the situation of households that were read from a graph."""
    return Situation(engine, measures, households.ids, households.place_of, households.findings, households.running)


def findings_at(findings: Findings, places: Places) -> Findings:
    """Return the findings of some households, counted from 0 in the order of `places`."""
    fresh = np.full(findings.household_count, -1, dtype=np.int64)
    fresh[places] = np.arange(len(places))
    household = fresh[findings.household]
    chosen = chosen_findings(replace(findings, household=household), household >= 0)
    properties = None if findings.properties is None else findings.properties[places]
    return replace(chosen, household_count=len(places), properties=properties)


def chosen_findings(findings: Findings, kept: Flags) -> Findings:
    """Return only the findings that are kept, of all households."""
    return replace(
        findings,
        household=findings.household[kept],
        cause=findings.cause[kept],
        status=findings.status[kept],
        confidence=findings.confidence[kept],
        severity=findings.severity[kept],
    )


def joined_findings(first: Findings, second: Findings) -> Findings:
    """Return the findings of both, with the properties of the first."""
    return replace(
        first,
        household=np.concatenate([first.household, second.household]),
        cause=np.concatenate([first.cause, second.cause]),
        status=np.concatenate([first.status, second.status]),
        confidence=np.concatenate([first.confidence, second.confidence]),
        severity=np.concatenate([first.severity, second.severity]),
    )
