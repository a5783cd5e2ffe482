"""The numbers of one household: its risk now, with help, in the next years, and what each finding adds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.risk.attribution import Attribution
from analysis.risk.findings import STATUSES
from analysis.risk.periods import already
from analysis.sensitivity import is_sensitive_measure
from analysis.why.held import Held
from analysis.why.names import cause_name, measure_name
from analysis.why.parts import Named, YearRisk


@dataclass(frozen=True)
class RiskNumbers:
    """The risks of one household. `activity`: by code the chance of each cause and state within 12 months."""

    risk: float
    risk_with_help: float
    leak_risk: float
    level: float
    is_already: bool
    attribution: Attribution
    activity: dict[str, float]

    def fields(self) -> dict[str, float | bool | None]:
        """Return what an answer says of it."""
        is_left_out = bool(self.attribution.is_left_out[0])
        return {
            "risk": self.risk,
            "risk_with_help": self.risk_with_help,
            "risk_without": None if is_left_out else float(self.attribution.risk_without[0]),
            "leak_risk": self.leak_risk,
            "level": self.level,
            "is_above": self.risk >= self.level,
            "is_above_with_help": self.risk_with_help >= self.level,
            "is_already": self.is_already,
            "is_attribution_left_out": is_left_out,
        }


def numbers_of(held: Held, level: float) -> RiskNumbers:
    """Return the risks of a household; `level`: from which on it stands high."""
    engine, findings, households = held.model.engine, held.findings, held.households
    codes = held.model.network.codes
    attribution = engine.attribute(findings)
    risk = float(attribution.risk[0])
    is_helped = bool(households.running.any())
    return RiskNumbers(
        risk=risk,
        risk_with_help=float(engine.risk_with(findings, held.model.measures, households.running)[0])
        if is_helped
        else risk,
        leak_risk=held.model.leak_risk,
        level=level,
        is_already=bool(already(held.model.network, findings)[0]),
        attribution=attribution,
        activity=dict(zip(codes, engine.activity(findings, codes)[0].tolist(), strict=True)),
    )


def next_years(held: Held, count: int) -> tuple[YearRisk, ...]:
    """Return the risk of each of the next years if nothing is done."""
    found = held.model.periods.risks(held.findings, count)
    return tuple(
        YearRisk(year=year, chance=chance, at_least_once=once)
        for year, (chance, once) in enumerate(
            zip(found.active[0].tolist(), found.at_least_once[0].tolist(), strict=True), start=1
        )
    )


def already_by(held: Held) -> tuple[Named, ...]:
    """Return the confirmed findings that say that the target is true today, in the network's order."""
    network, findings = held.model.network, held.findings
    confirmed = np.unique(findings.cause[findings.status == STATUSES.index("confirmed")]).tolist()
    saying = [cause for cause in confirmed if already(network, held.findings_at(findings.cause == cause))[0]]
    return tuple(_named_cause(held, network.codes[cause]) for cause in saying)


def help_that_runs(held: Held) -> tuple[tuple[Named, ...], int]:
    """Return the measures that run and may be shown, by code, and how many more run."""
    codes = sorted(held.model.measures.code_of[place] for place in np.flatnonzero(held.households.running[0]).tolist())
    shown = [code for code in codes if not (held.hidden and is_sensitive_measure(held.schema, code))]
    names = [(code, measure_name(held.schema, code)) for code in shown]
    return tuple(Named(code=code, name_en=name.en, name_zh=name.zh) for code, name in names), len(codes) - len(shown)


def _named_cause(held: Held, code: str) -> Named:
    name = cause_name(held.schema, code)
    return Named(code=code, name_en=name.en, name_zh=name.zh)
