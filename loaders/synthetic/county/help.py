"""Who is helped by which measure in a year, how likely that was, and what the help leaves of causes and links."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph_schema import Schema
from graph_schema.meta import Measure
from loaders.synthetic.county.network import Network
from loaders.synthetic.county.plan import Flags, Indexes, Numbers
from loaders.synthetic.county.rates import Rates

# Measures of industry and work, one of which most ex-poor households have.
INDUSTRY = ("B20", "B22", "B31", "B36", "B39", "B41")
# Minimum living allowance: given by register, not for one cause.
DIBAO = "B17"
# Help that is paid to the household and so counts as its income.
CASH = frozenset(
    ("B01", "B03", "B04", "B06", "B08", "B13", "B14", "B17", "B18", "B20", "B22", "B24", "B31", "B46", "B47", "B60")
)
# Measures for the whole of a place, or that only a person can get: not offered here.
NOT_OFFERED = frozenset(("B52", "B53", "B54", "B56", "B05"))


@dataclass(frozen=True)
class Offer:
    """A measure as offered: the place of the cause it is aimed at, the link it weakens if any, its true effect."""

    measure: Measure
    aim: int
    link: str | None
    effect: float


@dataclass(frozen=True)
class Given:
    """Help of a year, one place each: household, offer, the chance it was given with, and the yuan paid in fen."""

    household: Indexes
    offer: Indexes
    propensity: Numbers
    paid_fen: Indexes


def offers(schema: Schema, network: Network, rates: Rates) -> tuple[Offer, ...]:
    """Return the measures that the county offers, by code."""
    own = rates.by_code("help.true_effects")
    found = []
    for code, measure in schema.measures.items():
        if code in NOT_OFFERED:
            continue
        link = schema.links.get(measure.target)
        aim = network.place(link.from_cause if link else measure.target)
        if schema.causes[network.codes[aim]].cause_kind == "state" and link is None and code != DIBAO:
            continue
        found.append(Offer(measure, aim, link.link_id if link else None, own.get(code, measure.effect)))
    return tuple(found)


def give_help(
    known: Flags,
    severity: Numbers,
    *,
    was_poor: Flags,
    may_have: Flags,
    offered: tuple[Offer, ...],
    rates: Rates,
    random: np.random.Generator,
) -> Given:
    """Return the help of a year, by household and measure.

    `known`: the causes known at its start, households by causes. Severe causes and households once poor are helped more
    often, so that those with and without help differ; the chance is kept.
    """
    chances = _Chances.of(known, severity, was_poor=was_poor, offered=offered, rates=rates)
    homes, chosen = [], []
    for number in range(len(offered)):
        chance = chances.of_cause(number) * may_have
        got = np.flatnonzero(random.random(len(known)) < chance)
        homes.append(got)
        chosen.append(np.full(len(got), number, np.int64))
    where = np.flatnonzero(may_have & was_poor & (random.random(len(known)) < chances.industry_share))
    homes.append(where)
    chosen.append(chances.industry[random.integers(len(chances.industry), size=len(where))])
    pairs = np.unique(np.concatenate(homes) * len(offered) + np.concatenate(chosen))
    home, offer = pairs // len(offered), pairs % len(offered)
    costs = np.array([each.measure.cost_fen if each.measure.code in CASH else 0 for each in offered])
    paid = np.round(costs[offer] * random.uniform(0.6, 1.2, len(offer)), -2).astype(np.int64)
    return Given(home, offer, chances.of_pairs(home, offer), paid)


@dataclass(frozen=True)
class _Chances:
    """How likely each measure is for each household: for a known cause, and as the industry measure of a year."""

    known: Flags
    severity: Numbers
    was_poor: Flags
    base: Numbers
    aims: Indexes
    rivals: Indexes
    dibao: int
    dibao_share: float
    industry: Indexes
    industry_share: float

    @classmethod
    def of(
        cls, known: Flags, severity: Numbers, *, was_poor: Flags, offered: tuple[Offer, ...], rates: Rates
    ) -> _Chances:
        aims = np.array([offer.aim for offer in offered], np.int64)
        codes = [offer.measure.code for offer in offered]
        return cls(
            known,
            severity,
            was_poor,
            np.where(was_poor, rates.number("help.cause_share_poor"), rates.number("help.cause_share_ordinary")),
            aims,
            (aims[:, None] == aims[None, :]).sum(axis=1),
            codes.index(DIBAO),
            rates.number("help.dibao_share"),
            np.flatnonzero(np.isin(codes, INDUSTRY)),
            rates.number("help.industry_share"),
        )

    def of_cause(self, number: int) -> Numbers:
        """Return the chance of a measure for what it is aimed at, by household."""
        return self._of_cause(np.arange(len(self.known)), np.full(len(self.known), number))

    def of_pairs(self, home: Indexes, offer: Indexes) -> Numbers:
        """Return the chance that a household was to have a measure, whichever way."""
        by_cause = self._of_cause(home, offer)
        by_industry = np.isin(offer, self.industry) * self.was_poor[home] * (self.industry_share / len(self.industry))
        chance: Numbers = 1.0 - (1.0 - by_cause) * (1.0 - by_industry)
        return chance

    def _of_cause(self, home: Indexes, offer: Indexes) -> Numbers:
        aim = self.aims[offer]
        needed = self.known[home, aim] * self.base[home] * (0.5 + self.severity[home, aim]) / self.rivals[offer]
        chance: Numbers = np.where(offer == self.dibao, self.was_poor[home] * self.dibao_share, needed)
        return np.minimum(chance, 1.0)


def left_by_help(
    given: Given, offered: tuple[Offer, ...], shape: tuple[int, int]
) -> tuple[Numbers, dict[str, Numbers]]:
    """Return what help leaves of each cause (households by causes) and of each link (by household)."""
    of_cause = np.ones(shape)
    of_link: dict[str, Numbers] = {}
    for number, offer in enumerate(offered):
        helped = given.household[given.offer == number]
        if offer.link is None:
            of_cause[helped, offer.aim] *= offer.effect
        else:
            of_link.setdefault(offer.link, np.ones(shape[0]))[helped] *= offer.effect
    return of_cause, of_link
