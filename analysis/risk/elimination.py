"""Exact sums over all states of a network of noisy-OR nodes, one program for any number of rows at once.

Each node is split in two: x, whether it is active, and y, which turns the noisy-OR into a product of small tables,
    P(x | parents) = sum over y of node[x, y] * product over parents of link[x of the parent, y],
    link = [[1, 1], [1 - p, 1]],  node = [[r (1 - a), 1 - r], [-r (1 - a), r]],
where a is the chance to be active from outside, r what is left of the cause (0 = closed), p the link's strength.
Every table is 2 x 2, so no order of parents has to be chosen. The variables are summed out one after another in an
order found once for the network. Source: analyses, section 1, "How"; the split is the one of Diez and Galan (2003),
"Efficient computation for the noisy MAX".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from analysis.errors import QuestionError

Numbers: TypeAlias = npt.NDArray[np.float64]
Index: TypeAlias = tuple[slice | None, ...]

# Entries of the largest table for one row. A wider network would need minutes and gigabytes: it is refused.
LARGEST_TABLE = 4096
_ALL = slice(None)


@dataclass(frozen=True)
class Tables:
    """The tables of some rows: `nodes` of shape (nodes, x, y, rows); `doubts`, 1 - p of each link: (links, rows)."""

    nodes: Numbers
    doubts: Numbers


@dataclass(frozen=True)
class _Step:
    """Sums one variable out.

    `inputs`: the tables that hold it. `spread`: how each lies along the axes of what is left, and `summed`: the axes of
    what is left that it does not have. `ones`: the value of the variable at which a table is all ones, if any.
    """

    inputs: tuple[int, ...]
    spread: tuple[Index, ...]
    summed: tuple[tuple[int, ...], ...]
    ones: tuple[int | None, ...]


@dataclass(frozen=True)
class Program:
    """The order in which the variables of a network are summed out. Make it with `compile_program`.

    `nodes` and `links` are the places, in the network, of those that take part. `has_y` tells whether a node has
    parents among them; `flipped_nodes` and `flipped_links` whether y is summed out before x.
    """

    nodes: tuple[int, ...]
    links: tuple[int, ...]
    has_y: tuple[bool, ...]
    flipped_nodes: tuple[bool, ...]
    flipped_links: tuple[bool, ...]
    steps: tuple[_Step, ...]
    largest_table: int

    def total(self, tables: Tables) -> Numbers:
        """Return the sum over all states, one number per row: the probability of the evidence put in the tables."""
        slots = self._slots(tables)
        last = np.ones(1)
        for step in self.steps:
            message = _summed_out([slots[place] for place in step.inputs], step)
            slots.append(message)
            if message.ndim == 1:
                last = last * message
        return last

    def active(self, tables: Tables) -> tuple[Numbers, Numbers]:
        """Return, per row, the probability of the evidence, and of each node being active together with it.

        Shapes (rows,) and (nodes that take part, rows). One pass forward, one back.
        """
        total, slots, slopes = self._both_ways(tables)
        rows = tables.nodes.shape[-1]
        return total, np.stack([self._active_of(place, slots, slopes, rows) for place in range(len(self.nodes))])

    def losses(self, tables: Tables) -> tuple[Numbers, Numbers]:
        """Return, per row, what the total would lose if a node could not be active, or a link led on nowhere.

        Shapes (nodes that take part, rows) and (links that take part, rows). One pass forward, one back: the total is a
        straight line in what is left of each cause, and in each link's 1 - p.
        """
        _, slots, slopes = self._both_ways(tables)
        rows = tables.nodes.shape[-1]
        of_nodes, of_links = np.empty((len(self.nodes), rows)), np.empty((len(self.links), rows))
        for place in range(len(self.nodes)):
            slope = _there(slopes[place])
            joint = (slope * slots[place]).reshape(-1, rows).sum(axis=0)
            # Of a closed node nothing is left but: not active, and y = 1.
            of_nodes[place] = joint - (
                slope[0] if not self.has_y[place] else slope[1, 0] if self.flipped_nodes[place] else slope[0, 1]
            )
        for number, is_flipped in enumerate(self.flipped_links):
            at = (0, 1) if is_flipped else (1, 0)
            place = len(self.nodes) + number
            of_links[number] = _there(slopes[place])[at] * (slots[place][at] - 1.0)
        return of_nodes, of_links

    def _both_ways(self, tables: Tables) -> tuple[Numbers, list[Numbers], list[Numbers | None]]:
        """Return the total, all tables, and the slope of the total in each entry of each of them."""
        slots = self._slots(tables)
        ends = []
        for step in self.steps:
            message = _summed_out([slots[place] for place in step.inputs], step)
            slots.append(message)
            if message.ndim == 1:
                ends.append(message)
        rows = tables.nodes.shape[-1]
        slopes: list[Numbers | None] = [None] * len(slots)
        total = np.prod([np.broadcast_to(end, rows) for end in ends], axis=0)
        rest = iter([np.prod([*ends[:i], np.ones(rows), *ends[i + 1 :]], axis=0) for i in range(len(ends))])
        first = len(self.nodes) + len(self.links)
        for offset in range(len(self.steps)):
            if slots[first + offset].ndim == 1:
                slopes[first + offset] = next(rest)
        for offset in range(len(self.steps) - 1, -1, -1):
            _push_back(self.steps[offset], slots, slopes, _there(slopes[first + offset]))
        return total, slots, slopes

    def _active_of(self, place: int, slots: list[Numbers], slopes: list[Numbers | None], rows: int) -> Numbers:
        joint = _there(slopes[place]) * slots[place]
        if not self.has_y[place]:
            return np.broadcast_to(joint[1], rows)
        return np.broadcast_to(joint[:, 1].sum(axis=0) if self.flipped_nodes[place] else joint[1].sum(axis=0), rows)

    def _slots(self, tables: Tables) -> list[Numbers]:
        slots: list[Numbers] = []
        for place, node in enumerate(self.nodes):
            table = tables.nodes[node]
            if not self.has_y[place]:
                table = table[:, 0] + table[:, 1]
            elif self.flipped_nodes[place]:
                table = table.swapaxes(0, 1)
            slots.append(table)
        rows = tables.doubts.shape[-1]
        links = np.ones((len(self.links), 2, 2, rows))
        # 1 - p stands at x = 1, y = 0, whichever of the two is the first axis.
        first = 1 - np.array(self.flipped_links, dtype=np.int64)
        links[np.arange(len(self.links)), first, 1 - first] = tables.doubts[list(self.links)]
        return [*slots, *links]


def compile_program(codes: Sequence[str], links: Sequence[tuple[int, int]], nodes: Sequence[int]) -> Program:
    """Return the program of the `nodes` (places in `codes`) and the links between them, (cause, effect) places.

    The next variable to sum out is the one that ties the fewest new pairs together, then the one in the smallest
    table. Raises QuestionError when a table gets more than LARGEST_TABLE entries, naming the nodes in it.
    """
    taken = set(nodes)
    kept = [place for place, (start, end) in enumerate(links) if start in taken and end in taken]
    entered = {links[place][1] for place in kept}
    # Variables: 2 * node is its x, 2 * node + 1 its y.
    scopes = [{2 * node, 2 * node + 1} if node in entered else {2 * node} for node in nodes]
    scopes += [{2 * links[place][0], 2 * links[place][1] + 1} for place in kept]
    order, largest = _order(scopes)
    if 2 ** len(largest) > LARGEST_TABLE:
        named = sorted({variable // 2 for variable in largest})
        raise QuestionError(
            "risk_too_wide",
            entries=2 ** len(largest),
            limit=LARGEST_TABLE,
            codes=", ".join(codes[node] for node in named),
        )
    turn = {variable: number for number, variable in enumerate(order)}
    return Program(
        nodes=tuple(nodes),
        links=tuple(kept),
        has_y=tuple(node in entered for node in nodes),
        flipped_nodes=tuple(node in entered and turn[2 * node + 1] < turn[2 * node] for node in nodes),
        flipped_links=tuple(turn[2 * links[place][1] + 1] < turn[2 * links[place][0]] for place in kept),
        steps=tuple(_steps(scopes, order, turn, link_tables=range(len(nodes), len(scopes)))),
        largest_table=2 ** len(largest),
    )


def _order(scopes: Sequence[set[int]]) -> tuple[list[int], set[int]]:
    beside: dict[int, set[int]] = {}
    for scope in scopes:
        for variable in scope:
            beside.setdefault(variable, set()).update(scope - {variable})
    order: list[int] = []
    largest: set[int] = set()
    while beside:
        chosen = min(beside, key=lambda variable: (_new_pairs(beside, variable), len(beside[variable]), variable))
        around = beside.pop(chosen)
        if len(around) >= len(largest):
            largest = around | {chosen}
        for variable in around:
            beside[variable] |= around
            beside[variable] -= {variable, chosen}
        order.append(chosen)
    return order, largest


def _new_pairs(beside: dict[int, set[int]], variable: int) -> int:
    return sum(len(beside[variable] - beside[other]) - 1 for other in beside[variable])


def _steps(
    scopes: Sequence[set[int]], order: Sequence[int], turn: dict[int, int], *, link_tables: range
) -> list[_Step]:
    # The axes of every table follow the order of summing out, so what is summed is always the first axis.
    tables = [sorted(scope, key=turn.__getitem__) for scope in scopes]
    open_tables = set(range(len(tables)))
    steps = []
    for variable in order:
        # The smallest first, so that the early products are small.
        inputs = sorted((place for place in open_tables if tables[place][0] == variable), key=lambda p: len(tables[p]))
        left = sorted({other for place in inputs for other in tables[place][1:]}, key=turn.__getitem__)
        spread = tuple(tuple(_ALL if other in tables[place] else None for other in left) for place in inputs)
        summed = tuple(tuple(axis for axis, other in enumerate(left) if other not in tables[place]) for place in inputs)
        # A link acts only where its cause is active (x = 1) and y = 0: it is all ones at the other value of either.
        ones = tuple(variable % 2 if place in link_tables else None for place in inputs)
        steps.append(_Step(tuple(inputs), spread, summed, ones))
        open_tables -= set(inputs)
        if left:
            open_tables.add(len(tables))
        tables.append(left)
    return steps


def _there(slope: Numbers | None) -> Numbers:
    """Return the slope, which is there once the passes are done: every table is an input of one step, or an end."""
    if slope is None:
        raise TypeError("the pass back has not come to this table")
    return slope


def _summed_out(inputs: Sequence[Numbers], step: _Step) -> Numbers:
    return _product(inputs, step, 0) + _product(inputs, step, 1)


def _product(inputs: Sequence[Numbers], step: _Step, value: int, *, without: int = -1) -> Numbers:
    product: Numbers | None = None
    for place, (table, index) in enumerate(zip(inputs, step.spread, strict=True)):
        if place != without and step.ones[place] != value:
            part = table[value][index]
            product = part if product is None else product * part
    return np.ones(1) if product is None else product


def _push_back(step: _Step, slots: list[Numbers], slopes: list[Numbers | None], slope: Numbers) -> None:
    inputs = [slots[place] for place in step.inputs]
    for number, place in enumerate(step.inputs):
        parts = []
        for value in (0, 1):
            part = np.broadcast_to(slope * _product(inputs, step, value, without=number), slope.shape)
            parts.append(part.sum(axis=step.summed[number]))
        slopes[place] = np.stack(parts)
