"""The answer to `risk` as tables: places, what causes, chains and links carry, households by risk, why it changed.

What causes carry has a row for those not shown, one for what is left without findings and one for what was not split,
so that the column sums to the expected returns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.questions.risk_answer import RiskAnswer
from analysis.tables.cells import listed, word
from analysis.tables.table import Cell, Field, Table, table_of, with_origin
from analysis.tables.words import cell_word
from analysis.why.area_parts import (
    AreaChangePart,
    CauseCarries,
    CauseShare,
    ChainCarries,
    HiddenShare,
    HouseholdRisk,
    LinkFall,
    PlaceRisk,
    RiskBand,
)
from graph_schema.messages import Label


@dataclass(frozen=True)
class _Carried:
    """A row of what is carried in a place: by a cause, or by something that is none and has no code."""

    area_id: str
    place: str | None
    code: str | None
    label: Cell
    household_count: int | None
    returns: float
    fall: float | None = None


def risk_tables(answer: RiskAnswer) -> tuple[Table, ...]:
    """Return the tables of the answer; households and changes only where they were asked for."""
    whole = list(_carried(answer.asked.id, answer.asked.name_zh, answer.causes, answer.hidden))
    whole += _rest(answer.asked.id, answer.asked.name_zh, answer.without_findings, answer.left_out_returns)
    tables = [
        table_of("risk_places", _PLACES, answer.places),
        table_of("risk_causes", _CAUSES, whole),
        table_of("risk_causes_by_place", _CAUSES_BY_PLACE, [row for each in answer.places for row in _of_place(each)]),
        table_of("risk_chains", _CHAINS, answer.chains),
        table_of("risk_links", _LINKS, answer.links),
        table_of("risk_bands", _BANDS, answer.bands),
    ]
    if answer.total is not None:
        tables.append(table_of("risk_households", _HOUSEHOLDS, answer.households))
    if answer.changed_since is not None:
        tables.append(table_of("risk_changes", _CHANGES, answer.changed_since.parts))
    return with_origin(tables, answer)


def _of_place(place: PlaceRisk) -> Iterator[_Carried]:
    yield from _carried(place.area_id, place.name, place.causes, place.hidden)
    yield from _rest(place.area_id, place.name, place.without_findings, place.left_out_returns)


def _carried(
    area_id: str, name: str | None, causes: Sequence[CauseShare], hidden: HiddenShare | None
) -> Iterator[_Carried]:
    for cause in causes:
        fall = cause.fall if isinstance(cause, CauseCarries) else None
        yield _Carried(area_id, name, cause.code, word(cause), cause.household_count, cause.returns, fall)
    if hidden is not None:
        yield _Carried(area_id, name, None, cell_word("not_shown"), None, hidden.returns)


def _rest(area_id: str, name: str | None, without_findings: float, left_out: float) -> Iterator[_Carried]:
    yield _Carried(area_id, name, None, cell_word("risk_without_findings"), None, without_findings)
    if left_out:
        yield _Carried(area_id, name, None, cell_word("risk_left_out"), None, left_out)


_PLACES: tuple[Field[PlaceRisk], ...] = (
    Field("area_id", "text", lambda place: place.area_id),
    Field("place", "text", lambda place: place.name),
    Field("area_level", "text", lambda place: word(place.level)),
    Field("household_count", "whole", lambda place: place.counts.household_count),
    Field("returns", "number", lambda place: place.counts.returns),
    Field("returns_with_help", "number", lambda place: place.counts.returns_with_help),
    Field("above_count", "whole", lambda place: place.counts.above_count),
    Field("above_with_help", "whole", lambda place: place.counts.above_with_help_count),
    Field("already_count", "whole", lambda place: place.counts.already_count),
)
_CAUSES: tuple[Field[_Carried], ...] = (
    Field("code", "text", lambda row: row.code),
    Field("cause", "text", lambda row: row.label),
    Field("household_count", "whole", lambda row: row.household_count),
    Field("carries", "number", lambda row: row.returns),
    Field("fall", "number", lambda row: row.fall),
)
_CAUSES_BY_PLACE: tuple[Field[_Carried], ...] = (
    Field("area_id", "text", lambda row: row.area_id),
    Field("place", "text", lambda row: row.place),
    *_CAUSES[:-1],
)
_CHAINS: tuple[Field[ChainCarries], ...] = (
    Field("way", "text", lambda chain: listed(chain.codes, by="arrow")),
    Field("carries", "number", lambda chain: chain.returns),
    Field("sentence", "text", lambda chain: Label(chain.sentence_en, chain.sentence_zh)),
)
_LINKS: tuple[Field[LinkFall], ...] = (
    Field("link_id", "text", lambda link: link.link_id),
    Field("risk_link", "text", lambda link: Label(link.label_en, link.label_zh)),
    Field("from_code", "text", lambda link: link.from_code),
    Field("to_code", "text", lambda link: link.to_code),
    Field("strength", "number", lambda link: link.strength),
    Field("fall", "number", lambda link: link.fall),
)
_BANDS: tuple[Field[RiskBand], ...] = (
    Field("risk_begins", "number", lambda band: band.begins),
    Field("risk_ends", "number", lambda band: band.ends),
    Field("household_count", "whole", lambda band: band.household_count),
    Field("count_with_help", "whole", lambda band: band.household_count_with_help),
)
_HOUSEHOLDS: tuple[Field[HouseholdRisk], ...] = (
    Field("household_id", "text", lambda row: row.household_id),
    Field("area_id", "text", lambda row: row.area_id),
    Field("place", "text", lambda row: row.area_name),
    Field("household_risk", "number", lambda row: row.risk),
    Field("household_risk_with_help", "number", lambda row: row.risk_with_help),
    Field("is_already", "flag", lambda row: row.is_already),
)
_CHANGES: tuple[Field[AreaChangePart], ...] = (
    Field("change", "text", lambda part: Label(part.text_en, part.text_zh)),
    Field("changed_households", "whole", lambda part: part.household_count),
    Field("returns_change", "number", lambda part: part.returns),
    Field("returns_change_with_help", "number", lambda part: part.returns_with_help),
)
