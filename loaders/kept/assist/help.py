"""Help that the ledger holds: in which state, what it holds of budgets and places, and what it uses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from loaders.kept.assist.draft import Use
from loaders.kept.assist.errors import AssistUnknown
from loaders.kept.desk import Desk, Row, Told, day_of, holds, number, told
from policy.assistance_states import STANDING, held_fen

ASSISTANCE, PAYMENT, TARGETS, USES, STAY = "Assistance", "Payment", "TARGETS", "USES", "Stay"
RETURNED = "returned"
PROVIDERS = (("Enterprise", "enterprise_id"), ("Cooperative", "cooperative_id"), ("Agency", "agency_id"))
# What help uses of a thing where nobody says how much.
ONE = 1.0


@dataclass(frozen=True)
class Help:
    """Help that the ledger holds, with all of its columns in `row`.

    `household_id`: that of the person, where it is help to a person. `held_fen`: what it holds of its budget.
    """

    row: Row
    household_id: str | None
    held_fen: int

    @property
    def id(self) -> str:
        """Return its id."""
        return str(self.row["id"])

    @property
    def status(self) -> str:
        """Return its state."""
        return str(self.row["assistance_status"])

    @property
    def programme_id(self) -> str | None:
        """Return the programme that pays, None where none is told."""
        return _text(self.row, "programme_id")

    @property
    def measure_id(self) -> str:
        """Return the measure."""
        return str(self.row["measure_id"])

    @property
    def starts_on(self) -> date:
        """Return its first day."""
        return day_of(self.row, "starts_on")

    @property
    def provider(self) -> tuple[str, str] | None:
        """Return kind and id of who gives it, None where nobody is told."""
        named = ((kind, _text(self.row, column)) for kind, column in PROVIDERS)
        return next(((kind, party_id) for kind, party_id in named if party_id is not None), None)

    def stands(self, day: date) -> bool:
        """Return whether it holds its place on a day: planned or running, and its last day, if any, not past."""
        ends_on = self.row["ends_on"]
        return self.status in STANDING and not (isinstance(ends_on, date) and ends_on < day)


@dataclass(frozen=True)
class HelpTold:
    """Some help, by id, and what was read for it."""

    help: Mapping[str, Help]
    last: tuple[Told, ...]


def help_told(
    desk: Desk,
    costs: Mapping[tuple[str, str], int],
    *,
    programme_ids: Collection[str] = (),
    measure_ids: Collection[str] = (),
    ids: Collection[str] = (),
) -> HelpTold:
    """Return the help of any of these programmes, of any of these measures, and that with one of these ids.

    `costs`: fen by programme and measure, for help that names no amount.
    """
    asked = {"programme_id": programme_ids, "measure_id": measure_ids, "id": ids}
    read = [told(desk, ASSISTANCE, column, values) for column, values in asked.items() if values]
    rows = {str(row["id"]): row for each in read for row in each.rows}
    payments = told(desk, PAYMENT, "assistance_id", rows)
    homes = _homes(desk, {str(row["person_id"]) for row in rows.values() if row["person_id"] is not None})
    sums = payment_sums(payments.rows)
    found = {}
    for help_id, row in sorted(rows.items()):
        person_id, amount = _text(row, "person_id"), row["amount_fen"]
        usual = costs.get((str(row["programme_id"]), str(row["measure_id"])), 0)
        promised = usual if amount is None else int(number(row, "amount_fen"))
        held = held_fen(str(row["assistance_status"]), promised, *sums.get(help_id, (None, None)))
        home = _text(row, "household_id") or (None if person_id is None else homes.get(person_id))
        found[help_id] = Help(row, home, held)
    return HelpTold(found, (*read, payments))


def help_named(desk: Desk, help_id: str) -> tuple[Help, Told]:
    """Return help and what was read of it. Raises AssistUnknown where the ledger holds none of that id."""
    found = told(desk, ASSISTANCE, "id", [help_id])
    if not found.rows:
        raise AssistUnknown("assist_unknown_help", id=help_id)
    row = found.rows[0]
    person_id = _text(row, "person_id")
    homes = {} if person_id is None else _homes(desk, {person_id})
    return Help(row, _text(row, "household_id") or homes.get(str(person_id)), 0), found


def payment_sums(payments: Collection[Row]) -> dict[str, tuple[int, int]]:
    """Return what was approved and what was paid of each help that has a payment, without what was returned."""
    found: dict[str, tuple[int, int]] = {}
    for row in payments:
        help_id = str(row["assistance_id"])
        approved, paid = found.get(help_id, (0, 0))
        if row["payment_status"] != RETURNED:
            approved, paid = approved + int(number(row, "approved_fen")), paid + int(number(row, "paid_fen"))
        found[help_id] = (approved, paid)
    return found


def uses_told(desk: Desk, thing_ids: Collection[str]) -> dict[str, list[Use]]:
    """Return by help what it takes of these resources, trainings and works."""
    found: dict[str, list[Use]] = {}
    for row in told(desk, USES, "to_id", thing_ids).rows if thing_ids else ():
        if row["from_kind"] == ASSISTANCE:
            value = ONE if row["used_value"] is None else number(row, "used_value")
            found.setdefault(str(row["from_id"]), []).append(Use(str(row["to_kind"]), str(row["to_id"]), value))
    return found


def _homes(desk: Desk, person_ids: Collection[str]) -> dict[str, str]:
    """Return the household in which each person lives."""
    rows = told(desk, STAY, "person_id", person_ids).rows if person_ids else ()
    return {str(row["person_id"]): str(row["household_id"]) for row in rows if holds(row, desk.day)}


def _text(row: Row, name: str) -> str | None:
    return None if row[name] is None else str(row[name])
