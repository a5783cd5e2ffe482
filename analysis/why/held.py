"""What is held of one household, as questions about its risk take it: arrays for sums, findings with evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from analysis.causes.findings import HouseholdFindings
from analysis.causes.parts import Finding
from analysis.risk.attribution import Attribution
from analysis.risk.findings import STATUSES, Cells, Findings, Flags, cells_of
from analysis.risk.households import RiskHouseholds
from analysis.risk.model import RiskModel
from analysis.sensitivity import is_sensitive_cause
from analysis.why.names import cause_name
from analysis.why.parts import FoundCause, HiddenFound
from graph_schema import Schema


@dataclass(frozen=True)
class Held:
    """One household: `households` holds it alone. `told`: its findings with evidence. `hidden`: codes not shown."""

    schema: Schema
    model: RiskModel
    households: RiskHouseholds
    told: HouseholdFindings
    hidden: frozenset[str]

    @property
    def findings(self) -> Findings:
        """Return its findings as arrays."""
        return self.households.findings

    @cached_property
    def cells(self) -> Cells:
        """Return its findings as they count in sums, one cell per cause."""
        return cells_of(self.model.network, self.findings)

    @cached_property
    def counted(self) -> Mapping[str, tuple[float, float]]:
        """Return by code the confidence and severity of what is confirmed or suspected."""
        cells = self.cells.chosen(~self.cells.is_closed)
        codes = [self.model.network.codes[place] for place in cells.cause.tolist()]
        return dict(zip(codes, zip(cells.source.tolist(), cells.severity.tolist(), strict=True), strict=True))

    @cached_property
    def states_held(self) -> Mapping[str, bool]:
        """Return by code the states that are confirmed (True) or refuted (False)."""
        network, findings = self.model.network, self.findings
        return {
            network.codes[cause]: STATUSES[status] == "confirmed"
            for cause, status in zip(findings.cause.tolist(), findings.status.tolist(), strict=True)
            if network.nodes[cause].is_state and STATUSES[status] != "suspected"
        }

    def findings_without(self, codes: Mapping[str, object]) -> Findings:
        """Return the findings as arrays without those of some causes."""
        left_out = [self.model.network.position[code] for code in codes]
        return self.findings_at(~np.isin(self.findings.cause, left_out))

    def findings_at(self, kept: Flags) -> Findings:
        """Return the findings as arrays, only the rows that are kept."""
        return replace(
            self.findings,
            household=self.findings.household[kept],
            cause=self.findings.cause[kept],
            status=self.findings.status[kept],
            confidence=self.findings.confidence[kept],
            severity=self.findings.severity[kept],
        )


def sensitive_codes(schema: Schema, model: RiskModel) -> frozenset[str]:
    """Return the codes of the network that may be shown only on purpose."""
    return frozenset(code for code in model.network.codes if is_sensitive_cause(schema, code))


def found_causes(held: Held, attribution: Attribution) -> tuple[tuple[FoundCause, ...], HiddenFound | None]:
    """Return what is held of each cause that may be shown, and what the others add together.

    Confirmed and suspected causes come first, those that add most first, then the refuted ones by code.
    """
    codes = [held.model.network.codes[place] for place in attribution.cause.tolist()]
    shapley = dict(zip(codes, attribution.shapley.tolist(), strict=True))
    drop = dict(zip(codes, attribution.drop.tolist(), strict=True))
    opened = [
        _found(
            held, code, held.told.opened.get(code), confidence, severity, _or_none(shapley[code]), _or_none(drop[code])
        )
        for code, (confidence, severity) in held.counted.items()
        if code not in held.hidden
    ]
    opened.sort(key=lambda each: (-(each.shapley or 0.0), each.code))
    refuted = [
        _found(held, code, finding, finding.confidence, finding.severity, None, None)
        for code, finding in sorted(held.told.refuted.items())
        if code not in held.hidden and code not in held.counted
    ]
    hidden = [shapley[code] for code in held.counted if code in held.hidden]
    return (*opened, *refuted), HiddenFound(count=len(hidden), shapley=_or_none(sum(hidden))) if hidden else None


def _found(
    held: Held,
    code: str,
    finding: Finding | None,
    confidence: float,
    severity: float,
    shapley: float | None,
    drop: float | None,
) -> FoundCause:
    name = cause_name(held.schema, code)
    node = held.model.network.nodes[held.model.network.position[code]]
    return FoundCause(
        code=code,
        name_en=name.en,
        name_zh=name.zh,
        is_state=node.is_state,
        status=finding.status if finding else "confirmed" if confidence == 1 else "suspected",
        severity=severity,
        confidence=confidence,
        since=finding.onset_on if finding else None,
        evidence=finding.evidence if finding else (),
        shocks=finding.shocks if finding else (),
        shapley=shapley,
        drop=drop,
    )


def _or_none(number: float) -> float | None:
    return None if number != number else number
