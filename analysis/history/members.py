"""The people of a household, as numbers with a role and a year of birth; no name is ever told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.history.statements import HOUSEHOLD, PERSON, STAY, Statement
from graph_schema import Schema

_LATE = date.max


@dataclass(frozen=True)
class MemberSpan:
    """A person who lives or lived here. `until`: the last day here; None while nobody said that the stay is over."""

    number: int
    person_id: str
    role: str | None
    birth_year: int | None
    since: date | None
    until: date | None


def members_of(schema: Schema, statements: Sequence[Statement], household_id: str) -> dict[str, MemberSpan]:
    """Return the people of a household by id, numbered by their first day here, the head first.

    A stay that was taken back counts only for a person of whom nothing else is said. A later stay in another household
    ends the one here, even if nobody said so.
    """
    stays = [each for each in statements if each.kind == STAY and each.text("person_id")]
    here = _by_person(each for each in stays if each.text("household_id") == household_id)
    elsewhere = _by_person(each for each in stays if each.text("household_id") != household_id)
    births = {key: _birth_year(told) for key, told in _by_person(each for each in statements if each.kind == PERSON)}
    roles = [entry.code for entry in schema.code_list("member_role").codes]
    spans = [_span(person, told, dict(elsewhere).get(person, []), births.get(person)) for person, told in here]
    spans.sort(
        key=lambda span: (
            span.since or _LATE,
            roles.index(span.role) if span.role in roles else len(roles),
            span.birth_year or 0,
            span.person_id,
        )
    )
    return {
        span.person_id: MemberSpan(number, span.person_id, span.role, span.birth_year, span.since, span.until)
        for number, span in enumerate(spans, start=1)
    }


def persons_named(schema: Schema, statement: Statement) -> tuple[str, ...]:
    """Return the ids of the people that a statement names, itself being one first."""
    named = [str(statement.values["id"])] if statement.kind == PERSON else []
    columns = schema.fact_table(statement.kind).columns
    others = [column.name for column in columns if column.refers_to == (PERSON,) and statement.text(column.name)]
    return (*named, *(str(statement.values[name]) for name in others))


def is_of_the_household(
    schema: Schema, statement: Statement, members: Mapping[str, MemberSpan], *, since: date | None, known_on: date
) -> bool:
    """Return whether a statement that may be about a person belongs to this household's history.

    What is said of a person belongs here from the first day here to the last; where it names no day of its own, what
    became known until that day. `since`: the day the statement speaks of. Stays elsewhere always belong: they tell
    where a member came from and went.
    """
    if statement.kind == STAY or any(column == "household_id" for column in statement.values):
        return True
    if statement.kind not in (HOUSEHOLD, PERSON) and not persons_named(schema, statement):
        return True
    spans = [members[person] for person in persons_named(schema, statement) if person in members]
    if not spans:
        return statement.kind != PERSON
    return any(_is_within(span, since, known_on) for span in spans)


def _is_within(span: MemberSpan, since: date | None, known_on: date) -> bool:
    if since is None:
        return span.until is None or known_on <= span.until
    return (span.since is None or since >= span.since) and (span.until is None or since <= span.until)


def _by_person(statements: Iterable[Statement]) -> list[tuple[str, list[Statement]]]:
    found: dict[str, list[Statement]] = {}
    for each in statements:
        person = each.key[0] if each.kind == PERSON else str(each.values["person_id"])
        found.setdefault(person, []).append(each)
    return [(person, sorted(told, key=lambda each: each.order)) for person, told in found.items()]


def _standing(told: Sequence[Statement]) -> list[Statement]:
    newest = {(each.key, each.feed): each for each in told if each.load.withdrawn_at is None}
    return list(newest.values())


def _birth_year(told: Sequence[Statement]) -> int | None:
    years = [each.values["birth_year"] for each in _standing(told) or told if "birth_year" in each.values]
    return int(str(years[-1])) if years else None


def _span(person: str, told: Sequence[Statement], elsewhere: Sequence[Statement], born: int | None) -> MemberSpan:
    counted = _standing(told) or list(told)
    starts = [day for each in counted if (day := each.day("starts_on")) is not None]
    since = min(starts, default=None)
    latest = max(counted, key=lambda each: (each.day("starts_on") or date.min, each.order))
    ends = [day for each in counted if each.day("starts_on") == latest.day("starts_on") for day in _ends(each)]
    moved = [
        day for each in _standing(elsewhere) if (day := each.day("starts_on")) and (not starts or day > max(starts))
    ]
    until = min([*ends, *moved], default=None)
    return MemberSpan(0, person, latest.text("member_role"), born, since, until)


def _ends(stay: Statement) -> list[date]:
    return [day for day in (stay.day("ends_on"), stay.valid_to) if day is not None]
