"""The risks of many households, and their sums by the area each lives in: made once, and asked of any place.

    known = risk_by_home(model, households)
    known.risk, known.helped                    # of each household, if nothing is done and with the help that runs
    sums_of(known, home_places, place_count)    # what any division of the homes into places comes to

Each sum over households is one over homes, so that a county is answered as fast as a village.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.risk.alike import findings_of_some
from analysis.risk.expected import ExpectedReturns, Falls, expected_returns, falls_by_place
from analysis.risk.findings import Flags, Numbers, Places
from analysis.risk.households import RiskHouseholds
from analysis.risk.model import RiskModel
from analysis.risk.periods import already
from analysis.risk.splits import SplitMemory

# Bands of a tenth; a risk of 1 is in the last.
BANDS = 10
# Homes that belong to none of the places asked about.
NOWHERE = -1
# What a sum of products loses in its last digits.
_LOST = 1e-9


@dataclass(frozen=True)
class RiskByHome:
    """The risks of households. It is not changed and can be shared by threads.

    `homes`: the areas that households live in, sorted; None, where there is one, comes last and stands for those whose
    home is unknown. `home`: per household its place among them. `risk`: if nothing is done; `helped`: with the help
    that runs; `is_already`: a confirmed finding says that the state is there. `expected` and `falls`: by home.
    """

    households: RiskHouseholds
    homes: tuple[str | None, ...]
    home: Places
    risk: Numbers
    helped: Numbers
    is_already: Flags
    expected: ExpectedReturns
    falls: Falls


@dataclass(frozen=True)
class RiskSums:
    """The sums of places.

    Shape (places,): `households`; `returns` and `helped_returns`, the sums of the risks; `above` and `helped_above`,
    households at or above the level; `already`, those of whom a finding says that the state is there today;
    `left_out`, those with too many findings to be split, and `left_out_returns`, their risks; `without_findings`;
    `made_up`. `bands` and `helped_bands`: (places, BANDS), households by risk. `findings`, `by_cause` and
    `without_chain`: (places, nodes); `by_chain`: (places, chains); `fall_of_cause`: (places, nodes); `fall_of_link`:
    (places, links).
    """

    households: Places
    returns: Numbers
    helped_returns: Numbers
    above: Places
    helped_above: Places
    already: Places
    left_out: Places
    left_out_returns: Numbers
    without_findings: Numbers
    made_up: Places
    bands: Places
    helped_bands: Places
    findings: Places
    by_cause: Numbers
    by_chain: Numbers
    without_chain: Numbers
    fall_of_cause: Numbers
    fall_of_link: Numbers


def risk_by_home(model: RiskModel, households: RiskHouseholds, *, memory: SplitMemory | None = None) -> RiskByHome:
    """Return the risks of the households with their sums by home; `memory` as in `expected_returns`."""
    homes: list[str | None] = [*sorted({each for each in households.place_of if each is not None})]
    if None in households.place_of:
        homes.append(None)
    place = {area_id: number for number, area_id in enumerate(homes)}
    home = np.array([place[each] for each in households.place_of], dtype=np.int64)
    engine, findings = model.engine, households.findings
    return RiskByHome(
        households=households,
        homes=tuple(homes),
        home=home,
        risk=engine.risk(findings),
        helped=engine.risk_with(findings, model.measures, households.running),
        is_already=already(model.network, findings),
        expected=expected_returns(engine, findings, home, len(homes), memory=memory),
        falls=falls_by_place(engine, findings, home, len(homes)),
    )


def sums_of(known: RiskByHome, place_of_home: Places, place_count: int, level: float) -> RiskSums:
    """Return the sums of places: `place_of_home` tells of each home the place it belongs to, NOWHERE for none."""
    place = place_of_home[known.home] if len(known.home) else known.home
    inside = place != NOWHERE
    place = place[inside]
    risk, helped = known.risk[inside], known.helped[inside]
    expected, falls = known.expected, known.falls

    def counted(flags: Flags) -> Places:
        return np.bincount(place[flags], minlength=place_count).astype(np.int64)

    def banded(risks: Numbers) -> Places:
        # Written so that 0.3 is in the band that begins there, whatever its last digit.
        band = np.clip(np.floor(risks * BANDS + _LOST).astype(np.int64), 0, BANDS - 1)
        counts = np.bincount(place * BANDS + band, minlength=place_count * BANDS)
        return counts.reshape(place_count, BANDS).astype(np.int64)

    def summed(values: Numbers | Places) -> Numbers:
        kept = place_of_home != NOWHERE
        result = np.zeros((place_count, *values.shape[1:]))
        np.add.at(result, place_of_home[kept], values[kept])
        return result

    def whole(values: Places) -> Places:
        return np.rint(summed(values)).astype(np.int64)

    return RiskSums(
        households=counted(np.ones(len(place), dtype=np.bool_)),
        returns=np.bincount(place, weights=risk, minlength=place_count).astype(np.float64),
        helped_returns=np.bincount(place, weights=helped, minlength=place_count).astype(np.float64),
        above=counted(risk >= level),
        helped_above=counted(helped >= level),
        already=counted(known.is_already[inside]),
        left_out=whole(expected.left_out_households),
        left_out_returns=summed(expected.left_out_returns),
        without_findings=summed(expected.without_findings),
        made_up=counted(known.households.is_made_up[inside]),
        bands=banded(risk),
        helped_bands=banded(helped),
        findings=whole(expected.findings),
        by_cause=summed(expected.by_cause),
        by_chain=summed(expected.by_chain),
        without_chain=summed(expected.without_chain),
        fall_of_cause=summed(falls.by_cause),
        fall_of_link=summed(falls.by_link),
    )


def highest(known: RiskByHome, rows: Places) -> Places:
    """Return the rows ordered by risk, the highest first, then by id."""
    # Rows stand in the order of ids, so the place is the id's.
    return rows[np.lexsort((rows, -np.round(known.risk[rows], 12)))]


def households_at(households: RiskHouseholds, rows: Places) -> RiskHouseholds:
    """Return some of the households, in the order of their ids; `rows` rise."""
    return RiskHouseholds(
        ids=tuple(households.ids[row] for row in rows.tolist()),
        place_of=tuple(households.place_of[row] for row in rows.tolist()),
        findings=findings_of_some(households.findings, rows),
        running=households.running[rows],
        prerequisites=households.prerequisites[rows],
        data_age_days=households.data_age_days[rows],
        is_made_up=households.is_made_up[rows],
    )
