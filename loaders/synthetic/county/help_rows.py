"""The rows of help that is given: one when it begins, one when it ends, and what each is aimed at."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.synthetic.county.chunks import TRUTH, ChunkWriter, codes, days, same
from loaders.synthetic.county.help import Given, Offer
from loaders.synthetic.county.network import Network
from loaders.synthetic.county.people import day_number_of_year
from loaders.synthetic.county.plan import Indexes

AGENCIES = {
    "health": "MEDI",
    "care": "CIVI",
    "schooling": "EDUC",
    "income": "CIVI",
    "work": "WORK",
    "skill": "AGRI",
    "finance": "REVI",
    "market": "AGRI",
    "disaster": "EMER",
    "living": "HOUS",
    "voice": "REVI",
}
# The shortest help lasts a season; the longest is granted anew each year.
_SHORTEST, _LONGEST = 90, 364


def agency_id(county: str, family: str) -> str:
    """Return the code of the agency that gives measures of a family."""
    return f"AG-{county}-{AGENCIES[family]}"


def programme_id(county: str, measure: str) -> str:
    """Return the code of the programme that offers a measure."""
    return f"PR-{county}-{measure}"


@dataclass
class _Running:
    numbers: Indexes = field(default_factory=lambda: np.zeros(0, np.int64))
    homes: Indexes = field(default_factory=lambda: np.zeros(0, np.int64))
    offers: Indexes = field(default_factory=lambda: np.zeros(0, np.int64))
    paid: Indexes = field(default_factory=lambda: np.zeros(0, np.int64))
    starts: Indexes = field(default_factory=lambda: np.zeros(0, np.int64))
    ends: Indexes = field(default_factory=lambda: np.zeros(0, np.int64))


class HelpDesk:
    """Writes the help of one block."""

    def __init__(
        self, county: str, block: int, offered: tuple[Offer, ...], network: Network, writer: ChunkWriter
    ) -> None:
        self._prefix, self._offered, self._network, self._writer = f"AS-{county}-{block}-", offered, network, writer
        self._measures = tuple(offer.measure.code for offer in offered)
        self._programmes = tuple(programme_id(county, code) for code in self._measures)
        self._agencies = tuple(agency_id(county, offer.measure.family) for offer in offered)
        self._aims = tuple(network.codes[offer.aim] for offer in offered)
        self._running = _Running()
        self._count = 0

    def tell(self, given: Given, households: pa.Array, year: int, random: np.random.Generator) -> None:
        """Write the help of a year, and the end of what was still running when the year began."""
        self._end(households, year)
        count = len(given.household)
        numbers = self._count + np.arange(count)
        self._count += count
        starts = day_number_of_year(year) + random.integers(2, 80, count)
        least = np.array([offer.measure.min_duration_days for offer in self._offered])[given.offer]
        ends = starts + np.clip(least, _SHORTEST, _LONGEST)
        now = _Running(numbers, given.household, given.offer, given.paid_fen, starts, ends)
        is_over = ends < day_number_of_year(year + 1)
        self._write(now, households, year, is_over=is_over)
        ids = self._ids(numbers)
        self._writer.add(
            f"revitalisation.TARGETS.{year}-12-31.csv", {"from_id": ids, "to_id": codes(given.offer, self._aims)}
        )
        still = ~is_over
        self._running = _Running(*(part[still] for part in vars(now).values()))
        effects = np.array([offer.effect for offer in self._offered])
        links = np.array([offer.link is not None for offer in self._offered])
        words = tuple(offer.link or "-" for offer in self._offered)
        self._writer.add(
            f"{TRUTH}help.csv",
            {
                "assistance": ids,
                "household": households.take(pa.array(given.household)),
                "year": same(year, count),
                "measure": codes(given.offer, self._measures),
                "aim": codes(given.offer, self._aims),
                "link": codes(np.where(links[given.offer], given.offer, -1), words),
                "true_effect": pa.array(effects[given.offer]),
                "propensity": pa.array(np.round(given.propensity, 4)),
                "paid_fen": pa.array(given.paid_fen),
            },
        )

    def _end(self, households: pa.Array, year: int) -> None:
        self._write(self._running, households, year, is_over=np.ones(len(self._running.numbers), np.bool_))

    def _write(self, help_told: _Running, households: pa.Array, year: int, *, is_over: np.ndarray) -> None:
        rows = {
            "id": self._ids(help_told.numbers),
            "household_id": households.take(pa.array(help_told.homes)),
            "measure_id": codes(help_told.offers, self._measures),
            "programme_id": codes(help_told.offers, self._programmes),
            "agency_id": codes(help_told.offers, self._agencies),
            "assistance_status": codes(is_over.astype(np.int64), ("running", "done")),
            "amount_fen": pa.array(help_told.paid, mask=help_told.paid == 0),
            "starts_on": days(help_told.starts),
            "ends_on": days(help_told.ends),
        }
        self._writer.add(f"revitalisation.Assistance.{year}-12-31.csv", rows)

    def _ids(self, numbers: Indexes) -> pa.Array:
        texts = pa.array(numbers, pa.int64()).cast(pa.string())
        return pc.binary_join_element_wise(same(self._prefix, len(numbers)), texts, "")
