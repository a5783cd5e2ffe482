"""The steps of one household: which measures can change anything there, and its network with the running ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.errors import QuestionError
from analysis.risk.cut_bound import most_through
from analysis.risk.cut_steps import Part, Steps, live_part, written
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, Flags, Places, cells_of
from analysis.risk.measures import RiskMeasures

# Measures on causes that amplify links are gone through one set after another.
MOST_AMPLIFYING = 10
# Bits of the numbers that sets are ordered by.
MOST_MEASURES = 62


@dataclass(frozen=True)
class HouseholdSteps:
    """`steps` is None where nothing can bring the target about. `can_change`: shape (measures,), free to be taken."""

    steps: Steps | None
    can_change: Flags


def household_steps(
    engine: RiskEngine, findings: Findings, measures: RiskMeasures, running: Flags, allowed: Flags, target: int
) -> HouseholdSteps:
    """Return the steps of the findings' only household, with the measures that run, and those allowed and not running.

    A measure can change something where it acts on a cause or link on an open way from something that can be active to
    the target, or on a found cause that raises such a link.
    Raises QuestionError where more measures can than the search can hold.
    """
    network = engine.network
    joined = [(network.position[link.from_code], network.position[link.to_code]) for link in network.links]
    tables = engine.household_tables(findings, measures, running[None])
    left = tables.nodes[:, 1, 1, 0]
    # A shut node is on no way, whatever stands here.
    stays_out = np.where(left > 0, tables.nodes[:, 0, 0, 0] / np.where(left > 0, left, 1.0), 1.0)
    nodes, links = live_part(joined, stays_out, left, 1.0 - tables.doubts[:, 0], target)
    raising = _raising(engine, findings, links)
    free = allowed & ~running & (measures.effect < 1.0)
    changes = np.isin(measures.node, [*nodes, *raising]) | np.isin(measures.link, list(links))
    can_change = free & changes
    amplifying = np.flatnonzero(can_change & np.isin(measures.node, list(raising)))
    if target not in nodes:
        return HouseholdSteps(None, can_change & False)
    if len(amplifying) > MOST_AMPLIFYING or can_change.sum() > MOST_MEASURES:
        raise QuestionError(
            "cut_too_many_measures",
            measures=int(can_change.sum()),
            limit=MOST_MEASURES,
            amplifying=len(amplifying),
            amplifying_limit=MOST_AMPLIFYING,
        )
    mixes = _mixes(amplifying, len(measures))
    mixed = engine.household_tables(findings, measures, mixes | running)
    on_steps = can_change.copy()
    on_steps[amplifying] = False
    part = Part(
        nodes=frozenset(nodes),
        links=links,
        target=target,
        stays_out=np.repeat(stays_out[:, None], len(mixes), axis=1),
        left=mixed.nodes[:, 1, 1],
        strength=1.0 - mixed.doubts,
        on_node=_places_on(measures.node, on_steps),
        on_link=_places_on(measures.link, on_steps),
    )
    found = written(part)
    causes = sorted({int(measures.node[place]) for place in amplifying})
    last = [
        max([found.node_step.get(cause, 0), *(found.link_step[link] for link in raising[cause])]) for cause in causes
    ]
    steps = Steps(
        steps=found.steps,
        effect=measures.effect,
        through=most_through(part, found.order, measures),
        mixes=mixes,
        left=part.left[causes].T,
        last=np.array(last, dtype=np.int64) + 1,
    )
    return HouseholdSteps(steps, can_change)


def _raising(engine: RiskEngine, findings: Findings, links: dict[int, tuple[int, int]]) -> dict[int, list[int]]:
    """Return the causes found that raise links on open ways, and those links."""
    network = engine.network
    cells = cells_of(network, findings)
    found = set(cells.cause[~cells.is_closed].tolist())
    raising: dict[int, list[int]] = {}
    for place in links:
        for item in network.links[place].amplifiers:
            if item.cause is not None and item.factor > 1 and network.position[item.cause] in found:
                raising.setdefault(network.position[item.cause], []).append(place)
    return raising


def _mixes(amplifying: Places, measure_count: int) -> Flags:
    """Return all sets of the measures, counting up in binary."""
    mixes = np.zeros((1 << len(amplifying), measure_count), dtype=np.bool_)
    mixes[:, amplifying] = np.arange(len(mixes))[:, None] >> np.arange(len(amplifying)) & 1
    return mixes


def _places_on(target: Places, chosen: Flags) -> dict[int, tuple[int, ...]]:
    on: dict[int, tuple[int, ...]] = {}
    for place in np.flatnonzero(chosen & (target >= 0)).tolist():
        on[int(target[place])] = (*on.get(int(target[place]), ()), place)
    return on
