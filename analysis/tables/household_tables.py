"""The answer to `household` as tables: its facts, each with the feed that is believed, and who lives there."""

from __future__ import annotations

from analysis.household.parts import Fact, Member
from analysis.questions.household import HouseholdAnswer
from analysis.tables.cells import listed, party, word
from analysis.tables.table import Field, Table, table_of, with_origin
from graph_schema.messages import Label


def household_tables(answer: HouseholdAnswer) -> tuple[Table, ...]:
    """Return the facts, properties before observations, and the members by number."""
    return with_origin(
        (
            table_of("facts", _FACTS, (*answer.facts, *answer.observations)),
            table_of("members_now", _MEMBERS, answer.members),
        ),
        answer,
    )


def _feed(fact: Fact) -> Label | None:
    return None if fact.source is None else Label(en=fact.source.feed.en, zh=fact.source.feed.zh)


_FACTS: tuple[Field[Fact], ...] = (
    Field("property", "text", lambda fact: Label(en=fact.aspect.en, zh=fact.aspect.zh)),
    Field("product", "text", lambda fact: Label(en=fact.product.en, zh=fact.product.zh) if fact.product else None),
    Field("value", "text", lambda fact: Label(en=fact.value.en, zh=fact.value.zh)),
    Field("feed", "text", _feed),
    Field("said_on", "day", lambda fact: fact.source.said_on if fact.source else None),
    Field("age_days", "whole", lambda fact: fact.source.age_days if fact.source else None),
    Field("is_disputed", "flag", lambda fact: fact.is_disputed),
)
_MEMBERS: tuple[Field[Member], ...] = (
    Field("member_number", "whole", lambda member: member.number),
    Field("role", "text", lambda member: word(member.role)),
    Field("birth_year", "year", lambda member: member.birth_year),
    Field("age_years", "whole", lambda member: member.age),
    Field("sex", "text", lambda member: word(member.sex)),
    Field("school_stage", "text", lambda member: word(member.school_stage)),
    Field("work_place", "text", lambda member: word(member.work_place)),
    Field("worked_months", "whole", lambda member: member.worked_months),
    Field("employers", "text", lambda member: listed(map(party, member.employers))),
    Field("disability_grade", "text", lambda member: word(member.disability_grade)),
    Field("has_chronic_illness", "flag", lambda member: member.has_chronic_illness),
)
