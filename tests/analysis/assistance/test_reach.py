from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from analysis.assistance.chains import link_chains
from analysis.assistance.frames import HOUSEHOLDS
from analysis.assistance.reach import reach_of_households, reached_households
from analysis.assistance.trunk import Anchors, Trunk
from analysis.frames import frame_of, rows_of

MakeTrunk = Callable[..., Trunk]


def test_a_household_misses_what_the_best_of_its_chains_misses(make_trunk: MakeTrunk) -> None:
    # c1 has a whole chain, c2 a contract without a programme, c3 nothing. h1 is in c1 and c3, h2 in c2 and c3.
    trunk = make_trunk(
        members=[("h1", "c1"), ("h1", "c3"), ("h2", "c2"), ("h2", "c3"), ("h3", "c3")],
        contracts=[("k1", "e1", "c1"), ("k2", "e2", "c2")],
        partners=[("pr1", "e1")],
        runs=[("ag1", "pr1")],
        anchors=Anchors(cooperative_ids=("c1", "c2", "c3")),
        household_ids=("h1", "h2", "h3", "h4"),
    )
    households = frame_of(
        [{"household_id": name, "area_id": "a", "area_name": "A", "is_made_up": True} for name in trunk.household_ids],
        HOUSEHOLDS,
    )
    assert rows_of(reach_of_households(households, link_chains(trunk), trunk.memberships)) == [
        {"household_id": "h1", "whole_chain_count": 1, "missing_link": None},
        {"household_id": "h2", "whole_chain_count": 0, "missing_link": "programme"},
        {"household_id": "h3", "whole_chain_count": 0, "missing_link": "contract"},
        {"household_id": "h4", "whole_chain_count": 0, "missing_link": "cooperative"},
    ]


@pytest.mark.parametrize(
    ("links", "missing_link"),
    [
        ({"members": [("h1", "c1")], "partners": [("pr1", "c1")]}, "enterprise"),
        ({"members": [("h1", "c1")], "contracts": [("k1", "e1", "c1")], "partners": [("pr1", "e1")]}, "agency"),
        ({"contracts": [("k1", "e1", "h1")], "partners": [("pr1", "e1")]}, "cooperative"),
    ],
)
def test_each_break_has_its_name(
    make_trunk: MakeTrunk, links: dict[str, list[tuple[str, ...]]], missing_link: str
) -> None:
    trunk = make_trunk(**links, household_ids=("h1",), anchors=Anchors(cooperative_ids=("c1",)))
    households = frame_of([dict.fromkeys(HOUSEHOLDS) | {"household_id": "h1", "is_made_up": True}], HOUSEHOLDS)
    reach = rows_of(reach_of_households(households, link_chains(trunk), trunk.memberships))
    assert [row["missing_link"] for row in reach] == [missing_link]


def test_the_households_at_the_end_are_members_and_those_with_a_contract_of_their_own(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        members=[("h2", "c1"), ("h1", "c1"), ("h3", "c1"), ("h4", "c2")],
        contracts=[("k1", "e1", "c1"), ("k2", "e1", "h9")],
        changes={"h3-c1": {"ended_on": date(2026, 1, 1)}},
    )
    assert reached_households(link_chains(trunk), trunk.memberships) == ("h1", "h2", "h9")


@pytest.mark.parametrize(
    ("anchors", "partners", "missing_link"),
    [
        # The programme has an enterprise, which has no contract; or no enterprise at all.
        (Anchors(programme_ids=("pr1",), enterprise_ids=("e1",)), [("pr1", "e1")], "contract"),
        (Anchors(programme_ids=("pr1",)), [], "enterprise"),
    ],
)
def test_in_a_cooperative_that_no_chain_ends_at_a_household_misses_what_the_chains_above_miss(
    make_trunk: MakeTrunk, anchors: Anchors, partners: list[tuple[str, str]], missing_link: str
) -> None:
    above = make_trunk(partners=partners, runs=[("ag1", "pr1")], anchors=anchors)
    memberships = make_trunk(members=[("h1", "c1")]).memberships
    households = frame_of(
        [dict.fromkeys(HOUSEHOLDS) | {"household_id": name, "is_made_up": True} for name in ("h1", "h2")], HOUSEHOLDS
    )
    reach = rows_of(reach_of_households(households, link_chains(above), memberships))
    # h2 is in no cooperative, which is what it misses first.
    assert [row["missing_link"] for row in reach] == [missing_link, "cooperative"]
