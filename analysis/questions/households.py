"""Which households live in an area: all of them, those with or without help, those with one cause?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Literal

from pydantic import Field

from analysis.assistance.parts import Word
from analysis.assistance.words import cause_word
from analysis.errors import CATALOGUE, SensitiveSubject
from analysis.fetch.people import HouseholdDetails, HouseholdIds, household_details
from analysis.fetch.places import find_subject
from analysis.page import Page
from analysis.places.counted import CountedPlaces
from analysis.places.counts import summed_help
from analysis.questions.answer import Answer, Notice, asked_about, notice
from analysis.sensitivity import is_sensitive_cause
from analysis.subject import Subject
from graph_schema import Schema
from graph_schema.messages import Label
from graph_schema.meta import Form
from graph_store import GraphStore

HelpFilter = Literal["with", "without"]


class HouseholdListed(Form):
    """A household in a list, without a name."""

    household_id: str = Field(description="Its pseudonym.")
    area_id: str = Field(description="The area that it lives in.")
    area_name: str | None = Field(description="The name of that area.")
    open_cause_count: int = Field(description="Causes open at it, those among them that may not be shown.")
    causes: tuple[Word, ...] = Field(description="Those that may be shown, by code.")
    hidden_cause_count: int = Field(description="How many may not be shown.")
    help_count: int = Field(description="Help planned or running for it or its members.")


class HouseholdsAnswer(Answer):
    """Active households of an area, a page at a time, by id."""

    version: Literal["households/1"] = Field(
        default="households/1", description="The question and the version of this form."
    )
    show_sensitive: bool = Field(description="Whether sensitive causes are shown.")
    help: HelpFilter | None = Field(
        description="with: only households that have help planned or running; without: only those at which a cause is "
        "open and that have none; null for all."
    )
    cause: Word | None = Field(description="Only households at which this cause is open; null for all.")
    total: int | None = Field(
        description="How many there are on all pages; null for a cause together with help, which is not counted."
    )
    households: tuple[HouseholdListed, ...] = Field(description="Those of this page.")
    next_after: str | None = Field(description="Where the next page begins; null when this is the last.")


@dataclass(frozen=True)
class HouseholdsAsked:
    """Which households of an area are wanted, which page of them, and what may be shown."""

    help: HelpFilter | None = None
    cause_id: str | None = None
    page: Page = field(default_factory=Page)
    show_sensitive: bool = False


def households(
    store: GraphStore,
    schema: Schema,
    area_id: str,
    *,
    day: date,
    asked: HouseholdsAsked | None = None,
    counted: CountedPlaces | None = None,
) -> HouseholdsAnswer:
    """Return a page of the households of an area as of `day`.

    `counted` is `CountedPlaces(store)`; who asks often builds it once and passes it. Raises SubjectNotFound for an
    unknown area or cause, SensitiveSubject for a sensitive cause that may not be shown.
    """
    how = asked or HouseholdsAsked()
    found = find_subject(store, schema, Subject("Area", area_id), ("Area",))
    _check_cause(store, schema, how)
    known = counted or CountedPlaces(store)
    total = _total(known, area_id, how, day)
    limit = how.page.limit
    ids = [] if total == 0 else _ids(store, known, area_id, how, day)
    details = household_details(store, ids[:limit], day)
    rows = tuple(_listed(schema, details, each, how.show_sensitive) for each in ids[:limit])
    goes_on = len(ids) > limit
    is_made_up = found.is_made_up or any(details.is_made_up(each) for each in ids[:limit])
    return HouseholdsAnswer(
        asked=asked_about(found),
        as_of=day,
        is_made_up=is_made_up,
        notices=_notices(rows, total if goes_on else None, is_made_up=is_made_up),
        show_sensitive=how.show_sensitive,
        help=how.help,
        cause=None if how.cause_id is None else cause_word(schema, how.cause_id),
        total=total,
        households=rows,
        next_after=ids[limit - 1] if goes_on else None,
    )


def _ids(store: GraphStore, known: CountedPlaces, area_id: str, how: HouseholdsAsked, day: date) -> list[str]:
    """Return the ids of the page, and one more where there is a next page."""
    candidates = HouseholdIds(
        store,
        area_id,
        area_ids=frozenset(row["area_id"] for row in known.tree(area_id)),
        household_count=sum(row["household_count"] for row in known.living(area_id)),
        cause_id=how.cause_id,
    )
    wanted = how.page.limit + 1
    return list(islice(candidates.after(how.page.after or "", wanted, _kept(store, how, day)), wanted))


def _check_cause(store: GraphStore, schema: Schema, how: HouseholdsAsked) -> None:
    if how.cause_id is None:
        return
    cause = find_subject(store, schema, Subject("Cause", how.cause_id), ("Cause",))
    if not how.show_sensitive and is_sensitive_cause(schema, how.cause_id):
        raise SensitiveSubject("sensitive_cause_asked", cause=cause.name)


def _total(known: CountedPlaces, area_id: str, how: HouseholdsAsked, day: date) -> int | None:
    """Return how many households there are, from the counts of the area; None where those do not tell."""
    if how.help is None and how.cause_id is None:
        return sum(row["household_count"] for row in known.living(area_id))
    if how.help is None:
        return sum(row["household_count"] for row in known.causes(area_id) if row["cause_id"] == how.cause_id)
    whole = summed_help(known.help(area_id, day))
    matching = whole.with_help if how.help == "with" else whole.without_help
    return matching if how.cause_id is None or matching == 0 else None


def _kept(store: GraphStore, how: HouseholdsAsked, day: date) -> Callable[[list[str]], set[str]] | None:
    """Return what tells which of some households belong in the list; None where all do."""
    queries = {"with": "assistance/help_counts", "without": "assistance/without_help"}
    if how.help is None:
        return None
    query = queries[how.help]
    return lambda ids: {str(row["household_id"]) for row in store.ask(query, household_ids=ids, day=day)}


def _listed(schema: Schema, details: HouseholdDetails, household_id: str, show_sensitive: bool) -> HouseholdListed:
    area_id, area_name = details.home(household_id)
    causes = details.causes(household_id)
    shown = [code for code in causes if show_sensitive or not is_sensitive_cause(schema, code)]
    return HouseholdListed(
        household_id=household_id,
        area_id=area_id,
        area_name=area_name,
        open_cause_count=len(causes),
        causes=tuple(cause_word(schema, code) for code in shown),
        hidden_cause_count=len(causes) - len(shown),
        help_count=details.help_count(household_id),
    )


def _notices(rows: tuple[HouseholdListed, ...], total: int | None, *, is_made_up: bool) -> tuple[Notice, ...]:
    """Return what to keep in mind; `total`: how many there are where the list goes on behind this page."""
    notices = [notice("notice_made_up")] if is_made_up else []
    hidden_count = sum(row.hidden_cause_count for row in rows)
    if hidden_count:
        notices.append(notice("notice_hidden_causes", count=hidden_count))
    if total is not None:
        label = Label(en=CATALOGUE.what("list_households", {}, "en"), zh=CATALOGUE.what("list_households", {}, "zh"))
        notices.append(notice("notice_capped", list=label, shown=len(rows), total=total))
    return tuple(notices)
