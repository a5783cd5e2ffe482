"""The risks of households as they are today: what every scenario is compared with, so that it is worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.risk.findings import Numbers, Places
from analysis.risk.network import RiskNetwork
from analysis.scenarios.situation import Situation


@dataclass(frozen=True)
class Today:
    """The risks of the households of a situation, each of shape (households,).

    `with_help`: of the network's own target with the help that runs; `without_help`: if nothing is done; `states`: with
    the help, of other states by code, as far as they are known.
    """

    with_help: Numbers
    without_help: Numbers
    states: Mapping[str, Numbers] = field(default_factory=dict)

    def only(self, places: Places) -> Today:
        """Return the risks of some of the households, in the order of `places`."""
        states = {state: numbers[places] for state, numbers in self.states.items()}
        return Today(self.with_help[places], self.without_help[places], states)


def today_of(situation: Situation) -> Today:
    """Return the risks of a situation, those of every state included."""
    return Today(situation.risk(), situation.risk_without_help(), states_today(situation))


def states_today(situation: Situation) -> dict[str, Numbers]:
    """Return the risk of each state but the network's own target with the help that runs, by code."""
    network = situation.engine.network
    return situation.risks([state for state in states_that_come(network) if state != network.default_target])


def states_that_come(network: RiskNetwork) -> list[str]:
    """Return the states that something can bring about."""
    entered = {link.to_code for link in network.links} | {node.code for node in network.nodes if node.risk_leak}
    return [state for state in network.states if state in entered]
