"""A learned network as a new, dated version beside the expert's, and as a file that `read_network` reads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import yaml
from scipy.optimize import brentq

from analysis.learning.report import BaseRate, LearningReport, LinkReport
from analysis.risk.engine import RiskEngine
from analysis.risk.network import RiskLink, RiskNetwork
from analysis.risk.network_file import LearnedStrength, NetworkVersion

_MOST_TIMES = 1024.0
_DIGITS = 6


@dataclass(frozen=True)
class LearnedNetwork:
    """A learned network with its version and the report that it was made from.

    `leak_factor`: what the expert's leaks of risk were multiplied by, on the scale -log(1 - leak); 1 = not changed.
    """

    network: RiskNetwork
    version: NetworkVersion
    report: LearningReport
    leak_factor: float


def learned_network(
    network: RiskNetwork, report: LearningReport, *, area: str, data_on: date, based_on: str
) -> LearnedNetwork:
    """Return the network with learned strengths in place of the expert's; the network given is not changed.

    Replaced are the strengths of links with enough households; the others keep the expert's. The leaks of risk are
    scaled together, so that a household of which nothing is found has the area's own base rate,
    (came + m b) / (households + m), b the expert's base rate and m the households of the prior. With too few such
    households they stay. `area`: its code. `data_on`: last day of the outcomes. `based_on`: version of the expert's.
    """
    by_id = {link.link_id: link for link in report.links}
    strengths = replace(network, links=tuple(_learned_link(link, by_id) for link in network.links))
    factor = _leak_factor(strengths, report)
    version = NetworkVersion(
        id=f"learned-{area}-{data_on.isoformat()}",
        based_on=based_on,
        area=area,
        data_on=data_on,
        households=report.households,
    )
    return LearnedNetwork(_with_leaks(strengths, factor), version, report, factor)


def learned_strengths(report: LearningReport) -> dict[str, LearnedStrength]:
    """Return by link id what was learned, in the form in which a version keeps it."""
    return {link.link_id: _learned(link) for link in report.links}


def write_network(path: Path, learned: LearnedNetwork, *, hidden: Collection[str] = (), fewest_told: int = 1) -> None:
    """Write the learned network as YAML, with the expert's strength, intervals, verdict and counts on each link.

    `hidden`: ids of links of which neither counts are written nor what they could be worked out from. Counts below
    `fewest_told` are left out, 0 excepted.
    `read_network` gives the network back, `read_learned` the rest. A file that is there is not overwritten: raises
    FileExistsError, since a version once given is not replaced.
    """
    by_id = {link.link_id: link for link in learned.report.links}
    network = learned.network

    def told(found: LinkReport) -> LearnedStrength:
        whole = _learned(found)
        if found.link_id in hidden:
            return LearnedStrength(expert=whole.expert, verdict=whole.verdict)
        few = {name: None for name in ("exposed", "used", "came") if 0 < (getattr(whole, name) or 0) < fewest_told}
        return whole.model_copy(
            update={**few, **({"low": None, "high": None, "data_share": 0.0} if "used" in few else {})}
        )

    entries = {
        "version": learned.version.model_dump(mode="json"),
        "nodes": [
            {"code": node.code, "leak": node.leak, "risk_leak": node.risk_leak, "state": node.is_state}
            for node in network.nodes
        ],
        "links": [
            _link_entry(link, told(by_id[link.link_id]))
            for link in (*network.links, *network.slow_links, *network.feedback_links)
        ],
    }
    with path.open("x", encoding="utf-8") as file:
        yaml.safe_dump(entries, file, sort_keys=False, allow_unicode=True)


def _learned_link(link: RiskLink, by_id: dict[str, LinkReport]) -> RiskLink:
    found = by_id[link.link_id]
    return replace(link, strength=found.strength) if found.is_learned and found.strength else link


def _leak_factor(network: RiskNetwork, report: LearningReport) -> float:
    base = report.base_rate
    if base is None or base.households < report.rules.fewest_exposed or not base.expert:
        return 1.0
    wanted = _base_share(base, report.rules.prior_households)

    def excess(factor: float) -> float:
        return RiskEngine(_with_leaks(network, factor)).leak_risk(base.target) - wanted

    # The base rate rises with the leaks from 0 on; more than a thousand times the expert's is no leak of these states.
    if excess(_MOST_TIMES) <= 0:
        return 1.0
    return float(brentq(excess, 0.0, _MOST_TIMES, xtol=1e-9))


def _base_share(base: BaseRate, imagined: float) -> float:
    return (base.came + imagined * base.expert) / (base.households + imagined)


def _with_leaks(network: RiskNetwork, factor: float) -> RiskNetwork:
    if factor == 1:
        return network
    return replace(
        network,
        nodes=tuple(
            replace(node, risk_leak=float(-np.expm1(factor * np.log1p(-node.risk_leak)))) for node in network.nodes
        ),
    )


def _link_entry(link: RiskLink, learned: LearnedStrength) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": link.link_id,
        "from": link.from_code,
        "to": link.to_code,
        "strength": link.strength,
        "lag_days": link.lag_days,
        "is_feedback": link.is_feedback,
    }
    if link.amplifiers:
        entry["amplified_by"] = [
            {"cause": item.cause, "factor": item.factor}
            if item.property_rule is None
            else {**dict(zip(("reads", "rule"), item.property_rule.split(" ", 1), strict=True)), "factor": item.factor}
            for item in link.amplifiers
        ]
    return {**entry, "learned": learned.model_dump(mode="json", exclude_none=True)}


def _learned(found: LinkReport) -> LearnedStrength:
    return LearnedStrength(
        expert=found.expert,
        verdict=found.verdict.value,
        low=_rounded(found.low),
        high=_rounded(found.high),
        data_low=_rounded(found.data_low),
        data_high=_rounded(found.data_high),
        data_share=round(found.data_share, _DIGITS),
        exposed=found.exposed,
        used=found.used,
        came=found.used_came,
    )


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, _DIGITS)
