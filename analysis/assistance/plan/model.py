"""The linear program of the classes: every bound as a row, flows and shares in fen of need covered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from analysis.assistance.plan.classes import Classes
from analysis.assistance.plan.measured import measure_rows
from analysis.assistance.plan.program import NONE, AssistProgram, Units, whole_column

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """Rows between `low` and `high`, columns between 0 and `most`, all divided by `scale` fen.

    The columns are the flows of the classes, then their shares of bundles. The first rows are the programmes' budgets,
    then the resources' capacities, then the needs of the classes. `reach`: what no column exceeds, though no bound of
    its own says so. `unit`: what each row was divided by, so that its largest factor is about one (one job stands
    beside thousands of fen); what one more of a bound is worth is the price of its row, divided by it again.
    `worth_need`, `worth_cost`: what a column counts, `tier`: of the need it covers.
    """

    matrix: csr_array
    low: Numbers
    high: Numbers
    most: Numbers
    reach: Numbers
    unit: Numbers
    scale: float
    worth_need: Numbers
    worth_cost: Numbers
    tier: Units


@dataclass
class _Rows:
    """Rows put together part by part."""

    entries: list[tuple[Units, Units, Numbers]]
    lows: list[Numbers]
    highs: list[Numbers]
    count: int = 0

    def add(self, row: Units, column: Units, factor: Numbers, *, low: Numbers, high: Numbers) -> None:
        """Add as many rows as there are bounds; entries name them from 0."""
        self.entries.append((row + self.count, column, factor))
        self.lows.append(low)
        self.highs.append(high)
        self.count += len(low)

    def matrix(self, columns: int) -> tuple[csr_array, Numbers]:
        """Return all rows, and what each was divided by: a power of two, which keeps every number exact."""
        row, column, factor = (np.concatenate(part) for part in zip(*self.entries, strict=True))
        largest = np.zeros(self.count)
        np.maximum.at(largest, row, np.abs(factor))
        unit = np.exp2(np.round(np.log2(np.where(largest > 0, largest, 1.0))))
        return csr_array(coo_array((factor / unit[row], (row, column)), shape=(self.count, columns))), unit


def model_of(program: AssistProgram, classes: Classes) -> Model:
    """Return the linear program of a program's classes, in the first stage's order of rows and columns."""
    columns = classes.columns
    flows, shares = len(columns.programme), len(classes.share_class)
    rows = _Rows([], [], [])
    cost = columns.cost_fen / columns.cover_fen
    scale = float(max(np.median(classes.need_fen), 1.0)) if len(classes.need_fen) else 1.0
    budget = whole_column(program.programmes, "budget_fen")
    _at_most(rows, columns.programme, np.arange(flows), cost, budget / scale)
    _capacities(rows, program, classes, scale)
    # A class is covered by its own columns and by its shares of bundles.
    covering = np.concatenate([np.flatnonzero(columns.need_class >= 0), flows + np.arange(shares)])
    covered = np.concatenate([columns.need_class[columns.need_class >= 0], classes.share_class])
    one = np.ones(len(covering))
    _at_most(rows, covered, covering, one, classes.need_fen / scale)
    _bundles(rows, classes)
    _limits(rows, program, classes, cost, scale)
    measured = measure_rows(classes, covering, covered)
    given = measured.matrix.tocoo()
    # In units for each fen of the scale, so that the factors stay near one.
    _at_most(rows, given.row, given.col, given.data * scale, measured.most)
    most = measured.most_fen / scale
    _asked(rows, program, classes, (covering, covered), scale)
    weight, tier = np.zeros(flows + shares), np.zeros(flows + shares, dtype=np.int64)
    weight[covering], tier[covering] = classes.weight[covered], classes.tier[covered]
    is_bound = columns.most >= 0
    most[:flows][is_bound] = np.minimum(most[:flows], columns.most * columns.cover_fen / scale)[is_bound]
    matrix, unit = rows.matrix(flows + shares)
    return Model(
        matrix=matrix,
        low=np.concatenate(rows.lows) / unit,
        high=np.concatenate(rows.highs) / unit,
        most=most,
        reach=np.minimum(most, _reach(classes, covering, covered, flows) / scale),
        unit=unit,
        scale=scale,
        worth_need=weight,
        worth_cost=np.concatenate([cost, np.zeros(shares)]),
        tier=tier,
    )


def _at_most(rows: _Rows, row: Units, column: Units, factor: Numbers, high: Numbers) -> None:
    rows.add(row, column, factor, low=np.full(len(high), -np.inf), high=high)


def _capacities(rows: _Rows, program: AssistProgram, classes: Classes, scale: float) -> None:
    capacity = whole_column(program.resources, "capacity")
    none = np.zeros(0, dtype=np.int64)
    taken: list[tuple[Units, Units, Numbers]] = [(none, none, np.zeros(0))]
    for place, use in classes.columns.takes:
        kept = np.flatnonzero((place >= 0) & (use > 0))
        kept = kept[capacity[place[kept]] >= 0]
        taken.append((place[kept], kept, use[kept] / classes.columns.cover_fen[kept]))
    row, column, factor = (np.concatenate(part) for part in zip(*taken, strict=True))
    high = np.where(capacity >= 0, capacity / scale, np.inf)
    _at_most(rows, row, column, factor, high)


def _bundles(rows: _Rows, classes: Classes) -> None:
    """Add per bundle: what flows into it is what the classes take of it."""
    bundle, flows = classes.columns.bundle, len(classes.columns.bundle)
    given = np.flatnonzero(bundle >= 0)
    shares = np.arange(len(classes.share_class))
    none = np.zeros(int(bundle.max(initial=-1)) + 1)
    rows.add(
        np.concatenate([bundle[given], classes.share_bundle]),
        np.concatenate([given, flows + shares]),
        np.concatenate([np.ones(len(given)), -np.ones(len(shares))]),
        low=none,
        high=none,
    )


def _limits(rows: _Rows, program: AssistProgram, classes: Classes, cost: Numbers, scale: float) -> None:
    """Add per group of households and programme: what it pays for them, at most the limit of all of them."""
    if not classes.limits:
        return
    limit = whole_column(program.programmes, "household_limit_fen")
    columns, programmes = classes.columns, len(limit)
    group, programme, households = np.array(classes.limits, dtype=np.int64).T
    keys = group * programmes + programme
    own = np.flatnonzero(columns.need_class >= 0)
    of_group = classes.group[columns.need_class[own]]
    key = np.where(of_group >= 0, of_group * programmes + columns.programme[own], NONE)
    place = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
    kept = keys[place] == key
    _at_most(rows, place[kept], own[kept], cost[own[kept]], limit[programme] * households / scale)


def _asked(rows: _Rows, program: AssistProgram, classes: Classes, covering: tuple[Units, Units], scale: float) -> None:
    """Add the rules that ask for fen covered, or bound them: locked pairs, floors, ceilings; one row per rule."""
    rules, columns = program.rules, classes.columns
    households, villages = (sorted(set(program.needs[name].astype(str))) for name in ("household_id", "village_id"))
    programmes = program.programmes["programme_id"].tolist()
    holders = np.array([*program.resources["holder_id"], ""], dtype=object)
    own_class = np.where(columns.need_class >= 0, columns.need_class, 0)
    chosen: list[tuple[Units, float, float]] = []
    for lock in rules.locked:
        is_theirs = (
            classes.household[own_class] == _place(households, lock.household_id) if len(own_class) else own_class
        )
        is_theirs = is_theirs & (columns.need_class >= 0) & (columns.programme == _place(programmes, lock.programme_id))
        chosen.append((np.flatnonzero(is_theirs), lock.least_fen / scale, np.inf))
    for floor in rules.floors:
        is_there = classes.village[covering[1]] == _place(villages, floor.village_id)
        chosen.append((covering[0][is_there], floor.least_fen / scale, np.inf))
    for ceiling in rules.ceilings:
        is_its = holders[columns.enterprise] == ceiling.enterprise_id
        chosen.append((np.flatnonzero(is_its), -np.inf, ceiling.most_fen / scale))
    for places, low, high in chosen:
        row = np.zeros(len(places), dtype=np.int64)
        rows.add(row, places, np.ones(len(places)), low=np.array([low]), high=np.array([high]))


def _place(names: list[str], name: str) -> int:
    """Return the position of a name; -2 where there is none, which is the place of nothing."""
    return names.index(name) if name in names else NONE - 1


def _reach(classes: Classes, covering: Units, covered: Units, flows: int) -> Numbers:
    """Return per column what no plan exceeds: the need of the class, or of all classes that share the bundle."""
    reach = np.zeros(flows + len(classes.share_class))
    reach[covering] = classes.need_fen[covered]
    bundle = classes.columns.bundle
    total = np.bincount(classes.share_bundle, classes.need_fen[classes.share_class], int(bundle.max(initial=-1)) + 1)
    reach[:flows][bundle >= 0] = total[bundle[bundle >= 0]]
    return reach
