"""Why the expected returns of an area changed: the difference, split exactly into kinds of change, for many at once.

Each part is a Shapley value over the kinds: what the changes of one kind add, averaged over the orders in which the
kinds could have happened, household by household. So no order has to be chosen, a kind in which nothing changed gets 0,
and the parts sum to the difference. `analysis/risk/change.py` splits a single household's into single changes; where
only one kind changed there, both say the same. Decision page: docs/decisions/0019.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial
from typing import Literal, get_args

import numpy as np

from analysis.risk.engine import RiskEngine
from analysis.risk.findings import STATUSES, Findings, Flags, Numbers, Places
from analysis.risk.kept_parts import KeptParts
from analysis.risk.measures import RiskMeasure, RiskMeasures
from analysis.risk.network import RiskNetwork

ChangedKind = Literal["finding", "property", "network", "help"]
KINDS: tuple[ChangedKind, ...] = get_args(ChangedKind)


@dataclass(frozen=True)
class ManyMoments:
    """What the risks of households rest on at one moment: the engine of the network, and the parts of each."""

    engine: RiskEngine
    parts: Sequence[KeptParts]


@dataclass(frozen=True)
class KindChanges:
    """What each kind of change did, in the order of KINDS.

    `households`: at how many something of that kind changed; of the network, all where it is another. `returns` and
    `helped_returns`: what it did to the sums of the risks, without and with the help that runs; they sum to the whole
    differences. Help does nothing to the first.
    """

    households: Places
    returns: Numbers
    helped_returns: Numbers


def kind_changes(then: ManyMoments, now: ManyMoments, measures: Sequence[RiskMeasure]) -> KindChanges:
    """Return what the kinds of change did to households, the same ones in the same order at both moments.

    `measures`: whatever may run. What a network does not know acts on nothing there. Raises QuestionError where a
    finding cannot be counted.
    """
    is_same_network = then.engine.network == now.engine.network
    pairs, row_of = _pairs(then.parts, now.parts)
    count = np.bincount(row_of, minlength=len(pairs)).astype(np.float64)
    changed = np.array(
        [
            [
                sorted(before.findings, key=repr) != sorted(after.findings, key=repr),
                set(before.rules) != set(after.rules),
                not is_same_network,
                set(before.running) != set(after.running),
            ]
            for before, after in pairs
        ],
        dtype=np.bool_,
    ).reshape(len(pairs), len(KINDS))
    moved = np.flatnonzero(changed.any(axis=1))
    sides = [[pairs[row][side] for row in moved.tolist()] for side in (0, 1)]
    returns, helped = np.zeros(len(KINDS)), np.zeros(len(KINDS))
    weights = _weights(len(KINDS))
    for coalition in range(2 ** len(KINDS)):
        # Bit k says that the changes of the k-th kind have happened.
        has = [bool(coalition >> kind & 1) for kind in range(len(KINDS))]
        engine = now.engine if has[2] else then.engine
        findings = _findings(engine.network, sides[has[0]], sides[has[1]])
        acting = _acting(measures, engine.network)
        risk = engine.risk(findings) @ count[moved]
        with_help = engine.risk_with(findings, acting, _running(acting, sides[has[3]])) @ count[moved]
        returns += weights[coalition] * risk
        helped += weights[coalition] * with_help
    return KindChanges(np.rint(count @ changed).astype(np.int64), returns, helped)


def _pairs(then: Sequence[KeptParts], now: Sequence[KeptParts]) -> tuple[list[tuple[KeptParts, KeptParts]], Places]:
    """Return the different pairs of parts, and which of them each household has."""
    number: dict[tuple[KeptParts, KeptParts], int] = {}
    row_of = [number.setdefault(pair, len(number)) for pair in zip(then, now, strict=True)]
    return list(number), np.array(row_of, dtype=np.int64)


def _findings(network: RiskNetwork, found: Sequence[KeptParts], ruled: Sequence[KeptParts]) -> Findings:
    rows = [
        (household, network.position[each.cause], STATUSES.index(each.status), each.confidence, each.severity)
        for household, parts in enumerate(found)
        for each in parts.findings
        if each.cause in network.position
    ]
    columns = list(zip(*rows, strict=True)) or [(), (), (), (), ()]
    rule_of = {rule: place for place, rule in enumerate(network.property_rules)}
    properties: Flags = np.zeros((len(ruled), len(rule_of)), dtype=np.bool_)
    for household, parts in enumerate(ruled):
        properties[household, [rule_of[rule] for rule in parts.rules if rule in rule_of]] = True
    row, cause, status = (np.array(column, dtype=np.int64) for column in columns[:3])
    confidence, severity = (np.array(column, dtype=np.float64) for column in columns[3:])
    return Findings(len(found), row, cause, status, confidence, severity, properties)


def _running(measures: RiskMeasures, parts: Sequence[KeptParts]) -> Flags:
    running: Flags = np.zeros((len(parts), len(measures)), dtype=np.bool_)
    for household, each in enumerate(parts):
        running[household, [measures.position[code] for code in each.running if code in measures.position]] = True
    return running


def _acting(measures: Sequence[RiskMeasure], network: RiskNetwork) -> RiskMeasures:
    links = {link.link_id for link in (*network.links, *network.slow_links, *network.feedback_links)}
    return RiskMeasures(network, [each for each in measures if each.target in network.position or each.target in links])


def _weights(count: int) -> Numbers:
    """Return the weights w of shape (sets, kinds): the Shapley value of a kind is the sum of set values times w."""
    weights = np.zeros((2**count, count))
    for coalition in range(2**count):
        size = coalition.bit_count()
        for kind in range(count):
            others = size - 1 if coalition >> kind & 1 else size
            weight = factorial(others) * factorial(count - others - 1) / factorial(count)
            weights[coalition, kind] = weight if coalition >> kind & 1 else -weight
    return weights
