"""The first question on the tiny graph (drawn in tests/tiny/README.md), on both engines. The day is 2026-05-20."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.errors import QuestionError, SubjectNotFound
from analysis.page import Page
from analysis.questions.chains import chains
from analysis.questions.chains_answer import ChainsAnswer
from analysis.subject import Subject
from graph_schema import Schema
from graph_store import GraphStore

DAY = date(2026, 5, 20)
COUNTY = Subject("Area", "350624")
SENSITIVE = ("F05", "H01", "H07", "B03")


def chains_in(answer: ChainsAnswer) -> list[tuple[str, tuple[str, ...], int]]:
    return [(chain.chain_id, chain.missing, chain.household_count) for chain in answer.chains.rows]


def test_a_household_in_a_whole_chain_hears_all_about_it(tiny_store: GraphStore, schema: Schema) -> None:
    answer = chains(tiny_store, schema, Subject("Household", "h1"), day=DAY)
    (chain,) = answer.chains.rows
    assert chain.is_whole
    assert [party.name for party in (chain.agency, chain.programme, chain.enterprise, chain.cooperative) if party] == [
        "诏安县农业农村局",
        "青梅订单收购",
        "揭阳青梅加工厂",
        "青梅合作社",
    ]
    assert chain.contract is not None
    assert (chain.contract.id, chain.contract.ends_on) == ("e1-c1-1", date(2026, 12, 31))
    assert chain.contract.product is not None
    assert chain.contract.product.name_zh == "青梅"
    assert [(offer.measure.id, offer.against.id if offer.against else None) for offer in chain.measures] == [
        ("B36", "M03"),
        ("B38", "M02"),
    ]
    assert [(each.id, each.purpose, each.capacity, each.held_by.id) for each in chain.resources] == [
        ("c1-storage-1", "storage", 20.0, "c1")
    ]
    assert [(aim.cause.id, aim.help_count) for aim in chain.aims] == [("M02", 1), ("M03", 2)]


def test_a_household_hears_who_helps_it_and_that_two_help_for_one_cause(tiny_store: GraphStore, schema: Schema) -> None:
    answer = chains(tiny_store, schema, Subject("Household", "h1"), day=DAY)
    first, second = answer.help.rows
    assert (first.assistance_id, first.status, first.starts_on) == ("h1-B36-2026-03-01", "running", date(2026, 3, 1))
    assert first.measure is not None
    assert first.measure.name_zh == "订单收购"
    assert first.provider is not None
    assert (first.provider.kind, first.provider.name) == ("Enterprise", "揭阳青梅加工厂")
    assert first.programme is not None
    assert first.programme.id == "pr1"
    assert (second.status, [cause.id for cause in second.causes]) == ("planned", ["M02", "M03"])
    assert [resource.id for resource in second.resources] == ["c1-storage-1"]
    (twice,) = answer.helped_twice.rows
    assert twice.cause is not None
    assert (twice.cause.id, twice.assistance_ids) == ("M03", ("h1-B36-2026-03-01", "h1-B38-2026-04-01"))
    (reach,) = answer.households.rows
    assert (reach.area_name, reach.whole_chain_count, reach.missing_link) == ("青梅村", 1, None)
    assert [(cause.cause.id, cause.help_count) for cause in reach.causes] == [("M02", 1), ("M03", 2)]


def test_a_county_hears_every_chain_whole_or_broken_and_where(tiny_store: GraphStore, schema: Schema) -> None:
    answer = chains(tiny_store, schema, COUNTY, day=DAY)
    assert chains_in(answer) == [
        # h3 has left its cooperative, h6 and h8 never were in one.
        ("/////", ("cooperative",), 3),
        # The contract of c3 ended the day before; h7 is in it.
        ("////c3/", ("contract",), 1),
        # No programme partners with e2 any more; h2, h4, h5 are in c2.
        ("//e2/e2-c2-1/c2/", ("programme",), 3),
        ("ag1/pr1/e1/e1-c1-1/c1/", (), 2),
        # Medical aid has no partner.
        ("ag2/pr4////", ("enterprise",), 0),
        # pr3 works with c2 itself, and with e3, which has a contract with h7 itself.
        ("ag3/pr3///c2/", ("enterprise",), 3),
        ("ag3/pr3/e3/e3-h7-1//h7", ("cooperative",), 1),
    ]
    assert answer.counts.model_dump() == {
        "households": 8,
        "in_whole_chain": 2,
        "missing": {"contract": 1, "cooperative": 3, "programme": 2},
    }


def test_a_broken_chain_says_what_ended_and_when(tiny_store: GraphStore, schema: Schema) -> None:
    answer = chains(tiny_store, schema, COUNTY, day=DAY)
    lapsed = {
        chain.chain_id: [(link.link, link.party.name, link.state, link.day) for link in chain.lapsed]
        for chain in answer.chains.rows
        if chain.lapsed
    }
    assert lapsed == {
        "////c3/": [("contract", "漳州果品批发", "ended", date(2026, 5, 19))],
        "//e2/e2-c2-1/c2/": [("partnership", "冷链补助", "ended", date(2025, 12, 31))],
        "ag3/pr3///c2/": [("contract", "揭阳青梅加工厂", "not_yet", date(2026, 9, 1))],
    }


def test_a_county_hears_who_is_missed_helped_twice_aimlessly_or_hangs_on_one_buyer(
    tiny_store: GraphStore, schema: Schema
) -> None:
    answer = chains(tiny_store, schema, COUNTY, day=DAY)
    assert [(row.household_id, len(row.causes), row.hidden_cause_count) for row in answer.without_help.rows] == [
        ("h3", 1, 0),
        ("h4", 0, 1),
        ("h7", 2, 0),
    ]
    assert [(row.household_id, row.help_count) for row in answer.helped_twice.rows] == [("h1", 2)]
    assert [(row.household_id, row.assistance_id, row.has_target) for row in answer.aimless_help.rows] == [
        ("h2", "p3-B25-2026-02-01", True),
        ("h8", "h8-B06-2026-05-10", False),
    ]
    assert [(row.household_id, row.enterprise.id) for row in answer.one_buyer.rows] == [
        ("h1", "e1"),
        ("h4", "e2"),
        ("h5", "e2"),
        ("h7", "e3"),
    ]
    assert [(row.household_id, row.status) for row in answer.help.rows] == [
        ("h1", "running"),
        ("h1", "planned"),
        ("h2", "running"),
        ("h6", "planned"),
        ("h8", "running"),
    ]


def test_a_programme_hears_its_own_chains_and_whom_it_helps(tiny_store: GraphStore, schema: Schema) -> None:
    medical = chains(tiny_store, schema, Subject("Programme", "pr4"), day=DAY)
    assert chains_in(medical) == [("ag2/pr4////", ("enterprise",), 0)]
    assert [row.household_id for row in medical.households.rows] == ["h8"]
    cold = chains(tiny_store, schema, Subject("Programme", "pr2"), day=DAY)
    assert chains_in(cold) == [("ag1/pr2////", ("enterprise",), 0)]
    assert [(link.party.id, link.day) for link in cold.chains.rows[0].lapsed] == [("e2", date(2025, 12, 31))]
    assert cold.households.total == 0


def test_an_enterprise_and_a_cooperative_hear_the_chains_through_them(tiny_store: GraphStore, schema: Schema) -> None:
    enterprise = chains(tiny_store, schema, Subject("Enterprise", "e3"), day=DAY)
    assert chains_in(enterprise) == [("ag3/pr3/e3/e3-h7-1//h7", ("cooperative",), 1)]
    cooperative = chains(tiny_store, schema, Subject("Cooperative", "c2"), day=DAY)
    assert chains_in(cooperative) == [
        ("//e2/e2-c2-1/c2/", ("programme",), 3),
        ("ag3/pr3///c2/", ("enterprise",), 3),
    ]
    assert [row.household_id for row in cooperative.households.rows] == ["h2", "h4", "h5"]
    assert [party.id for party in cooperative.households.rows[0].cooperatives] == ["c1", "c2"]


def test_a_cause_hears_the_chains_of_programmes_against_it_to_those_who_have_it(
    tiny_store: GraphStore, schema: Schema
) -> None:
    answer = chains(tiny_store, schema, Subject("Cause", "M03"), day=DAY)
    assert chains_in(answer) == [("/////", ("cooperative",), 1), ("ag1/pr1/e1/e1-c1-1/c1/", (), 1)]
    assert [row.household_id for row in answer.households.rows] == ["h1", "h3"]
    assert [row.household_id for row in answer.without_help.rows] == ["h3"]


def test_pages_follow_each_other_without_a_gap(tiny_store: GraphStore, schema: Schema) -> None:
    first = chains(tiny_store, schema, COUNTY, day=DAY, page=Page(limit=3), chain_page=Page(limit=2))
    assert [row.household_id for row in first.households.rows] == ["h1", "h2", "h3"]
    assert (first.households.total, first.households.next_after) == (8, "h3")
    assert {row.household_id for row in first.help.rows} == {"h1", "h2", "h6"}
    assert (first.help.total, first.help.next_after) == (5, "h6")
    assert (first.chains.total, first.chains.next_after) == (7, "////c3/")
    assert [note.code for note in first.notices].count("notice_capped") == 4
    second = chains(tiny_store, schema, COUNTY, day=DAY, page=Page(limit=9, after="h3"))
    assert [row.household_id for row in second.households.rows] == ["h4", "h5", "h6", "h7", "h8"]


def test_the_answer_says_what_it_is_and_that_it_is_made_up(tiny_store: GraphStore, schema: Schema) -> None:
    answer = chains(tiny_store, schema, COUNTY, day=DAY)
    assert (answer.version, answer.as_of, answer.is_made_up) == ("chains/1", DAY, True)
    assert (answer.asked.kind, answer.asked.name_zh) == ("Area", "诏安县")
    assert answer.notices[0].code == "notice_made_up"


def test_the_answer_reads_back_from_its_own_json(tiny_store: GraphStore, schema: Schema) -> None:
    answer = chains(tiny_store, schema, COUNTY, day=DAY)
    assert ChainsAnswer.model_validate_json(answer.model_dump_json()) == answer


def test_an_area_without_households_has_nothing_to_tell(tiny_store: GraphStore, schema: Schema) -> None:
    answer = chains(tiny_store, schema, Subject("Area", "445200"), day=DAY)
    assert (answer.counts.households, answer.chains.total, answer.help.total) == (0, 0, 0)


@pytest.mark.parametrize(
    "subject",
    [
        Subject("Household", "nobody"),
        Subject("Area", "999999"),
        Subject("Programme", "e1"),
        Subject("Enterprise", "c1"),
        Subject("Cooperative", "x"),
        Subject("Cause", "X99"),
    ],
)
def test_what_is_not_there_is_not_found(tiny_store: GraphStore, schema: Schema, subject: Subject) -> None:
    with pytest.raises(SubjectNotFound):
        chains(tiny_store, schema, subject, day=DAY)


def test_another_kind_of_subject_is_refused(tiny_store: GraphStore, schema: Schema) -> None:
    with pytest.raises(QuestionError) as caught:
        chains(tiny_store, schema, Subject("Person", "p1"), day=DAY)
    assert caught.value.code == "wrong_subject_kind"
