"""Prices, what is left to give, and what is in the way, worked out by hand.

Prices by the vocabulary: M03 has one measure, B36 (20,000 fen, leaves 0.5), so it costs 20,000 / 0.5 = 40,000 fen. H07
has B03 (500,000, leaves 0.6: 1,250,000) and B04 (300,000, leaves 0.8: 1,500,000): the cheaper is its price. On M02 act
B37 (10,000, leaves 0.7: 33,334), B38 (10,000, leaves 0.5: 20,000) and, by the link K48, B42 (100,000, leaves 0.6:
250,000).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from analysis.assistance.allocation.build import Allocation, allocation_of
from analysis.assistance.allocation.frames import empty_frames
from analysis.assistance.allocation.prices import measure_table, prices_of_causes
from analysis.assistance.allocation.refusals import nearest_reasons, refusals
from analysis.assistance.allocation.uses import uses_of
from analysis.assistance.plan.solve import solve
from analysis.errors import QuestionError, SubjectNotFound
from graph_schema import Schema, load_schema
from policy.help_resources import load_help_resources
from tests.analysis.assistance.allocation.county import BEFORE, DAY, PAST, Row, county

SCHEMA = load_schema()
TABLE = load_help_resources(SCHEMA)


def made(**rows: Iterable[Row]) -> Allocation:
    """Return the allocation of a county of two households, one programme and its offer of B36, unless said."""
    usual: dict[str, Iterable[Row]] = {
        "areas": [{"area_id": "v1", "parent_id": "c1"}, {"area_id": "c1", "parent_id": None, "area_level": "county"}],
        "households": [{"household_id": "h1"}, {"household_id": "h2"}],
        "findings": [{"household_id": "h1", "cause_id": "M03"}, {"household_id": "h2", "cause_id": "M03"}],
        "programmes": [{"programme_id": "p1"}],
        "offers": [{"programme_id": "p1", "measure_id": "B36"}],
    }
    return allocation_of(county(**{**usual, **rows}), SCHEMA, TABLE, DAY)


def help_of(household: str, measure: str = "B36", **also: object) -> Row:
    return {
        "household_id": household,
        "assistance_id": f"{household}-{measure}",
        "measure_id": measure,
        "programme_id": "p1",
        **also,
    }


@pytest.fixture(scope="module")
def schema() -> Schema:
    return SCHEMA


def test_a_cause_costs_what_the_cheapest_measure_would_take_to_end_it(schema: Schema) -> None:
    prices = prices_of_causes(measure_table(schema))
    assert (prices["M03"], prices["H07"], prices["M02"]) == (40_000, 1_250_000, 20_000)
    assert "F05" not in prices


def test_help_that_runs_leaves_its_part_of_the_need_and_is_not_given_again() -> None:
    allocation = made(
        findings=[{"household_id": "h1", "cause_id": "M02"}, {"household_id": "h2", "cause_id": "M02"}],
        offers=[{"programme_id": "p1", "measure_id": "B38"}, {"programme_id": "p1", "measure_id": "B37"}],
        # B38 leaves half of h1's need; what ended yesterday leaves h2 as it was.
        help=[help_of("h1", "B38"), help_of("h2", "B38", ends_on=PAST)],
    )
    assert allocation.program.needs["need_fen"].tolist() == [10_000, 20_000]
    chains = allocation.program.chains[["need", "measure_id", "cover_fen", "cost_fen"]].values.tolist()
    # B37 takes 0.3 of what is left; B38 only goes to h2.
    assert chains == [[0, "B37", 3_000, 10_000], [1, "B37", 6_000, 10_000], [1, "B38", 10_000, 10_000]]


def test_weight_and_tier_follow_severity_and_the_worst_of_two_findings_counts() -> None:
    allocation = made(
        findings=[
            {"household_id": "h1", "cause_id": "M03", "severity": 0.2},
            {"household_id": "h1", "cause_id": "M03", "severity": 0.8},
            {"household_id": "h2", "cause_id": "M03", "severity": 0.05},
        ]
    )
    assert allocation.program.needs[["severity_weight", "tier"]].values.tolist() == [[80, 4], [5, 1]]


def test_a_cause_without_a_measure_is_told_apart() -> None:
    allocation = made(findings=[{"household_id": "h1", "cause_id": "F05"}])
    assert allocation.program.needs.empty
    assert allocation.unpriced["need_id"].tolist() == ["h1/F05"]
    assert refusals(allocation, "h1/F05")["reason"].tolist() == ["no_measure"]


def test_a_budget_is_less_what_its_period_has_promised_each_help_once() -> None:
    allocation = made(
        programmes=[{"programme_id": "p1", "budget_fen": 1_000_000, "starts_on": BEFORE}],
        offers=[{"programme_id": "p1", "measure_id": "B36", "cost_fen": 25_000}],
        help=[
            help_of("h1", amount_fen=100_000, assistance_status="done", ends_on=PAST),
            # No amount: what the programme offers it for, 25,000; that of a member of two households counts once.
            help_of("h2", assistance_id="both"),
            help_of("h1", assistance_id="both"),
            help_of("h2", assistance_id="old", amount_fen=7, starts_on=date(2025, 12, 31)),
            help_of("h2", assistance_id="other", amount_fen=7, programme_id="p9"),
            help_of("h2", assistance_id="stopped", amount_fen=7, assistance_status="stopped"),
        ],
    )
    assert allocation.bounds.programmes["promised_fen"].tolist() == [125_000]
    assert allocation.program.programmes["budget_fen"].tolist() == [875_000]


def test_money_that_was_paid_counts_as_it_was_paid() -> None:
    allocation = made(
        programmes=[{"programme_id": "p1", "budget_fen": 1_000}],
        help=[
            help_of("h1", assistance_id="a", amount_fen=100, assistance_status="done"),
            help_of("h1", assistance_id="b", amount_fen=100, assistance_status="running"),
            help_of("h1", assistance_id="c", amount_fen=100, assistance_status="stopped"),
        ],
        payments=[
            {"assistance_id": "a", "approved_fen": 60, "paid_fen": 50},
            {"assistance_id": "b", "approved_fen": 130, "paid_fen": 0},
            {"assistance_id": "c", "approved_fen": 90, "paid_fen": 30},
        ],
    )
    # Done: what was approved, 60. Under way: the greatest, 130. Stopped: what was paid, 30.
    assert allocation.bounds.programmes["promised_fen"].tolist() == [220]


def test_a_programme_that_promised_too_much_has_nothing_left_and_it_is_said() -> None:
    allocation = made(programmes=[{"programme_id": "p1", "budget_fen": 50}], help=[help_of("h1", amount_fen=80)])
    assert allocation.program.programmes["budget_fen"].tolist() == [0]
    assert [said.code for said in allocation.said] == ["notice_assist_overdrawn"]


def test_places_of_offers_and_partners_are_less_the_help_that_runs() -> None:
    allocation = made(
        offers=[{"programme_id": "p1", "measure_id": "B36", "place_count": 3}],
        partnerships=[{"programme_id": "p1", "partner_id": "e1", "place_count": 5, "budget_fen": 90_000}],
        contracts=[{"contract_id": "k", "enterprise_id": "e1", "partner_id": "h1", "partner_kind": "Household"}],
        help=[
            help_of("h2", amount_fen=20_000, provider_kind="Enterprise", provider_id="e1"),
            help_of("h2", "B38", amount_fen=1, assistance_status="done"),
        ],
    )
    left = allocation.program.resources.set_index("resource_id")["capacity"].to_dict()
    assert left == {"enterprise/e1": -1, "offer/p1/B36": 2, "partner/p1/e1": 4, "partner_budget/p1/e1": 70_000}
    (chain,) = allocation.program.chains.to_dict("records")
    assert (chain["offer_use"], chain["partner_use"], chain["partner_budget_use"]) == (1, 1, 20_000)
    assert (chain["enterprise_id"], chain["contract_id"], chain["cooperative_id"]) == ("e1", "k", None)


def test_of_a_household_that_had_help_only_so_much_stays_open_as_its_limit_bears() -> None:
    allocation = made(
        findings=[{"household_id": "h1", "cause_id": cause} for cause in ("M02", "M03")],
        programmes=[{"programme_id": "p1", "household_limit_fen": 50_000}],
        offers=[{"programme_id": "p1", "measure_id": code} for code in ("B36", "B37", "B38", "B42")],
        help=[help_of("h1", "B22", amount_fen=15_000, assistance_status="done")],
    )
    # 35,000 are left. B42 costs 100,000. Of the others B36 (20,000 cover 20,000) and B38 (10,000 cover 10,000) cover
    # most per fen, and B37 (10,000 cover 6,000) would make 40,000 with them.
    assert allocation.program.chains["measure_id"].tolist() == ["B38", "B36"]
    assert refusals(allocation, "h1/M02")[["measure_id", "reason"]].values.tolist() == [
        ["B37", "limit_spent"],
        ["B42", "limit_spent"],
    ]


def test_a_store_is_counted_in_kg_less_what_is_used_and_others_of_the_programme_may_not_go_without() -> None:
    allocation = made(
        findings=[{"household_id": each, "cause_id": "M02"} for each in ("h1", "h2")],
        offers=[{"programme_id": "p1", "measure_id": "B42"}],
        partnerships=[
            {"programme_id": "p1", "partner_kind": "Cooperative", "partner_id": each} for each in ("k1", "k2")
        ],
        memberships=[{"household_id": "h1", "cooperative_id": "k1"}, {"household_id": "h2", "cooperative_id": "k2"}],
        resources=[
            {"resource_id": "store", "owner_kind": "Cooperative", "owner_id": "k1", "capacity": 5.5},
            {"resource_id": "store-2", "owner_kind": "Cooperative", "owner_id": "k1", "capacity": 400.0,
             "capacity_unit": "kg"},
            {"resource_id": "shed", "owner_kind": "Cooperative", "owner_id": "k1", "capacity_unit": "m3"},
        ],
        help=[help_of("h9", "B42"), help_of("h8", "B42", assistance_id="untold")],
        uses=[
            {"assistance_id": "h9-B42", "resource_id": "store", "used_value": 2.0},
            # How much is not told: what B42 takes, 1,000 kg.
            {"assistance_id": "untold", "resource_id": "store"},
        ],
    )  # fmt: skip
    left = allocation.program.resources.set_index("resource_id")["capacity"].to_dict()
    assert left["cooperative/k1/storage"] == 5_500 - 2_000 - 1_000 + 400
    assert allocation.program.chains[["need", "pool_id", "cooperative_use"]].values.tolist() == [
        [0, "cooperative/k1/storage", 1_000]
    ]
    assert list(nearest_reasons(allocation)) == [None, "no_resource"]
    assert ("notice_assist_resource_unit", {"count": 1, "resources": "shed"}) in allocation.said


def test_a_help_uses_the_resources_behind_its_pool_one_after_the_other() -> None:
    allocation = made(
        findings=[{"household_id": "h1", "cause_id": "M02"}],
        offers=[{"programme_id": "p1", "measure_id": "B42"}],
        resources=[
            {"resource_id": "a", "programme_id": "p1", "capacity": 0.25},
            {"resource_id": "b", "programme_id": "p1", "capacity": 900.0, "capacity_unit": "kg"},
        ],
    )
    plan = solve(allocation.program, seconds=5)
    # 1,000 kg: all 250 of the first, told in t, and 750 of the second, told in kg.
    assert uses_of(allocation, plan.units) == {0: (("Resource", "a", 0.25), ("Resource", "b", 750.0))}


def test_where_nothing_is_known_of_a_resource_nothing_bounds_it_and_it_is_said() -> None:
    allocation = made(
        findings=[{"household_id": "h1", "cause_id": "M02"}], offers=[{"programme_id": "p1", "measure_id": "B42"}]
    )
    assert len(allocation.program.chains) == 1
    assert allocation.said == (("notice_assist_no_resource_known", {"count": 1, "measures": "B42"}),)


def test_what_nothing_tells_is_to_be_checked_and_what_is_told_decides() -> None:
    homes: list[Row] = [{"household_id": "h1", "lot": None}, {"household_id": "h2", "lot": 0}]
    allocation = made(households=homes)
    assert allocation.program.chains[["need", "to_check"]].values.tolist() == [[0, True]]
    assert refusals(allocation, "h2/M03")[["reason", "detail"]].values.tolist() == [["prerequisite", "lot"]]


def test_a_missing_link_is_told_with_who_could_join() -> None:
    allocation = made(
        households=[{"household_id": each} for each in ("h1", "h2", "h3")],
        findings=[{"household_id": each, "cause_id": "M03"} for each in ("h1", "h2", "h3")],
        partnerships=[{"programme_id": "p1", "partner_id": "e1"}],
        memberships=[{"household_id": "h1", "cooperative_id": "k1"}, {"household_id": "h2", "cooperative_id": "k2"}],
        contracts=[{"contract_id": "c", "enterprise_id": "e2", "partner_id": "k2"}],
    )
    told = [
        refusals(allocation, f"{each}/M03")[["reason", "missing_link", "detail"]].values.tolist()
        for each in ("h1", "h2", "h3")
    ]
    assert told == [
        [["no_partner_link", "contract", "k1"]],
        [["no_partner_link", "partnership", "e2;k2"]],
        [["no_partner_link", "membership", ""]],
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"programmes": [{"programme_id": "p1", "budget_fen": -1}]}, "programmes, row p1: budget_fen cannot be -1"),
        ({"offers": [{"programme_id": "p1", "measure_id": "B36", "place_count": -2}]}, "place_count cannot be -2"),
        ({"programmes": [{"programme_id": "p1"}, {"programme_id": "p1"}]}, "programmes, row p1"),
        (
            {"households": [{"household_id": "h1", "area_id": "c1"}, {"household_id": "h1", "area_id": "c2"}]},
            "Household h1 is told twice, with the homes c1, c2",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_row(rows: dict[str, list[Row]], said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        made(**rows)


def test_a_programme_or_a_need_that_is_not_there_is_refused() -> None:
    frames = county(programmes=[{"programme_id": "p1"}])
    with pytest.raises(QuestionError, match="no programme p7"):
        allocation_of(frames, SCHEMA, TABLE, DAY, programme_ids=["p1", "p7"])
    with pytest.raises(SubjectNotFound, match="no need h1/X99"):
        refusals(made(), "h1/X99")


def test_an_offer_of_a_measure_that_is_not_known_is_said_and_the_others_stand() -> None:
    allocation = made(
        offers=[{"programme_id": "p1", "measure_id": "B36"}, {"programme_id": "p1", "measure_id": "B777"}]
    )
    assert len(allocation.program.chains) == 2
    assert ("notice_assist_unknown_measure", {"count": 1, "measures": "B777"}) in allocation.said


def test_a_programme_without_a_budget_on_record_pays_nothing_and_it_is_said() -> None:
    allocation = made(programmes=[{"programme_id": "p1", "budget_fen": None}])
    assert allocation.program.programmes["budget_fen"].tolist() == [0]
    assert ("notice_assist_no_budget", {"count": 1, "programmes": "p1"}) in allocation.said


def test_an_empty_county_has_an_empty_plan() -> None:
    allocation = allocation_of(empty_frames(), SCHEMA, TABLE, DAY)
    plan = solve(allocation.program, seconds=5)
    assert (len(plan.units), plan.stages[0].value, plan.stages[0].is_optimal) == (0, 0, True)
