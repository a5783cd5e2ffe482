"""What can be chosen for a household: sets of measures, and those of them that no other set beats."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from analysis.risk.alike import findings_of_some, ways_to
from analysis.risk.budget_limits import can_pay, most_lowered
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Cells, Findings, Flags, Numbers, Places
from analysis.risk.measures import RiskMeasures
from analysis.risk.network import RiskNetwork

# Sets whose risk is computed at once, which bounds the memory: some 150 bytes each.
_SETS_AT_ONCE = 1 << 18
# What a household itself takes is as much as so many sets.
_SETS_A_HOUSEHOLD_IS = 32.0
_THREADS = 2
# Risks are told apart from 1e-12 on: below that lies what is lost in adding up, not a difference between measures.
_STEPS_OF_RISK = 10**12
# The first and the last row of a group are corners whatever lies between.
_ENDS = 2


@dataclass(frozen=True)
class Options:
    """The sets worth choosing, one row each, by pattern, then cost: each lowers the risk more than all cheaper ones.

    `pattern`: of the household. `cost_fen`: of the set. `lowered`: what it takes from the risk. `measures`: its
    places, shape (rows, most), -1 where it has fewer. The first row of a pattern costs nothing: no measure, or those
    that are free. `risk_before`: shape (patterns,), with the help that runs.
    """

    pattern: Places
    cost_fen: Places
    lowered: Numbers
    measures: Places
    risk_before: Numbers


def measures_that_can_matter(network: RiskNetwork, cells: Cells, measures: RiskMeasures, target: int) -> Flags:
    """Return, of shape (households, measures), whether a measure can change the risk of `target` (a place).

    It can where its cause, or the cause of its link, can be active and leads on to the target past no closed cause; or
    where its cause is found and raises the strength of a link that does.
    """
    ways = ways_to(network, cells, target)
    acts = np.zeros((len(network.links), cells.household_count), dtype=np.bool_)
    amplifies = np.zeros((len(network.nodes), cells.household_count), dtype=np.bool_)
    for place, link in enumerate(network.links):
        acts[place] = ways.can_begin[network.position[link.from_code]] & ways.leads_on[network.position[link.to_code]]
        for item in link.amplifiers:
            if item.cause is not None and item.factor > 1.0:
                amplifies[network.position[item.cause]] |= acts[place]
    is_found = np.zeros(amplifies.shape, dtype=np.bool_)
    is_found[cells.cause[~cells.is_closed], cells.household[~cells.is_closed]] = True
    amplifies &= is_found
    matters = np.zeros((cells.household_count, len(measures.node)), dtype=np.bool_)
    for place, (node, link, effect) in enumerate(zip(measures.node, measures.link, measures.effect, strict=True)):
        if effect == 1.0:
            continue
        if node >= 0:
            matters[:, place] = (ways.can_begin[node] & ways.leads_on[node]) | amplifies[node]
        elif link >= 0:
            matters[:, place] = acts[link]
    return matters


def options_of(
    engine: RiskEngine,
    findings: Findings,
    measures: RiskMeasures,
    *,
    running: Flags,
    usable: Flags,
    most: int,
    target: str,
) -> Options:
    """Return the sets of at most `most` usable measures that are worth choosing, for households all different.

    `running`: the measures that run, in every set, free. `usable`: those that may be added. Both have the shape
    (households, measures). `target`: the code of the state. Raises QuestionError as `RiskEngine.plan_risks` does.
    """

    def of_part(households: Places) -> Options:
        part = _Part(engine, findings_of_some(findings, households), measures, running[households], target)
        options = part.unbeaten_sets(usable[households], most)
        return replace(options, pattern=households[options.pattern])

    parts = list(_parts(usable.sum(axis=1), most))
    # Array operations let go of the interpreter, so two parts run at a time.
    with ThreadPoolExecutor(_THREADS) as pool:
        found = list(pool.map(of_part, parts))
    before = np.zeros(findings.household_count)
    for households, part in zip(parts, found, strict=True):
        before[households] = part.risk_before
    return _joined(found, before, most)


@dataclass(frozen=True)
class _Part:
    """Some of the households, with what runs there."""

    engine: RiskEngine
    findings: Findings
    measures: RiskMeasures
    running: Flags
    target: str

    def unbeaten_sets(self, usable: Flags, most: int) -> Options:
        household, chosen = _sets(usable, most)
        cost = np.where(chosen >= 0, self.measures.cost_fen[chosen], 0).sum(axis=1)
        # No measure, household by household, and single ones come first. Larger sets are weighed where they may pay.
        single = int(len(usable) + usable.sum())
        risk = self._risks(household[:single], chosen[:single])
        before = risk[: len(usable)]
        lowered = before[household[:single]] - risk
        if most > 1:
            limits = most_lowered(self.engine, self.findings, self.measures)
            alone = np.zeros(usable.shape)
            alone[household[len(usable) : single], chosen[len(usable) : single, 0]] = lowered[len(usable) :]
            best = unbeaten(household[:single], cost[:single], lowered)
            larger = single + np.flatnonzero(
                can_pay(
                    household[single:],
                    chosen[single:],
                    cost[single:],
                    alone,
                    limits,
                    (household[best], cost[best], lowered[best]),
                )
            )
            more = before[household[larger]] - self._risks(household[larger], chosen[larger])
            rows = np.concatenate([np.arange(single), larger])
            household, chosen, cost, lowered = (
                household[rows],
                chosen[rows],
                cost[rows],
                np.concatenate([lowered, more]),
            )
        kept = unbeaten(household, cost, lowered)
        return Options(household[kept], cost[kept], lowered[kept].clip(0.0), chosen[kept], before)

    def _risks(self, household: Places, chosen: Places) -> Numbers:
        plans = self.running[household]
        for column in chosen.T:
            rows = np.flatnonzero(column >= 0)
            plans[rows, column[rows]] = True
        return self.engine.plan_risks(self.findings, self.measures, household, plans, self.target)


def unbeaten(group: Places, cost: Places, lowered: Numbers) -> Places:
    """Return the rows, by group, then cost, that lower more than every row of their group that costs no more.

    Of rows alike the one that stands first is kept.
    """
    steps = np.rint(lowered * _STEPS_OF_RISK).astype(np.int64).clip(0)
    order = np.lexsort((np.arange(len(group)), -steps, cost, group))
    ranked, value = group[order], steps[order]
    # One running maximum over all groups: each group begins above everything of the one before. Groups are few enough.
    lift = (np.cumsum(np.diff(ranked, prepend=ranked[:1]) != 0)) * (_STEPS_OF_RISK + 1)
    highest = np.maximum.accumulate(value + lift)
    is_first = np.diff(ranked, prepend=-1) != 0
    kept: Places = order[is_first | (value + lift > np.concatenate([[-1], highest[:-1]]))]
    return kept


def concave(group: Places, cost: Places, lowered: Numbers) -> Flags:
    """Return which rows are corners of the concave hull of (cost, lowered) of their group.

    The rows come by group, then cost, both numbers rising in a group. Equals the hull, since a row that lies on or
    under the line between two others is no corner, whatever else is taken out.
    """
    kept = np.arange(len(group))
    while len(kept) > _ENDS:
        before, here, after = kept[:-2], kept[1:-1], kept[2:]
        is_inner = (group[before] == group[here]) & (group[here] == group[after])
        rise = (lowered[here] - lowered[before]) * (cost[after] - cost[before]).astype(np.float64)
        line = (lowered[after] - lowered[before]) * (cost[here] - cost[before]).astype(np.float64)
        is_under = is_inner & (rise <= line)
        if not is_under.any():
            break
        kept = np.concatenate([kept[:1], here[~is_under], kept[-1:]])
    flags = np.zeros(len(group), dtype=np.bool_)
    flags[kept] = True
    return flags


def _parts(usable_count: Places, most: int) -> Iterator[Places]:
    """Yield the households in parts of about _SETS_AT_ONCE sets, those with equally many measures together."""
    order = np.argsort(usable_count, kind="stable")
    sets = sum(
        (_choose(usable_count[order], size) for size in range(1, most + 1)), np.full(len(order), _SETS_A_HOUSEHOLD_IS)
    )
    part = np.floor(np.cumsum(sets) / _SETS_AT_ONCE)
    for some in np.split(order, np.flatnonzero(np.diff(part)) + 1):
        if len(some):
            # By number, so that who stands first does not hang on the parts.
            yield np.sort(some)


def _choose(count: Places, size: int) -> Numbers:
    ways = np.ones(len(count))
    for step in range(size):
        ways = ways * (count - step).clip(0) / (step + 1)
    return ways


def _sets(usable: Flags, most: int) -> tuple[Places, Places]:
    """Return household and measures (rows, most) of every set of at most `most` usable measures, -1 for none."""
    count = usable.sum(axis=1)
    widest = int(count.max(initial=0))
    listed = np.argsort(~usable, axis=1, kind="stable")[:, :widest]
    households, chosen = [np.arange(len(usable))], [np.full((len(usable), most), -1, dtype=np.int64)]
    for size in range(1, most + 1):
        for places in combinations(range(widest), size):
            # The places rise: a set is there where its last one is.
            rows = np.flatnonzero(count > places[-1])
            part = np.full((len(rows), most), -1, dtype=np.int64)
            part[:, :size] = listed[rows][:, list(places)]
            households.append(rows)
            chosen.append(part)
    return np.concatenate(households), np.concatenate(chosen)


def _joined(found: list[Options], before: Numbers, most: int) -> Options:
    if not found:
        nothing = np.zeros(0, dtype=np.int64)
        return Options(nothing, nothing, np.zeros(0), np.zeros((0, most), dtype=np.int64), before)
    pattern, cost, lowered = (
        np.concatenate([getattr(part, name) for part in found]) for name in ("pattern", "cost_fen", "lowered")
    )
    order = np.lexsort((cost, pattern))
    measures = np.concatenate([part.measures for part in found])
    return Options(pattern[order], cost[order], lowered[order], measures[order], before)
