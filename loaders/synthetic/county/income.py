"""Income by component and year, with the help that was given and as it would have been without."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loaders.synthetic.county.causes import Census
from loaders.synthetic.county.people import Homes
from loaders.synthetic.county.plan import Flags, Indexes, Numbers
from loaders.synthetic.county.rates import Rates

KINDS = ("wage", "operating", "property", "transfer", "irregular")
WAGE, OPERATING, PROPERTY, TRANSFER, IRREGULAR = range(5)
# Ratios to the line of a household above it and below it never come nearer to the line than this, so that rounding to
# whole yuan changes no side.
_MARGIN = 0.02
_LOWEST, _RANGE_BELOW = 0.55, 0.42
# Help paid out is at most this part of a household's income, else the rest would be nothing.
_MOST_HELP = 0.4


@dataclass(frozen=True)
class Incomes:
    """Of each household: fen by component, fen per head, and per head without help; zero where nobody lives."""

    by_kind: Indexes
    per_head: Indexes
    per_head_without: Indexes


@dataclass(frozen=True)
class Setting:
    """What income depends on: who lives there, who is poor with and without help, open causes, help paid, the line."""

    homes: Homes
    census: Census
    is_poor: Flags
    is_poor_without: Flags
    cause_count: Indexes
    paid_fen: Indexes
    line_fen: int


def earn(setting: Setting, rates: Rates, random: np.random.Generator) -> Incomes:
    """Return the incomes of a year. Below the line exactly where `is_poor` says so; all amounts in whole yuan."""
    count = len(setting.homes)
    above = _ratios_above(setting, rates, random)
    depth = random.beta(3.0, 1.5, count)
    below = _LOWEST + _RANGE_BELOW * depth
    ratio = np.where(setting.is_poor, below, above)
    members = np.maximum(setting.census.members, 1)
    total = ratio * setting.line_fen * members
    paid = np.minimum(setting.paid_fen, _MOST_HELP * total)
    weights = _weights(setting, rates, random)
    by_kind = (total - paid)[:, None] * weights
    by_kind[:, TRANSFER] += paid
    whole = np.where((setting.census.members > 0)[:, None], np.round(by_kind, -2), 0).astype(np.int64)
    per_head = whole.sum(axis=1) // members
    # Without help: what was paid is missing, and where help alone held a household above the line it falls below.
    fallen = np.where(setting.is_poor_without, below, ratio) * setting.line_fen
    without = np.where(setting.is_poor_without & ~setting.is_poor, fallen, per_head) - paid / members
    without = np.minimum(np.round(without), per_head).astype(np.int64)
    return Incomes(whole, per_head, np.where(setting.census.members > 0, without, 0))


def _ratios_above(setting: Setting, rates: Rates, random: np.random.Generator) -> Numbers:
    homes = setting.homes
    middle = np.where(homes.was_poor, rates.number("income.poor_ratio"), rates.number("income.ordinary_ratio"))
    spread = rates.number("income.lasting_spread") * homes.lasting
    spread = spread + rates.number("income.yearly_spread") * random.standard_normal(len(homes))
    loss = (1.0 - rates.number("income.cause_loss")) ** setting.cause_count
    over = np.maximum(middle - 1.0 - _MARGIN, _MARGIN)
    ratios: Numbers = 1.0 + _MARGIN + over * np.exp(spread) * loss
    return ratios


def _weights(setting: Setting, rates: Rates, random: np.random.Generator) -> Numbers:
    """Return the share of each component, households by kinds; a household without workers has no wage."""
    count = len(setting.homes)
    shares = np.array([*rates.row("income.shares"), 0.0])
    # Property stands for few households, so it is larger where it is.
    owns = random.random(count) < rates.number("income.property_share")
    shares[PROPERTY] /= max(rates.number("income.property_share"), 1e-9)
    weights: Numbers = shares[None, :] * np.exp(0.5 * random.standard_normal((count, len(KINDS))))
    weights[:, WAGE] *= setting.census.workers > 0
    weights[:, PROPERTY] *= owns
    weights[:, IRREGULAR] = 0.05 * (random.random(count) < rates.number("income.irregular_share"))
    normed: Numbers = weights / weights.sum(axis=1, keepdims=True)
    return normed
