"""The planner's question on the tiny graph (drawn in tests/tiny/README.md), on both engines. The day is 2026-05-20."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import get_args

import pytest

from analysis.errors import SubjectNotFound
from analysis.links.selection import WithHelp
from analysis.page import Page
from analysis.questions.assistance import assistance
from analysis.questions.assistance_answer import AssistanceAnswer
from analysis.questions.assistance_filters import AssistanceAsked
from analysis.questions.chains import chains
from analysis.subject import Subject
from graph_schema import Schema
from graph_store import GraphStore

DAY = date(2026, 5, 20)
AREAS = ("350000", "350624101", "350624101201-01", "350624105")


def households_in(answer: AssistanceAnswer) -> list[str]:
    return [row.household_id for row in answer.households.rows]


def counted(answer: AssistanceAnswer) -> tuple[int, int, int, int]:
    counts = answer.counts
    return (counts.households, counts.with_finding, counts.with_help, counts.without_help)


def test_without_a_filter_the_whole_graph_is_counted(tiny_store: GraphStore, schema: Schema) -> None:
    answer = assistance(tiny_store, schema, AssistanceAsked(), day=DAY)
    # h5 has neither an open finding nor help; h8 has help and no finding; h3, h4, h7 have a finding and no help.
    assert answer.counts.model_dump() == {
        "households": 8,
        "with_finding": 6,
        "with_help": 4,
        "without_help": 3,
        "chosen": 8,
        "in_whole_chain": 2,
        "missing": {"contract": 1, "cooperative": 3, "programme": 2},
    }
    assert (answer.version, answer.as_of, answer.is_made_up) == ("assistance/1", DAY, True)
    assert [(party.id, party.name) for party in answer.programmes][:2] == [("pr1", "青梅订单收购"), ("pr2", "冷链补助")]


def test_each_chain_says_how_many_stand_behind_it_and_how_many_of_them_are_left_out(
    tiny_store: GraphStore, schema: Schema
) -> None:
    answer = assistance(tiny_store, schema, AssistanceAsked(), day=DAY)
    assert [
        (chain.chain_id, chain.missing, chain.household_count, chain.without_help_count) for chain in answer.chains.rows
    ] == [
        ("/////", ("cooperative",), 3, 1),
        ("////c3/", ("contract",), 1, 1),
        ("//e2/e2-c2-1/c2/", ("programme",), 3, 1),
        ("ag1/pr1/e1/e1-c1-1/c1/", (), 2, 0),
        ("ag1/pr2////", ("enterprise",), 0, 0),
        ("ag2/pr4////", ("enterprise",), 0, 0),
        ("ag3/pr3///c2/", ("enterprise",), 3, 1),
        # The contract with h7 itself: one chain for all such contracts of an enterprise.
        ("ag3/pr3/e3///", ("cooperative",), 1, 1),
    ]
    by_id = {chain.chain_id: chain for chain in answer.chains.rows}
    assert by_id["ag3/pr3/e3///"].household_contract_count == 1
    whole = by_id["ag1/pr1/e1/e1-c1-1/c1/"]
    assert whole.is_whole
    assert whole.contract is not None
    assert (whole.contract.id, [offer.measure.id for offer in whole.measures]) == ("e1-c1-1", ["B36", "B38"])
    assert [(link.party.id, link.day) for link in by_id["ag1/pr2////"].lapsed] == [("e2", date(2025, 12, 31))]


def test_places_below_are_counted_and_an_area_is_found_for_the_whole_graph(
    tiny_store: GraphStore, schema: Schema
) -> None:
    whole = assistance(tiny_store, schema, AssistanceAsked(), day=DAY)
    assert whole.places_in is not None
    assert whole.places_in.name_zh == "诏安县"
    assert [tuple(place.model_dump().values()) for place in whole.places] == [
        ("350624101", "四都镇", False, 6, 5, 3, 2),
        ("350624105", "太平镇", False, 2, 1, 1, 1),
    ]
    village = assistance(tiny_store, schema, AssistanceAsked(area="350624101201"), day=DAY)
    # h1, h2, h3 live in the village itself, h4 in its hamlet.
    assert [(place.place_id, place.is_itself, place.households) for place in village.places] == [
        ("350624101201", True, 3),
        ("350624101201-01", False, 1),
    ]


@pytest.mark.parametrize("area", AREAS)
def test_an_area_has_the_same_numbers_as_its_chains(tiny_store: GraphStore, schema: Schema, area: str) -> None:
    answer = assistance(tiny_store, schema, AssistanceAsked(area=area), day=DAY)
    other = chains(tiny_store, schema, Subject("Area", area), day=DAY)
    assert answer.counts.households == other.counts.households
    assert answer.counts.in_whole_chain == other.counts.in_whole_chain
    assert answer.counts.missing == other.counts.missing
    assert answer.counts.without_help == other.without_help.total
    assert answer.counts.with_help == len({row.household_id for row in other.help.rows})
    assert answer.counts.with_finding == sum(
        bool(row.causes or row.hidden_cause_count) for row in other.households.rows
    )
    # A chain that ends at one household is here one for all households of its enterprise, of which none has two.
    to_households = {
        chain.chain_id: "/".join([*chain.chain_id.split("/")[:3], "", "", ""])
        for chain in other.chains.rows
        if chain.household_id is not None
    }
    assert {chain.chain_id: (chain.missing, chain.household_count) for chain in answer.chains.rows} == {
        to_households.get(chain.chain_id, chain.chain_id): (chain.missing, chain.household_count)
        for chain in other.chains.rows
    }
    assert [(row.household_id, row.missing_link, row.help_count) for row in answer.households.rows] == [
        (row.household_id, row.missing_link, row.help_count) for row in other.households.rows
    ]


@pytest.mark.parametrize(("area", "programme", "cause"), [*product((None, "350624101"), (None, "pr3"), (None, "M03"))])
def test_with_without_and_neither_make_up_all_households(
    tiny_store: GraphStore, schema: Schema, area: str | None, programme: str | None, cause: str | None
) -> None:
    found = {}
    for help_ in (None, *get_args(WithHelp)):
        asked = AssistanceAsked(area=area, programme=programme, cause=cause, help=help_)
        found[help_] = assistance(tiny_store, schema, asked, day=DAY)
    every, helped, left_out = (set(households_in(found[help_])) for help_ in (None, "with", "without"))
    assert not helped & left_out
    neither = {row.household_id for row in found[None].households.rows if not row.is_helped and not row.is_without_help}
    assert helped | left_out | neither == every
    assert counted(found[None]) == counted(found["with"]) == counted(found["without"])
    assert (len(helped), len(left_out)) == (found[None].counts.with_help, found[None].counts.without_help)
    assert [found[help_].counts.chosen for help_ in (None, "with", "without")] == [
        len(every),
        len(helped),
        len(left_out),
    ]


@pytest.mark.parametrize(
    ("asked", "households", "left_out"),
    [
        # Who has no sales channel, and for whom nobody does anything about it.
        (AssistanceAsked(cause="M03"), ["h1", "h3"], ["h3"]),
        # The help of h7 against the weather was stopped.
        (AssistanceAsked(cause="V01"), ["h7"], ["h7"]),
        # Farm insurance works against a link that begins with the weather.
        (AssistanceAsked(measure="B46"), ["h7"], ["h7"]),
        # Job placement works against the lost job of h6, which has it.
        (AssistanceAsked(measure="B23"), ["h6"], []),
        # Order purchase and a processing buyer, against no sales channel and unsold produce.
        (AssistanceAsked(programme="pr1"), ["h1", "h3"], ["h3"]),
        # Skills: h2 is trained though it lacks none; h6 lost its job and gets nothing under this programme.
        (AssistanceAsked(programme="pr3"), ["h2", "h6"], ["h6"]),
        # It may help in Sidu only.
        (AssistanceAsked(programme="pr3", area="350624105"), [], []),
        # Nothing that pr2 offers is known.
        (AssistanceAsked(programme="pr2"), [], []),
        # The measure of another cause helps nobody who has this one.
        (AssistanceAsked(cause="V01", measure="B36"), [], []),
        (AssistanceAsked(cause="M02", programme="pr1", measure="B38", area="350624101201"), ["h1"], []),
    ],
)
def test_filters_say_whom_help_could_concern_and_which_help_counts(
    tiny_store: GraphStore, schema: Schema, asked: AssistanceAsked, households: list[str], left_out: list[str]
) -> None:
    answer = assistance(tiny_store, schema, asked, day=DAY)
    assert households_in(answer) == households
    assert [row.household_id for row in answer.households.rows if row.is_without_help] == left_out


def test_a_cause_hears_of_the_chains_of_programmes_against_it_only(tiny_store: GraphStore, schema: Schema) -> None:
    answer = assistance(tiny_store, schema, AssistanceAsked(cause="M03"), day=DAY)
    assert [(chain.chain_id, chain.household_count) for chain in answer.chains.rows] == [
        ("/////", 1),
        ("ag1/pr1/e1/e1-c1-1/c1/", 1),
    ]
    left_out = assistance(tiny_store, schema, AssistanceAsked(cause="M03", help="without"), day=DAY)
    # Only h3 is left, which is in no cooperative: the enterprise of the programme reaches none of them.
    assert [(chain.chain_id, chain.missing, chain.household_count) for chain in left_out.chains.rows] == [
        ("/////", ("cooperative",), 1),
        ("ag1/pr1/e1///", ("contract",), 0),
    ]


def test_a_household_is_told_with_its_causes_help_and_cooperatives(tiny_store: GraphStore, schema: Schema) -> None:
    answer = assistance(tiny_store, schema, AssistanceAsked(area="350624101201"), day=DAY)
    first, second, third, _ = answer.households.rows
    assert [given.measure.id if given.measure else None for given in first.help] == ["B36", "B38"]
    assert ([cause.cause.id for cause in first.causes], first.missing_link) == (["M02", "M03"], None)
    assert [party.id for party in second.cooperatives] == ["c1", "c2"]
    assert (third.is_without_help, third.help, third.missing_link) == (True, (), "cooperative")


def test_pages_put_together_are_the_whole_list(tiny_store: GraphStore, schema: Schema) -> None:
    found, after = list[str](), None
    while True:
        answer = assistance(tiny_store, schema, AssistanceAsked(), day=DAY, page=Page(3, after))
        assert answer.households.total == 8
        found += households_in(answer)
        if (after := answer.households.next_after) is None:
            break
    assert found == ["h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8"]


def test_chains_are_read_page_by_page_too(tiny_store: GraphStore, schema: Schema) -> None:
    first = assistance(tiny_store, schema, AssistanceAsked(), day=DAY, chain_page=Page(2))
    assert (first.chains.total, first.chains.next_after) == (8, "////c3/")
    assert "notice_capped" in [each.code for each in first.notices]
    rest = assistance(tiny_store, schema, AssistanceAsked(), day=DAY, chain_page=Page(9, "////c3/"))
    assert next(chain.chain_id for chain in rest.chains.rows) == "//e2/e2-c2-1/c2/"


def test_an_area_without_households_has_nothing_to_tell(tiny_store: GraphStore, schema: Schema) -> None:
    answer = assistance(tiny_store, schema, AssistanceAsked(area="445200"), day=DAY)
    assert (counted(answer), answer.chains.total, answer.places) == ((0, 0, 0, 0), 0, ())


@pytest.mark.parametrize(
    "asked",
    [
        AssistanceAsked(area="999999"),
        AssistanceAsked(programme="e1"),
        AssistanceAsked(measure="B99"),
        AssistanceAsked(cause="X99"),
    ],
)
def test_what_is_not_there_is_not_found(tiny_store: GraphStore, schema: Schema, asked: AssistanceAsked) -> None:
    with pytest.raises(SubjectNotFound):
        assistance(tiny_store, schema, asked, day=DAY)


def test_the_answer_reads_back_from_its_own_json(tiny_store: GraphStore, schema: Schema) -> None:
    answer = assistance(tiny_store, schema, AssistanceAsked(area="350624"), day=DAY)
    assert AssistanceAnswer.model_validate_json(answer.model_dump_json()) == answer


def test_an_empty_graph_has_nothing_to_tell(store: GraphStore, schema: Schema) -> None:
    answer = assistance(store, schema, AssistanceAsked(), day=DAY)
    assert (counted(answer), answer.chains.rows, answer.places, answer.places_in) == ((0, 0, 0, 0), (), (), None)
    assert not answer.is_made_up
