"""A whole county at once says of every household what is said of it alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.assistance.chains import link_chains
from analysis.assistance.frames import HOUSEHOLDS
from analysis.assistance.reach import BREAKS, reach_of_households
from analysis.assistance.trunk import Anchors, Trunk
from analysis.frames import frame_of, rows_of, text_in
from analysis.links.census import rows_in
from analysis.links.reached import WHOLE, best_breaks, counts_behind, missing_counts
from analysis.links.trunk_chains import trunk_chains

MakeTrunk = Callable[..., Trunk]
HOUSEHOLD_IDS = tuple(f"h{number}" for number in range(6))
COOPERATIVE_IDS = ("c0", "c1", "c2")


def some(*columns: tuple[str, ...]) -> st.SearchStrategy[set[tuple[str, ...]]]:
    return st.sets(st.tuples(*(st.sampled_from(column) for column in columns)), max_size=8)


@given(
    members=some(HOUSEHOLD_IDS, COOPERATIVE_IDS),
    contracts=some(("e0", "e1", "e2"), (*COOPERATIVE_IDS, "h0", "h5")),
    partners=some(("pr0", "pr1"), ("e0", "e1", "c0")),
    runs=some(("ag0",), ("pr0", "pr1")),
    left_out=st.sets(st.sampled_from(HOUSEHOLD_IDS)),
)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_households_at_once_are_told_what_each_is_told_alone(
    make_trunk: MakeTrunk,
    members: set[tuple[str, str]],
    contracts: set[tuple[str, str]],
    partners: set[tuple[str, str]],
    runs: set[tuple[str, str]],
    left_out: set[str],
) -> None:
    trunk = make_trunk(
        members=sorted(members),
        contracts=[(f"k-{enterprise}-{partner}", enterprise, partner) for enterprise, partner in sorted(contracts)],
        partners=sorted(partners),
        runs=sorted(runs),
        anchors=Anchors(cooperative_ids=tuple(sorted({cooperative for _, cooperative in members}))),
    )
    chains = link_chains(trunk)
    places = [{"household_id": name, "area_id": "a", "area_name": "A", "is_made_up": True} for name in HOUSEHOLD_IDS]
    alone = rows_of(reach_of_households(frame_of(places, HOUSEHOLDS), chains, trunk.memberships))
    index = pd.Index(HOUSEHOLD_IDS, dtype="object")
    memberships = trunk.memberships.assign(row=rows_in(index, trunk.memberships["household_id"]))
    best = best_breaks(index, chains, memberships)
    assert [None if place == WHOLE else BREAKS[place] for place in best] == [row["missing_link"] for row in alone]
    missing = [text_in(row, "missing_link") for row in alone]
    every = np.ones(len(HOUSEHOLD_IDS), dtype=bool)
    assert missing_counts(best, every) == {link: missing.count(link) for link in BREAKS if link in missing}

    flags = np.array([name in left_out for name in HOUSEHOLD_IDS])
    told = rows_of(trunk_chains(chains, counts_behind(memberships, flags), frozenset(left_out), (0, 0)))
    # One row for all households of an enterprise, and no chain is lost or told twice.
    assert len({row["chain_id"] for row in told}) == len(told)
    assert {row["cooperative_id"] for row in told} == {*chains["cooperative_id"]}
    for row in told:
        if row["cooperative_id"] is not None:
            inside = {household for household, cooperative in members if cooperative == row["cooperative_id"]}
            assert (row["household_count"], row["without_help_count"]) == (len(inside), len(inside & left_out))
        elif row["household_contract_count"]:
            bound = {partner for enterprise, partner in contracts if enterprise == row["enterprise_id"]}
            own = {partner for partner in bound if partner.startswith("h")}
            assert (row["household_count"], row["household_contract_count"]) == (len(own), len(own))
            assert row["without_help_count"] == len(own & left_out)
