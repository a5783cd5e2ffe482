from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assistance.chains import link_chains
from analysis.assistance.links import current
from analysis.assistance.trunk import Anchors, Trunk
from analysis.frames import rows_of

MakeTrunk = Callable[..., Trunk]
Told = list[tuple[object, object, object]]


def told(trunk: Trunk) -> Told:
    return [(row["chain_id"], row["household_count"], row["missing"]) for row in rows_of(link_chains(trunk))]


def test_a_chain_with_every_link_is_whole(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        members=[("h1", "c1"), ("h2", "c1")],
        contracts=[("k1", "e1", "c1")],
        partners=[("pr1", "e1")],
        runs=[("ag1", "pr1")],
    )
    assert rows_of(link_chains(trunk)) == [
        {
            "chain_id": "ag1/pr1/e1/k1/c1/",
            "agency_id": "ag1",
            "programme_id": "pr1",
            "enterprise_id": "e1",
            "contract_id": "k1",
            "cooperative_id": "c1",
            "household_id": None,
            "household_count": 2,
            "missing": (),
        }
    ]


def test_two_programmes_and_two_contracts_make_four_chains(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        members=[("h1", "c1")],
        contracts=[("k1", "e1", "c1"), ("k2", "e1", "c1")],
        partners=[("pr1", "e1"), ("pr2", "e1")],
        runs=[("ag1", "pr1"), ("ag1", "pr2")],
    )
    assert told(trunk) == [
        ("ag1/pr1/e1/k1/c1/", 1, ()),
        ("ag1/pr1/e1/k2/c1/", 1, ()),
        ("ag1/pr2/e1/k1/c1/", 1, ()),
        ("ag1/pr2/e1/k2/c1/", 1, ()),
    ]


