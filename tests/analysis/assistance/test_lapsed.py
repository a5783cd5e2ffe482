from __future__ import annotations

from collections.abc import Callable
from datetime import date

from analysis.assistance.chains import link_chains
from analysis.assistance.lapsed import lapsed_links
from analysis.assistance.trunk import Anchors, Trunk
from analysis.frames import rows_of

MakeTrunk = Callable[..., Trunk]
PAST = date(2026, 3, 31)


def told(trunk: Trunk) -> list[tuple[object, ...]]:
    columns = ("chain_id", "link", "contract_id", "party_kind", "party_id", "state", "lapsed_what", "lapsed_on")
    return [tuple(row[name] for name in columns) for row in rows_of(lapsed_links(link_chains(trunk), trunk))]


def test_a_cooperative_without_a_contract_tells_the_one_that_ended(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        members=[("h1", "c1")],
        contracts=[("k1", "e1", "c1")],
        anchors=Anchors(cooperative_ids=("c1",)),
        changes={"k1": {"ends_on": PAST}},
    )
    assert told(trunk) == [("////c1/", "contract", "k1", "Enterprise", "e1", "ended", "contract", PAST)]


def test_a_contract_to_come_is_told_with_its_first_day(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        members=[("h1", "c1")],
        contracts=[("k1", "e1", "c1")],
        anchors=Anchors(cooperative_ids=("c1",)),
        changes={"k1": {"starts_on": date(2026, 9, 1)}},
    )
    assert told(trunk) == [("////c1/", "contract", "k1", "Enterprise", "e1", "not_yet", None, date(2026, 9, 1))]


def test_an_enterprise_without_a_programme_tells_the_partnership_that_ended(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        members=[("h1", "c1")],
        contracts=[("k1", "e1", "c1")],
        partners=[("pr1", "e1")],
        changes={"pr1-e1": {"programme_ends_on": PAST}},
    )
    assert told(trunk) == [("//e1/k1/c1/", "partnership", None, "Programme", "pr1", "ended", "programme", PAST)]


def test_a_programme_without_a_partner_tells_the_one_it_had(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        partners=[("pr1", "e1")],
        runs=[("ag1", "pr1")],
        anchors=Anchors(programme_ids=("pr1",)),
        changes={"pr1-e1": {"partner_closed_on": PAST}},
    )
    assert told(trunk) == [("ag1/pr1////", "partnership", None, "Enterprise", "e1", "ended", "partner", PAST)]


def test_an_enterprise_without_a_contract_tells_with_whom_it_had_one(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        contracts=[("k1", "e1", "c1")], anchors=Anchors(enterprise_ids=("e1",)), changes={"k1": {"ends_on": PAST}}
    )
    assert told(trunk) == [("//e1///", "contract", "k1", "Cooperative", "c1", "ended", "contract", PAST)]


def test_a_household_in_no_cooperative_tells_the_one_it_left(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(members=[("h1", "c1")], household_ids=("h1",), changes={"h1-c1": {"ended_on": PAST}})
    assert told(trunk) == [("/////h1", "membership", None, "Cooperative", "c1", "ended", "membership", PAST)]


def test_a_whole_chain_tells_nothing_of_what_ended_beside_it(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        members=[("h1", "c1")],
        contracts=[("k1", "e1", "c1"), ("k2", "e2", "c1")],
        partners=[("pr1", "e1")],
        runs=[("ag1", "pr1")],
        changes={"k2": {"ends_on": PAST}},
    )
    assert told(trunk) == []
