"""What chains are linked from: the frames of one question, with the state of every link on the day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from analysis.assistance.links import (
    AGENCY_ENDS,
    CONTRACT_ENDS,
    CONTRACT_STARTS,
    MEMBERSHIP_ENDS,
    PARTNERSHIP_ENDS,
    PARTNERSHIP_STARTS,
    with_state,
)
from analysis.assistance.words import party_names


@dataclass(frozen=True)
class Anchors:
    """The parties that are named even when no chain runs through them.

    `keeps_empty`: a chain down to a cooperative that none of the households is in is kept too.
    """

    programme_ids: tuple[str, ...] = ()
    enterprise_ids: tuple[str, ...] = ()
    cooperative_ids: tuple[str, ...] = ()
    keeps_empty: bool = False


@dataclass(frozen=True)
class Trunk:
    """Memberships, contracts, partnerships and agencies around a subject (contracts in `assistance.frames`).

    `household_ids`: the households that the question is about, when it asks from the household upward; those in no
    chain at all are then counted.
    """

    memberships: pd.DataFrame
    contracts: pd.DataFrame
    partnerships: pd.DataFrame
    agencies: pd.DataFrame
    anchors: Anchors
    household_ids: tuple[str, ...] = ()


def trunk_on(trunk: Trunk, day: date) -> Trunk:
    """Return the trunk with the state of each link on the day (`links.with_state`)."""
    return replace(
        trunk,
        memberships=with_state(trunk.memberships, day, starts=(), ends=MEMBERSHIP_ENDS),
        contracts=with_state(trunk.contracts, day, starts=CONTRACT_STARTS, ends=CONTRACT_ENDS),
        partnerships=with_state(trunk.partnerships, day, starts=PARTNERSHIP_STARTS, ends=PARTNERSHIP_ENDS),
        agencies=with_state(trunk.agencies, day, starts=(), ends=AGENCY_ENDS),
    )


def trunk_names(trunk: Trunk, programmes: pd.DataFrame) -> dict[tuple[str, str], str | None]:
    """Return the name of every party of a trunk; `programmes` (contract PROGRAMMES): those no partnership names."""
    return party_names(
        (programmes, "Programme", "programme_id", "programme_name"),
        (trunk.partnerships, "Programme", "programme_id", "programme_name"),
        (trunk.partnerships, "partner_kind", "partner_id", "partner_name"),
        (trunk.agencies, "Agency", "agency_id", "agency_name"),
        (trunk.contracts, "Enterprise", "enterprise_id", "enterprise_name"),
        (trunk.contracts, "partner_kind", "partner_id", "partner_name"),
        (trunk.memberships, "Cooperative", "cooperative_id", "cooperative_name"),
    )
