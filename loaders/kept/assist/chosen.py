"""Which units of a draft somebody names: by household, by village or any area above it, by programme, or all."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from graph_schema.messages import Label
from loaders.kept.assist.draft import Draft, Unit
from loaders.kept.assist.errors import AssistUnknown
from loaders.kept.desk import Desk, holds, told

HOUSEHOLD, RESIDENCE, AREA, PROGRAMME = "Household", "Residence", "Area", "Programme"


def chosen_units(
    desk: Desk,
    draft: Draft,
    *,
    household_ids: Sequence[str],
    area_ids: Sequence[str],
    programme_ids: Sequence[str],
) -> tuple[Unit, ...]:
    """Return the units that are named, in the order of the draft; kinds narrow together, what is empty does not.

    Raises AssistUnknown for an id for which the draft has no unit, or an area that the ledger does not hold.
    """
    units = draft.units
    for kind, named, column in (
        (HOUSEHOLD, household_ids, "household_id"),
        (PROGRAMME, programme_ids, "programme_id"),
    ):
        if named:
            _check_in_draft(desk, draft, kind, named, {getattr(unit, column) for unit in draft.units})
            units = tuple(unit for unit in units if getattr(unit, column) in named)
    if area_ids:
        above = _areas_of(desk, {unit.household_id for unit in draft.units})
        _check_in_draft(desk, draft, AREA, area_ids, {area_id for areas in above.values() for area_id in areas})
        units = tuple(unit for unit in units if not above[unit.household_id].isdisjoint(area_ids))
    if not units:
        raise AssistUnknown("assist_nothing_chosen", run=draft.run_id)
    return units


def _check_in_draft(desk: Desk, draft: Draft, kind: str, named: Sequence[str], there: Collection[str]) -> None:
    for node_id in named:
        if node_id not in there:
            label = desk.schema.node_kind(kind).label
            name = Label(en=label.en, zh=label.zh)
            raise AssistUnknown("assist_not_in_draft", kind=name, id=node_id, run=draft.run_id)


def _areas_of(desk: Desk, household_ids: Collection[str]) -> dict[str, frozenset[str]]:
    """Return of each household the area it lives in on the day and those above it; none where no home is told."""
    homes: dict[str, str] = {}
    for row in told(desk, RESIDENCE, "household_id", household_ids).rows:
        if holds(row, desk.day):
            homes[str(row["household_id"])] = str(row["area_id"])
    parents: dict[str, str | None] = {}
    level = {*homes.values()}
    while level:
        rows = {str(row["id"]): row["area_id"] for row in told(desk, AREA, "id", level).rows}
        parents.update({area_id: None if rows.get(area_id) is None else str(rows[area_id]) for area_id in level})
        level = {parent for parent in parents.values() if parent is not None and parent not in parents}
    return {household_id: frozenset(_upward(homes.get(household_id), parents)) for household_id in household_ids}


def _upward(area_id: str | None, parents: dict[str, str | None]) -> list[str]:
    found: list[str] = []
    while area_id is not None and area_id not in found:
        found.append(area_id)
        area_id = parents.get(area_id)
    return found
