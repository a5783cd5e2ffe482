"""Which causes and which chains carry most of the returns to poverty that are to be expected in an area.

Expected returns are the sum of the risks (risk scores, until strengths are learned) if nothing is done. They are split
without a rest:

    expected returns = what is left without findings + the causes + households with too many findings to be split

- A *cause* carries the sum of its Shapley values over the households where it is confirmed or suspected: what it adds,
  averaged over the orders in which the findings could be taken up.
- A *chain* carries, of what its first cause carries at a household, the part that its strength there is of all chains
  of that cause; its strength is the confidence of the finding times the strengths of its links. So the chains of a
  cause add up to it. What a cause adds by amplifying alone, with no chain of its own, stays `without_chain`.

Beside that stands the *fall*, `falls_of`: how many returns fewer there would be if a cause came about nowhere any more,
or a link led on nowhere. Falls do not add up: where two causes each suffice, closing one of them changes little.
The decision page is docs/decisions/0016.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.errors import QuestionError
from analysis.risk.alike import Alike, alike_households, findings_of_some
from analysis.risk.engine import RiskEngine
from analysis.risk.expected_chains import ChainStrengths, chains_to
from analysis.risk.findings import Findings, Numbers, Places, cells_of
from analysis.risk.measures import RiskMeasure, RiskMeasures
from analysis.risk.splits import SplitMemory

# Patterns that are gone through at once, which bounds the memory.
_PATTERNS_AT_ONCE = 4096


@dataclass(frozen=True)
class ExpectedReturns:
    """The expected returns of places, and what carries them.

    Shape (places,): `households`; `returns`; `without_findings`, what would be left of them if nothing confirmed or
    suspected were found; `left_out_households`, who have more than MOST_PLAYERS findings that count, and
    `left_out_returns`, their risks, which no cause carries. `findings` and `by_cause`: (places, nodes), the households
    where it is confirmed or suspected, and what it carries. `chains`: the links (places in the network) of each chain;
    `by_chain`: (places, chains). `without_chain`: (places, nodes), the part of `by_cause` that no chain has.
    `has_chains`: False where the network has too many chains to list; then there are none, and the causes are whole.
    """

    households: Places
    returns: Numbers
    without_findings: Numbers
    left_out_households: Places
    left_out_returns: Numbers
    findings: Places
    by_cause: Numbers
    chains: tuple[tuple[int, ...], ...]
    by_chain: Numbers
    without_chain: Numbers
    has_chains: bool


@dataclass(frozen=True)
class Falls:
    """How many returns fewer there would be.

    `by_cause`: shape (nodes,), if it came about nowhere any more, found or brought about by others. `by_link`: shape
    (links,), if it led on nowhere. None is below 0. By place, both have the places before.
    """

    by_cause: Numbers
    by_link: Numbers


def expected_returns(
    engine: RiskEngine,
    findings: Findings,
    place_of: Places,
    place_count: int,
    target: str | None = None,
    *,
    memory: SplitMemory | None = None,
) -> ExpectedReturns:
    """Return the expected returns by place, and the causes and chains that carry them.

    `place_of`: per household, its place, 0 to `place_count` - 1; the sums over the places are those of the area.
    `memory`: who asks again and again passes the same one, so that only what is new is split. Households may be none.
    Raises QuestionError for places out of range, a wrong target or wrong findings.
    """
    _check_places(place_of, place_count, findings.household_count)
    end = _target(engine, target)
    code = engine.network.codes[end]
    alike = alike_households(engine.network, findings, end, np.zeros((findings.household_count, 0), dtype=np.bool_))
    different = findings_of_some(findings, alike.sample)
    split = (memory or SplitMemory()).splits_of(engine, different, code)
    pairs, shapley = _pairs(alike, place_of, place_count), split.shapley
    chains = chains_to(engine.network, end)
    strengths = ChainStrengths(engine.network, chains or ())
    by_chain = np.zeros((place_count, len(strengths.chains)))
    for start in range(0, len(alike.sample), _PATTERNS_AT_ONCE):
        part = np.arange(start, min(start + _PATTERNS_AT_ONCE, len(alike.sample)))
        shares = strengths.shares(findings_of_some(different, part)) * shapley[part][:, strengths.first]
        by_chain += pairs.summed(shares, start)
    by_cause = pairs.summed(shapley, 0)
    carried = np.zeros(by_cause.shape)
    for chain, first in enumerate(strengths.first):
        carried[:, first] += by_chain[:, chain]
    left_out = split.is_left_out[:, None]
    return ExpectedReturns(
        households=np.bincount(place_of, minlength=place_count).astype(np.int64),
        returns=pairs.summed(split.risk[:, None], 0)[:, 0],
        without_findings=pairs.summed(split.without[:, None], 0)[:, 0],
        left_out_households=np.rint(pairs.summed(left_out.astype(np.float64), 0)[:, 0]).astype(np.int64),
        left_out_returns=pairs.summed(np.where(left_out, split.risk[:, None], 0.0), 0)[:, 0],
        findings=_found(engine, findings, place_of, place_count),
        by_cause=by_cause,
        chains=strengths.chains,
        by_chain=by_chain,
        without_chain=by_cause - carried,
        has_chains=chains is not None,
    )


def falls_of(engine: RiskEngine, findings: Findings, target: str | None = None) -> Falls:
    """Return how the expected returns would fall if each cause, or each link, were closed at every household.

    The target itself has no fall. A cause that dampens a link keeps doing so, as under a measure: closing it never
    raises a risk. Raises QuestionError for a wrong target or wrong findings.
    """
    falls = falls_by_place(engine, findings, np.zeros(findings.household_count, dtype=np.int64), 1, target)
    return Falls(falls.by_cause[0], falls.by_link[0])


def falls_by_place(
    engine: RiskEngine, findings: Findings, place_of: Places, place_count: int, target: str | None = None
) -> Falls:
    """Return the falls of each place: shapes (places, nodes) and (places, links), which sum to those of the area.

    `place_of` as in `expected_returns`. Raises as `falls_of`, and for places out of range.
    """
    _check_places(place_of, place_count, findings.household_count)
    network, end = engine.network, _target(engine, target)
    alike = alike_households(network, findings, end, np.zeros((findings.household_count, 0), dtype=np.bool_))
    pairs = _pairs(alike, place_of, place_count)
    different = findings_of_some(findings, alike.sample)
    by_cause, by_link = np.zeros((place_count, len(network.nodes))), np.zeros((place_count, len(network.links)))
    for start in range(0, len(alike.sample), _PATTERNS_AT_ONCE):
        part = np.arange(start, min(start + _PATTERNS_AT_ONCE, len(alike.sample)))
        some = findings_of_some(different, part)
        causes, links = engine.losses(some, network.codes[end])
        _close_amplifiers(engine, some, end, causes)
        by_cause += pairs.summed(causes.clip(0.0), start)
        by_link += pairs.summed(links.clip(0.0), start)
    return Falls(by_cause, by_link)


def _close_amplifiers(engine: RiskEngine, findings: Findings, end: int, losses: Numbers) -> None:
    """Put into the losses what closing a cause takes away where it is found and raises a link: that ends too."""
    network = engine.network
    raising = {item.cause for link in network.links for item in link.amplifiers if item.cause and item.factor > 1}
    codes = [code for code in network.codes if code in raising and network.position[code] != end]
    closings = RiskMeasures(network, [RiskMeasure(code, code, 0.0, 0) for code in codes])
    cells = cells_of(network, findings)
    for measure, code in enumerate(codes):
        here = (cells.cause == network.position[code]) & ~cells.is_closed
        rows = np.unique(cells.household[here])
        if not len(rows):
            continue
        some = findings_of_some(findings, rows)
        plans = np.zeros((len(rows), len(codes)), dtype=np.bool_)
        plans[:, measure] = True
        after = engine.risk_with(some, closings, plans, network.codes[end])
        losses[rows, network.position[code]] = engine.risk(some, network.codes[end]) - after


def _found(engine: RiskEngine, findings: Findings, place_of: Places, place_count: int) -> Places:
    """Return the households where each cause is confirmed or suspected: (places, nodes)."""
    cells, nodes = cells_of(engine.network, findings), len(engine.network.nodes)
    place_and_cause = (place_of[cells.household] * nodes + cells.cause)[~cells.is_closed]
    return np.bincount(place_and_cause, minlength=place_count * nodes).reshape(place_count, nodes).astype(np.int64)


@dataclass(frozen=True)
class _Pairs:
    """How many households of each pattern live in each place, one row per pair that there is, by pattern."""

    place_count: int
    place: Places
    pattern: Places
    count: Places

    def summed(self, values: Numbers, first: int) -> Numbers:
        """Return the sums over households by place, of values of the patterns from `first` on: (patterns, columns)."""
        begin, finish = np.searchsorted(self.pattern, [first, first + len(values)])
        place, row = self.place[begin:finish], self.pattern[begin:finish] - first
        sums = np.zeros((self.place_count, values.shape[1]))
        for column in range(values.shape[1]):
            weights = values[row, column] * self.count[begin:finish]
            sums[:, column] = np.bincount(place, weights=weights, minlength=self.place_count)
        return sums


def _pairs(alike: Alike, place_of: Places, place_count: int) -> _Pairs:
    pair, count = np.unique(alike.pattern * max(place_count, 1) + place_of, return_counts=True)
    pattern, place = np.divmod(pair, max(place_count, 1))
    return _Pairs(place_count, place, pattern, count)


def _target(engine: RiskEngine, target: str | None) -> int:
    # Raises for a target that is unknown, that nothing reaches, or that has to be named.
    engine.leak_risk(target)
    return engine.network.node_position(target or str(engine.network.default_target))


def _check_places(place_of: Places, place_count: int, households: int) -> None:
    if place_of.shape != (households,):
        raise QuestionError("budget_wrong_places", shape=place_of.shape, expected=(households,))
    wrong = np.flatnonzero((place_of < 0) | (place_of >= place_count))
    if len(wrong):
        raise QuestionError("risk_wrong_place", name="place_of", row=int(wrong[0]), value=int(place_of[wrong[0]]))
