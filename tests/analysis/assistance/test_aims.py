from __future__ import annotations

from collections.abc import Callable

from analysis.assistance.aims import PROGRAMME_AIMS, aims_of_chains
from analysis.assistance.chains import link_chains
from analysis.assistance.trunk import Trunk
from analysis.frames import frame_of, rows_of

MakeTrunk = Callable[..., Trunk]


def test_a_chain_is_aimed_where_its_programmes_help_to_its_households_is(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(
        members=[("h1", "c1"), ("h2", "c1"), ("h3", "c2")],
        contracts=[("k1", "e1", "c1"), ("k2", "e1", "c2"), ("k3", "e1", "h4")],
        partners=[("pr1", "e1")],
        runs=[("ag1", "pr1")],
    )
    aims = frame_of(
        [
            dict(zip(PROGRAMME_AIMS, values, strict=True))
            for values in [
                ("h1", "pr1", "s1", "M03"),
                ("h1", "pr1", "s2", "M03"),
                ("h2", "pr1", "s3", "M02"),
                ("h2", "pr2", "s4", "M03"),  # another programme
                ("h4", "pr1", "s5", "V01"),  # a contract of its own
                ("h9", "pr1", "s6", "M03"),  # not at the end of any chain
            ]
        ],
        PROGRAMME_AIMS,
    )
    assert rows_of(aims_of_chains(link_chains(trunk), trunk.memberships, aims)) == [
        {"chain_id": "ag1/pr1/e1/k1/c1/", "cause_id": "M02", "help_count": 1},
        {"chain_id": "ag1/pr1/e1/k1/c1/", "cause_id": "M03", "help_count": 2},
        {"chain_id": "ag1/pr1/e1/k3//h4", "cause_id": "V01", "help_count": 1},
    ]


def test_a_chain_without_a_programme_is_aimed_at_nothing(make_trunk: MakeTrunk) -> None:
    trunk = make_trunk(members=[("h1", "c1")], contracts=[("k1", "e1", "c1")])
    aims = frame_of([dict(zip(PROGRAMME_AIMS, ("h1", "pr1", "s1", "M03"), strict=True))], PROGRAMME_AIMS)
    assert rows_of(aims_of_chains(link_chains(trunk), trunk.memberships, aims)) == []
