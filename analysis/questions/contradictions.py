"""Where do feeds contradict each other, how old is what each says, and whom does the policy believe?"""

from __future__ import annotations

from datetime import date
from typing import Literal

import pandas as pd
from pydantic import Field

from analysis.contradictions.listed import counted_alike, counted_places, counted_rows, told_contradictions
from analysis.contradictions.parts import Contradiction, ContradictionCount, PlaceContradictions
from analysis.errors import CATALOGUE
from analysis.fetch.contradictions import contradiction_counts, contradictions_of_area, contradictions_of_household
from analysis.fetch.places import find_subject
from analysis.page import Page, cut_page
from analysis.questions.answer import Answer, Notice, asked_about, notice
from analysis.subject import FoundSubject, Subject
from graph_schema import Schema
from graph_schema.messages import Label
from graph_store import GraphStore

KINDS = ("Household", "Area")


class ContradictionsAnswer(Answer):
    """The open contradictions between feeds about a household and its people, or in an area.

    Those of the day that the graph shows; `as_of` only counts their ages. A contradiction is closed by a statement.
    """

    version: Literal["contradictions/1"] = "contradictions/1"
    show_sensitive: bool = Field(description="Whether sensitive contradictions are shown.")
    contradiction_count: int = Field(description="How many there are in all that may be shown.")
    hidden_count: int = Field(description="How many more are not shown, being sensitive.")
    counts: tuple[ContradictionCount, ...] = Field(
        description="Those that may be shown, counted by what they are about and by feeds, the most frequent first."
    )
    places: tuple[PlaceContradictions, ...] = Field(
        description="For an area: the places directly below that have any, by id, and the area itself for what is of "
        "no place below; none for a household."
    )
    contradictions: tuple[Contradiction, ...] = Field(description="Those of this page, by id.")
    next_after: str | None = Field(description="Where the next page begins; null when this is the last.")


def contradictions(
    store: GraphStore,
    schema: Schema,
    subject: Subject,
    *,
    day: date,
    show_sensitive: bool = False,
    page: Page | None = None,
) -> ContradictionsAnswer:
    """Return the open contradictions of a household or an area, with the ages that what was said has on `day`.

    Sensitive ones are left out and counted: that two feeds differ on an illness tells that one of them says so. Raises
    QuestionError for another kind of subject and SubjectNotFound for an unknown id.
    """
    found = find_subject(store, schema, subject, KINDS)
    wanted = page or Page()
    if subject.kind == "Household":
        return _of_household(store, schema, found, wanted=wanted, answer=_answer(found, day, show_sensitive))
    return _of_area(store, schema, found, wanted=wanted, answer=_answer(found, day, show_sensitive))


def _of_household(
    store: GraphStore, schema: Schema, found: FoundSubject, *, wanted: Page, answer: ContradictionsAnswer
) -> ContradictionsAnswer:
    every = contradictions_of_household(store, found.subject.id)
    shown = every[~every["is_sensitive"] | answer.show_sensitive]
    cut = cut_page(shown, "contradiction_id", wanted)
    return _told(
        answer,
        contradiction_count=len(shown),
        hidden_count=len(every) - len(shown),
        counts=counted_alike(schema, counted_rows(shown)),
        contradictions=told_contradictions(schema, cut.rows, day=answer.as_of),
        next_after=cut.next_after,
    )


def _of_area(
    store: GraphStore, schema: Schema, found: FoundSubject, *, wanted: Page, answer: ContradictionsAnswer
) -> ContradictionsAnswer:
    counts = contradiction_counts(store, found.subject.id)
    shown = counts[~counts["is_sensitive"] | answer.show_sensitive]
    # One more than is shown tells whether there is a next page.
    rows = contradictions_of_area(
        store,
        found.subject.id,
        show_sensitive=answer.show_sensitive,
        after=wanted.after or "",
        limit=wanted.limit + 1,
    )
    cut = cut_page(rows, "contradiction_id", wanted)
    return _told(
        answer,
        is_made_up=found.is_made_up or _total(counts, "made_up_count") > 0,
        contradiction_count=_total(shown, "contradiction_count"),
        hidden_count=_total(counts, "contradiction_count") - _total(shown, "contradiction_count"),
        counts=counted_alike(schema, shown),
        places=counted_places(counts, show_sensitive=answer.show_sensitive),
        contradictions=told_contradictions(schema, cut.rows, day=answer.as_of),
        next_after=cut.next_after,
    )


def _total(counts: pd.DataFrame, column: str) -> int:
    return int(counts[column].sum())


def _answer(found: FoundSubject, day: date, show_sensitive: bool) -> ContradictionsAnswer:
    return ContradictionsAnswer(
        asked=asked_about(found),
        as_of=day,
        is_made_up=found.is_made_up,
        notices=(),
        show_sensitive=show_sensitive,
        contradiction_count=0,
        hidden_count=0,
        counts=(),
        places=(),
        contradictions=(),
        next_after=None,
    )


def _told(answer: ContradictionsAnswer, **parts: object) -> ContradictionsAnswer:
    whole = answer.model_copy(update=parts)
    return whole.model_copy(update={"notices": _notices(whole)})


def _notices(answer: ContradictionsAnswer) -> tuple[Notice, ...]:
    found = [notice("notice_made_up")] if answer.is_made_up else []
    if answer.hidden_count:
        found.append(notice("notice_hidden_contradictions", count=answer.hidden_count))
    if not answer.contradiction_count:
        found.append(notice("notice_no_contradiction"))
    if answer.next_after is not None:
        label = Label(
            en=CATALOGUE.what("list_contradictions", {}, "en"), zh=CATALOGUE.what("list_contradictions", {}, "zh")
        )
        shown = len(answer.contradictions)
        found.append(notice("notice_capped", list=label, shown=shown, total=answer.contradiction_count))
    return tuple(found)
