"""Chains as an answer shows them: with names, measures, resources, aims, and what once continued a broken one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.assistance.links import End, current, with_state
from analysis.assistance.parts import (
    CauseAim,
    Chain,
    ChainResource,
    ContractTerms,
    LapsedLink,
    OfferedMeasure,
    Party,
)
from analysis.assistance.showing import Showing
from analysis.assistance.words import cause_word, measure_word, product_word, target_word
from analysis.frames import Row, rows_of

RESOURCE_ENDS = (End("ends_on", "resource", is_last_day=True),)


@dataclass(frozen=True)
class ChainFrames:
    """The frames that tell what chains carry: contracts CONTRACTS, OFFERS, RESOURCES, CHAIN_AIMS and LAPSED_LINKS."""

    contracts: pd.DataFrame
    offers: pd.DataFrame
    resources: pd.DataFrame
    aims: pd.DataFrame
    lapsed: pd.DataFrame


def chain_parts(chains: pd.DataFrame, frames: ChainFrames, showing: Showing, day: date) -> tuple[Chain, ...]:
    """Return the chains of the frame, in its order, with everything that belongs to them."""
    resources = current(with_state(frames.resources, day, starts=("starts_on",), ends=RESOURCE_ENDS))
    by_chain = _Belongings(
        contracts={row["contract_id"]: row for row in rows_of(frames.contracts)},
        offers=_grouped(frames.offers, "programme_id"),
        resources=_grouped(resources, "holder_kind", "holder_id"),
        aims=_grouped(frames.aims, "chain_id"),
        lapsed=_grouped(frames.lapsed, "chain_id"),
    )
    return tuple(_chain(row, by_chain, showing) for row in rows_of(chains))


@dataclass(frozen=True)
class _Belongings:
    contracts: Mapping[object, Row]
    offers: Mapping[tuple[object, ...], list[Row]]
    resources: Mapping[tuple[object, ...], list[Row]]
    aims: Mapping[tuple[object, ...], list[Row]]
    lapsed: Mapping[tuple[object, ...], list[Row]]


def _grouped(frame: pd.DataFrame, *columns: str) -> Mapping[tuple[object, ...], list[Row]]:
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows_of(frame):
        groups[tuple(row[column] for column in columns)].append(row)
    return groups


def _chain(row: Row, by_chain: _Belongings, showing: Showing) -> Chain:
    programme = showing.party("Programme", row["programme_id"])
    enterprise = showing.party("Enterprise", row["enterprise_id"])
    cooperative = showing.party("Cooperative", row["cooperative_id"])
    aims = by_chain.aims.get((row["chain_id"],), [])
    shown = tuple(_aim(aim, showing) for aim in aims if showing.may_show(str(aim["cause_id"])))
    holders = [holder for holder in (programme, enterprise, cooperative) if holder is not None]
    contract = by_chain.contracts.get(row["contract_id"])
    return Chain.model_validate(
        {
            "chain_id": row["chain_id"],
            "is_whole": not row["missing"],
            "missing": row["missing"],
            "agency": showing.party("Agency", row["agency_id"]),
            "programme": programme,
            "enterprise": enterprise,
            "contract": None if contract is None else _contract(contract, showing),
            "cooperative": cooperative,
            "household_id": row["household_id"],
            "household_count": row["household_count"],
            "measures": tuple(_offer(offer, showing) for offer in by_chain.offers.get((row["programme_id"],), [])),
            "resources": tuple(
                _resource(resource, holder)
                for holder in holders
                for resource in by_chain.resources.get((holder.kind, holder.id), [])
            ),
            "aims": shown,
            "lapsed": tuple(_lapsed(link, showing) for link in by_chain.lapsed.get((row["chain_id"],), [])),
        }
    )


def _contract(row: Row, showing: Showing) -> ContractTerms:
    product_id = row["product_id"]
    return ContractTerms.model_validate(
        {
            "id": row["contract_id"],
            "contract_kind": row["contract_kind"],
            "product": None if product_id is None else product_word(showing.schema, str(product_id)),
            "starts_on": row["starts_on"],
            "ends_on": row["ends_on"],
        }
    )


def _offer(row: Row, showing: Showing) -> OfferedMeasure:
    measure_id = str(row["measure_id"])
    return OfferedMeasure.model_validate(
        {
            "measure": measure_word(showing.schema, measure_id),
            "against": target_word(showing.schema, measure_id),
            "place_count": row["place_count"],
            "cost_fen": row["cost_fen"],
        }
    )


def _resource(row: Row, holder: Party) -> ChainResource:
    return ChainResource.model_validate(
        {
            "kind": row["node_kind"],
            "id": row["resource_id"],
            "name": row["name"],
            "purpose": row["purpose"],
            "capacity": row["capacity"],
            "capacity_unit": row["capacity_unit"],
            "held_by": holder,
        }
    )


def _aim(row: Row, showing: Showing) -> CauseAim:
    return CauseAim.model_validate(
        {"cause": cause_word(showing.schema, str(row["cause_id"])), "help_count": row["help_count"]}
    )


def _lapsed(row: Row, showing: Showing) -> LapsedLink:
    return LapsedLink.model_validate(
        {
            "link": row["link"],
            "contract_id": row["contract_id"],
            "party": showing.party(row["party_kind"], row["party_id"]),
            "state": row["state"],
            "ended": row["lapsed_what"],
            "day": row["lapsed_on"],
        }
    )
