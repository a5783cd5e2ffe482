"""Networks and households that Hypothesis draws."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from analysis.risk.findings import Findings, findings_of
from analysis.risk.network import RiskAmplifier, RiskLink, RiskNetwork, RiskNode, checked_network
from tests.analysis.risk.oracle import Household

RULE = "Household.migrant_worker_count >= 1"
SHARES = st.sampled_from([0.2, 0.4, 0.6, 0.8, 1.0])


@dataclass(frozen=True)
class Drawn:
    """A network and households with findings, as the engine and as the oracle take them."""

    network: RiskNetwork
    rows: list[list[dict[str, object]]]
    rules: list[list[str]]

    @property
    def findings(self) -> Findings:
        return findings_of(self.network, self.rows, properties=self.rules)

    @property
    def households(self) -> list[Household]:
        return [
            Household(
                confidence={
                    str(row["cause"]): 1.0 if row["status"] == "confirmed" else float(str(row["confidence"]))
                    for row in found
                    if row["status"] != "refuted"
                },
                severity={
                    str(row["cause"]): float(str(row["severity"])) for row in found if row["status"] != "refuted"
                },
                closed=frozenset(
                    str(row["cause"])
                    for row in found
                    if row["status"] == "refuted" and str(row["cause"]) not in self.network.states
                ),
                rules=frozenset(rules),
            )
            for found, rules in zip(self.rows, self.rules, strict=True)
        ]


@st.composite
def networks(draw: st.DrawFn, most_nodes: int) -> RiskNetwork:
    """A network whose nodes stand in the order of causes; the last one is the state."""
    count = draw(st.integers(2, most_nodes))
    pairs = [(start, end) for end in range(1, count) for start in range(end)]
    # Each node but the last leads on, so that every cause reaches the state.
    onward = {(start, draw(st.integers(start + 1, count - 1))) for start in range(count - 1)}
    more = draw(st.sets(st.sampled_from(pairs), max_size=count))
    links = []
    for number, (start, end) in enumerate(sorted(onward | more)):
        amplifiers = []
        if draw(st.booleans()):
            amplifiers.append(
                RiskAmplifier(
                    factor=draw(st.sampled_from([0.7, 1.5, 2.0])),
                    cause=f"N{draw(st.integers(0, count - 1))}" if draw(st.booleans()) else None,
                    property_rule=None,
                )
            )
            if amplifiers[0].cause is None:
                amplifiers = [RiskAmplifier(factor=amplifiers[0].factor, property_rule=RULE)]
        strength = draw(st.sampled_from([0.2, 0.4, 0.6, 0.95, 1.0]))
        links.append(RiskLink(f"K{number}", f"N{start}", f"N{end}", strength, amplifiers=tuple(amplifiers)))
    nodes = [
        RiskNode(
            f"N{place}",
            leak=draw(st.sampled_from([0.0, 0.01, 0.3])),
            risk_leak=draw(st.sampled_from([0.0, 0.005])),
            is_state=place == count - 1,
        )
        for place in range(count)
    ]
    return checked_network(nodes, links)


@st.composite
def cases(draw: st.DrawFn, most_nodes: int = 7, most_households: int = 3) -> Drawn:
    """A network and households, each with at most one finding of a cause."""
    network = draw(networks(most_nodes))
    finding = st.fixed_dictionaries(
        {
            "cause": st.sampled_from(network.codes),
            "status": st.sampled_from(["suspected", "confirmed", "refuted"]),
            "confidence": SHARES,
            "severity": SHARES,
        }
    )
    rows = draw(
        st.lists(
            st.lists(finding, max_size=4, unique_by=lambda row: row["cause"]), min_size=1, max_size=most_households
        )
    )
    holds = draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    rules = [[RULE] if network.property_rules and one else [] for one in holds]
    return Drawn(network, rows, rules)
