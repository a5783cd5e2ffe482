"""What once continued a broken chain, or will: ended and coming contracts, partnerships and memberships."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from analysis.assistance.links import lapsed
from analysis.assistance.trunk import Trunk
from analysis.frames import Contract, Row, frame_of, rows_of, texts_in

# One row per chain and link: what kind of link, the contract's id if it is one, the party at its other end, whether it
# has ended or not begun, what ended (the link itself, or a party to it), and the day it ended or will begin.
LAPSED_LINKS: Contract = {
    "chain_id": "text",
    "link": "text",
    "contract_id": "text",
    "party_kind": "text",
    "party_id": "text",
    "state": "text",
    "lapsed_what": "text",
    "lapsed_on": "day",
}
_Links = Mapping[object, list[Row]]


def lapsed_links(chains: pd.DataFrame, trunk: Trunk) -> pd.DataFrame:
    """Return the lapsed links at the break of each broken chain, out of a trunk with states (contract LAPSED_LINKS)."""
    at = _LinksAtParty(trunk)
    found = [
        {**link, "chain_id": chain["chain_id"]}
        for chain in rows_of(chains)
        if chain["missing"]
        for link in at.break_of(chain)
    ]
    found.sort(key=lambda row: tuple(str(row[column]) for column in ("chain_id", "link", "party_id", "contract_id")))
    return frame_of(found, LAPSED_LINKS)


class _LinksAtParty:
    """The lapsed links of a trunk, by the party they would start from."""

    def __init__(self, trunk: Trunk) -> None:
        contracts, partnerships = rows_of(lapsed(trunk.contracts)), rows_of(lapsed(trunk.partnerships))
        of_cooperatives = [row for row in contracts if row["partner_kind"] == "Cooperative"]
        of_enterprises = [row for row in partnerships if row["partner_kind"] == "Enterprise"]
        self.contracts_at_cooperative = _by(of_cooperatives, "partner_id", _contract_seen_from_cooperative)
        self.contracts_at_enterprise = _by(contracts, "enterprise_id", _contract_seen_from_enterprise)
        self.partnerships_at_enterprise = _by(of_enterprises, "partner_id", _partnership_seen_from_enterprise)
        self.partnerships_at_programme = _by(partnerships, "programme_id", _partnership_seen_from_programme)
        self.memberships_at_household = _by(rows_of(lapsed(trunk.memberships)), "household_id", _membership)

    def break_of(self, chain: Row) -> list[Row]:
        """Return the lapsed links at the place where the chain breaks."""
        missing, found = texts_in(chain, "missing"), list[Row]()
        if "programme" in missing:
            found += self.partnerships_at_enterprise.get(chain["enterprise_id"], [])
        if {"contract", "enterprise"} & {*missing} and chain["cooperative_id"]:
            found += self.contracts_at_cooperative.get(chain["cooperative_id"], [])
        elif "contract" in missing:
            found += self.contracts_at_enterprise.get(chain["enterprise_id"], [])
        elif "enterprise" in missing:
            found += self.partnerships_at_programme.get(chain["programme_id"], [])
        if "cooperative" in missing:
            found += self.memberships_at_household.get(chain["household_id"], [])
        return found


def _by(rows: list[Row], column: str, seen: Callable[[Row], Row]) -> _Links:
    links: dict[object, list[Row]] = {}
    for row in rows:
        kept = {name: row[name] for name in ("state", "lapsed_what", "lapsed_on")}
        links.setdefault(row[column], []).append({"contract_id": None, **kept, **seen(row)})
    return links


def _contract_seen_from_cooperative(row: Row) -> Row:
    return {
        "link": "contract",
        "contract_id": row["contract_id"],
        "party_kind": "Enterprise",
        "party_id": row["enterprise_id"],
    }


def _contract_seen_from_enterprise(row: Row) -> Row:
    return {
        "link": "contract",
        "contract_id": row["contract_id"],
        "party_kind": row["partner_kind"],
        "party_id": row["partner_id"],
    }


def _partnership_seen_from_enterprise(row: Row) -> Row:
    return {"link": "partnership", "party_kind": "Programme", "party_id": row["programme_id"]}


def _partnership_seen_from_programme(row: Row) -> Row:
    return {"link": "partnership", "party_kind": row["partner_kind"], "party_id": row["partner_id"]}


def _membership(row: Row) -> Row:
    return {"link": "membership", "party_kind": "Cooperative", "party_id": row["cooperative_id"]}
