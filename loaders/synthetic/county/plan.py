"""What is settled for the whole county before any household is drawn; every process works it out alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graph_schema import Schema, load_schema
from loaders.synthetic.county.places import CountyPlaces, county_places
from loaders.synthetic.county.rates import Rates

Flags = npt.NDArray[np.bool_]
Indexes = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]

# Households drawn together, from one stream of chance. Another size would give another county.
BLOCK_HOUSEHOLDS = 5_000
# The last year that is told: the last full one when this was written, so that no fact lies ahead of its reader.
LAST_YEAR = 2025
# A cooperative for so many villages at least.
VILLAGES_OF_COOPERATIVE = 6
PRODUCTS = ("green_plum", "bayberry", "litchi", "pomelo", "leaf_vegetables", "mushroom", "ginger", "rice", "tea")
# The causes that strike a place and not a household.
PLACE_CAUSES = ("V03", "V04", "V05", "M01", "M07", "M08")
SHOCK_CAUSES = {
    "weather": "V01",
    "geological": "V02",
    "epidemic": "V03",
    "pest": "A04",
    "price": "M01",
    "closure": "M05",
    "road": "V04",
}
_EPOCH = date(1970, 1, 1)
_PLAN_STREAM, _BLOCK_STREAM, _TOTALS_STREAM = 0, 1, 2


@dataclass(frozen=True)
class CountyRequest:
    """What is asked for: a county's code, how many households and years up to `last_year`, the seed, the rates."""

    county: str
    households: int
    years: int
    seed: int
    rates: Rates
    last_year: int = LAST_YEAR


@dataclass(frozen=True)
class PlannedShock:
    """A shock: what, how severe, when (days since 1970), the villages hit and the share of their households hit."""

    kind: str
    severity: float
    year: int
    day: int
    area: str
    villages: Indexes
    exposure: float


@dataclass(frozen=True)
class CountyPlan:
    """The county as settled. Villages, cooperatives and years are places in order; years count from the first."""

    request: CountyRequest
    schema: Schema
    places: CountyPlaces
    villages: tuple[str, ...]
    bounds: Indexes
    product_of_village: Indexes
    cooperative_of_village: Indexes
    place_causes: dict[str, Flags]
    shocks: tuple[PlannedShock, ...]

    @property
    def first_year(self) -> int:
        """Return the first year told."""
        return self.request.last_year - self.request.years + 1

    @property
    def years(self) -> range:
        """Return the calendar years told."""
        return range(self.first_year, self.request.last_year + 1)

    @cached_property
    def block_count(self) -> int:
        """Return how many blocks the households make."""
        return -(-self.request.households // BLOCK_HOUSEHOLDS)

    @property
    def cooperatives(self) -> list[str]:
        """Return the codes of the cooperatives."""
        return [
            f"CO-{self.places.code}-{number + 1:03d}" for number in range(int(self.cooperative_of_village.max()) + 1)
        ]

    def line_fen(self, year: int) -> int:
        """Return the line per head of a year."""
        known = {int(key): value for key, value in self.request.rates.by_code("income.line_fen").items()}
        first, last = min(known), max(known)
        if year <= last:
            return int(known[max(first, max((own for own in known if own <= year), default=first))])
        grown = known[last] * (1 + self.request.rates.number("income.line_growth")) ** (year - last)
        return int(round(grown, -4))

    def block_stream(self, block: int) -> np.random.Generator:
        """Return the stream of chance of a block."""
        return _stream(self.request, _BLOCK_STREAM, block)

    def totals_stream(self) -> np.random.Generator:
        """Return the stream of chance of what is told of the county as a whole."""
        return _stream(self.request, _TOTALS_STREAM, 0)


def day_number(day: date) -> int:
    """Return a day as days since 1970."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """Return days since 1970 as a day."""
    return _EPOCH + timedelta(days=int(number))


def plan_county(request: CountyRequest) -> CountyPlan:
    """Return the county of a request. Raises `unknown_county`."""
    places = county_places(request.county)
    villages = places.farming_villages
    random = _stream(request, _PLAN_STREAM, 0)
    sizes = random.gamma(4.0, size=len(villages))
    bounds = np.floor(np.cumsum(sizes) / sizes.sum() * request.households + 0.5).astype(np.int64)
    bounds[-1] = request.households
    product_of_town = random.integers(len(PRODUCTS), size=len(places.towns))
    town_of = np.array([list(places.towns).index(village[:9]) for village in villages], np.int64)
    strays = random.random(len(villages)) < 0.2
    products = np.where(strays, random.integers(len(PRODUCTS), size=len(villages)), product_of_town[town_of])
    marks = _place_causes(random, request, products)
    shocks = _shocks(random, request, villages, products)
    for shock in shocks:
        cause = SHOCK_CAUSES[shock.kind]
        if cause in marks:
            marks[cause][shock.villages, shock.year] = True
    return CountyPlan(
        request,
        load_schema(),
        places,
        tuple(villages),
        bounds,
        products,
        np.arange(len(villages)) // VILLAGES_OF_COOPERATIVE,
        marks,
        tuple(shocks),
    )


def _stream(request: CountyRequest, *keys: int) -> np.random.Generator:
    words = [request.seed, int(request.county), request.households, request.years, *keys]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))


def _place_causes(random: np.random.Generator, request: CountyRequest, products: Indexes) -> dict[str, Flags]:
    """Return for each cause of a place the villages and years it holds in."""
    rates, years, count = request.rates, request.years, len(products)
    marks = {cause: np.zeros((count, years), np.bool_) for cause in PLACE_CAUSES}
    remote = random.random(count) < rates.number("area.remote_share")
    # A road is built one day, and then the cause is over.
    built = random.random((count, years)) < rates.number("area.road_built")
    poor = random.random(count) < rates.number("area.poor_road_share")
    for year in range(years):
        marks["V05"][:, year] = remote
        poor &= ~built[:, year]
        marks["V04"][:, year] = poor
        dear = random.random() < rates.number("area.dear_inputs")
        marks["M07"][:, year] = dear
        glutted = random.random(len(PRODUCTS)) < rates.number("area.glut")
        marks["M08"][:, year] = glutted[products]
    return marks


def _shocks(
    random: np.random.Generator, request: CountyRequest, villages: list[str], products: Indexes
) -> list[PlannedShock]:
    means = request.rates.by_code("shock.a_year")
    low, high = sorted(request.rates.row("shock.exposure"))
    shocks: dict[tuple[str, str, int], PlannedShock] = {}
    first = request.last_year - request.years + 1
    for year in range(request.years):
        for kind in SHOCK_CAUSES:
            for _ in range(random.poisson(means.get(kind, 0.0) * len(villages) / 100)):
                start = int(random.integers(len(villages)))
                # A shock hits a village with those that stand near it in the list, all of one town.
                near = np.arange(start, min(start + int(random.integers(1, 12)), len(villages)))
                near = near[[villages[place][:9] == villages[start][:9] for place in near]]
                if kind in ("price", "pest"):
                    near = near[products[near] == products[start]]
                day = day_number(date(first + year, 1, 1)) + int(random.integers(20, 330))
                severity = float(random.choice((0.4, 0.6, 0.8, 1.0)))
                exposure = round(float(random.uniform(low, high)), 2)
                shock = PlannedShock(kind, severity, year, day, villages[start], near, exposure)
                shocks[kind, villages[start], day] = shock
    return list(shocks.values())
