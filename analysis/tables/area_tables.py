"""The answers to `area` and `households` as tables: places with their households, causes by place, households."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.places.parts import CauseCount, PlaceCounted, ShockFelt, Works
from analysis.questions.area import AreaAnswer
from analysis.questions.households import HouseholdListed, HouseholdsAnswer
from analysis.tables.cells import listed, word
from analysis.tables.table import Field, Table, table_of, with_origin
from analysis.tables.words import cell_word
from graph_schema.messages import Label


@dataclass(frozen=True)
class _Cause:
    """A cause with the place in which it is open."""

    area_id: str
    place: str | None
    count: CauseCount


def area_tables(answer: AreaAnswer) -> tuple[Table, ...]:
    """Return the places below the area, the causes of the area and of these places, shocks and works."""
    asked = answer.asked
    causes = [_Cause(asked.id, asked.name_zh, count) for count in answer.causes]
    causes += [
        _Cause(each.area_id, each.name, count) for each in answer.places if not each.is_itself for count in each.causes
    ]
    return with_origin(
        (
            table_of("places", _PLACES, answer.places),
            table_of("causes_by_place", _CAUSES, causes),
            table_of("shocks", _SHOCKS, answer.shocks),
            table_of("works", _WORKS, answer.works),
        ),
        answer,
    )


def households_tables(answer: HouseholdsAnswer) -> tuple[Table, ...]:
    """Return the households of the page."""
    return with_origin((table_of("households", _HOUSEHOLDS, answer.households),), answer)


def _causes(row: HouseholdListed) -> Label:
    more = cell_word("more_not_shown")
    hidden = Label(en=more.en.format(count=row.hidden_cause_count), zh=more.zh.format(count=row.hidden_cause_count))
    return listed([*map(word, row.causes), hidden if row.hidden_cause_count else None])


_PLACES: tuple[Field[PlaceCounted], ...] = (
    Field("area_id", "text", lambda place: place.area_id),
    Field("place", "text", lambda place: place.name),
    Field("area_level", "text", lambda place: word(place.level)),
    Field("household_count", "whole", lambda place: place.counts.household_count),
    Field("with_finding", "whole", lambda place: place.counts.with_finding_count),
    Field("with_help", "whole", lambda place: place.counts.with_help_count),
    Field("without_help_count", "whole", lambda place: place.counts.without_help_count),
)
_CAUSES: tuple[Field[_Cause], ...] = (
    Field("area_id", "text", lambda cause: cause.area_id),
    Field("place", "text", lambda cause: cause.place),
    Field("code", "text", lambda cause: cause.count.cause.id),
    Field("cause", "text", lambda cause: word(cause.count.cause)),
    Field("household_count", "whole", lambda cause: cause.count.household_count),
    Field("confirmed_households", "whole", lambda cause: cause.count.confirmed_count),
)
_SHOCKS: tuple[Field[ShockFelt], ...] = (
    Field("starts_on", "day", lambda shock: shock.starts_on),
    Field("ends_on", "day", lambda shock: shock.ends_on),
    Field("shock_kind", "text", lambda shock: word(shock.kind)),
    Field("severity", "number", lambda shock: shock.severity),
    Field("area_id", "text", lambda shock: shock.place.area_id),
    Field("place", "text", lambda shock: shock.place.name),
)
_WORKS: tuple[Field[Works], ...] = (
    Field("works", "text", lambda works: works.name or works.works_id),
    Field("works_kind", "text", lambda works: word(works.kind)),
    Field("status", "text", lambda works: word(works.status)),
    Field("area_id", "text", lambda works: works.place.area_id),
    Field("place", "text", lambda works: works.place.name),
    Field("capacity", "number", lambda works: works.capacity),
    Field("unit", "text", lambda works: works.capacity_unit),
)
_HOUSEHOLDS: tuple[Field[HouseholdListed], ...] = (
    Field("household_id", "text", lambda row: row.household_id),
    Field("area_id", "text", lambda row: row.area_id),
    Field("place", "text", lambda row: row.area_name),
    Field("open_cause_count", "whole", lambda row: row.open_cause_count),
    Field("causes", "text", _causes),
    Field("help_count", "whole", lambda row: row.help_count),
)
