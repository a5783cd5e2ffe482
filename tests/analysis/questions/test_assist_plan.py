"""The plan on the tiny graph, worked out by hand, on both engines.

Needs in fen, by the prices of the vocabulary (the cheapest measure, to end the cause whole): h1 M02 20,000, of which
B38, planned, leaves half: 10,000. h1 M03 40,000, of which B36 leaves half: 20,000. h2 H01 (by the link K01: B02)
1,000,000. h2 H07 1,250,000. h3 M03 40,000. h4 H07 1,250,000. h6 L06 100,000, of which B23, planned for p8, leaves half:
50,000. h7 M01 (by K50: B40) 40,000. h7 V01 (by K57: B46) 125,000. F05 of h6 has no measure. h5, h8: nothing held; h9
has moved. In all 3,785,000.

What can be given: pr4 has no partner and offers B03 against H07, to h2 and h4: 500,000 each cover 0.4 of 1,250,000,
which is 500,000. Whether all are insured nothing tells of either. pr1 offers B36 and B38, but h1 has both, and h3 has
left its cooperative. pr3 is for other categories than h6 has.
"""

from __future__ import annotations

from datetime import date

import pytest

from analysis.errors import SubjectNotFound
from analysis.questions.assist_plan import assist_plan
from analysis.questions.assist_plan_answer import AssistPlanAnswer
from analysis.questions.assist_plan_graph import GraphAssistAsked, graph_assist_source
from analysis.questions.assist_plan_made import HowToAssist
from analysis.risk.model import RiskModel, expert_model
from graph_schema import Schema
from graph_store import GraphStore

DAY = date(2026, 5, 20)


@pytest.fixture(scope="module")
def model(schema: Schema) -> RiskModel:
    return expert_model(schema)


@pytest.fixture
def answer(tiny_store: GraphStore, schema: Schema, model: RiskModel) -> AssistPlanAnswer:
    source = graph_assist_source(tiny_store, schema, model, GraphAssistAsked(), DAY)
    return assist_plan(source, schema, day=DAY, show_sensitive=True)


def test_the_plan_gives_what_there_is_to_those_whom_it_reaches(answer: AssistPlanAnswer) -> None:
    totals = answer.totals
    assert (totals.household_count, totals.need_count, totals.unpriced_need_count) == (6, 9, 1)
    assert (totals.need_fen, totals.covered_fen, totals.left_fen) == (3_785_000, 1_000_000, 2_785_000)
    assert (totals.cost_fen, totals.help_count, totals.to_check_count) == (1_000_000, 2, 2)
    assert [(each.household_id, each.programme.id, each.measure.id) for each in answer.helps] == [
        ("h2", "pr4", "B03"),
        ("h4", "pr4", "B03"),
    ]
    # 5,000 yuan for severity 0.2 and 5,000 yuan for severity 0.6.
    assert (answer.stages[0].value, answer.stages[0].is_optimal) == (4_000.0, True)
    assert {each.tier: each.covered_fen for each in answer.by_tier} == {5: 0, 4: 0, 3: 500_000, 2: 0, 1: 500_000}
    assert answer.is_made_up
    # What is left is what programmes had, less what they promised: the help of h1 30,000, p3's 150,000, 700,000 of pr4.
    assert {each.programme.id: (each.promised_fen, each.left_fen) for each in answer.by_programme} == {
        "pr1": (30_000, 49_970_000),
        "pr2": (0, 20_000_000),
        "pr3": (150_000, 7_850_000),
        "pr4": (700_000, 28_300_000),
    }


def test_what_stays_has_its_reason(answer: AssistPlanAnswer) -> None:
    assert {each.reason: (each.need_count, each.left_fen) for each in answer.uncovered} == {
        "nothing_more": (2, 1_500_000),
        "no_programme": (3, 1_165_000),
        "category": (1, 50_000),
        "no_partner_link": (1, 40_000),
        "already_runs": (2, 30_000),
    }


def test_a_hamlet_counts_in_its_village(answer: AssistPlanAnswer) -> None:
    villages = {each.village.id: (each.household_count, each.covered_fen) for each in answer.by_village}
    assert villages == {"350624101201": (4, 1_000_000), "350624105201": (1, 0), "350624101202": (1, 0)}


def test_what_is_avoided_adds_up_over_the_villages(answer: AssistPlanAnswer) -> None:
    risk = answer.risk
    assert risk is not None
    assert risk.avoided == pytest.approx(risk.returns_before - risk.returns_after)
    assert risk.avoided == pytest.approx(sum(each.avoided for each in risk.by_village))
    assert risk.lowered_household_count == 2


def test_help_that_would_tell_a_sensitive_cause_is_counted_and_not_listed(
    tiny_store: GraphStore, schema: Schema, model: RiskModel
) -> None:
    source = graph_assist_source(tiny_store, schema, model, GraphAssistAsked(), DAY)
    answer = assist_plan(source, schema, day=DAY)
    assert (answer.helps, answer.hidden_count, answer.totals.help_count) == ((), 2, 2)
    last = answer.by_cause[-1]
    assert (last.cause, last.need_count, last.need_fen) == (None, 3, 3_500_000)
    assert not any(each.cause and each.cause.id in ("H01", "H07") for each in answer.by_cause)
    assert "notice_assist_hidden" in {each.code for each in answer.notices}


def test_a_village_alone_is_planned_with_what_the_programmes_promised_elsewhere(
    tiny_store: GraphStore, schema: Schema, model: RiskModel
) -> None:
    asked = GraphAssistAsked("350624101201-01")
    source = graph_assist_source(tiny_store, schema, model, asked, DAY)
    answer = assist_plan(source, schema, day=DAY, show_sensitive=True)
    assert [each.household_id for each in answer.helps] == ["h4"]
    assert {each.programme.id: each.promised_fen for each in answer.by_programme}["pr4"] == 700_000


def test_only_the_programmes_that_are_named_give(tiny_store: GraphStore, schema: Schema, model: RiskModel) -> None:
    source = graph_assist_source(tiny_store, schema, model, GraphAssistAsked(), DAY)
    how = HowToAssist(programme_ids=("pr1",))
    answer = assist_plan(source, schema, day=DAY, how=how, show_sensitive=True)
    assert (answer.helps, answer.asked.programme_ids) == ((), ("pr1",))


def test_an_area_where_nobody_lives_has_an_empty_plan_that_says_so(
    tiny_store: GraphStore, schema: Schema, model: RiskModel
) -> None:
    source = graph_assist_source(tiny_store, schema, model, GraphAssistAsked("445200"), DAY)
    answer = assist_plan(source, schema, day=DAY)
    assert (answer.totals.need_count, answer.helps, answer.by_village) == (0, (), ())
    assert "notice_assist_no_needs" in {each.code for each in answer.notices}


def test_an_unknown_area_is_refused(tiny_store: GraphStore, schema: Schema, model: RiskModel) -> None:
    with pytest.raises(SubjectNotFound, match="nowhere"):
        graph_assist_source(tiny_store, schema, model, GraphAssistAsked("nowhere"), DAY)
