"""What stands on a day of all that a part of a draft needs: programmes, partners, places, budgets, resources, help."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from loaders.kept.assist.chosen import HOUSEHOLD, PROGRAMME
from loaders.kept.assist.draft import COOPERATIVE, ENTERPRISE, Unit, Use
from loaders.kept.assist.help import Help, help_told, uses_told
from loaders.kept.desk import Desk, Row, Told, day_of, number, told

OFFERS, PARTNERS_WITH, CONTRACT, AGENCY, MEMBERSHIP = "OFFERS", "PARTNERS_WITH", "Contract", "Agency", "Membership"
# The things that help may use, and the column that says how much there is of each.
CAPACITIES = {"Resource": "capacity", "Training": "seat_count", "Infrastructure": "capacity"}


@dataclass(frozen=True)
class Standing:
    """What the ledger holds, by id or by the ids of both ends; `memberships` by household and cooperative.

    `uses`: by help, what it takes of the things in `things`. `last`: what was read of help, by which the instant of
    what follows on it is chosen.
    """

    households: Mapping[str, Row]
    programmes: Mapping[str, Row]
    offers: Mapping[tuple[str, str], Row]
    partnerships: Mapping[tuple[str, str, str], Row]
    parties: Mapping[tuple[str, str], Row]
    contracts: Mapping[str, Row]
    memberships: Mapping[tuple[str, str], Sequence[Row]]
    things: Mapping[tuple[str, str], Row]
    help: Mapping[str, Help]
    uses: Mapping[str, Sequence[Use]]
    last: tuple[Told, ...]

    def of_programme(self, programme_id: str) -> list[Help]:
        """Return the help under a programme that counts against its budget: what began in its period."""
        return in_period(self.programmes[programme_id], self._by_programme.get(programme_id, ()))

    @cached_property
    def _by_programme(self) -> Mapping[str | None, Sequence[Help]]:
        found: dict[str | None, list[Help]] = {}
        for each in self.help.values():
            found.setdefault(each.programme_id, []).append(each)
        return found

    def left_of_budget(self, programme_id: str) -> int:
        """Return what is neither promised nor paid of a programme's budget, in fen."""
        budget = int(number(self.programmes[programme_id], "budget_fen"))
        return budget - sum(each.held_fen for each in self.of_programme(programme_id))


def in_period(programme: Row, helps: Iterable[Help]) -> list[Help]:
    """Return the help under a programme that began in its period."""
    programme_id, starts_on = str(programme["id"]), day_of(programme, "starts_on")
    return [each for each in helps if each.programme_id == programme_id and each.starts_on >= starts_on]


def standing_of(desk: Desk, units: Sequence[Unit]) -> Standing:
    """Return what stands of all that these units need."""
    programme_ids = {unit.programme_id for unit in units}
    offers = {_ends(row): row for row in _rows(desk, OFFERS, "from_id", programme_ids)}
    uses = uses_told(desk, {use.id for unit in units for use in unit.uses})
    found = help_told(
        desk,
        costs_of(desk, offers),
        programme_ids=programme_ids,
        measure_ids={unit.measure_id for unit in units},
        ids=uses,
    )
    programmes = _by_id(desk, PROGRAMME, programme_ids)
    agency_ids = {str(row["agency_id"]) for row in programmes.values()}
    parties = {(AGENCY, node_id): row for node_id, row in _by_id(desk, AGENCY, agency_ids).items()}
    for kind in (ENTERPRISE, COOPERATIVE):
        named = {party_id for unit in units for party_kind, party_id in unit.parties if party_kind == kind}
        parties.update({(kind, node_id): row for node_id, row in _by_id(desk, kind, named).items()})
    things = {}
    for kind in CAPACITIES:
        named = {use.id for unit in units for use in unit.uses if use.kind == kind}
        things.update({(kind, node_id): row for node_id, row in _by_id(desk, kind, named).items()})
    return Standing(
        households=_by_id(desk, HOUSEHOLD, {unit.household_id for unit in units}),
        programmes=programmes,
        offers=offers,
        partnerships={
            (str(row["from_id"]), str(row["to_kind"]), str(row["to_id"])): row
            for row in _rows(desk, PARTNERS_WITH, "from_id", programme_ids)
        },
        parties=parties,
        contracts=_by_id(desk, CONTRACT, {unit.contract_id for unit in units if unit.contract_id is not None}),
        memberships=_memberships(desk, {unit.household_id for unit in units if unit.cooperative_id is not None}),
        things=things,
        help=found.help,
        uses=uses,
        last=found.last,
    )


def _memberships(desk: Desk, household_ids: Collection[str]) -> dict[tuple[str, str], list[Row]]:
    """Return every spell of some households in a cooperative; there may be several in the same one."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in _rows(desk, MEMBERSHIP, "household_id", household_ids):
        found.setdefault((str(row["household_id"]), str(row["cooperative_id"])), []).append(row)
    return found


def costs_of(desk: Desk, offers: Mapping[tuple[str, str], Row]) -> dict[tuple[str, str], int]:
    """Return what one help costs by programme and measure, in fen: as offered, else as the vocabulary says."""
    measures = desk.schema.measures
    standard = {code: measure.cost_fen for code, measure in measures.items()}
    return {
        (programme_id, measure_id): standard.get(measure_id, 0)
        if row["cost_fen"] is None
        else int(number(row, "cost_fen"))
        for (programme_id, measure_id), row in offers.items()
    }


def has_closed(row: Row | None, day: date) -> bool:
    """Return whether an agency, an enterprise or a cooperative is not there or has closed by a day."""
    if row is None:
        return True
    closed_on = row["closed_on"]
    return isinstance(closed_on, date) and closed_on <= day


def _ends(row: Row) -> tuple[str, str]:
    return str(row["from_id"]), str(row["to_id"])


def _rows(desk: Desk, kind: str, column: str, values: Collection[str]) -> tuple[Row, ...]:
    return told(desk, kind, column, values).rows if values else ()


def _by_id(desk: Desk, kind: str, ids: Collection[str]) -> dict[str, Row]:
    return {str(row["id"]): row for row in _rows(desk, kind, "id", ids)}
