"""A network ready for sums, together with the measures on it and the version that answers name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from analysis.risk.engine import RiskEngine
from analysis.risk.measures import RiskMeasures, measures_of_schema
from analysis.risk.network import RiskNetwork, network_of_schema
from analysis.risk.network_file import LearnedStrength
from analysis.risk.periods import RiskPeriods
from analysis.risk.trace import Tracer
from graph_schema import Schema


@dataclass(frozen=True)
class RiskModel:
    """What risk is computed with. Build it once; it is not changed and can be shared by threads.

    `version`: what answers name: `vocabulary-` and the version of the vocabulary, or the id of a version learned for an
    area. `is_learned`: whether the strengths come from outcomes; until they do, risk is called a risk score.
    `learned`: by link id what was learned of it; empty for the vocabulary's.
    """

    version: str
    is_learned: bool
    engine: RiskEngine
    measures: RiskMeasures
    learned: Mapping[str, LearnedStrength] = field(default_factory=dict)

    @property
    def network(self) -> RiskNetwork:
        """Return the network of the engine."""
        return self.engine.network

    @cached_property
    def leak_risk(self) -> float:
        """Return the risk of a household of which nothing is known: the base rate that the leaks stand for."""
        return self.engine.leak_risk()

    @cached_property
    def tracer(self) -> Tracer:
        """Return what traces chains on the network, made when it is first asked for."""
        return Tracer(self.network)

    @cached_property
    def periods(self) -> RiskPeriods:
        """Return the risk of the next years on the network, made when it is first asked for."""
        return RiskPeriods(self.network)


def expert_model(schema: Schema) -> RiskModel:
    """Return the model with the strengths of the vocabulary. Raises QuestionError where its network is faulty."""
    return _model(schema, network_of_schema(schema), f"vocabulary-{schema.version}", is_learned=False)


def learned_model(
    schema: Schema, network: RiskNetwork, version: str, learned: Mapping[str, LearnedStrength] | None = None
) -> RiskModel:
    """Return the model with a learned version of the network; the measures are those of the vocabulary.

    `learned`: by link id what was learned of it.
    """
    return _model(schema, network, version, is_learned=True, learned=learned or {})


def _model(
    schema: Schema,
    network: RiskNetwork,
    version: str,
    *,
    is_learned: bool,
    learned: Mapping[str, LearnedStrength] | None = None,
) -> RiskModel:
    return RiskModel(version, is_learned, RiskEngine(network), measures_of_schema(schema, network), learned or {})
