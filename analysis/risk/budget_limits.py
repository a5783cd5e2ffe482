"""How much a measure can lower a risk at most, whatever else runs: sets that cannot pay are not weighed."""

from __future__ import annotations

import numpy as np

from analysis.risk.alike import laid_out
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, Flags, Numbers, Places
from analysis.risk.measures import RiskMeasures
from analysis.risk.tables import TableMaker


def most_lowered(engine: RiskEngine, findings: Findings, measures: RiskMeasures) -> Numbers:
    """Return, of shape (households, measures), what each measure lowers any risk at most, beside any other measures.

    A measure on a cause matters only where the cause would be active and the measure keeps it from it: (1 - effect) x
    P(active). A measure on a link, where the cause is active and the link leads on: (1 - effect) x p x P(active). Other
    measures only lower both chances. A cause that amplifies a link acts otherwise too: 1.
    """
    network = engine.network
    tables = TableMaker(network, "risk_leak").tables(*laid_out(network, findings), {})
    active = engine.activity(findings, network.codes)
    amplifies = {item.cause for link in network.links for item in link.amplifiers}
    limits = np.ones((findings.household_count, len(measures)))
    for place, (node, link) in enumerate(zip(measures.node.tolist(), measures.link.tolist(), strict=True)):
        if node >= 0 and network.codes[node] not in amplifies:
            limits[:, place] = (1.0 - measures.effect[place]) * active[:, node]
        elif link >= 0:
            start = network.position[network.links[link].from_code]
            limits[:, place] = (1.0 - measures.effect[place]) * (1.0 - tables.doubts[link]) * active[:, start]
    return limits


def can_pay(
    household: Places,
    chosen: Places,
    cost: Places,
    alone: Numbers,
    limits: Numbers,
    best: tuple[Places, Places, Numbers],
) -> Flags:
    """Return which sets may lower more than every single measure that costs no more.

    `chosen`: measures of each set, -1 for none; `cost`: of the set. `alone` and `limits`: (households, measures), what
    each measure lowers alone, and at most. `best`: household, cost and what is lowered, of the single measures that no
    other beats, none among them, by household, then cost. A set lowers at most what one of its measures does alone and
    the limits of the others.
    """
    rows, is_there = household[:, None], chosen >= 0
    most = np.where(is_there, limits[rows, chosen], 0.0)
    spare = np.where(is_there, most - alone[rows, chosen], 0.0).max(axis=1, initial=0.0)
    beyond = int(max(cost.max(initial=0), best[1].max(initial=0))) + 1
    place = np.searchsorted(best[0] * beyond + best[1], household * beyond + cost, side="right") - 1
    can_pay: Flags = most.sum(axis=1) - spare > best[2][place]
    return can_pay
