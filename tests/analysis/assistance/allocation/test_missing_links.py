"""Links that are not there: whom they would reach, and the chains that they would give.

p1 gives B36 through e1, which has a contract with k1 only. h1 is in k1 and is reached. h2 and h3 are in k2, which has a
contract with e2; h4 is in none. So h2 and h3 would be reached if k2 were a partner, or e2, or if e1 signed with k2.
"""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assistance.allocation.build import Allocation, allocation_of
from analysis.assistance.allocation.missing import CandidateLink, missing_links
from analysis.assistance.plan.arrange import arranged
from analysis.assistance.plan.program import AssistProgram
from analysis.assistance.plan.solve import solve
from graph_schema import load_schema
from policy.help_resources import load_help_resources
from tests.analysis.assistance.allocation.county import DAY, Row, county
from tests.analysis.assistance.allocation.drawn import allowed_chains, drawn_rows

SCHEMA = load_schema()
TABLE = load_help_resources(SCHEMA)


@pytest.fixture(scope="module")
def allocation() -> Allocation:
    homes: list[Row] = [{"household_id": f"h{number}"} for number in range(1, 5)]
    frames = county(
        areas=[{"area_id": "v1", "parent_id": None}],
        households=homes,
        findings=[{**home, "cause_id": "M03"} for home in homes],
        programmes=[{"programme_id": "p1"}],
        offers=[{"programme_id": "p1", "measure_id": "B36"}],
        partnerships=[{"programme_id": "p1", "partner_id": "e1", "place_count": 2}],
        contracts=[
            {"contract_id": "c1", "enterprise_id": "e1", "partner_id": "k1"},
            {"contract_id": "c2", "enterprise_id": "e2", "partner_id": "k2"},
        ],
        memberships=[
            {"household_id": "h1", "cooperative_id": "k1"},
            {"household_id": "h2", "cooperative_id": "k2"},
            {"household_id": "h3", "cooperative_id": "k2"},
        ],
    )
    return allocation_of(frames, SCHEMA, TABLE, DAY)


def with_link(allocation: Allocation, link: CandidateLink) -> AssistProgram:
    """Return the program with the link there."""
    named = allocation.named
    return arranged(
        named.needs,
        named.programmes,
        pd.concat([named.resources, link.resources], ignore_index=True),
        pd.concat([named.chains, link.chains], ignore_index=True),
    )


def test_each_kind_of_link_that_would_reach_somebody_is_found_with_what_it_may_gain(allocation: Allocation) -> None:
    links = missing_links(allocation)
    assert [(link.kind, link.from_id, link.to_id) for link in links] == [
        ("enterprise_cooperative", "e1", "k2"),
        ("programme_cooperative", "p1", "k2"),
        ("programme_enterprise", "p1", "e2"),
    ]
    # Two needs of 40,000 fen and a weight of 60 that nobody helps today.
    assert {(link.need_count, link.household_count, link.most_gain) for link in links} == {(2, 2, 4_800_000)}


def test_with_a_link_there_its_households_are_reached_within_the_bounds_of_who_gives(allocation: Allocation) -> None:
    helped = {
        link.kind: int(solve(with_link(allocation, link), seconds=5).units.sum()) for link in missing_links(allocation)
    }
    # By e1 only its two places; a new partner brings no bound of its own.
    assert helped == {"enterprise_cooperative": 2, "programme_cooperative": 3, "programme_enterprise": 3}


def test_the_best_links_come_first_and_no_more_than_asked(allocation: Allocation) -> None:
    assert len(missing_links(allocation, most=1)) == 1


@given(seed=st.integers(0, 100_000))
@settings(max_examples=5, deadline=None)
def test_a_link_gives_the_chains_that_are_allowed_once_it_is_there(seed: int) -> None:
    rows = drawn_rows(seed)
    allocation = allocation_of(county(**rows), SCHEMA, TABLE, DAY)
    before = allowed_chains(rows)
    for link in missing_links(allocation)[:3]:
        if link.kind == "enterprise_cooperative":
            contract: Row = {"contract_id": "new", "enterprise_id": link.from_id, "partner_id": link.to_id}
            linked = {**rows, "contracts": [*rows["contracts"], contract]}
        else:
            partner: Row = {"programme_id": link.from_id, "partner_kind": link.to_kind, "partner_id": link.to_id}
            linked = {**rows, "partnerships": [*rows["partnerships"], partner]}
        columns = ["need_id", "programme_id", "measure_id", "enterprise_id", "cooperative_id", "pool_id"]
        given_ = {
            tuple(value if isinstance(value, str) else None for value in row)
            for row in link.chains[columns].values.tolist()
        }
        reached = {chain[:3] for chain in given_}
        # A resource of the new partner may put others in its way, so only what the link opens is compared.
        assert given_ == {chain for chain in allowed_chains(linked) - before if chain[:3] in reached}
        assert len(with_link(allocation, link).chains) == len(allocation.program.chains) + len(link.chains)
