"""The smallest change in each thing alone, for one lot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from analysis.produce.plan.program import Program
from analysis.produce.plan.ways.sides import Numbers
from analysis.produce.plan.why.candidates import Candidates, candidates_of
from analysis.produce.plan.why.index import WhyIndex
from analysis.produce.plan.why.part import Part
from analysis.produce.plan.why.residual import Flags, Whole
from analysis.produce.plan.why.search import NOT_FOUND, NOTHING_DOES, Answer

UNITS = {"distance": "km", "keeping": "days", "window": "days", "price": "fen_per_kg", "capacity": "kg"}
IN_KG = ("quantity", "batch", "split", "capacity")
# Where batches, parts, capacities or rules have to be looked at, so many of the best-paying buyers are asked how much
# more they would have to want.
BUYERS_ASKED = 3
# More certificates than this nobody gets for one lot.
MOST_CERTIFICATES = 4


@dataclass(frozen=True)
class Changed:
    """The answer for one dimension; `grade` and `certificates` say what the need stands for where it is no number.

    `buyer`: the demand (position) that would have to want more.
    """

    dimension: str
    answer: Answer
    grade: str | None = None
    certificates: tuple[str, ...] = ()
    buyer: int | None = None


def changes_of(index: WhyIndex, lot: int) -> Iterator[Changed]:
    """Yield the answer for every dimension, in their order. `lot`: a position; something of it is unsold."""
    is_known = np.ones(len(index.demands), dtype=bool)
    found = candidates_of(index.sides, index.roads, index.loads, lot, is_known)
    smallest = index.searcher.smallest
    yield Changed("distance", smallest(lot, found["distance"]))
    yield _grade(index, lot, found["grade"])
    for name in ("keeping", "window", "price"):
        yield Changed(name, smallest(lot, found[name]))
    yield _certificates(index, lot, found["certificates"])
    yield _quantity(index, lot)
    yield from _parts(index, lot)


def _grade(index: WhyIndex, lot: int, candidates: Candidates) -> Changed:
    order = list(index.lots["grade_order"].iloc[lot])
    offered = str(index.lots["grade"].iloc[lot])
    wanted = index.demands["min_grade"].to_numpy(dtype=object)[candidates.demand]
    if offered not in order:
        return Changed("grade", NOTHING_DOES)
    steps = np.array([order.index(offered) - order.index(each) if each in order else 0 for each in wanted], "float64")
    answer = index.searcher.smallest(lot, _by_need(candidates, steps, steps > 0))
    grade = None if answer.need is None else str(order[order.index(offered) - int(answer.need)])
    return Changed("grade", answer, grade=grade)


def _certificates(index: WhyIndex, lot: int, candidates: Candidates) -> Changed:
    """Return the fewest certificates that do, the first by name of those."""
    held = {*index.lots["certificate_codes"].iloc[lot]}
    asked = index.demands["certificate_codes"].to_numpy(dtype=object)[candidates.demand]
    missing = [frozenset({*each} - held) for each in asked]
    names = sorted({name for each in missing for name in each})
    is_proven = len(names) <= MOST_CERTIFICATES
    for count in range(1, min(len(names), MOST_CERTIFICATES) + 1):
        for chosen in combinations(names, count):
            enough = np.array([each <= {*chosen} for each in missing], dtype=bool)
            answer = index.searcher.smallest(lot, candidates.only(enough))
            if answer.need is not None:
                return Changed(
                    "certificates", replace(answer, is_proven=answer.is_proven and is_proven), certificates=chosen
                )
            is_proven = is_proven and answer.is_proven
    return Changed("certificates", NOTHING_DOES if is_proven else NOT_FOUND)


def _by_need(candidates: Candidates, need: Numbers, rows: Flags) -> Candidates:
    kept = replace(candidates, need=need).only(rows)
    return kept.only(np.argsort(kept.need, kind="stable"))


def _quantity(index: WhyIndex, lot: int) -> Changed:
    """Return how much more one of the demands that could take the lot would have to want."""
    planned, searcher = index.planned, index.searcher
    rows = planned.ways_of(np.array([lot]))
    if not len(rows):
        return Changed("quantity", NOTHING_DOES)
    income = planned.program.ways["income_fen_per_kg"].to_numpy()[rows]
    best = dict.fromkeys(planned.demand[rows][np.argsort(-income, kind="stable")].tolist())
    left = int(planned.residual.unsold[lot])
    if not searcher.is_bound(lot):
        # Nothing of the rest can be passed on to a buyer with room, so one buyer has to want all of it.
        buyer = next(iter(best))
        return Changed("quantity", Answer(float(left), {buyer: left}, True), buyer=buyer)
    answers = [(_more_at(index, lot, buyer), buyer) for buyer in list(best)[:BUYERS_ASKED]]
    found = [(answer.need, place) for place, (answer, _) in enumerate(answers) if answer.need is not None]
    if not found:
        is_proven = len(best) <= BUYERS_ASKED and all(answer.is_proven for answer, _ in answers)
        return Changed("quantity", NOTHING_DOES if is_proven else NOT_FOUND)
    answer, buyer = answers[min(found)[1]]
    return Changed("quantity", answer, buyer=buyer)


def _more_at(index: WhyIndex, lot: int, buyer: int) -> Answer:
    program = index.planned.program
    batch, split = int(program.demands["min_batch_kg"].iloc[buyer]), int(program.lots["min_split_kg"].iloc[lot])
    # Room for everything that is on offer is as good as room without end.
    most = index.searcher.offered_kg(lot)
    if most is None:
        most = int(index.planned.residual.unsold[lot]) + max(batch, split)

    def changed(part: Part, step: int) -> Program:
        more = np.where(part.demands == buyer, step, 0)
        return _with(part, "demands", "quantity_kg", part.program.demands["quantity_kg"].to_numpy("int64") + more)

    return index.searcher.smallest_amount(lot, changed, most, np.array([buyer]))


def _parts(index: WhyIndex, lot: int) -> Iterator[Changed]:
    """Yield what less of a smallest batch or part, or more of a capacity, would do."""
    searcher, program = index.searcher, index.planned.program
    if not (searcher.is_bound(lot) and searcher.sells_by_itself(lot)):
        yield from (Changed(name, NOTHING_DOES) for name in ("batch", "split", "capacity"))
        return
    rows = index.planned.ways_of(np.array([lot]))
    batch = program.demands["min_batch_kg"].to_numpy("int64")[index.planned.demand[rows]].max(initial=0)

    def smaller_batch(part: Part, step: int) -> Program:
        return _with(
            part, "demands", "min_batch_kg", _less(part.program.demands["min_batch_kg"].to_numpy("int64"), step)
        )

    def smaller_split(part: Part, step: int) -> Program:
        split = part.program.lots["min_split_kg"].to_numpy("int64")
        mine = np.arange(len(split)) == part.lot
        return _with(part, "lots", "min_split_kg", np.where(mine, _less(split, step), split))

    through = np.unique(index.planned.cooperative[rows])

    def larger_capacity(part: Part, step: int) -> Program:
        capacity = part.program.cooperatives["capacity_kg"].to_numpy("int64")
        theirs = np.isin(np.arange(len(capacity)), through) & (capacity >= 0)
        return _with(part, "cooperatives", "capacity_kg", capacity + np.where(theirs, step, 0))

    left, split = int(index.planned.residual.unsold[lot]), int(program.lots["min_split_kg"].iloc[lot])
    has_capacity = bool((program.cooperatives["capacity_kg"].to_numpy("int64")[through[through >= 0]] >= 0).any())
    for name, change, most in (
        ("batch", smaller_batch, int(batch)),
        ("split", smaller_split, split),
        ("capacity", larger_capacity, (left + int(batch)) if has_capacity else 0),
    ):
        yield Changed(name, searcher.smallest_amount(lot, change, most) if most > 0 else NOTHING_DOES)


def _less(amounts: Whole, step: int) -> Whole:
    return np.maximum(amounts - step, 0)


def _with(part: Part, side: str, column: str, values: Whole) -> Program:
    frame = getattr(part.program, side)
    return replace(part.program, **{side: frame.assign(**{column: values})})
