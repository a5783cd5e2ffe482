"""One household: what the graph holds of it, and what was said of it in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from analysis.fetch.history import loads_told, reader, statement_of
from analysis.frames import Row
from analysis.history.absences import with_absences
from analysis.history.statements import HOUSEHOLD, PERSON, STAY, Statement
from graph_store import GraphStore
from ledger import Ledger

RESIDENCE, MEMBERSHIP = "Residence", "Membership"
OF_HOUSEHOLD = (STAY, RESIDENCE, MEMBERSHIP, "Observation", "Absence")
HOUSEHOLD_ID = "household_id"


def household_row(store: GraphStore, household_id: str) -> Row | None:
    """Return what the graph holds of a household, its head's name left out; None when it does not hold it."""
    rows = store.ask("people/household", household_id=household_id)
    return rows[0] if rows else None


def home_row(store: GraphStore, household_id: str) -> Row | None:
    """Return where a household lives: area_id, area_name; None where that is not known."""
    rows = store.ask("assistance/households", household_ids=[household_id])
    return rows[0] if rows and rows[0]["area_id"] is not None else None


def member_rows(store: GraphStore, household_id: str) -> list[Row]:
    """Return who lives in a household, by person_id, and what is known of them."""
    return store.ask("people/members", household_id=household_id)


def employer_rows(store: GraphStore, household_id: str) -> list[Row]:
    """Return who employs its members: person_id, employer_kind, employer_id, employer_name."""
    return store.ask("people/employers", household_id=household_id)


def membership_rows(store: GraphStore, household_id: str) -> list[Row]:
    """Return the cooperatives that it belongs or belonged to: cooperative_id, cooperative_name, ended_on."""
    return store.ask("assistance/memberships", household_ids=[household_id])


def said_of_household(ledger: Ledger, household_id: str, *, known_at: datetime | None = None) -> list[Statement]:
    """Return what was said of a household itself, where it lives, whom it joined, what was observed, and its people.

    In the order in which it became known, with what snapshots lacked. What was taken back comes too, marked as such.
    With `known_at`, as it was known at that instant. `household_statements` returns all that was ever said; these few
    tables are read in a fraction of the time.
    """
    loads = loads_told(ledger)
    read = reader(ledger, loads)

    def said(table_name: str, column: str, ids: Sequence[str]) -> list[Statement]:
        return [statement_of(table_name, row, loads) for row in read(table_name, column, ids)] if ids else []

    found = said(HOUSEHOLD, "id", [household_id])
    for kind in OF_HOUSEHOLD:
        found += said(kind, HOUSEHOLD_ID, [household_id])
    people = {str(each.values["person_id"]) for each in found if each.kind == STAY}
    found += said(PERSON, "id", sorted(people))
    known = (each for each in found if known_at is None or each.recorded_at <= known_at)
    return with_absences(sorted(known, key=lambda each: (each.order, each.kind, each.key)))
