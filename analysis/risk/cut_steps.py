"""One household's network as steps that are gone through one after another, for the search of the cheapest cut.

A noisy-OR network is a network of ways that are each open or shut by chance: the target comes about when a way from a
source to it is open throughout. So all that the part gone through can still do is told by
    z[B] = the chance that none of the nodes in B is active,  B any set of the nodes that still lead on,
and the chance that the target stays away is a sum of z[B] with weights that are never below 0, whatever is decided on
the rest. Of two plans, the one whose z is nowhere smaller is therefore no worse, whatever follows. Tables hold z with
one axis of two per node: index 1 = the node is in B. The kinds of step:
    open v        z[v] = stays_out x z          stays_out: neither its leak nor a finding makes v active
    link u to v   z[v] = (1 - p) z[v] + p z[u, v]
    node v        z[v] = r z[v] + (1 - r) z
    close v       v leads nowhere any more, only z without it is kept
Measures multiply p and r.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np

from analysis.risk.findings import Flags, Numbers, Places

Index: TypeAlias = tuple[slice | int, ...]
_ALL = slice(None)


@dataclass(frozen=True)
class Step:
    """One step. `axis`: of the node opened or closed; `source` and `end`: what is mixed into what, by a link or node.

    `value`: stays_out, p or r, one per mix (see `Steps`). `measures`: places of the measures that multiply it.
    """

    kind: Literal["open", "link", "node", "close"]
    value: Numbers
    measures: tuple[int, ...] = ()
    axis: int = 0
    source: Index = ()
    end: Index = ()

    def moved(self, z: Numbers, value: Numbers) -> Numbers:
        """Return z after the step, `value` given for each row, the last axis."""
        if self.kind == "open":
            return np.stack([z, z * value])
        if self.kind == "close":
            kept: Numbers = np.take(z, 0, axis=self.axis)
            return kept
        z = z.copy()
        share = value if self.kind == "link" else 1.0 - value
        z[self.end] += share * (z[self.source] - z[self.end])
        return z

    def moved_back(self, weight: Numbers, value: Numbers) -> Numbers:
        """Return the weights of z before the step from those after it."""
        if self.kind == "open":
            both: Numbers = weight[0] + value * weight[1]
            return both
        if self.kind == "close":
            return np.stack([weight, np.zeros_like(weight)], axis=self.axis)
        weight = weight.copy()
        share = value if self.kind == "link" else 1.0 - value
        weight[self.source] += share * weight[self.end]
        weight[self.end] *= 1.0 - share
        return weight


@dataclass(frozen=True)
class Steps:
    """The steps towards a target.

    `effect`: of each measure; `through`: at most the chance of a way through what it acts on. `mixes`: shape (mixes,
    measures), the sets of those measures on causes that amplify links: they act on many links at once and are decided
    before the first step. `left`: shape (mixes, amplifying causes), what a mix leaves of them; `last`: for each, the
    step after which that no longer counts.
    """

    steps: tuple[Step, ...]
    effect: Numbers
    through: Numbers
    mixes: Flags
    left: Numbers
    last: Places

    @cached_property
    def on_steps(self) -> tuple[int, ...]:
        """Return the places of the measures that are decided at the steps."""
        return tuple(place for step in self.steps for place in step.measures)

    @cached_property
    def on_mixes(self) -> tuple[int, ...]:
        """Return the places of the measures that are decided before the first step."""
        return tuple(np.flatnonzero(self.mixes.any(axis=0)).tolist())

    def stays_away(self, plans: Flags) -> Numbers:
        """Return the chance that the target does not come about under plans (rows, measures): shape (rows,)."""
        mix = self.mix_of(plans)
        z = np.ones(len(plans))
        for step in self.steps:
            value = step.value[mix]
            for place in step.measures:
                value = value * np.where(plans[:, place], self.effect[place], 1.0)
            z = step.moved(z, value)
        last: Numbers = z[1]
        return last

    def mix_of(self, plans: Flags) -> Places:
        """Return the mix that each plan holds."""
        # The mixes count up in binary, the first of their measures changing fastest.
        return plans[:, list(self.on_mixes)] @ (1 << np.arange(len(self.on_mixes), dtype=np.int64))

    def weights(self, *, is_taken: bool) -> list[Numbers]:
        """Return the weights of z before each step and after the last, the last axis the mixes.

        Summed over z they give the chance that the target stays away if every measure of the later steps is taken, or
        none is.
        """
        weight = np.stack([np.zeros(len(self.mixes)), np.ones(len(self.mixes))])
        result = [weight]
        for step in reversed(self.steps):
            factor = float(np.prod(self.effect[list(step.measures)])) if is_taken else 1.0
            weight = step.moved_back(weight, step.value * factor)
            result.append(weight)
        return result[::-1]


@dataclass(frozen=True)
class Part:
    """The part of a network in which ways can be open, and its numbers with the measures that run.

    `nodes`: places; `links`: place to (cause, effect). `stays_out` and `left` (r): shape (nodes of the network, mixes);
    `strength` (p): shape (links of the network, mixes). `on_node`, `on_link`: the places of the measures on each.
    """

    nodes: frozenset[int]
    links: dict[int, tuple[int, int]]
    target: int
    stays_out: Numbers
    left: Numbers
    strength: Numbers
    on_node: dict[int, tuple[int, ...]]
    on_link: dict[int, tuple[int, ...]]


@dataclass(frozen=True)
class Written:
    """The steps of a part, the `order` of its nodes, and the number of the step with which each node and link ends."""

    steps: tuple[Step, ...]
    order: tuple[int, ...]
    node_step: dict[int, int]
    link_step: dict[int, int]


def written(part: Part) -> Written:
    """Return the steps of a part.

    Each node that no open link enters any more is led on along all its links and closed. The next one is that after
    which fewest nodes are on the axes; a source comes as late as it can.
    """
    writer = _Writer(part)
    waiting = {node: sum(end == node for _, end in part.links.values()) for node in part.nodes}
    while waiting:
        chosen = min((node for node, links in waiting.items() if not links), key=writer.rank)
        for end in writer.ends(chosen):
            waiting[end] -= 1
        writer.write(chosen)
        del waiting[chosen]
    return Written(tuple(writer.steps), tuple(writer.node_step), writer.node_step, writer.link_step)


class _Writer:
    """Writes the steps, and knows which nodes are on the axes."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.steps: list[Step] = []
        self.node_step: dict[int, int] = {}
        self.link_step: dict[int, int] = {}
        self._axes: list[int] = []

    def ends(self, node: int) -> list[int]:
        return [end for start, end in self.part.links.values() if start == node]

    def rank(self, node: int) -> tuple[int, bool, int]:
        return len({*self._axes, *self.ends(node)} - {node}), node not in self._axes, node

    def write(self, node: int) -> None:
        part = self.part
        self._open(node)
        axis = self._axes.index(node)
        if part.on_node.get(node) or (part.left[node] < 1.0).any():
            self._write_mixing("node", part.left[node], part.on_node.get(node, ()), {axis: 0}, {axis: 1})
        self.node_step[node] = len(self.steps) - 1
        for place in sorted(place for place, (start, _) in part.links.items() if start == node):
            end = part.links[place][1]
            self._open(end)
            start_axis, end_axis = self._axes.index(node), self._axes.index(end)
            self._write_mixing(
                "link",
                part.strength[place],
                part.on_link.get(place, ()),
                {start_axis: 1, end_axis: 1},
                {start_axis: 0, end_axis: 1},
            )
            self.link_step[place] = len(self.steps) - 1
        if node != part.target:
            axis = self._axes.index(node)
            self.steps.append(Step("close", np.ones(part.left.shape[1]), axis=axis))
            self._axes.remove(node)

    def _open(self, node: int) -> None:
        if node not in self._axes:
            self.steps.append(Step("open", self.part.stays_out[node]))
            self._axes.insert(0, node)

    def _write_mixing(
        self,
        kind: Literal["link", "node"],
        value: Numbers,
        measures: tuple[int, ...],
        source: dict[int, int],
        end: dict[int, int],
    ) -> None:
        axes = len(self._axes) + 1
        self.steps.append(Step(kind, value, measures, source=_index(source, axes), end=_index(end, axes)))


def _index(chosen: dict[int, int], axes: int) -> Index:
    return tuple(chosen.get(axis, _ALL) for axis in range(axes))


def live_part(
    links: Sequence[tuple[int, int]], stays_out: Numbers, left: Numbers, strength: Numbers, target: int
) -> tuple[set[int], dict[int, tuple[int, int]]]:
    """Return the nodes and links on ways from something that can be active to the target; numbers of shape (n,)."""
    open_links = {
        place: (start, end)
        for place, (start, end) in enumerate(links)
        if strength[place] > 0 and left[start] > 0 and left[end] > 0
    }
    awake = _reached({node for node in range(len(left)) if left[node] > 0 and stays_out[node] < 1}, open_links.values())
    leading = _reached({target}, [(end, start) for start, end in open_links.values()])
    nodes = awake & leading
    return nodes, {place: pair for place, pair in open_links.items() if nodes.issuperset(pair)}


def _reached(begun: set[int], pairs: Collection[tuple[int, int]]) -> set[int]:
    found = set(begun)
    waiting = list(found)
    for node in waiting:
        fresh = {end for start, end in pairs if start == node} - found
        found |= fresh
        waiting.extend(fresh)
    return found
