"""A chain of help made up in one line."""

from __future__ import annotations

from analysis.assistance.parts import MissingLink, Party
from analysis.links.parts import TrunkChain


def party(kind: str, party_id: str) -> Party | None:
    """Return the party with its id in capitals for a name; None for an empty id."""
    return Party(kind=kind, id=party_id, name=party_id.upper()) if party_id else None


def chain(parties: str, missing: tuple[MissingLink, ...] = (), households: int = 0, left_out: int = 0) -> TrunkChain:
    """Return a chain of the parties AGENCY/PROGRAMME/ENTERPRISE/CONTRACT/COOPERATIVE, empty where one is missing."""
    agency, programme, enterprise, contract, cooperative = parties.split("/")
    return TrunkChain.model_validate(
        {
            "chain_id": f"{parties}/",
            "is_whole": not missing,
            "missing": missing,
            "agency": party("Agency", agency),
            "programme": party("Programme", programme),
            "enterprise": party("Enterprise", enterprise),
            "contract": {
                "id": contract,
                "contract_kind": "purchase",
                "product": None,
                "starts_on": "2026-01-01",
                "ends_on": None,
            }
            if contract and contract != "own"
            else None,
            "cooperative": party("Cooperative", cooperative),
            "household_count": households,
            "without_help_count": left_out,
            "household_contract_count": 2 if contract == "own" else 0,
            "measures": (),
            "lapsed": (),
        }
    )
