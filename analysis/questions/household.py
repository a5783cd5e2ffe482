"""What is known of this household, who says so, and how old is it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from pydantic import Field

from analysis.assistance.parts import Party
from analysis.fetch.contradictions import contradictions_of_household
from analysis.fetch.household import (
    MEMBERSHIP,
    RESIDENCE,
    employer_rows,
    home_row,
    household_row,
    member_rows,
    membership_rows,
    said_of_household,
)
from analysis.fetch.people import household_details
from analysis.fetch.places_around import upward
from analysis.frames import rows_of, text_in
from analysis.history.statements import HOUSEHOLD, Statement
from analysis.household.believed import speaking
from analysis.household.facts import Telling, observation_facts, property_facts
from analysis.household.parts import CooperativeJoined, Fact, Home, Member
from analysis.household.people import members
from analysis.places.words import place
from analysis.questions.answer import Answer, Notice, asked_about, notice
from analysis.sensitivity import is_sensitive_cause
from analysis.subject import FoundSubject, Subject, unknown_subject
from graph_schema import Schema
from graph_store import GraphStore
from ledger import Ledger
from policy import Policy


class HouseholdAnswer(Answer):
    """The file of a household, without any name."""

    version: Literal["household/1"] = Field(
        default="household/1", description="The question and the version of this form."
    )
    show_sensitive: bool = Field(description="Whether what is sensitive is shown.")
    hidden_count: int = Field(description="Causes and indicators left out because they are sensitive.")
    home: Home | None = Field(description="Where it lives; null where that is not known.")
    members: tuple[Member, ...] = Field(description="Who lives in it, by number.")
    facts: tuple[Fact, ...] = Field(description="Its properties as they are believed, in the order of the dictionary.")
    observations: tuple[Fact, ...] = Field(
        description="The newest observation of each indicator and product that may be shown."
    )
    cooperatives: tuple[CooperativeJoined, ...] = Field(description="The cooperatives that it belongs to, by id.")
    open_cause_count: int = Field(description="Causes open at it, those among them that may not be shown.")
    help_count: int = Field(description="Help planned or running for it or its members.")
    contradiction_count: int = Field(description="Open contradictions between feeds about it that may be shown.")


def household(
    store: GraphStore,
    ledger: Ledger,
    schema: Schema,
    policy: Policy,
    household_id: str,
    *,
    day: date,
    show_sensitive: bool = False,
    known_at: datetime | None = None,
) -> HouseholdAnswer:
    """Return what is known of a household as of `day`.

    Values are those of the graph; the ledger tells which feed gave each, and when. `known_at`: the instant whose
    knowledge the graph holds, None for all. Raises SubjectNotFound for an unknown id.
    """
    row = household_row(store, household_id)
    if row is None:
        raise unknown_subject(schema, Subject(HOUSEHOLD, household_id))
    disputed = contradictions_of_household(store, household_id)
    shown = disputed[~disputed["is_sensitive"] | show_sensitive]
    telling = Telling(
        schema=schema,
        policy=policy,
        day=day,
        show_sensitive=show_sensitive,
        disputed={str(each["aspect"]) for each in rows_of(shown) if each["subject_kind"] == HOUSEHOLD},
    )
    said = said_of_household(ledger, household_id, known_at=known_at)
    counting = [each for each in said if not _was_taken_back(each, known_at)]
    observations, hidden_observation_count = observation_facts(telling, counting)
    details = household_details(store, [household_id], day)
    causes = details.causes(household_id)
    hidden_cause_count = 0 if show_sensitive else sum(is_sensitive_cause(schema, code) for code in causes)
    hidden_count = hidden_cause_count + hidden_observation_count
    found = FoundSubject(Subject(HOUSEHOLD, household_id), None, bool(row["is_made_up"]))
    return HouseholdAnswer(
        asked=asked_about(found),
        as_of=day,
        is_made_up=found.is_made_up,
        notices=_notices(found, hidden_count),
        show_sensitive=show_sensitive,
        hidden_count=hidden_count,
        home=_home(store, telling, household_id, counting),
        members=members(
            telling, household_id, member_rows(store, household_id), employer_rows(store, household_id), said
        ),
        facts=property_facts(telling, row, counting),
        observations=observations,
        cooperatives=_cooperatives(store, telling, household_id, counting),
        open_cause_count=len(causes),
        help_count=details.help_count(household_id),
        contradiction_count=len(shown),
    )


def _was_taken_back(statement: Statement, known_at: datetime | None) -> bool:
    taken_back = statement.load.withdrawn_at
    return taken_back is not None and (known_at is None or taken_back <= known_at)


def _home(store: GraphStore, telling: Telling, household_id: str, said: Sequence[Statement]) -> Home | None:
    row = home_row(store, household_id)
    if row is None:
        return None
    area_id = str(row["area_id"])
    way = upward(store, [area_id])[area_id]
    return Home(
        path=tuple(
            place(telling.schema, step["upper_area_id"], step["name"], step["area_level"]) for step in reversed(way)
        ),
        source=telling.source(_newest(said, RESIDENCE, "area_id", area_id, telling.day)),
    )


def _cooperatives(
    store: GraphStore, telling: Telling, household_id: str, said: Sequence[Statement]
) -> tuple[CooperativeJoined, ...]:
    return tuple(
        CooperativeJoined(
            cooperative=Party(kind="Cooperative", id=str(row["cooperative_id"]), name=text_in(row, "cooperative_name")),
            source=telling.source(_newest(said, MEMBERSHIP, "cooperative_id", str(row["cooperative_id"]), telling.day)),
        )
        for row in membership_rows(store, household_id)
        if row["ended_on"] is None
    )


def _newest(said: Sequence[Statement], kind: str, column: str, value: str, day: date) -> Statement | None:
    """Return the newest statement that holds on the day of a spell, such as that of living in an area."""
    spoken = speaking((each for each in said if each.kind == kind and each.text(column) == value), day)
    return spoken[0] if spoken else None


def _notices(found: FoundSubject, hidden_count: int) -> tuple[Notice, ...]:
    notices = [notice("notice_made_up")] if found.is_made_up else []
    if hidden_count:
        notices.append(notice("notice_hidden_in_household", count=hidden_count))
    return tuple(notices)
