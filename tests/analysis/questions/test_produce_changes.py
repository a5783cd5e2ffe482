"""What a new plan changes against a kept one, on the plum week of examples/produce."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from analysis.errors import QuestionError
from analysis.frames import frame_of
from analysis.produce.frames import LEFT
from analysis.produce.plan.changes.kept import KeptParameters, KeptProducePlan, KeptResult
from analysis.produce.plan.changes.rule_reasons import Way
from analysis.produce.plan.rules import Forbidden, Rules
from analysis.produce.promises import PROMISES
from analysis.questions.produce_before import ways_before
from analysis.questions.produce_changes import produce_changes
from analysis.questions.produce_changes_answer import ProduceChangesAnswer
from analysis.questions.produce_kept import kept_parameters, kept_result
from analysis.questions.produce_plan import PlanSource, files_source, produce_plan
from analysis.questions.produce_plan_answer import PlanAsked, ProducePlanAnswer
from analysis.questions.produce_plan_made import HowToPlan
from cli.produce_files import ProducePaths, read_tables
from graph_schema import load_schema
from policy import load_policy
from tests.cli.calls import ROOT

DAY = date(2026, 5, 20)
FOLDER = ROOT / "examples" / "produce"
SCHEMA, POLICY = load_schema(), load_policy()
HOW = HowToPlan()
BATCH = (("LOT-2", "H-102", 1200), ("LOT-5", "C-GUANPI", 1800))


@pytest.fixture(scope="module")
def source() -> PlanSource:
    names = ("lots.csv", "demands.csv", "cooperatives.csv", "distances.csv")
    found = files_source(read_tables(ProducePaths(*(FOLDER / name for name in names))), SCHEMA, DAY)
    # As a graph with the same lots and demands would be.
    return replace(found, asked=PlanAsked(source="graph", files=(), area=None, product=None))


@pytest.fixture(scope="module")
def answer(source: PlanSource) -> ProducePlanAnswer:
    return planned(source)


@pytest.fixture(scope="module")
def kept(source: PlanSource, answer: ProducePlanAnswer) -> KeptProducePlan:
    return kept_as(answer, source)


def planned(source: PlanSource, day: date = DAY, how: HowToPlan = HOW) -> ProducePlanAnswer:
    return produce_plan(source, SCHEMA, POLICY, day=day, how=how)


def kept_as(answer: ProducePlanAnswer, source: PlanSource, how: HowToPlan = HOW) -> KeptProducePlan:
    """Return a plan as it comes back from where it was kept."""
    return KeptProducePlan(
        run_id="produce-1",
        load_id="load-1",
        recorded_at=datetime(2026, 5, 20, 8, tzinfo=UTC),
        parameters=KeptParameters.model_validate(kept_parameters(answer, how)),
        result=KeptResult.model_validate(kept_result(answer, source)),
        is_made_up=answer.is_made_up,
    )


def confirmed(source: PlanSource, status: str = "agreed") -> PlanSource:
    """Return the source after somebody has confirmed the batch of C-GUANPI to WANT-1."""
    rows = [
        {
            **dict.fromkeys(PROMISES),
            "commitment_id": f"{lot}-WANT-1-1",
            "commitment_status": status,
            "lot_id": lot,
            "seller_id": seller,
            "demand_id": "WANT-1",
            "enterprise_id": "E-JIEYANG",
            "product_id": "green_plum",
            "cooperative_id": "C-GUANPI",
            "held_quantity_kg": float(kg),
            "price_fen_per_kg": 230,
            "arrives_on": date(2026, 5, 22),
            "is_made_up": True,
        }
        for lot, seller, kg in BATCH
    ]
    gone = {lot: kg for lot, _, kg in BATCH} | {"WANT-1": 3000}
    frames = source.frames

    def left(frame: pd.DataFrame, own_id: str) -> pd.DataFrame:
        return frame.assign(**{LEFT: frame[LEFT] - frame[own_id].map(gone).fillna(0)})

    lots, demands = left(frames.lots, "lot_id"), left(frames.demands, "demand_id")
    return replace(source, frames=replace(frames, lots=lots, demands=demands), promises=frame_of(rows, PROMISES))


def assert_adds_up(changes: ProduceChangesAnswer, before: ProducePlanAnswer, now: ProducePlanAnswer) -> None:
    """Before and the changes make now, for every lot and demand."""
    more: Counter[str] = Counter()
    for change in changes.changes:
        difference = sum(reason.kg for reason in change.reasons)
        assert change.now_kg - change.before_kg == difference != 0
        more.update({change.lot_id: difference})
        more.update({change.demand_id: difference})
    sums = [Counter({lot.lot_id: lot.sold_kg for lot in each.lots}) for each in (before, now)]
    for each, kg in zip((before, now), sums, strict=True):
        kg.update({demand.demand_id: demand.filled_kg for demand in each.demands})
    for own_id in {*sums[0], *sums[1]}:
        assert sums[0][own_id] + more[own_id] == sums[1][own_id], own_id


def test_the_same_facts_give_the_same_plan_so_nothing_changes(source: PlanSource, kept: KeptProducePlan) -> None:
    changes = produce_changes(kept, planned(source), source, SCHEMA)
    assert (changes.changes, changes.reasons, changes.other_days) == ((), (), ())
    assert (changes.sellers, changes.enterprises, changes.totals.way_count) == ((), (), 0)
    assert changes.since.totals.sold_kg == changes.totals.now_sold_kg == 8100


def test_what_was_confirmed_leaves_the_plan_and_nobody_gains_or_loses_by_it(
    source: PlanSource, answer: ProducePlanAnswer, kept: KeptProducePlan
) -> None:
    after = confirmed(source)
    now = planned(after)
    changes = produce_changes(kept, now, after, SCHEMA)
    told = [
        (change.lot_id, change.cooperative_id, change.before_kg, change.now_kg, [each.why for each in change.reasons])
        for change in changes.changes
    ]
    assert told == [
        ("LOT-2", "C-GUANPI", 1200, 0, ["became_promise"]),
        ("LOT-5", None, 1800, 0, ["became_promise"]),
    ]
    assert [(each.why, each.kg) for each in changes.reasons] == [("became_promise", -3000)]
    assert (changes.sellers, changes.enterprises) == ((), ())
    assert_adds_up(changes, answer, now)


def test_what_fell_away_is_planned_again_and_told_as_that(source: PlanSource, answer: ProducePlanAnswer) -> None:
    promised = confirmed(source)
    before = kept_as(planned(promised), promised)
    failed = replace(source, promises=confirmed(source, "failed").promises)
    changes = produce_changes(before, planned(failed), failed, SCHEMA)
    assert [(each.why, each.kg) for each in changes.reasons] == [("promise_failed", 3000)]
    assert_adds_up(changes, planned(promised), answer)


def test_what_was_delivered_before_the_plan_was_kept_is_no_news(source: PlanSource) -> None:
    came = confirmed(source, "delivered")
    before = kept_as(planned(came), came)
    # Later nobody looks so far back any more; that frees nothing.
    later = replace(came, promises=came.promises[:0])
    assert produce_changes(before, planned(later), later, SCHEMA).changes == ()


def test_a_lot_that_is_past_is_no_longer_on_offer(
    source: PlanSource, answer: ProducePlanAnswer, kept: KeptProducePlan
) -> None:
    # The last day of LOT-6 is the 22nd; LOT-2 and LOT-5 still meet their batch.
    now = planned(source, date(2026, 5, 23))
    changes = produce_changes(kept, now, source, SCHEMA)
    (lot,) = [change for change in changes.changes if change.lot_id == "LOT-6"]
    assert [(each.why, each.kg) for each in lot.reasons] == [("lot_over", -600)]
    assert ("H-105", 600, 0) in [(each.id, each.before_kg, each.now_kg) for each in changes.sellers]
    assert_adds_up(changes, answer, now)


def test_a_plan_by_other_rules_adds_up_too(
    source: PlanSource, answer: ProducePlanAnswer, kept: KeptProducePlan
) -> None:
    how = HowToPlan(rules=Rules(forbidden=(Forbidden("LOT-2", "WANT-1"),)))
    now = planned(source, how=how)
    changes = produce_changes(kept, now, source, SCHEMA, rules=how.rules)
    # WANT-1 was full, so only the rule makes room for LOT-5, which takes the place of LOT-2. It is C-GUANPI's own, so
    # who brings it is the same, with or without LOT-2.
    told = [
        (change.lot_id, change.cooperative_id, each.why, each.kg)
        for change in changes.changes
        for each in change.reasons
    ]
    assert told == [
        ("LOT-2", "C-GUANPI", "rule", -1200),
        ("LOT-5", None, "rule_otherwise", 1200),
    ]
    assert [(each.why, each.kg) for each in changes.reasons] == [("rule", -1200), ("rule_otherwise", 1200)]
    assert (changes.totals.moved_kg, changes.totals.way_count) == (0, 2)
    assert kept_as(now, source, how).parameters.rules == {"forbidden": [{"lot": "LOT-2", "demand": "WANT-1"}]}
    assert_adds_up(changes, answer, now)


def test_a_rule_that_the_kept_plan_had_already_is_no_reason(source: PlanSource, kept: KeptProducePlan) -> None:
    how = HowToPlan(rules=Rules(forbidden=(Forbidden("LOT-2", "WANT-1"),)))
    ruled = kept_as(planned(source, how=how), source, how)
    assert produce_changes(ruled, planned(source, how=how), source, SCHEMA, rules=how.rules).changes == ()
    lifted = produce_changes(ruled, planned(source), source, SCHEMA)
    assert [(each.why, each.kg) for each in lifted.reasons] == [("rule", 1200), ("rule_otherwise", -1200)]


def test_what_was_promised_since_of_a_kept_plan_is_not_to_be_planned_again(
    source: PlanSource, kept: KeptProducePlan
) -> None:
    before = ways_before(kept, confirmed(source).promises, DAY)
    assert before[Way("LOT-2", "WANT-1", "C-GUANPI")] == before[Way("LOT-5", "WANT-1", "C-GUANPI")] == 0
    assert before[Way("LOT-1", "WANT-2", "")] == 1500
    unchanged = ways_before(kept, source.promises, DAY)
    assert sum(unchanged.values()) == 8100
    again = planned(source, how=HowToPlan(before=unchanged))
    assert (again.stages[-1].name, again.stages[-1].value, again.stages[-1].unit) == ("as_before", 8100.0, "kg")
    assert produce_changes(kept, again, source, SCHEMA).changes == ()


def test_a_plan_of_other_lots_is_not_set_beside_it(source: PlanSource, kept: KeptProducePlan) -> None:
    other = replace(kept, parameters=kept.parameters.model_copy(update={"area": "350624"}))
    with pytest.raises(QuestionError) as caught:
        produce_changes(other, planned(source), source, SCHEMA)
    assert caught.value.code == "changes_of_another_plan"