def test_a_contract_whose_enterprise_no_programme_partners_with_misses_a_programme(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(members=[("h1", "c1")], contracts=[("k1", "e1", "c1")])
    assert told(trunk) == [("//e1/k1/c1/", 1, ("programme",))]


def test_a_programme_that_nobody_runs_misses_an_agency(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(members=[("h1", "c1")], contracts=[("k1", "e1", "c1")], partners=[("pr1", "e1")])
    assert told(trunk) == [("/pr1/e1/k1/c1/", 1, ("agency",))]


def test_a_cooperative_without_a_running_contract_misses_a_contract(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        members=[("h1", "c1")],
        contracts=[("k1", "e1", "c1")],
        partners=[("pr1", "e1")],
        runs=[("ag1", "pr1")],
        anchors=Anchors(cooperative_ids=("c1",)),
        changes={"k1": {"ends_on": date(2026, 5, 19)}},
    )
    assert told(trunk) == [("////c1/", 1, ("contract",))]


def test_a_programme_that_partners_with_the_cooperative_itself_misses_an_enterprise(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        members=[("h1", "c1")],
        partners=[("pr1", "c1")],
        runs=[("ag1", "pr1")],
        anchors=Anchors(cooperative_ids=("c1",)),
    )
    assert told(trunk) == [("ag1/pr1///c1/", 1, ("enterprise",))]


def test_a_contract_with_the_household_itself_misses_a_cooperative(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        contracts=[("k1", "e1", "h1")], partners=[("pr1", "e1")], runs=[("ag1", "pr1")], household_ids=("h1",)
    )
    assert told(trunk) == [("ag1/pr1/e1/k1//h1", 1, ("cooperative",))]


def test_a_programme_without_a_running_partner_misses_an_enterprise(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        partners=[("pr1", "e1")],
        runs=[("ag1", "pr1")],
        anchors=Anchors(programme_ids=("pr1",)),
        changes={"pr1-e1": {"ends_on": date(2025, 12, 31)}},
    )
    assert told(trunk) == [("ag1/pr1////", 0, ("enterprise",))]


def test_a_partner_without_a_running_contract_misses_a_contract(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        partners=[("pr1", "e1")],
        runs=[("ag1", "pr1")],
        anchors=Anchors(programme_ids=("pr1",), enterprise_ids=("e1",)),
    )
    assert told(trunk) == [("ag1/pr1/e1///", 0, ("contract",))]


def test_households_in_no_cooperative_are_counted_together(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        members=[("h1", "c1"), ("h3", "c1")],
        household_ids=("h1", "h2", "h3"),
        anchors=Anchors(cooperative_ids=("c1",)),
        changes={"h3-c1": {"ended_on": date(2026, 3, 31)}},
    )
    assert told(trunk) == [("/////", 2, ("cooperative",)), ("////c1/", 1, ("contract",))]


def test_one_household_in_no_cooperative_is_named(make_trunk: MakeTrunk) -> None:
    assert told(make_trunk(household_ids=("h1",))) == [("/////h1", 1, ("cooperative",))]


def test_a_chain_to_a_cooperative_without_households_is_told_only_when_asked_from_above(make_trunk: MakeTrunk) -> None:
    links = {"contracts": [("k1", "e1", "c1")], "partners": [("pr1", "e1")], "runs": [("ag1", "pr1")]}
    assert told(make_trunk(**links)) == []
    assert told(make_trunk(**links, anchors=Anchors(keeps_empty=True))) == [("ag1/pr1/e1/k1/c1/", 0, ("household",))]


def test_a_closed_agency_runs_nothing(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        partners=[("pr1", "e1")],
        runs=[("ag1", "pr1")],
        anchors=Anchors(enterprise_ids=("e1",)),
        changes={"ag1-pr1": {"closed_on": date(2026, 1, 1)}},
    )
    assert told(trunk) == [("/pr1/e1///", 0, ("agency", "contract"))]


def test_a_programme_that_has_ended_leads_no_chain(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        members=[("h1", "c1")],
        contracts=[("k1", "e1", "c1")],
        partners=[("pr1", "e1")],
        runs=[("ag1", "pr1")],
        changes={"pr1-e1": {"programme_ends_on": date(2026, 5, 19)}},
    )
    assert told(trunk) == [("//e1/k1/c1/", 1, ("programme",))]


def test_nothing_gives_no_chain(make_trunk: MakeTrunk) -> None:
    assert told(make_trunk()) == []


HOUSEHOLDS, COOPERATIVES, ENTERPRISES, PROGRAMMES = ("h1", "h2"), ("c1", "c2"), ("e1", "e2"), ("pr1", "pr2")
MEMBERS = st.sets(st.tuples(st.sampled_from(HOUSEHOLDS), st.sampled_from(COOPERATIVES)))
CONTRACTS = st.sets(st.tuples(st.sampled_from(ENTERPRISES), st.sampled_from((*COOPERATIVES, *HOUSEHOLDS))))
PARTNERS = st.sets(st.tuples(st.sampled_from(PROGRAMMES), st.sampled_from((*ENTERPRISES, *COOPERATIVES))))
RUNS = st.sets(st.tuples(st.just("ag1"), st.sampled_from(PROGRAMMES)))
Pairs = set[tuple[str, str]]


@settings(max_examples=40, deadline=None)
@given(MEMBERS, CONTRACTS, PARTNERS, RUNS)
def test_whole_chains_are_exactly_the_paths_from_agency_to_household(
    make_trunk: MakeTrunk, members: Pairs, contracts: Pairs, partners: Pairs, runs: Pairs
) -> None:
    trunk = make_trunk(
        members=sorted(members),
        contracts=[(f"{enterprise}-{partner}", enterprise, partner) for enterprise, partner in sorted(contracts)],
        partners=sorted(partners),
        runs=sorted(runs),
        household_ids=HOUSEHOLDS,
        anchors=Anchors(PROGRAMMES, ENTERPRISES, COOPERATIVES),
    )
    paths = {
        f"{agency}/{programme}/{enterprise}/{enterprise}-{cooperative}/{cooperative}/"
        for agency, programme in runs
        for partnered, enterprise in partners
        for signer, cooperative in contracts
        for _, joined in members
        if (partnered, signer, joined) == (programme, enterprise, cooperative)
    }
    chains = rows_of(link_chains(trunk))
    assert {row["chain_id"] for row in chains if not row["missing"]} == paths
    assert len({row["chain_id"] for row in chains}) == len(chains)


@settings(max_examples=40, deadline=None)
@given(MEMBERS, CONTRACTS, PARTNERS, RUNS)
def test_every_party_stands_in_some_chain(
    make_trunk: MakeTrunk, members: Pairs, contracts: Pairs, partners: Pairs, runs: Pairs
) -> None:
    trunk = make_trunk(
        members=sorted(members),
        contracts=[(f"{enterprise}-{partner}", enterprise, partner) for enterprise, partner in sorted(contracts)],
        partners=sorted(partners),
        runs=sorted(runs),
        household_ids=HOUSEHOLDS,
        anchors=Anchors(PROGRAMMES, ENTERPRISES, COOPERATIVES, keeps_empty=True),
    )
    chains = link_chains(trunk)
    assert {*chains["programme_id"].dropna()} == {*PROGRAMMES}
    assert {*chains["enterprise_id"].dropna()} == {*ENTERPRISES}
    assert {*chains["cooperative_id"].dropna()} == {*COOPERATIVES}
    reached = {*current(trunk.memberships)["household_id"]} | {*chains["household_id"].dropna()}
    alone = [row["household_count"] for row in rows_of(chains) if str(row["chain_id"]).startswith("/////")]
    assert sum(int(str(count)) for count in alone) == len({*HOUSEHOLDS} - reached)
