"""Who lives in a household, by number and without names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.assistance.parts import Party, Word
from analysis.frames import Row, text_in
from analysis.history.members import MemberSpan, members_of
from analysis.history.statements import STAY, Statement
from analysis.household.believed import speaking
from analysis.household.facts import Telling
from analysis.household.parts import Member
from analysis.places.words import code_word

CHILD_UNTIL = 14
"""The personal information of a child under 14 is sensitive (Personal Information Protection Law, article 28)."""


def members(
    telling: Telling, household_id: str, rows: Sequence[Row], employers: Sequence[Row], said: Sequence[Statement]
) -> tuple[Member, ...]:
    """Return who lives in the household, by number; the numbers are those of its history.

    `rows` and `employers`: what the graph holds. `said`: all that was said, also what was taken back.
    """
    spans = members_of(telling.schema, said, household_id)
    found = [_member(telling, row, spans, employers, said) for row in rows]
    return tuple(sorted(found, key=lambda member: member.number))


def _member(
    telling: Telling,
    row: Row,
    spans: Mapping[str, MemberSpan],
    employers: Sequence[Row],
    said: Sequence[Statement],
) -> Member:
    person_id = str(row["person_id"])
    stays = [
        each
        for each in said
        if each.kind == STAY and each.text("person_id") == person_id and each.load.withdrawn_at is None
    ]
    spoken = speaking([each for each in stays if each.text("household_id") is not None], telling.day)
    birth_year = row["birth_year"]
    age = telling.day.year - birth_year if isinstance(birth_year, int) else None
    is_shortened = not telling.show_sensitive and (age is None or age <= CHILD_UNTIL)
    told: dict[str, object] = {
        "sex": _code(telling, row, "sex"),
        "school_stage": _code(telling, row, "school_stage"),
        "work_place": _code(telling, row, "work_place"),
        "worked_months": row["worked_months"],
        "employers": _employers(employers, person_id),
        "died_on": row["died_on"],
    }
    sensitive: dict[str, object] = {
        "disability_grade": _code(telling, row, "disability_grade"),
        "has_chronic_illness": row["has_chronic_illness"],
    }
    return Member.model_validate(
        {
            "number": spans[person_id].number if person_id in spans else len(spans) + 1,
            "role": _code(telling, row, "member_role"),
            "birth_year": birth_year,
            "age": age,
            **({**dict.fromkeys(told), "employers": ()} if is_shortened else told),
            **(sensitive if telling.show_sensitive else dict.fromkeys(sensitive)),
            "is_shortened": is_shortened,
            "source": telling.source(spoken[0] if spoken else None),
        }
    )


def _code(telling: Telling, row: Row, name: str) -> Word | None:
    return code_word(telling.schema, row[name], name)


def _employers(rows: Sequence[Row], person_id: str) -> tuple[Party, ...]:
    return tuple(
        Party(kind=str(row["employer_kind"]), id=str(row["employer_id"]), name=text_in(row, "employer_name"))
        for row in rows
        if row["person_id"] == person_id
    )
