"""What more would bring, who depends on whom, missing links, and plans side by side: by hand in the small county."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from analysis.assistance.plan.rules import Locked, Rules
from analysis.assistance.plan.why.grants import Change
from analysis.errors import QuestionError, SubjectNotFound
from analysis.questions.assist_compare import first_come, kept_plan, other_plan, told_assist_compare, without_rules
from analysis.questions.assist_dependence import told_assist_dependence
from analysis.questions.assist_links import told_assist_links
from analysis.questions.assist_telling import AssistIndex
from analysis.questions.assist_worth import told_assist_worth
from graph_schema import Schema, load_schema
from tests.analysis.questions.made_assist import made_assist_plan


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="module")
def index(schema: Schema) -> AssistIndex:
    return AssistIndex(made_assist_plan(schema))


def test_one_more_place_brings_the_next_household_and_money_that_is_left_brings_nothing(
    index: AssistIndex, schema: Schema
) -> None:
    steps = {(step.change.kind, step.holder.id): step for step in told_assist_worth(index, schema).steps}
    # 10,000 yuan more for help at a severity of 0.3: 3,000. One more place: 200 yuan at 0.3.
    gains = {key: step.most_gain_yuan for key, step in steps.items()}
    # The last place is worth 80 to who has it, the next one 60: any price between is true, so at most is said.
    assert 60.0 <= gains.pop(("offer", "p2")) <= 80.0
    assert gains == {("budget", "p1"): 3_000.0, ("budget", "p2"): 0.0, ("budget", "p3"): 0.0}
    assert {key: step.left for key, step in steps.items()} == {
        ("budget", "p1"): 0,
        ("offer", "p2"): 0,
        ("budget", "p2"): 80_000,
        ("budget", "p3"): 80_000,
    }
    assert steps["budget", "p2"].text_en == (
        "If markets has 10,000 yuan more to spend, no more is covered: something else is short."
    )
    only = told_assist_worth(index, schema, party_id="p2")
    assert {step.change.kind for step in only.steps} == {"budget", "offer"}


def test_what_a_sum_brings_is_solved_with_it(index: AssistIndex, schema: Schema) -> None:
    answer = told_assist_worth(index, schema, changes=[Change("budget", "p1", 50_000)])
    solved = answer.solved
    assert solved is not None
    assert (solved.gain_yuan, solved.covered_fen, solved.cost_fen, solved.is_exact) == (150.0, 50_000, 50_000, True)
    assert [(each.household_id, each.gained_fen) for each in solved.households] == [("h0", 50_000)]
    assert solved.text_en == (
        "If links has 500 yuan more to spend, the best plan covers 500 yuan more of need (150 yuan by severity). "
        "Households that get more: 1; that get less: 0."
    )
    with pytest.raises(SubjectNotFound, match="nowhere"):
        told_assist_worth(index, schema, changes=[Change("programmes", "nowhere", 1)])


def test_what_falls_without_an_enterprise_is_told_by_household_and_village(index: AssistIndex, schema: Schema) -> None:
    answer = told_assist_dependence(index, schema, enterprise_id="e1")
    assert (answer.party.name, answer.help_count, answer.fallen_yuan, answer.lost_yuan) == ("the mill", 1, 80.0, 80.0)
    assert answer.total.model_dump() == {
        "before_fen": 140_000,
        "fallen_fen": 20_000,
        "after_fen": 120_000,
        "lost_fen": 20_000,
    }
    assert [(each.household_id, each.before_fen, each.fallen_fen) for each in answer.households] == [
        ("h1", 70_000, 20_000)
    ]
    assert [(each.village.id, each.fallen_fen) for each in answer.by_village] == [("v1", 20_000)]
    assert answer.text_en == (
        "Without the mill, 200 yuan of need covered fall (households: 1, villages: 1). "
        "The best plan without it makes good 0 yuan; 200 yuan stay lost."
    )
    assert told_assist_dependence(index, schema, cooperative_id="c1").total == answer.total
    assert "nothing falls without it" in told_assist_dependence(index, schema, cooperative_id="c2").text_en
    with pytest.raises(SubjectNotFound, match="c3"):
        told_assist_dependence(index, schema, cooperative_id="c3")


def test_a_lock_on_a_programme_that_goes_is_told_as_dropped(schema: Schema) -> None:
    made = made_assist_plan(schema, rules=Rules(locked=(Locked("h0", "p1", 30_000),)))
    answer = told_assist_dependence(AssistIndex(made), schema, programme_id="p1")
    assert answer.dropped_rule_count == 1
    assert "locked: programme p1 covers at least 300.00 yuan" in answer.text_en


def test_a_sensitive_need_that_falls_stands_in_no_households_row(index: AssistIndex, schema: Schema) -> None:
    answer = told_assist_dependence(index, schema, programme_id="p3")
    assert (answer.total.fallen_fen, answer.households, answer.hidden_count) == (20_000, (), 1)
    assert [each.fallen_fen for each in answer.by_village] == [20_000]
    shown = told_assist_dependence(index, schema, programme_id="p3", show_sensitive=True)
    assert [(each.household_id, each.fallen_fen) for each in shown.households] == [("h2", 20_000)]


def test_one_party_is_asked_about_at_a_time(index: AssistIndex, schema: Schema) -> None:
    with pytest.raises(QuestionError):
        told_assist_dependence(index, schema)
    with pytest.raises(QuestionError):
        told_assist_dependence(index, schema, programme_id="p1", enterprise_id="e1")


def test_the_link_to_the_worst_off_is_told_with_what_it_brings(index: AssistIndex, schema: Schema) -> None:
    answer = told_assist_links(index, schema, top=5)
    # The one place goes to h6 (200 yuan at 0.9) instead of h1 (at 0.4).
    assert {(link.kind, link.one.id, link.other.id): link.gain_yuan for link in answer.links} == {
        ("programme_cooperative", "p2", "c2"): 100.0,
        ("enterprise_cooperative", "e1", "c2"): 100.0,
    }
    by_contract = next(link for link in answer.links if link.kind == "enterprise_cooperative")
    assert (by_contract.covered_fen, by_contract.helped_count, by_contract.is_exact) == (0, 1, True)
    assert by_contract.text_en == (
        "If the mill had a contract with the terrace, the best plan would cover 0 yuan more of need (100 yuan by "
        "severity). Households that get more: 1."
    )
    unsolved = told_assist_links(index, schema, top=0)
    assert unsolved.solved_count == 0
    assert all(link.most_gain_yuan + unsolved.slack_yuan >= 100.0 for link in unsolved.links)


def test_the_plan_beside_first_come_first_served(index: AssistIndex, schema: Schema) -> None:
    answer = told_assist_compare(index.made, schema, first_come(index.made))
    # h0 comes first and takes a place that covers 500 yuan at 0.3 instead of at 0.9.
    assert (answer.plan.weighted_yuan, answer.other.weighted_yuan, answer.gained_yuan) == (1_030.0, 730.0, 300.0)
    assert [(each.household_id, each.before_fen, each.after_fen) for each in answer.households] == [
        ("h2", 0, 50_000),
        ("h0", 50_000, 0),
    ]
    assert (answer.more_count, answer.less_count, answer.hidden_count) == (1, 1, 0)
    assert [each.cause and each.cause.id for each in answer.by_cause] == ["M01", "M06", None]
    assert answer.text_en.startswith(
        "The plan covers 1,400 yuan of need, first come, first served 1,400 yuan: a difference of 0 yuan (+300 yuan by "
        "severity). Households that get more by the plan: 1; that get less: 1."
    )


def test_what_a_lock_costs_is_the_plan_beside_the_one_without_it(index: AssistIndex, schema: Schema) -> None:
    locked = made_assist_plan(schema, rules=Rules(locked=(Locked("h0", "p1", 30_000),)))
    # h0 at 0.3 in place of h1 at 0.6.
    for other in (without_rules(locked), other_plan(index.made)):
        answer = told_assist_compare(locked, schema, other)
        assert answer.gained_yuan == -150.0
        assert [(each.household_id, each.lost_fen) for each in answer.households] == [("h0", 0), ("h1", 50_000)]


class Kept(NamedTuple):
    """A help of a kept plan."""

    household_id: str
    cause_id: str
    cost_fen: int
    cover_fen: int


def test_a_kept_plan_counts_by_the_needs_of_today(index: AssistIndex, schema: Schema) -> None:
    helps = [Kept("h0", "M06", 50_000, 90_000), Kept("gone", "M06", 50_000, 50_000)]
    answer = told_assist_compare(index.made, schema, kept_plan(index.made, helps, "run-1"))
    # Of what was to be covered at h0, no more than its need counts; a household that is gone has none.
    assert (answer.other.covered_fen, answer.other.cost_fen, answer.other_id) == (71_429, 100_000, "run-1")
