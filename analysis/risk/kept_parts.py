"""What the risk of a household was computed from, as a text that is kept with it, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.risk.findings import STATUSES, Flags
from analysis.risk.households import RiskHouseholds
from analysis.risk.measures import RiskMeasures
from analysis.risk.network import RiskAmplifier, RiskLink, RiskNetwork, RiskNode, checked_network


@dataclass(frozen=True)
class KeptFinding:
    """What was held of one cause. `status`: confirmed, suspected or refuted; a confirmed one counts as confidence 1."""

    cause: str
    status: str
    confidence: float
    severity: float


@dataclass(frozen=True)
class KeptParts:
    """What a risk was computed from, besides the network.

    `rules`: the rules on properties that held. `running`: the measures that ran.
    """

    findings: tuple[KeptFinding, ...] = ()
    rules: tuple[str, ...] = ()
    running: tuple[str, ...] = ()


def parts_texts(network: RiskNetwork, measures: RiskMeasures, households: RiskHouseholds) -> list[str]:
    """Return for each household, as JSON, what its risk is computed from: findings, rules that held, measures running.

    100,000 households with three findings each take about a second.
    """
    findings = households.findings
    order = np.lexsort((findings.cause, findings.household))
    found: list[list[str]] = [[] for _ in households.ids]
    rows = (findings.household, findings.cause, findings.status, findings.confidence, findings.severity)
    pieces: dict[tuple[object, ...], str] = {}
    for household, *finding in zip(*(column[order].tolist() for column in rows), strict=True):
        key = tuple(finding)
        if key not in pieces:
            cause, status, confidence, severity = finding
            pieces[key] = _json(
                {
                    "cause": network.codes[cause],
                    "status": STATUSES[status],
                    "confidence": confidence,
                    "severity": severity,
                }
            )
        found[household].append(pieces[key])
    no_rules = np.zeros((len(households), len(network.property_rules)), dtype=np.bool_)
    rules = _lists(network.property_rules, no_rules if findings.properties is None else findings.properties)
    running = _lists(measures.code_of, households.running)
    return [
        f'{{"findings":[{",".join(own)}],"rules":{holds},"running":{runs}}}'
        for own, holds, runs in zip(found, rules, running, strict=True)
    ]


def parts_of(text: str) -> KeptParts:
    """Return what `parts_texts` wrote."""
    told = json.loads(text)
    return KeptParts(
        findings=tuple(KeptFinding(**finding) for finding in told["findings"]),
        rules=tuple(told["rules"]),
        running=tuple(told["running"]),
    )


def parts_of_household(
    network: RiskNetwork, measures: RiskMeasures, households: RiskHouseholds, household_id: str
) -> KeptParts:
    """Return what the risk of one of the households is computed from now."""
    row = households.row_of(household_id)
    findings = households.findings
    own = np.flatnonzero(findings.household == row)
    own = own[np.argsort(findings.cause[own], kind="stable")]
    holds = [] if findings.properties is None else np.flatnonzero(findings.properties[row]).tolist()
    return KeptParts(
        findings=tuple(
            KeptFinding(
                network.codes[findings.cause[place]],
                STATUSES[findings.status[place]],
                float(findings.confidence[place]),
                float(findings.severity[place]),
            )
            for place in own.tolist()
        ),
        rules=tuple(network.property_rules[place] for place in holds),
        running=tuple(measures.code_of[place] for place in np.flatnonzero(households.running[row]).tolist()),
    )


def network_text(network: RiskNetwork) -> str:
    """Return the network as JSON in the form of a network file, all of it: written to a file, it reads as the same."""
    links = (*network.links, *network.slow_links, *network.feedback_links)
    return _json(
        {
            "nodes": [
                {"code": node.code, "leak": node.leak, "risk_leak": node.risk_leak, "state": node.is_state}
                for node in network.nodes
            ],
            "links": [
                {
                    "id": link.link_id,
                    "from": link.from_code,
                    "to": link.to_code,
                    "strength": link.strength,
                    "lag_days": link.lag_days,
                    "is_feedback": link.is_feedback,
                    "amplified_by": [_amplifier(item) for item in link.amplifiers],
                }
                for link in links
            ],
        }
    )


def network_of_text(text: str) -> RiskNetwork:
    """Return the network of a text in the form of `network_text`. Raises QuestionError for one that does not hold."""
    told = json.loads(text)
    nodes = [
        RiskNode(
            node["code"],
            leak=node.get("leak", 0.0),
            risk_leak=node.get("risk_leak", node.get("leak", 0.0)),
            is_state=node.get("state", False),
        )
        for node in told["nodes"]
    ]
    links = [
        RiskLink(
            link_id=link["id"],
            from_code=link["from"],
            to_code=link["to"],
            strength=link["strength"],
            lag_days=link.get("lag_days", 0),
            is_feedback=link.get("is_feedback", False),
            amplifiers=tuple(_amplifier_of(item) for item in link.get("amplified_by", ())),
        )
        for link in told["links"]
    ]
    return checked_network(nodes, links)


def _amplifier(item: RiskAmplifier) -> dict[str, object]:
    if item.cause is not None:
        return {"cause": item.cause, "factor": item.factor}
    reads, _, rule = str(item.property_rule).partition(" ")
    return {"reads": reads, "rule": rule, "factor": item.factor}


def _amplifier_of(item: Mapping[str, object]) -> RiskAmplifier:
    factor = float(str(item["factor"]))
    if item.get("cause") is not None:
        return RiskAmplifier(factor=factor, cause=str(item["cause"]))
    return RiskAmplifier(factor=factor, property_rule=f"{item['reads']} {item['rule']}")


def _lists(names: tuple[str, ...], flags: Flags) -> list[str]:
    """Return for each row the names whose flag is set, as JSON; rows alike are written once."""
    texts: dict[bytes, str] = {}
    result = []
    for row in flags:
        key = row.tobytes()
        if key not in texts:
            texts[key] = _json([names[place] for place in np.flatnonzero(row).tolist()])
        result.append(texts[key])
    return result


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
