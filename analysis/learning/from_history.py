"""Outcomes from what is known of past years: findings on the first day, and what came of them within the year.

What counts as looked at is said in docs/learning-strengths.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
import pandas as pd

from analysis.learning.outcomes import CAME, DID_NOT_COME, NOT_LOOKED_INTO, Outcomes
from analysis.risk.findings import STATUSES, Findings, Flags, Places
from analysis.risk.households import Trits, property_flags
from analysis.risk.measures import RiskMeasures
from analysis.risk.network import RiskNetwork
from graph_schema import Schema

_PAIR = ["household_id", "cause_id"]
_HOUSEHOLD = "Household"


class YearHistory(Protocol):
    """One year of some households, as frames. `start` and `end`: its first and last day.

    `households`: household_id, each once, is_made_up and a column for each property of a household. `held`:
    household_id, cause_id, status, severity, confidence on the first day. `found`: household_id, cause_id, status,
    onset_on of findings that began in the year. `observed`: household_id, indicator_id. `visited`: household_id.
    `help`: household_id, measure_id that ran at any time.
    """

    @property
    def start(self) -> date:
        """Return the first day."""

    @property
    def end(self) -> date:
        """Return the last day."""

    @property
    def households(self) -> pd.DataFrame:
        """Return the households."""

    @property
    def held(self) -> pd.DataFrame:
        """Return what was held on the first day."""

    @property
    def found(self) -> pd.DataFrame:
        """Return the findings that began in the year."""

    @property
    def observed(self) -> pd.DataFrame:
        """Return what was observed in the year."""

    @property
    def visited(self) -> pd.DataFrame:
        """Return who was visited in the year."""

    @property
    def help(self) -> pd.DataFrame:
        """Return the help that ran."""


@dataclass(frozen=True)
class Past:
    """Households of one or more years. `ids`: of each row of the outcomes; one household may stand in several years."""

    ids: tuple[str, ...]
    outcomes: Outcomes

    @property
    def household_count(self) -> int:
        """Return how many different households there are."""
        return len(set(self.ids))


def state_indicators(schema: Schema) -> dict[str, frozenset[str]]:
    """Return by code of each state the indicators that could raise it: to observe one is to look at the state."""
    states = {code for code, cause in schema.causes.items() if cause.cause_kind == "state"}
    return {
        state: frozenset(
            code for code, each in schema.indicators.items() if any(rule.cause == state for rule in each.raises)
        )
        for state in sorted(states)
    }


def past_of(
    network: RiskNetwork,
    measures: RiskMeasures,
    years: Sequence[YearHistory],
    looked_at_by: Mapping[str, frozenset[str]],
) -> Past:
    """Return the outcomes of years, one year after another; within a year households are in the order of their ids.

    `looked_at_by`: by code of a state the indicators that show it. A cause or state came (1) when a finding confirmed
    it in the year and no later visit refuted it, or when what brings it about by definition came. It did not come (0)
    when it was looked into and refuted; a state also when one of its indicators was observed, or somebody visited the
    household, and nothing suspects it. Else nobody looked (-1).
    """
    ids = [str(each) for year in years for each in year.households["household_id"].tolist()]
    # Each household stands in one half for held-out prediction, whatever the years: the halves share nobody.
    half = _halves(ids)
    parts = [_Year(network, measures, year, looked_at_by) for year in years]
    offsets = np.cumsum([0, *(len(part.index) for part in parts)])
    findings = [part.findings() for part in parts]
    return Past(
        tuple(ids),
        Outcomes(
            findings=Findings(
                household_count=int(offsets[-1]),
                household=_joined([each.household + at for each, at in zip(findings, offsets, strict=False)], np.int64),
                cause=_joined([each.cause for each in findings], np.int64),
                status=_joined([each.status for each in findings], np.int64),
                confidence=_joined([each.confidence for each in findings], np.float64),
                severity=_joined([each.severity for each in findings], np.float64),
                properties=_stacked([part.properties() for part in parts], len(network.property_rules), np.bool_),
            ),
            outcome=_stacked([part.outcome() for part in parts], len(network.nodes), np.int8),
            measures=measures,
            running=_stacked([part.running() for part in parts], len(measures), np.bool_),
            half=half,
        ),
    )


class _Year:
    """One year as arrays."""

    def __init__(
        self,
        network: RiskNetwork,
        measures: RiskMeasures,
        year: YearHistory,
        looked_at_by: Mapping[str, frozenset[str]],
    ) -> None:
        self._network, self._measures, self._year, self._looked_at_by = network, measures, year, looked_at_by
        self.index: pd.Index = pd.Index(year.households["household_id"], dtype="object")

    def findings(self) -> Findings:
        """Return what was held on the first day."""
        held, at = self._known(self._year.held)
        return Findings(
            household_count=len(self.index),
            household=at,
            cause=self._nodes(held),
            status=np.array([STATUSES.index(str(status)) for status in held["status"]], dtype=np.int64),
            confidence=held["confidence"].to_numpy(dtype=np.float64),
            severity=held["severity"].to_numpy(dtype=np.float64),
        )

    def properties(self) -> Flags:
        """Return whether each property rule of the network held."""
        frame = self._year.households
        columns = {str(name): _plain(frame[name]) for name in frame.columns}
        return property_flags(self._network, columns, len(self.index))

    def running(self) -> Flags:
        """Return which measures ran."""
        running = np.zeros((len(self.index), len(self._measures)), dtype=np.bool_)
        ran = self._year.help
        ran = ran[ran["measure_id"].isin(self._measures.position)]
        at = self._at(ran["household_id"])
        running[at, [self._measures.position[str(code)] for code in ran["measure_id"]]] = True
        return running

    def outcome(self) -> Trits:
        """Return what came of each cause and state."""
        outcome = np.full((len(self.index), len(self._network.nodes)), NOT_LOOKED_INTO, dtype=np.int8)
        self._look_at_states(outcome)
        found, _ = self._known(self._year.found)
        for status, came in (("suspected", NOT_LOOKED_INTO), ("confirmed", CAME)):
            self._set(outcome, found[found["status"] == status], came)
        self._set(outcome, _refuted_last(found), DID_NOT_COME)
        self._follow_definitions(outcome)
        return outcome

    def _look_at_states(self, outcome: Trits) -> None:
        visited = self._at(self._year.visited["household_id"])
        seen = self._year.observed
        for state, indicators in self._looked_at_by.items():
            if state in self._network.position:
                at = self._at(seen.loc[seen["indicator_id"].isin(indicators), "household_id"])
                outcome[np.concatenate([visited, at]), self._network.position[state]] = DID_NOT_COME

    def _follow_definitions(self, outcome: Trits) -> None:
        position = self._network.position
        definitions = [link for link in self._network.links if link.strength == 1]
        # As often as a chain of definitions could be long.
        for _ in definitions:
            for link in definitions:
                outcome[outcome[:, position[link.from_code]] == CAME, position[link.to_code]] = CAME

    def _set(self, outcome: Trits, rows: pd.DataFrame, value: int) -> None:
        outcome[self._at(rows["household_id"]), self._nodes(rows)] = value

    def _known(self, rows: pd.DataFrame) -> tuple[pd.DataFrame, Places]:
        """Return the rows about causes that the network has, and the place of their household."""
        known = rows[rows["cause_id"].isin(self._network.position)].reset_index(drop=True)
        return known, self._at(known["household_id"])

    def _at(self, household_ids: pd.Series) -> Places:
        places: Places = self.index.get_indexer(pd.Index(household_ids, dtype="object")).astype(np.int64)
        return places

    def _nodes(self, rows: pd.DataFrame) -> Places:
        return np.array([self._network.position[str(code)] for code in rows["cause_id"]], dtype=np.int64)


def _refuted_last(found: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs whose newest refutation began after their newest confirmed or suspected finding."""
    is_refuted = found["status"] == "refuted"
    newest = found[~is_refuted].groupby(_PAIR, as_index=False).agg(newest_on=("onset_on", "max"))
    refuted = found[is_refuted].groupby(_PAIR, as_index=False).agg(onset_on=("onset_on", "max"))
    both = refuted.merge(newest, on=_PAIR, how="left")
    return both[~(both["onset_on"] <= both["newest_on"])]


def _halves(ids: Sequence[str]) -> Places:
    order = {household_id: place for place, household_id in enumerate(sorted(set(ids)))}
    return np.array([order[household_id] % 2 for household_id in ids], dtype=np.int64)


def _plain(column: pd.Series) -> list[object]:
    return [None if pd.isna(value) else value for value in column.tolist()]


def _joined(parts: list, dtype: type) -> np.ndarray:  # type: ignore[type-arg]
    return np.concatenate([np.zeros(0, dtype=dtype), *parts]).astype(dtype)


def _stacked(parts: list, width: int, dtype: type) -> np.ndarray:  # type: ignore[type-arg]
    return np.concatenate([np.zeros((0, width), dtype=dtype), *parts]).astype(dtype)
