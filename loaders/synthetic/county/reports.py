"""What departments observe of a year's causes: by their own indicators, on days of it, as snapshots or changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import yaml

from loaders.synthetic.county.causes import Census
from loaders.synthetic.county.network import Network
from loaders.synthetic.county.people import ACTIVE, Homes, day_number_of_year
from loaders.synthetic.county.plan import CountyPlan, Flags, Indexes, Numbers

# Places in `Homes.seen` that decide who is surveyed and visited; the lower ones belong to the lines of reports.yaml.
SURVEYED, VISITED, IN_REGISTER, REPORTS_ITSELF = 60, 61, 62, 63
MOST_NAMED = 4
# How many are ill and how badly one is disabled stays as it is, so a register says the same each year.
LASTING_VALUES = ("H01", "H02", "H03", "H04", "H08")
_LAST_DAY = 364


@dataclass(frozen=True)
class Report:
    """A line of reports.yaml."""

    cause: int
    feed: str
    indicator: str
    low: float
    high: float
    digits: int
    answers: tuple[str, ...]
    absent: float | str | None
    is_second: bool


@dataclass
class Observed:
    """Observations of one feed and year, in parts of one indicator each."""

    homes: list[Indexes] = field(default_factory=list)
    indicators: list[str] = field(default_factory=list)
    numbers: list[Numbers] = field(default_factory=list)
    answers: list[pa.Array] = field(default_factory=list)
    days: list[Indexes] = field(default_factory=list)
    seconds: list[bool] = field(default_factory=list)

    def add(
        self, indicator: str, homes: Indexes, days: Indexes, *, value: Numbers | pa.Array, is_second: bool = False
    ) -> None:
        """Add a part: `value` holds numbers, or answers as an Arrow array."""
        if not len(homes):
            return
        is_answer = isinstance(value, pa.Array)
        self.homes.append(homes)
        self.indicators.append(indicator)
        self.numbers.append(np.full(len(homes), np.nan) if is_answer else np.asarray(value, np.float64))
        self.answers.append(value if is_answer else pa.nulls(len(homes), pa.string()))
        self.days.append(days)
        self.seconds.append(is_second)

    def columns(self, household_ids: pa.Array) -> tuple[dict[str, pa.Array], Flags]:
        """Return the rows as columns, and which come from a feed that is second on what it says."""
        sizes = [len(part) for part in self.homes]
        homes = np.concatenate(self.homes)
        numbers = np.concatenate(self.numbers)
        days = np.concatenate(self.days).astype("datetime64[D]")
        return {
            "indicator_id": pa.array(self.indicators).take(pa.array(np.repeat(np.arange(len(sizes)), sizes))),
            "household_id": household_ids.take(pa.array(homes)),
            "observed_on": pa.array(days, pa.date32()),
            "number_value": pa.array(numbers, pa.float64(), from_pandas=True),
            "answer": pa.concat_arrays(self.answers),
        }, np.repeat(np.array(self.seconds, np.bool_), sizes)


@dataclass(frozen=True)
class Situation:
    """A household's year as it truly is: active causes, how severe, the census, when a shock struck, income a head."""

    year: int
    active: Flags
    severity: Numbers
    census: Census
    struck: Indexes
    per_head_fen: Indexes


def read_reports(network: Network) -> tuple[Report, ...]:
    """Return the lines of reports.yaml."""
    text = (files("loaders") / "synthetic" / "county" / "reports.yaml").read_text(encoding="utf-8")
    lines = []
    for line in yaml.safe_load(text):
        low, high, digits = line.get("present", (0, 0, 0))
        lines.append(
            Report(
                network.place(line["cause"]),
                line["feed"],
                line["indicator"],
                float(low),
                float(high),
                int(digits),
                tuple(line.get("answers", ())),
                line.get("absent"),
                bool(line.get("second", False)),
            )
        )
    if len(lines) > SURVEYED:
        raise ValueError(len(lines))
    return tuple(lines)


