"""What each finding adds to the risk of its household: Shapley value and drop, exact, for all households at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import factorial

import numpy as np

from analysis.risk.findings import Cells, Flags, Numbers, Places
from analysis.risk.patterns import Grouping, Patterns, grouping_of, whole_patterns

# With k findings 2^k coalitions are computed; a household with more findings than this gets no attribution.
MOST_PLAYERS = 14
# Coalitions expanded at once, which bounds the memory: some 60 bytes each.
_COALITIONS_AT_ONCE = 1 << 22

Chances = Callable[[Patterns, Places], Numbers]


@dataclass(frozen=True)
class Attribution:
    """What each finding adds.

    One row per household and cause that is confirmed or suspected, by household, then cause: `household`, `cause` (its
    place in the network), `shapley` and `drop`, both in the unit of risk (0 to 1).
    *Shapley*: what the finding adds, averaged over all orders in which the findings could be taken up; over a household
    it sums to `risk` - `risk_without`. *Drop*: risk minus risk without this finding; drops need not sum to anything.
    A finding brings its severity and what it amplifies. Refuted causes and property rules are in every coalition.
    `risk` and `risk_without` (with none of the confirmed and suspected findings): shape (households,).
    `is_left_out`: shape (households,), True where a household has more than MOST_PLAYERS findings that count: its
    shapley, drop and risk_without are NaN, its risk is there.
    Source: Shapley (1953), "A value for n-person games".
    """

    household: Places
    cause: Places
    shapley: Numbers
    drop: Numbers
    risk: Numbers
    risk_without: Numbers
    is_left_out: Flags


@dataclass(frozen=True)
class _Players:
    """The different patterns: `sample` a household of each; its `closed` and open (`count`) cells."""

    grouping: Grouping
    sample: Places
    closed: Places
    count: Places


def attribution_of(cells: Cells, can_matter: Flags, chances: Chances) -> Attribution:
    """Return the attribution of the cells.

    `can_matter`: per cell, whether it can change the risk at all; the others get 0. `chances` returns the risk of each
    pattern asked for. Coalitions are patterns themselves, so those that many households share are computed once.
    """
    counted = cells.chosen(can_matter)
    grouping = grouping_of(counted)
    whole, sample, back = np.unique(whole_patterns(grouping), return_index=True, return_inverse=True)
    closed = np.bincount(counted.household[counted.is_closed], minlength=cells.household_count)[sample]
    players = _Players(grouping, sample, closed, grouping.count[sample] - closed)
    risk = chances(grouping.patterns, whole)
    without = np.full(len(whole), np.nan)
    first = np.cumsum(players.count) - players.count
    values = np.full((2, int(players.count.sum())), np.nan)
    left_out = players.count > MOST_PLAYERS
    for part in _parts(players.count, left_out):
        for chosen, coalition_risks in _coalition_risks(players, part, chances):
            count = int(players.count[chosen[0]])
            without[chosen] = coalition_risks[:, 0]
            where = first[chosen][:, None] + np.arange(count)
            values[0, where] = coalition_risks @ _shapley_weights(count)
            everyone = 2**count - 1
            values[1, where] = coalition_risks[:, [everyone]] - coalition_risks[:, everyone ^ (1 << np.arange(count))]
    # Each household takes the rows of its pattern: the k-th player of both is the same cell.
    per_household = players.count[back]
    row = np.arange(int(per_household.sum())) + np.repeat(
        first[back] - (np.cumsum(per_household) - per_household), per_household
    )
    shown = ~cells.is_closed
    result = np.zeros((2, int(shown.sum())))
    result[:, can_matter[shown]] = values[:, row]
    result[:, left_out[back][cells.household[shown]]] = np.nan
    return Attribution(
        cells.household[shown], cells.cause[shown], result[0], result[1], risk[back], without[back], left_out[back]
    )


def _parts(count: Places, left_out: Flags) -> Iterator[Places]:
    """Yield the patterns in parts of about _COALITIONS_AT_ONCE coalitions."""
    chosen = np.flatnonzero(~left_out)
    coalitions = np.cumsum(2.0 ** count[chosen])
    ends = np.searchsorted(
        coalitions,
        np.arange(1, np.ceil(coalitions[-1:].sum() / _COALITIONS_AT_ONCE) + 1) * _COALITIONS_AT_ONCE,
        side="right",
    )
    for part in np.split(chosen, ends):
        if len(part):
            yield part


def _coalition_risks(players: _Players, part: Places, chances: Chances) -> Iterator[tuple[Places, Numbers]]:
    """Yield patterns with equally many players, and the risks of their coalitions: shape (patterns, 2^players).

    Bit j of a coalition's number says that the j-th player takes part.
    """
    patterns = Patterns(players.grouping.patterns.kinds, players.grouping.patterns.roots)
    kind, start = players.grouping.kind, players.grouping.start[players.sample]
    base = players.grouping.root[players.sample[part]].copy()
    for place in range(int(players.closed[part].max(initial=0))):
        longer = np.flatnonzero(players.closed[part] > place)
        base[longer] = patterns.extended(base[longer], kind[start[part[longer]] + place])
    groups: list[tuple[Places, Places, Places]] = []
    for count in np.unique(players.count[part]).tolist():
        inside = np.flatnonzero(players.count[part] == count)
        chosen = part[inside]
        numbers = np.empty((len(chosen), 2**count), dtype=np.int64)
        numbers[:, 0] = base[inside]
        groups.append((chosen, numbers, kind[(start + players.closed)[chosen][:, None] + np.arange(count)]))
    for size in range(1, int(players.count[part].max(initial=0)) + 1):
        _number_coalitions(patterns, groups, size)
    risks = chances(patterns, np.arange(patterns.count))
    for chosen, numbers, _ in groups:
        yield chosen, risks[numbers]


def _number_coalitions(patterns: Patterns, groups: list[tuple[Places, Places, Places]], size: int) -> None:
    """Number the coalitions of one size in all groups, equal ones alike."""
    waiting, parents, kinds = [], [], []
    for _, numbers, player_kinds in groups:
        masks = np.array([mask for mask in range(numbers.shape[1]) if mask.bit_count() == size], dtype=np.int64)
        last = np.array([int(mask).bit_length() - 1 for mask in masks], dtype=np.int64)
        if len(masks):
            waiting.append((numbers, masks))
            parents.append(numbers[:, masks ^ (1 << last)].ravel())
            kinds.append(player_kinds[:, last].ravel())
    found = patterns.extended(np.concatenate(parents), np.concatenate(kinds))
    start = 0
    for numbers, masks in waiting:
        end = start + len(numbers) * len(masks)
        numbers[:, masks] = found[start:end].reshape(len(numbers), len(masks))
        start = end


def _shapley_weights(count: int) -> Numbers:
    """Return the weights w of shape (coalitions, players): the Shapley value of a player is risks @ w."""
    weights = np.zeros((2**count, count))
    sizes = np.array([mask.bit_count() for mask in range(2**count)])
    joining = np.array([factorial(s) * factorial(count - s - 1) / factorial(count) for s in range(count)])
    for player in range(count):
        takes_part = (np.arange(2**count) >> player & 1).astype(np.bool_)
        weights[takes_part, player] = joining[sizes[takes_part] - 1]
        weights[~takes_part, player] = -joining[sizes[~takes_part]]
    return weights
