"""Measures: kinds of help, each acting on one cause or one link of the network, checked and laid out as arrays.

A measure multiplies what is left of its cause (r) by its effect, or the household's strength of its link after severity
and amplifiers; several multiply. A cause that amplifies links does so by what is left of it, where it raises them: a
measure that insures the household lessens what being uninsured adds. Where a cause dampens a link, a measure takes
nothing from that. So no measure can raise the risk. Source: analyses, section 1, "Cut".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.errors import QuestionError
from analysis.risk.findings import Flags, Numbers, Places
from analysis.risk.network import RiskNetwork
from graph_schema import Schema

# Of what a measure asks, at one household (int8 arrays): not met = not offered, unknown = offered, and said.
NOT_MET, UNKNOWN, MET = range(3)


@dataclass(frozen=True)
class RiskMeasure:
    """A kind of help.

    `target`: the code of a cause or state, or the id of a link. `effect`: what it multiplies by, 0 (ends it) to 1 (does
    nothing). `cost_fen`: of one household, in fen. `prerequisite`: what must hold at the household; None = nothing.
    """

    code: str
    target: str
    effect: float
    cost_fen: int
    prerequisite: str | None = None


class RiskMeasures:
    """The measures on one network, in their order.

    `node` and `link`: the place of what each acts on in the network's nodes and links, -1 where it does not act on one;
    both are -1 for a measure on a feedback link or one of more than a year, which changes nothing within the year.
    `effect`, `cost_fen`: shape (measures,). `code_of`: the codes in their order; `position`: the place of a code.
    """

    def __init__(self, network: RiskNetwork, measures: Sequence[RiskMeasure]) -> None:
        """Check the measures. Raises QuestionError for the first that is wrong, naming it."""
        links = {link.link_id: place for place, link in enumerate(network.links)}
        idle = {link.link_id for link in (*network.slow_links, *network.feedback_links)}
        self.position: dict[str, int] = {}
        for place, measure in enumerate(measures):
            _check(measure)
            if measure.code in self.position:
                raise QuestionError("risk_measure_twice", measure=measure.code)
            if not (measure.target in network.position or measure.target in links or measure.target in idle):
                raise QuestionError("risk_measure_unknown_target", measure=measure.code, target=measure.target)
            self.position[measure.code] = place
        self.network = network
        self.measures = tuple(measures)
        self.code_of = tuple(measure.code for measure in measures)
        self.node: Places = np.array([network.position.get(each.target, -1) for each in measures], dtype=np.int64)
        at_link = [-1 if each.target in network.position else links.get(each.target, -1) for each in measures]
        self.link: Places = np.array(at_link, dtype=np.int64)
        self.effect: Numbers = np.array([each.effect for each in measures], dtype=np.float64)
        self.cost_fen: Places = np.array([each.cost_fen for each in measures], dtype=np.int64)

    def __len__(self) -> int:
        """Return the number of measures."""
        return len(self.measures)

    def place_of(self, code: str) -> int:
        """Return the place of a code. Raises QuestionError when there is no such measure."""
        if code not in self.position:
            raise QuestionError("risk_measure_unknown", measure=code)
        return self.position[code]

    def check_plans(self, network: RiskNetwork, plans: Flags, rows: int) -> None:
        """Raise QuestionError unless plans have the shape (rows, measures), and the network has the same places."""
        if plans.shape != (rows, len(self)):
            raise QuestionError("risk_measure_wrong_shape", shape=plans.shape, expected=(rows, len(self)))
        if network is not self.network and _places(network) != _places(self.network):
            raise QuestionError("risk_measure_other_network")


def measures_of_schema(schema: Schema, network: RiskNetwork) -> RiskMeasures:
    """Return the measures of the vocabulary (measures.yaml) on its network, or on one learned for an area."""
    return RiskMeasures(
        network,
        [
            RiskMeasure(each.code, each.target, each.effect, each.cost_fen, each.prerequisite)
            for each in schema.measures.values()
        ],
    )


def _check(measure: RiskMeasure) -> None:
    # Written so that a number that is none (NaN) is wrong too.
    if not 0 <= measure.effect <= 1:
        raise QuestionError("risk_measure_wrong_effect", measure=measure.code, value=measure.effect)
    if not measure.cost_fen >= 0:
        raise QuestionError("risk_measure_wrong_cost", measure=measure.code, value=measure.cost_fen)


def _places(network: RiskNetwork) -> tuple[tuple[str, ...], list[str]]:
    return network.codes, [link.link_id for link in network.links]
