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
        changes: Mapping[str, Row] | None = None,
    ) -> Trunk:
        def row(form: Contract, key: str, **values: object) -> Row:
            return {**dict.fromkeys(form), "is_made_up": True, **values, **(changes or {}).get(key, {})}

        membership_rows = [
            row(contract.MEMBERSHIPS, f"{household}-{cooperative}", household_id=household, cooperative_id=cooperative)
            for household, cooperative in members
        ]
        contract_rows = [
            row(
                contract.CONTRACTS,
                name,
                contract_id=name,
                contract_kind="purchase",
                starts_on=LONG_AGO,
                enterprise_id=enterprise,
                partner_kind="Household" if partner.startswith("h") else "Cooperative",
                partner_id=partner,
            )
            for name, enterprise, partner in contracts
        ]
        partner_rows = [
            row(
                contract.PARTNERSHIPS,
                f"{programme}-{partner}",
                programme_id=programme,
                starts_on=LONG_AGO,
                partner_kind="Cooperative" if partner.startswith("c") else "Enterprise",
                partner_id=partner,
            )
            for programme, partner in partners
        ]
        agency_rows = [
            row(contract.AGENCIES, f"{agency}-{programme}", agency_id=agency, programme_id=programme)
            for agency, programme in runs
        ]
        trunk = Trunk(
            memberships=frame_of(membership_rows, contract.MEMBERSHIPS),
            contracts=frame_of(contract_rows, contract.CONTRACTS),
            partnerships=frame_of(partner_rows, contract.PARTNERSHIPS),
            agencies=frame_of(agency_rows, contract.AGENCIES),
            anchors=anchors or Anchors(),
            household_ids=household_ids,
        )
        return trunk_on(trunk, DAY)

    return make
