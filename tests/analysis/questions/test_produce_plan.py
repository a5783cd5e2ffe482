"""The plan of the plum week in examples/produce, worked by hand in docs/surplus-produce-on-files.md, and of a graph."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from analysis.produce.plan.check import faults
from analysis.questions.produce_compare import produce_compare
from analysis.questions.produce_plan import PlanSource, files_source, told_plan
from analysis.questions.produce_plan_answer import ProducePlanAnswer
from analysis.questions.produce_plan_graph import GraphPlanAsked, graph_source
from analysis.questions.produce_plan_made import HowToPlan, MadePlan, make_plan
from cli.produce_files import ProducePaths, read_tables
from graph_schema import Schema, load_schema
from graph_store import GraphStore
from policy import Policy, load_policy
from tests.cli.calls import ROOT

DAY = date(2026, 5, 20)
FOLDER = ROOT / "examples" / "produce"
SCHEMA, POLICY = load_schema(), load_policy()


@pytest.fixture(scope="module")
def source() -> PlanSource:
    names = ("lots.csv", "demands.csv", "cooperatives.csv", "distances.csv")
    return files_source(read_tables(ProducePaths(*(FOLDER / name for name in names))), SCHEMA, DAY)


@pytest.fixture(scope="module")
def made(source: PlanSource) -> MadePlan:
    return make_plan(source.frames, POLICY, DAY, HowToPlan())


@pytest.fixture(scope="module")
def answer(source: PlanSource, made: MadePlan) -> ProducePlanAnswer:
    return told_plan(source, made, SCHEMA, DAY)


def test_the_batch_that_is_worked_by_hand(answer: ProducePlanAnswer) -> None:
    (batch,) = [each for each in answer.deliveries if each.delivery_id == "C-GUANPI > WANT-1"]
    told = [(part.lot_id, part.seller_id, part.quantity_kg, part.after_costs_fen_per_kg) for part in batch.parts]
    # 230 less 8 for 121 km, less the fee of 8 that the cooperative does not take for its own lot.
    assert told == [("LOT-2", "H-102", 1200, 214), ("LOT-5", "C-GUANPI", 1800, 222)]
    assert [part.distance_km for part in batch.parts] == [121.0, 121.0]
    assert (batch.quantity_kg, batch.income_fen, batch.is_pooled) == (3000, 256_800 + 399_600, True)
    # LOT-5 is ready on the 22nd, and 121 km are driven within the day.
    assert batch.arrives_on == date(2026, 5, 22)


def test_the_weighted_quantity_counts_sellers_at_risk_more(answer: ProducePlanAnswer) -> None:
    # WANT-1 and WANT-2 are full, WANT-3 gets LOT-6: 6000 + 1500 + 600, and a fifth of 1200 + 600 more.
    assert (answer.stages[0].value, answer.stages[0].unit) == (8460.0, "weighted_kg")
    assert all(stage.is_optimal for stage in answer.stages)
    assert (answer.totals.sold_kg, answer.totals.at_risk_sold_kg) == (8100, 1800)


def test_favouring_costs_what_the_page_says(source: PlanSource) -> None:
    compared = produce_compare(source, POLICY, day=DAY)
    assert compared.fairness.cost.gained_fen == 656_400 - 666_000


def test_each_lot_that_stays_says_why(answer: ProducePlanAnswer) -> None:
    assert {lot.lot_id: lot.why_unsold for lot in answer.lots if lot.unsold_kg} == {
        "LOT-4": "full",
        "LOT-5": "full",
        "LOT-7": "refused",
        "LOT-8": "no_demand",
    }
    assert [lot.why_unsold for lot in answer.lots if not lot.unsold_kg] == [None] * 4


def test_weeks_add_up_to_the_totals(answer: ProducePlanAnswer) -> None:
    totals = answer.totals
    assert sum(week.supply_kg for week in answer.weeks) == totals.offered_kg == 10_700
    assert sum(week.unsold_kg for week in answer.weeks) == totals.unsold_kg
    assert sum(week.demand_kg for week in answer.weeks) == totals.wanted_kg == 10_300
    assert sum(week.unfilled_kg for week in answer.weeks) == totals.unfilled_kg


def test_on_the_day_after_its_last_a_lot_is_left_out_and_named(source: PlanSource) -> None:
    day = date(2026, 5, 23)
    told = told_plan(source, make_plan(source.frames, POLICY, day, HowToPlan()), SCHEMA, day)
    assert told.lots_left_out == ("LOT-6",)
    assert "LOT-6" not in {lot.lot_id for lot in told.lots}
    assert "notice_past_lots" in {notice.code for notice in told.notices}


def assert_consistent(answer: ProducePlanAnswer) -> None:
    """Every kg and fen is told the same by deliveries, lots, demands and totals."""
    parts = [part for delivery in answer.deliveries for part in delivery.parts]
    for lot in answer.lots:
        own = [part for part in parts if part.lot_id == lot.lot_id]
        assert (lot.sold_kg, lot.income_fen) == (sum(p.quantity_kg for p in own), sum(p.income_fen for p in own))
        assert lot.sold_kg + lot.unsold_kg == lot.offered_kg
        assert all(part.after_costs_fen_per_kg >= lot.ask_fen_per_kg for part in own)
    for demand in answer.demands:
        brought = sum(each.quantity_kg for each in answer.deliveries if each.demand_id == demand.demand_id)
        assert (demand.filled_kg, demand.unfilled_kg) == (brought, demand.wanted_kg - brought)
    assert answer.totals.sold_kg == sum(part.quantity_kg for part in parts)
    assert answer.totals.income_fen == sum(part.income_fen for part in parts)
    assert answer.totals.delivery_count == len(answer.deliveries)


def test_the_plan_of_files_breaks_nothing_and_tells_the_same_everywhere(
    made: MadePlan, answer: ProducePlanAnswer
) -> None:
    assert faults(made.program, made.plan) == ()
    assert_consistent(answer)


def test_the_plan_of_the_graph(tiny_store: GraphStore, schema: Schema, policy: Policy) -> None:
    source = graph_source(tiny_store, schema, GraphPlanAsked(product_id="green_plum"), DAY)
    made = make_plan(source.frames, policy, DAY, HowToPlan())
    answer = told_plan(source, made, schema, DAY)
    assert faults(made.program, made.plan) == ()
    assert_consistent(answer)
    # h2 has 200 beside what is pooled in c1's 1400, of which 1000 are offered to e1; c2 has 3000; of h7's 800 are 300
    # agreed. All of h1 is pooled.
    assert answer.totals.offered_kg == 200 + (1400 - 1000) + 3000 + 500
    assert [lot.seller_id for lot in answer.lots if lot.is_at_risk] == ["h2"]
    made_of = {lot.lot_id: [part.seller_id for part in lot.made_of] for lot in answer.lots if lot.made_of}
    assert made_of == {"c1-green_plum-2026-05-24-1": ["h1", "h2"]}
    capacity = dict(
        zip(source.frames.cooperatives["cooperative_id"], source.frames.cooperatives["capacity_kg"], strict=True)
    )
    assert capacity["c1"] == 20_000


@pytest.mark.parametrize(("days_later", "is_told"), [(0, False), (1, True), (-1, False)])
def test_a_plan_for_a_day_after_that_of_the_graph_says_what_it_lacks(
    tiny_store: GraphStore, schema: Schema, days_later: int, is_told: bool
) -> None:
    day = DAY + timedelta(days=days_later)
    source = graph_source(tiny_store, schema, GraphPlanAsked(product_id="green_plum", graph_day=DAY), day)
    assert ("notice_plan_after_graph" in {each.code for each in source.notices}) == is_told


def plan_of_graph(store: GraphStore, schema: Schema, policy: Policy, day: date) -> ProducePlanAnswer:
    source = graph_source(store, schema, GraphPlanAsked(product_id="green_plum"), day)
    return told_plan(source, make_plan(source.frames, policy, day, HowToPlan()), schema, day)


def test_what_stands_is_told_and_left_alone_until_an_offer_is_past(
    tiny_store: GraphStore, schema: Schema, policy: Policy
) -> None:
    offer, agreed = "c1-green_plum-2026-05-24-1", "h7-green_plum-2026-05-25-1"
    wanted = "e1-green_plum-2026-05-15-1"

    def told(day: date) -> tuple[list[tuple[str, str, float, bool]], dict[str, int], dict[str, int]]:
        answer = plan_of_graph(tiny_store, schema, policy, day)
        promised = [(each.lot_id, each.commitment_status, each.quantity_kg, each.is_late) for each in answer.promised]
        lots = {lot.lot_id: lot.offered_kg for lot in answer.lots}
        return promised, lots, {demand.demand_id: demand.wanted_kg for demand in answer.demands}

    # On the day on which it is to arrive an offer stands; what is delivered or cancelled, or of a lot that is not on
    # offer any more, is no promise of these lots.
    promised, lots, demands = told(date(2026, 5, 25))
    assert promised == [(offer, "proposed", 1000.0, False), (agreed, "agreed", 300.0, False)]
    assert (lots[offer], demands[wanted]) == (400, 19_000)
    # The day after, nobody having agreed, lot and demand are free again; what is agreed stays, however late.
    promised, lots, demands = told(date(2026, 5, 27))
    assert promised == [(agreed, "agreed", 300.0, True)]
    assert (lots[offer], lots[agreed], demands[wanted]) == (1400, 500, 20_000)


def test_a_lot_past_its_last_day_is_never_offered_again(tiny_store: GraphStore, schema: Schema, policy: Policy) -> None:
    # Its offer has fallen away too: only c2 keeps until then, and h7's last day is today.
    answer = plan_of_graph(tiny_store, schema, policy, date(2026, 6, 1))
    assert [lot.lot_id for lot in answer.lots] == ["c2-green_plum-2026-05-26-1", "h7-green_plum-2026-05-25-1"]
    assert "c1-green_plum-2026-05-24-1" in answer.lots_left_out
    assert {part.lot_id for each in answer.deliveries for part in each.parts} <= {lot.lot_id for lot in answer.lots}