class Departments:
    """What departments have said so far, and what they say of the next year."""

    def __init__(self, plan: CountyPlan, network: Network, random: np.random.Generator) -> None:
        self._plan, self._network, self._random = plan, network, random
        self._reports = read_reports(network)
        self._told = np.zeros((0, len(self._reports)), np.bool_)
        lasting = [report.indicator for report in self._reports if network.codes[report.cause] in LASTING_VALUES]
        self._lasting = {indicator: np.zeros(0) for indicator in lasting}
        self._last = np.zeros((0, 4))
        self._named = np.zeros(0, np.uint64)
        self._marks = np.random.Generator(np.random.PCG64(1)).integers(1, 2**62, len(network.codes)).astype(np.uint64)
        kinds = [cause.cause_kind for cause in plan.schema.causes.values()]
        self._is_named = np.array([kind != "state" for kind in kinds])

    def observe(self, homes: Homes, now: Situation) -> dict[str, Observed]:
        """Return the observations of a year, by feed."""
        grown = len(homes) - len(self._told)
        self._told = np.concatenate([self._told, np.zeros((grown, len(self._reports)), np.bool_)])
        self._last = np.concatenate([self._last, np.full((grown, 4), -1.0)])
        self._named = np.concatenate([self._named, np.zeros(grown, np.uint64)])
        visible = (homes.status == ACTIVE) & (homes.told_first <= now.year)
        found: dict[str, Observed] = {}
        self._lasting = {
            indicator: np.concatenate([draw, self._random.random(grown)]) for indicator, draw in self._lasting.items()
        }
        draws: dict[str, Numbers] = dict(self._lasting)
        for number, report in enumerate(self._reports):
            draw = draws.setdefault(report.indicator, self._random.random(len(homes)))
            self._report(found.setdefault(report.feed, Observed()), (number, report), homes, (visible, draw), now)
        self._count(found, homes, visible, now)
        self._name(found, homes, visible, now)
        return {feed: observed for feed, observed in found.items() if observed.homes}

    def _report(
        self,
        observed: Observed,
        line: tuple[int, Report],
        homes: Homes,
        chances: tuple[Flags, Numbers],
        now: Situation,
    ) -> None:
        number, report = line
        visible, draw = chances
        rates = self._plan.request.rates
        sees = homes.seen[:, number] < rates.number("report.seen")
        if report.feed == "survey":
            sees = self._surveyed(homes)
        elif report.feed == "visit" and report.is_second:
            sees = homes.seen[:, VISITED] < rates.number("report.visited")
        present = now.active[:, report.cause] & visible & sees
        if self._plan.schema.feeds[report.feed].feed_mode == "snapshot":
            rows, over = np.flatnonzero(present), np.zeros(0, np.int64)
        else:
            rows = np.flatnonzero(present & ~self._told[:, number])
            over = np.flatnonzero(self._told[:, number] & ~present & visible)
            self._told[:, number] = present
        days = self._days(now, rows)
        value = _values(report, draw[rows])
        observed.add(report.indicator, rows, days, value=value, is_second=report.is_second)
        if len(over) and report.absent is not None:
            is_answer = bool(report.answers)
            ended = pa.repeat(report.absent, len(over)) if is_answer else np.full(len(over), float(report.absent))
            observed.add(report.indicator, over, self._days(now, over), value=ended, is_second=report.is_second)

    def _days(self, now: Situation, rows: Indexes) -> Indexes:
        """Return days of the year: soon after the shock where one struck, else any."""
        first = day_number_of_year(now.year)
        days = first + self._random.integers(0, _LAST_DAY + 1, len(rows))
        struck = now.struck[rows]
        soon = np.minimum(struck + 1 + self._random.integers(0, 30, len(rows)), first + _LAST_DAY)
        return np.where(struck > 0, soon, days)

    def _surveyed(self, homes: Homes) -> Flags:
        seen: Flags = homes.seen[:, SURVEYED] < self._plan.request.rates.number("report.surveyed")
        return seen

    def _count(self, found: dict[str, Observed], homes: Homes, visible: Flags, now: Situation) -> None:
        """Add what is counted or measured: workers, old people, land a head, students, income of the survey."""
        census, members = now.census, np.maximum(now.census.members, 1)
        lost = now.active[:, self._network.place("O01")] & (census.workers > 0)
        workers = census.workers - lost
        scarce = now.active[:, self._network.place("A01")]
        land = np.round(homes.land_of_head * np.where(scarce, 0.2, 1.0), 2)
        counted = (
            ("labour", "I13a", workers.astype(np.float64)),
            ("police", "I35", np.round(census.old / members, 3)),
            ("agriculture", "I20", land),
        )
        for place, (feed, indicator, value) in enumerate(counted):
            rows = np.flatnonzero(visible & (census.members > 0) & (value != self._last[:, place]))
            self._last[rows, place] = value[rows]
            found.setdefault(feed, Observed()).add(indicator, rows, self._days(now, rows), value=value[rows])
        visited = np.flatnonzero(visible & (homes.seen[:, VISITED] < self._plan.request.rates.number("report.visited")))
        visits = found.setdefault("visit", Observed())
        visits.add("I13a", visited, self._days(now, visited), value=workers[visited].astype(np.float64), is_second=True)
        studying = np.flatnonzero(visible & (census.students > 0))
        value = census.students[studying].astype(np.float64)
        found.setdefault("education", Observed()).add("I40", studying, self._days(now, studying), value=value)
        surveyed = np.flatnonzero(visible & self._surveyed(homes))
        last = np.full(len(surveyed), day_number_of_year(now.year) + _LAST_DAY)
        income = now.per_head_fen[surveyed].astype(np.float64)
        found.setdefault("survey", Observed()).add("I01", surveyed, last, value=income)

    def _name(self, found: dict[str, Observed], homes: Homes, visible: Flags, now: Situation) -> None:
        """Add the causes that the village register names when they have changed, visits, and households themselves."""
        rates = self._plan.request.rates
        named = now.active & self._is_named[None, :]
        has = named.any(axis=1) & visible
        marks = (named * self._marks[None, :]).sum(axis=1).astype(np.uint64)
        kept = has & (homes.seen[:, IN_REGISTER] < rates.number("report.village_register"))
        rows = np.flatnonzero(kept & (marks != self._named))
        self._named[rows] = marks[rows]
        texts = self._joined(named, now.severity, rows, most=MOST_NAMED)
        found.setdefault("village", Observed()).add("I29", rows, self._days(now, rows), value=texts)
        asked = np.flatnonzero(has & (homes.seen[:, VISITED] < rates.number("report.visited")))
        texts = self._joined(named, now.severity, asked, most=MOST_NAMED)
        found.setdefault("visit", Observed()).add("I30", asked, self._days(now, asked), value=texts)
        own = np.flatnonzero(has & (homes.seen[:, REPORTS_ITSELF] < rates.number("report.self_report")))
        texts = self._joined(named, now.severity, own, most=1)
        found.setdefault("self_report", Observed()).add("I28b", own, self._days(now, own), value=texts)

    def _joined(self, named: Flags, severity: Numbers, rows: Indexes, *, most: int) -> pa.Array:
        """Return the codes of the most severe causes of each row, joined."""
        weight = np.where(named[rows], severity[rows], -1.0)
        order = np.argsort(-weight, axis=1, kind="stable")[:, :most]
        is_there = np.take_along_axis(weight, order, axis=1) > 0
        words = pa.array(self._network.codes)
        parts = [words.take(pa.array(order[:, place], mask=~is_there[:, place])) for place in range(order.shape[1])]
        return pc.binary_join_element_wise(*parts, ";", null_handling="skip")


def _values(report: Report, draw: Numbers) -> Numbers | pa.Array:
    if report.answers:
        places = np.minimum((draw * len(report.answers)).astype(np.int64), len(report.answers) - 1)
        return pa.array(report.answers).take(pa.array(places))
    if report.digits == 0:
        whole: Numbers = np.floor(report.low + draw * (report.high - report.low + 1))
        return np.round(whole, -2) if report.high > 100_000 else whole
    return np.round(report.low + draw * (report.high - report.low), report.digits)
