"""Small trunks by hand. Every link holds on 2026-05-20 unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pytest

from analysis.assistance import frames as contract
from analysis.assistance.trunk import Anchors, Trunk, trunk_on
from analysis.frames import Contract, Row, frame_of

DAY = date(2026, 5, 20)
LONG_AGO = date(2020, 1, 1)


Changes = Mapping[str, Row]


def changed(form: Contract, changes: Changes, key: str, **values: object) -> Row:
    return {**dict.fromkeys(form), "is_made_up": True, **values, **changes.get(key, {})}


def membership(changes: Changes, household: str, cooperative: str) -> Row:
    ends = {"household_id": household, "cooperative_id": cooperative}
    return changed(contract.MEMBERSHIPS, changes, f"{household}-{cooperative}", **ends)


def signed(changes: Changes, name: str, enterprise: str, partner: str) -> Row:
    return changed(
        contract.CONTRACTS,
        changes,
        name,
        contract_id=name,
        contract_kind="purchase",
        starts_on=LONG_AGO,
        enterprise_id=enterprise,
        partner_kind="Household" if partner.startswith("h") else "Cooperative",
        partner_id=partner,
    )


def partnership(changes: Changes, programme: str, partner: str) -> Row:
    return changed(
        contract.PARTNERSHIPS,
        changes,
        f"{programme}-{partner}",
        programme_id=programme,
        starts_on=LONG_AGO,
        partner_kind="Cooperative" if partner.startswith("c") else "Enterprise",
        partner_id=partner,
    )


def agency(changes: Changes, name: str, programme: str) -> Row:
    return changed(contract.AGENCIES, changes, f"{name}-{programme}", agency_id=name, programme_id=programme)


@pytest.fixture(scope="session")
def make_trunk() -> Callable[..., Trunk]:
    """Return what makes a trunk out of ids.

    Partners that begin with `h` are households, with `c` cooperatives. `changes` are values by key: `h1-c1` for a
    membership, the contract's id, `pr1-e1` for a partnership, `ag1-pr1` for an agency.
    """

    def make(
        *,
        members: Iterable[tuple[str, str]] = (),
        contracts: Iterable[tuple[str, str, str]] = (),
        partners: Iterable[tuple[str, str]] = (),
        runs: Iterable[tuple[str, str]] = (),
        anchors: Anchors | None = None,
        household_ids: tuple[str, ...] = (),
        changes: Changes | None = None,
    ) -> Trunk:
        known = changes or {}
        trunk = Trunk(
            memberships=frame_of([membership(known, *each) for each in members], contract.MEMBERSHIPS),
            contracts=frame_of([signed(known, *each) for each in contracts], contract.CONTRACTS),
            partnerships=frame_of([partnership(known, *each) for each in partners], contract.PARTNERSHIPS),
            agencies=frame_of([agency(known, *each) for each in runs], contract.AGENCIES),
            anchors=anchors or Anchors(),
            household_ids=household_ids,
        )
        return trunk_on(trunk, DAY)

    return make
