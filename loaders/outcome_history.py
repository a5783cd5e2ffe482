"""What the ledger tells of the households of an area over one year: how it began, what came, who was looked at.

Learning reads it: the findings held on the first day, by the rules by which the graph is made; the findings that began
in the year; what was observed and visited; and the help that ran.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import pandas as pd

from graph_schema import Schema
from ledger import Ledger
from loaders.facts import facts_frame
from loaders.projection.ground import setting_of
from loaders.projection.held import Held, held_findings
from loaders.projection.related import LIVES_IN, spell_relationships
from loaders.projection.stated import refuting_findings
from loaders.projection.views import ReadFacts, Views
from policy import Policy

# Help that stands so has never run.
PLANNED = "planned"


@dataclass(frozen=True)
class OutcomeHistory:
    """The households that lived in an area on `start`, and the year until `end`.

    `households`: household_id, area_id and the properties of the household on `start`, by household_id; `is_made_up`.
    `held`: household_id, cause_id, status, severity, confidence: what was held on `start`, refuted findings too.
    `found`: household_id, cause_id, status, onset_on: findings that began after `start`, until `end`; confirmed,
    suspected, or refuted by a visit or an assessment. `observed`: household_id, indicator_id observed in that time.
    `visited`: household_id of visits made. `help`: household_id, measure_id that ran at any time from start to end.
    """

    start: date
    end: date
    households: pd.DataFrame
    held: pd.DataFrame
    found: pd.DataFrame
    observed: pd.DataFrame
    visited: pd.DataFrame
    help: pd.DataFrame


def outcome_history(
    ledger: Ledger,
    schema: Schema,
    policy: Policy,
    *,
    start: date,
    end: date,
    area_id: str | None = None,
    known_at: datetime | None = None,
) -> OutcomeHistory:
    """Return the year of the active households that lived in an area, or anywhere, on its first day.

    `known_at`: what is said of the first day is only what had been recorded at that instant; None for all that is known
    now. What came in the year is always all that is known now. Raises ParameterError for a day before the policy
    begins.
    """

    def reading(as_of: datetime | None) -> ReadFacts:
        return lambda name, columns: facts_frame(ledger.facts(name, columns=columns, as_of=as_of))

    return history_of(reading(known_at), reading(None), schema, policy, start=start, end=end, area_id=area_id)


def history_of(
    read_start: ReadFacts,
    read_end: ReadFacts,
    schema: Schema,
    policy: Policy,
    *,
    start: date,
    end: date,
    area_id: str | None = None,
) -> OutcomeHistory:
    """Return the year by the facts that were known of its first day, and those that are known of all of it."""
    first, last = _Told(read_start, schema, policy, start), _Told(read_end, schema, policy, end)
    households = first.households(area_id)
    ids = pd.Index(households["household_id"], dtype="object")
    return OutcomeHistory(
        start=start,
        end=end,
        households=households,
        held=_of(first.open_held(), ids),
        found=_of(last.found_after(start), ids),
        observed=_of(last.observed_after(start), ids),
        visited=_of(last.visited_after(start), ids),
        help=_of(last.help_after(start), ids),
    )


class _Told:
    """What the ledger tells of one day."""

    def __init__(self, read: ReadFacts, schema: Schema, policy: Policy, day: date) -> None:
        self._day = pd.Timestamp(day)
        self._views = Views(read, schema, policy, day)
        self._spells = spell_relationships(self._views, schema, day)[0]
        self._setting = setting_of(self._views, self._spells[LIVES_IN], schema, policy, day)

    @cached_property
    def _held(self) -> Held:
        return held_findings(self._views, self._setting)

    def households(self, area_id: str | None) -> pd.DataFrame:
        """Return the households that live in the area, each once, by id, with their properties."""
        living = self._setting.living
        if area_id is not None:
            inside = self._setting.upward.loc[self._setting.upward["above_id"] == area_id, "area_id"]
            living = living[living["area_id"].isin(inside)]
        told = self._views.rows("Household").rename(columns={"id": "household_id"})
        rows = living.drop_duplicates("household_id").merge(told, on="household_id", how="inner")
        return rows.sort_values("household_id", ignore_index=True)

    def open_held(self) -> pd.DataFrame:
        """Return what is held on the day and has not ended."""
        rows = self._held.affected
        return rows.loc[rows["ended_on"].isna(), ["household_id", "cause_id", "status", "severity", "confidence"]]

    def found_after(self, start: date) -> pd.DataFrame:
        """Return the findings that began after a day, until this one."""
        rows = self._held.findings
        begun = rows[(rows["onset_on"] > pd.Timestamp(start)) & (rows["onset_on"] <= self._day)]
        refuting = refuting_findings(self._views, begun, self._setting.feeds_of_kind("visit"))
        counts = (begun["status"] != "refuted") | begun["finding_id"].isin(refuting)
        return begun.loc[counts, ["household_id", "cause_id", "status", "onset_on"]].reset_index(drop=True)

    def observed_after(self, start: date) -> pd.DataFrame:
        """Return which indicators were observed of a household after a day, until this one."""
        rows = self._views.rows("Observation")
        within = (rows["observed_on"] > pd.Timestamp(start)) & (rows["observed_on"] <= self._day)
        return rows.loc[within & rows["household_id"].notna(), ["household_id", "indicator_id"]].drop_duplicates()

    def visited_after(self, start: date) -> pd.DataFrame:
        """Return the households visited after a day, until this one."""
        rows = self._views.rows("Visit")
        within = (rows["visited_on"] > pd.Timestamp(start)) & (rows["visited_on"] <= self._day)
        return rows.loc[within, ["household_id"]].drop_duplicates()

    def help_after(self, start: date) -> pd.DataFrame:
        """Return the measures that ran for a household or one of its members at any time from a day until this one."""
        rows = self._views.rows("Assistance")
        ran = (rows["assistance_status"] != PLANNED) & (rows["starts_on"] <= self._day)
        rows = rows[ran & ~(rows["ends_on"] < pd.Timestamp(start))]
        members = self._spells["HAS_MEMBER"].rename(columns={"from_id": "member_of", "to_id": "person_id"})
        rows = rows.merge(members[["member_of", "person_id"]], on="person_id", how="left")
        helped = rows["household_id"].fillna(rows["member_of"])
        told = pd.DataFrame({"household_id": helped, "measure_id": rows["measure_id"]})
        return told.dropna().drop_duplicates().reset_index(drop=True)


def _of(rows: pd.DataFrame, ids: pd.Index) -> pd.DataFrame:
    """Return the rows of some households."""
    return rows[rows["household_id"].isin(ids)].reset_index(drop=True)
