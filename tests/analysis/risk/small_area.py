"""A small area whose numbers are worked by hand, and measures that Hypothesis draws for any network."""

from __future__ import annotations

from hypothesis import strategies as st

from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, findings_of
from analysis.risk.measures import RiskMeasure, RiskMeasures
from analysis.risk.network import RiskLink, RiskNode, checked_network
from tests.analysis.risk.drawn import Drawn

# A leads to S at 0.5, B at 0.4, nothing else does. For 300 yuan A is active at 0.4 of what it was; for 100 yuan B
# leads on half as strongly.
NETWORK = checked_network(
    [RiskNode("A"), RiskNode("B"), RiskNode("S", is_state=True)],
    [RiskLink("K1", "A", "S", 0.5), RiskLink("K2", "B", "S", 0.4)],
)
ENGINE = RiskEngine(NETWORK)
MEASURES = RiskMeasures(NETWORK, [RiskMeasure("M1", "A", 0.4, 30_000), RiskMeasure("M2", "K2", 0.5, 10_000)])
THREE = [["A"], ["B"], ["A", "B"]]


def found(causes: list[list[str]]) -> Findings:
    return findings_of(NETWORK, [[{"cause": code, "status": "confirmed"} for code in each] for each in causes])


@st.composite
def measured(draw: st.DrawFn, drawn: Drawn, most_measures: int = 4) -> RiskMeasures:
    targets = [*drawn.network.codes, *(link.link_id for link in drawn.network.links)]
    return RiskMeasures(
        drawn.network,
        [
            RiskMeasure(f"M{number}", target, effect, cost)
            for number, (target, effect, cost) in enumerate(
                draw(
                    st.lists(
                        st.tuples(st.sampled_from(targets), st.sampled_from([0.0, 0.4, 0.8, 1.0]), st.integers(0, 6)),
                        min_size=1,
                        max_size=most_measures,
                    )
                )
            )
        ],
    )
