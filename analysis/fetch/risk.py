"""What the cause engine needs of households, read from a graph: one household, an area, or all of them.

Two sets of questions give the same rows: one begins at named households, which is quick for few; the other reads all of
a kind at once, which is quick for many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import SubjectNotFound
from analysis.frames import Row
from analysis.links.census import NOWHERE, Numbers, rows_in
from analysis.risk.findings import STATUSES, Findings
from analysis.risk.households import (
    Circumstances,
    RiskHouseholds,
    checked_households,
    prerequisites_of,
    property_flags,
)
from analysis.risk.measures import UNKNOWN, RiskMeasures
from analysis.risk.network import RiskNetwork
from graph_store import GraphStore
from ledger import Ledger

# Above so many households it is quicker to read all of a kind than to begin at each household.
MANY = 3000

# Indicators that prerequisites ask about: workers, and members without basic medical insurance.
WORKERS, UNINSURED = "I13a", "I06"

_PROPERTIES = (
    "member_count",
    "worker_count",
    "migrant_worker_count",
    "was_registered_poor",
    "arable_mu",
    "housing_grade",
    "productive_investment_fen",
    "resilience_share",
)


@dataclass(frozen=True)
class ToldNumbers:
    """Where the numbers that prerequisites ask about are read beside the graph, which holds few of them.

    `as_of`: as it was known at an instant; None for what is known now.
    """

    ledger: Ledger
    as_of: datetime | None = None


def risk_of_household(
    store: GraphStore,
    network: RiskNetwork,
    measures: RiskMeasures,
    household_id: str,
    day: date,
    *,
    told: ToldNumbers | None = None,
    # Where it is not wanted, what measures ask for is not read and all of it UNKNOWN, which is quicker.
    wants_prerequisites: bool = True,
) -> RiskHouseholds:
    """Return one household, whatever its state. Raises SubjectNotFound where the graph does not hold it."""
    homes = store.ask("assistance/households", household_ids=[household_id])
    found = _made(_Asked(store, network, measures, day, told, wants_prerequisites), homes)
    if not len(found):
        raise SubjectNotFound("risk_households_unknown", household=household_id)
    return found


def risk_of_households(
    store: GraphStore,
    network: RiskNetwork,
    measures: RiskMeasures,
    household_ids: Sequence[str],
    day: date,
    *,
    told: ToldNumbers | None = None,
) -> RiskHouseholds:
    """Return the named households, whatever their state, those that the graph holds; each once, sorted."""
    homes = store.ask("assistance/households", household_ids=sorted(set(household_ids)))
    return _made(_Asked(store, network, measures, day, told), homes)


def risk_of_area(
    store: GraphStore,
    network: RiskNetwork,
    measures: RiskMeasures,
    area_id: str,
    day: date,
    *,
    told: ToldNumbers | None = None,
) -> RiskHouseholds:
    """Return the active households that live in an area or below it; none where nobody does."""
    homes = store.ask("assistance/households_of_area", area_id=area_id)
    return _made(_Asked(store, network, measures, day, told), homes)


def risk_of_all(
    store: GraphStore, network: RiskNetwork, measures: RiskMeasures, day: date, *, told: ToldNumbers | None = None
) -> RiskHouseholds:
    """Return every active household, those too whose home is unknown."""
    homes = store.ask("assistance/active_households")
    return _made(_Asked(store, network, measures, day, told), homes, is_all=True)


def homes_on(store: GraphStore, day: date) -> dict[str, str]:
    """Return by household the area that it lived in on a day, as far as the graph knows; whatever its state now."""
    rows = store.ask("risk/homes_since", since=day)
    homes: dict[str, str] = {}
    # When a home began the graph does not tell: the one that ended first after the day was the one, else that of now.
    for row in (*(row for row in rows if row["ended_on"] is not None), *rows):
        homes.setdefault(str(row["household_id"]), str(row["area_id"]))
    return homes


@dataclass(frozen=True)
class _Asked:
    store: GraphStore
    network: RiskNetwork
    measures: RiskMeasures
    day: date
    told: ToldNumbers | None
    wants_prerequisites: bool = True


class _Rows:
    """The rows of the questions about some households, each with the place of its household."""

    def __init__(self, store: GraphStore, ids: pd.Index, *, is_all: bool) -> None:
        self._store, self._ids = store, ids
        self._is_all = is_all or len(ids) > MANY

    def of(self, named: str, of_all: str, **parameters: object) -> tuple[list[Row], Numbers]:
        """Return the rows of a question about these households, and which household each belongs to."""
        if self._is_all:
            rows = self._store.ask(of_all, **parameters)
        else:
            rows = self._store.ask(named, household_ids=list(self._ids), **parameters)
        places = rows_in(self._ids, [row["household_id"] for row in rows])
        is_known = places != NOWHERE
        if is_known.all():
            return rows, places
        return [row for row, known in zip(rows, is_known.tolist(), strict=True) if known], places[is_known]


def _made(asked: _Asked, homes: Sequence[Row], *, is_all: bool = False) -> RiskHouseholds:
    # One household lives in one area; should the graph say two, the first one counts.
    first = {str(row["household_id"]): row for row in reversed(homes)}
    ids = sorted(first)
    index: pd.Index = pd.Index(ids, dtype="object")
    rows = _Rows(asked.store, index, is_all=is_all)
    columns = _columns(rows, len(ids))
    findings, data_age_days = _findings(asked, rows, property_flags(asked.network, columns, len(ids)))
    return checked_households(
        RiskHouseholds(
            ids=tuple(ids),
            place_of=tuple(None if (area := first[each]["area_id"]) is None else str(area) for each in ids),
            findings=findings,
            running=_running(asked, rows, len(ids)),
            prerequisites=prerequisites_of(asked.measures, _circumstances(asked, rows, index, columns))
            if asked.wants_prerequisites
            else np.full((len(ids), len(asked.measures)), UNKNOWN, dtype=np.int8),
            data_age_days=data_age_days,
            is_made_up=np.array([bool(first[household_id]["is_made_up"]) for household_id in ids], dtype=np.bool_),
        ),
        asked.network,
        asked.measures,
    )


def _columns(rows: _Rows, count: int) -> dict[str, list[object]]:
    """Return each property of the households, None where unknown."""
    found, places = rows.of("risk/household_properties", "risk/all_household_properties")
    columns: dict[str, list[object]] = {name: [None] * count for name in _PROPERTIES}
    for name, values in columns.items():
        for place, row in zip(places.tolist(), found, strict=True):
            values[place] = row[name]
    return columns


def _findings(asked: _Asked, rows: _Rows, flags: npt.NDArray[np.bool_]) -> tuple[Findings, Numbers]:
    found, places = rows.of("risk/findings_of_households", "risk/all_findings")
    cause_of = {code: asked.network.node_position(code) for code in {str(row["cause_id"]) for row in found}}
    status_of = {name: place for place, name in enumerate(STATUSES)}
    findings = Findings(
        household_count=len(flags),
        household=places,
        cause=np.array([cause_of[str(row["cause_id"])] for row in found], dtype=np.int64),
        status=np.array([status_of[str(row["status"])] for row in found], dtype=np.int64),
        confidence=np.array([row["confidence"] for row in found], dtype=np.float64),
        severity=np.array([row["severity"] for row in found], dtype=np.float64),
        properties=flags,
    )
    age = np.zeros(len(flags), dtype=np.int64)
    begun = [row["onset_on"] for row in found]
    np.maximum.at(age, places, [(asked.day - on).days if isinstance(on, date) else 0 for on in begun])
    return findings, age


def _running(asked: _Asked, rows: _Rows, count: int) -> npt.NDArray[np.bool_]:
    found, places = rows.of("risk/running_measures_of_households", "risk/all_running_measures", day=asked.day)
    running = np.zeros((count, len(asked.measures)), dtype=np.bool_)
    for place, row in zip(places.tolist(), found, strict=True):
        # Help by a measure that is not in the network's list acts on nothing that risk knows of.
        measure = asked.measures.position.get(str(row["measure_id"]))
        if measure is not None:
            running[place, measure] = True
    return running


def _circumstances(
    asked: _Asked, rows: _Rows, index: pd.Index, columns: Mapping[str, Sequence[object]]
) -> Circumstances:
    asks = {measure.prerequisite for measure in asked.measures.measures}
    newest = _newest_numbers(asked, rows, index) if asks & {"worker", "no_worker", "insured"} else {}
    unknown = np.full(len(index), np.nan)
    workers = newest.get(WORKERS, unknown)
    counted = np.array(columns["worker_count"], dtype=np.float64)
    persons, students, untold = (
        _counts(rows, "students", ("person_count", "student_count", "untold_count"), len(index))
        if "student" in asks
        else np.zeros((3, len(index)), dtype=np.int64)
    )
    lots, open_lots = (
        _counts(rows, "lots", ("lot_count", "open_count"), len(index))
        if "lot" in asks
        else np.zeros((2, len(index)), dtype=np.int64)
    )
    return Circumstances(
        workers=np.where(np.isnan(workers), counted, workers),
        uninsured=newest.get(UNINSURED, unknown),
        persons=persons,
        students=students,
        untold=untold,
        lots=lots,
        open_lots=open_lots,
    )


def _counts(rows: _Rows, name: str, columns: Sequence[str], count: int) -> Numbers:
    """Return the counts of a question, a row each, 0 for households of which it tells nothing."""
    found, places = rows.of(f"risk/{name}_of_households", f"risk/all_{name}")
    counts = np.zeros((len(columns), count), dtype=np.int64)
    for place, column in enumerate(columns):
        counts[place, places] = [int(str(row[column])) for row in found]
    return counts


def _newest_numbers(asked: _Asked, rows: _Rows, index: pd.Index) -> dict[str, npt.NDArray[np.float64]]:
    """Return by indicator the newest number of each household, NaN where there is none."""
    wanted = [WORKERS, UNINSURED]
    if asked.told is None:
        found, places = rows.of("risk/numbers_of_households", "risk/all_numbers", indicator_ids=wanted)
        frame = pd.DataFrame(
            {
                "place": places,
                "indicator_id": [row["indicator_id"] for row in found],
                "number": np.array([row["number_value"] for row in found], dtype=np.float64),
                "on": np.array([row["observed_on"] for row in found], dtype="datetime64[D]"),
            }
        )
    else:
        frame = _told_numbers(asked.told, index, wanted)
    usable = frame[frame["number"].notna() & (frame["on"] <= np.datetime64(asked.day))]
    newest = usable.sort_values("on", kind="stable").drop_duplicates(["place", "indicator_id"], keep="last")
    result = {}
    for code in wanted:
        of_code = newest[newest["indicator_id"] == code]
        result[code] = np.full(len(index), np.nan)
        result[code][of_code["place"].to_numpy()] = of_code["number"].to_numpy()
    return result


def _told_numbers(told: ToldNumbers, index: pd.Index, indicator_ids: Sequence[str]) -> pd.DataFrame:
    where = {"indicator_id": list(indicator_ids)}
    if len(index) <= MANY:
        where["household_id"] = list(index)
    columns = ["household_id", "indicator_id", "number_value", "observed_on"]
    facts = told.ledger.facts("Observation", columns=columns, where=where, as_of=told.as_of)
    places = rows_in(index, facts["household_id"].to_pylist())
    frame = pd.DataFrame(
        {
            "place": places,
            "indicator_id": facts["indicator_id"].to_pylist(),
            "number": facts["number_value"].to_numpy(),
            "on": facts["observed_on"].to_numpy().astype("datetime64[D]"),
        }
    )
    return frame[frame["place"] != NOWHERE]
