"""A made-up county of findings in arrays, for the benchmarks of the cause engine.

Findings a household are Poisson with mean 3, at most 12; how common each cause is, is drawn from a Dirichlet; half are
confirmed, confidence and severity are drawn from the bands. Nothing hangs together, so that fewer households are alike
than in a real county: the hardest case for what is grouped.
"""

from __future__ import annotations

import numpy as np

from analysis.risk.findings import STATUSES, Findings
from analysis.risk.network import RiskNetwork

SEED = 20260520


def county_findings(network: RiskNetwork, households: int) -> Findings:
    """Return the findings of so many households, the same each time."""
    rng = np.random.default_rng(SEED)
    counts = rng.poisson(3, households).clip(0, 12)
    rows = int(counts.sum())
    causes = np.array([place for place, node in enumerate(network.nodes) if not node.is_state])
    common = rng.dirichlet(np.full(len(causes), 0.7))
    return Findings(
        household_count=households,
        household=np.repeat(np.arange(households), counts),
        cause=rng.choice(causes, p=common, size=rows),
        status=np.where(rng.random(rows) < 0.5, STATUSES.index("confirmed"), STATUSES.index("suspected")),
        confidence=rng.choice([0.2, 0.4, 0.6, 0.8], rows),
        severity=rng.choice([0.2, 0.4, 0.6, 0.8, 1.0], rows),
        properties=rng.random((households, len(network.property_rules))) < 0.2,
    )


def county_rows(network: RiskNetwork, count: int) -> list[list[dict[str, object]]]:
    """Return the findings of so many households as plain rows, the same each time; no property rule holds."""
    findings = county_findings(network, count)
    households: list[list[dict[str, object]]] = [[] for _ in range(count)]
    columns = (findings.household, findings.cause, findings.status, findings.confidence, findings.severity)
    for household, cause, status, confidence, severity in zip(*(c.tolist() for c in columns), strict=True):
        households[household].append(
            {
                "cause": network.codes[cause],
                "status": STATUSES[status],
                "confidence": confidence,
                "severity": severity,
            }
        )
    return households
