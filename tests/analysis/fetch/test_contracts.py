"""What a question promises in its header is what the frames that are read from it are made of."""

from __future__ import annotations

import pytest

from analysis.assistance import aims
from analysis.assistance import frames as assistance
from analysis.assistance.allocation import frames as allocation
from analysis.contradictions import frames as contradictions
from analysis.fetch import places, produce_plan
from analysis.frames import Contract
from analysis.links import census
from analysis.produce import frames as produce
from analysis.produce.trade import frames as trade
from graph_store import load_queries

READ_FROM: list[tuple[str, Contract]] = [
    ("assistance/households_of_area", assistance.HOUSEHOLDS),
    ("assistance/households_of_cause", assistance.HOUSEHOLDS),
    ("assistance/households", assistance.HOUSEHOLDS),
    ("assistance/memberships", assistance.MEMBERSHIPS),
    ("assistance/members_of_cooperatives", assistance.MEMBERSHIPS),
    ("assistance/contracts_of_cooperatives", assistance.CONTRACTS),
    ("assistance/contracts_of_households", assistance.CONTRACTS),
    ("assistance/contracts_of_enterprises", assistance.CONTRACTS),
    ("assistance/partnerships_of_programmes", assistance.PARTNERSHIPS),
    ("assistance/partnerships_of_enterprises", assistance.PARTNERSHIPS),
    ("assistance/partnerships_of_cooperatives", assistance.PARTNERSHIPS),
    ("assistance/programmes", assistance.PROGRAMMES),
    ("assistance/agencies_of_programmes", assistance.AGENCIES),
    ("assistance/measures_of_programmes", assistance.OFFERS),
    ("assistance/resources_of_programmes", assistance.RESOURCES),
    ("assistance/resources_of_enterprises", assistance.RESOURCES),
    ("assistance/resources_of_cooperatives", assistance.RESOURCES),
    ("assistance/helped_by_programme", assistance.HELPED_BY_PROGRAMME),
    ("assistance/help_of_households", assistance.HELP),
    ("assistance/help_targets", assistance.TARGETS),
    ("assistance/help_resources", assistance.USES),
    ("assistance/open_findings", assistance.FINDINGS),
    ("assistance/help_counts", assistance.HELP_COUNTS),
    ("assistance/helped_twice", assistance.HELPED_TWICE),
    ("assistance/aimless_help", assistance.AIMLESS_HELP),
    ("assistance/one_buyer", assistance.ONE_BUYER),
    ("assistance/programme_aims", aims.PROGRAMME_AIMS),
    ("assistance/all_memberships", assistance.MEMBERSHIPS),
    ("assistance/contracts_with_households", assistance.CONTRACTS),
    ("assistance/running_help", census.RUNNING_HELP),
    ("assistance/running_help_aims", census.HELP_AIMS),
    ("assistance/areas", assistance.AREAS),
    ("assistance/programme_list", census.PROGRAMME_LIST),
    ("assistance/all_help", allocation.HELP),
    ("assistance/help_pools", allocation.POOLS),
    ("assistance/running_help_uses", allocation.USES),
    ("assistance/open_case_categories", allocation.CATEGORIES),
    ("produce/lots", produce.LOTS),
    ("produce/demands_of_products", produce.DEMANDS),
    ("produce/lot_commitments", produce.LOT_COMMITMENTS),
    ("produce/demand_commitments", produce.DEMAND_COMMITMENTS),
    ("produce/lot_pools", produce.POOLS),
    ("produce/lot_parts", produce.PARTS),
    ("produce/lot_cooperatives", produce.LOT_COOPERATIVES),
    ("produce/lots_of_members", produce.MEMBER_LOTS),
    ("produce/cooperatives", produce_plan.PLACED_COOPERATIVES),
    ("produce/demand_buyers", trade.DEMAND_BUYERS),
    ("places/coordinates_upward", places.COORDINATES),
    ("upkeep/contradictions_of_household", contradictions.CONTRADICTIONS),
    ("upkeep/contradictions_of_households_of_area", contradictions.CONTRADICTIONS),
    ("upkeep/contradictions_of_areas", contradictions.CONTRADICTIONS),
    ("upkeep/contradiction_counts", contradictions.COUNTS),
]


@pytest.mark.parametrize(("query", "contract"), READ_FROM)
def test_a_frame_has_the_columns_and_types_that_the_header_promises(query: str, contract: Contract) -> None:
    promised = {field.name: field.type for field in load_queries()[query].columns}
    assert dict(contract).items() <= promised.items()
