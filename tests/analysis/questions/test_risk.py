"""Asked of the tiny graph on both engines; numbers are worked out by hand, or one household at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from analysis.errors import QuestionError, SubjectNotFound
from analysis.fetch.risk import risk_of_household
from analysis.page import Page
from analysis.questions.risk import RiskAsked, known_risk, risk
from analysis.questions.risk_answer import RiskAnswer
from analysis.risk.model import RiskModel, expert_model
from analysis.why import area_risk
from analysis.why.area_parts import PlaceRisk
from graph_schema import Schema
from graph_store import GraphStore
from policy import Policy
from tests.analysis.history.told import MemoryLedger

DAY = date(2026, 5, 20)
COUNTY, SIDU, QINGMEI, SHIXI, HAMLET = "350624", "350624101", "350624101201", "350624101202", "350624101201-01"
EVERYBODY = ("h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8")
# The base rate of the leaks, worked out in docs/decisions/0015: 1 - 0.9941 x 0.994609.
REST = 0.997 * (1 - 0.4 * 0.003) * 0.9988
LEAK = 1 - 0.9941 * REST
Ask = Callable[..., RiskAnswer]


@pytest.fixture(scope="module")
def model(schema: Schema) -> RiskModel:
    return expert_model(schema)


@pytest.fixture
def ask(tiny_store: GraphStore, schema: Schema, policy: Policy, model: RiskModel) -> Ask:
    def asked(area_id: str | None, **how: object) -> RiskAnswer:
        options = RiskAsked(**how)  # type: ignore[arg-type] # the test says which
        return risk(tiny_store, MemoryLedger(schema), schema, policy, model, area_id, day=DAY, asked=options)

    return asked


def test_a_village_is_worked_out_by_hand(ask: Ask) -> None:
    # h5: M01 is refuted, so only the base rate is left. h6: L06 (severity 0.8) leads to O02 by K22 (0.6), which F05
    # (0.8 sure, severity 0.6, factor 1.5) makes stronger: the doubt 0.4 has the exponent 0.8 x (1 + 0.5 x 0.48).
    alone = 1 - 0.9941 * 0.4**0.8 * REST
    both = 1 - 0.9941 * 0.4 ** (0.8 * 1.24) * REST
    answer = ask(SHIXI)
    assert answer.counts.household_count == 2
    assert answer.counts.returns == pytest.approx(LEAK + both)
    assert answer.without_findings == pytest.approx(2 * LEAK)
    # L06 adds something first and second, F05 only once L06 is there.
    (cause,) = answer.causes
    assert (cause.code, cause.household_count) == ("L06", 1)
    assert cause.returns == pytest.approx(((alone - LEAK) + (both - LEAK)) / 2)
    assert cause.fall == pytest.approx(both - LEAK)
    assert answer.hidden is not None
    assert answer.hidden.cause_count == 1
    assert answer.hidden.returns == pytest.approx((both - alone) / 2)
    (chain,) = answer.chains
    assert chain.codes == ("L06", "O02", "O06")
    assert chain.returns == pytest.approx(cause.returns)
    assert "income below line" in answer.chains[0].sentence_en
    assert "收入低于监测线" in answer.chains[0].sentence_zh
    assert (answer.counts.above_count, answer.level) == (1, 0.3)
    assert [band.household_count for band in answer.bands if band.household_count] == [1, 1]


def test_the_area_sums_its_households_one_by_one(ask: Ask, tiny_store: GraphStore, model: RiskModel) -> None:
    single = [risk_of_household(tiny_store, model.network, model.measures, each, DAY) for each in EVERYBODY]
    risks = [float(model.engine.risk(each.findings)[0]) for each in single]
    helped = [float(model.engine.risk_with(each.findings, model.measures, each.running)[0]) for each in single]
    answer = ask(COUNTY)
    assert answer.counts.returns == pytest.approx(sum(risks), abs=1e-9)
    assert answer.counts.returns_with_help == pytest.approx(sum(helped), abs=1e-9)
    assert answer.counts.above_count == sum(each >= answer.level for each in risks)
    assert sum(band.household_count for band in answer.bands) == len(EVERYBODY)


@pytest.mark.parametrize("area_id", [None, "350000", COUNTY, SIDU, QINGMEI])
@pytest.mark.parametrize("shows", [False, True])
def test_places_sum_to_the_area_and_what_carries_to_the_returns(ask: Ask, area_id: str | None, *, shows: bool) -> None:
    answer = ask(area_id, show_sensitive=shows)
    for name in ("household_count", "returns", "returns_with_help", "above_count", "above_with_help_count"):
        parts = [getattr(place.counts, name) for place in answer.places]
        assert sum(parts) == pytest.approx(getattr(answer.counts, name), abs=1e-9), name
    parted: list[RiskAnswer | PlaceRisk] = [answer, *answer.places]
    for each in parted:
        hidden = each.hidden.returns if each.hidden else 0.0
        carried = sum(cause.returns for cause in each.causes)
        whole = each.without_findings + carried + hidden + each.left_out_returns
        assert whole == pytest.approx(each.counts.returns, abs=1e-9)


def test_the_chains_of_a_cause_sum_to_it(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(area_risk, "MOST_CHAINS", 1000)
    answer = ask(COUNTY, show_sensitive=True)
    assert len(answer.chains) > 20
    for cause in answer.causes:
        chains = sum(chain.returns for chain in answer.chains if chain.codes[0] == cause.code)
        assert chains + cause.without_chain == pytest.approx(cause.returns, abs=1e-9)


def test_who_lives_in_no_place_below_counts_for_the_area_itself(ask: Ask) -> None:
    places = ask(QINGMEI).places
    assert [(each.area_id, each.is_itself, each.counts.household_count) for each in places] == [
        (QINGMEI, True, 3),
        (HAMLET, False, 1),
    ]


def test_what_is_sensitive_is_counted_and_not_named(ask: Ask) -> None:
    hidden, shown = ask(COUNTY), ask(COUNTY, show_sensitive=True)
    assert hidden.counts == shown.counts
    assert all(code not in hidden.model_dump_json() for code in ('"H01"', '"H07"', '"F05"'))
    sensitive = [cause.returns for cause in shown.causes if cause.code in ("H01", "H07", "F05")]
    assert hidden.hidden is not None
    assert hidden.hidden.cause_count == 3
    assert hidden.hidden.returns == pytest.approx(sum(sensitive))
    assert shown.hidden is None
    assert hidden.hidden_chain_count > 0
    assert "notice_risk_hidden" in {each.code for each in hidden.notices}


def test_no_household_is_named_unless_the_list_is_asked_for(ask: Ask) -> None:
    plain = ask(COUNTY)
    assert (plain.total, plain.households) == (None, ())
    assert not any(f'"{each}"' in plain.model_dump_json() for each in EVERYBODY)


def test_the_list_goes_from_the_highest_risk_down_a_page_at_a_time(ask: Ask) -> None:
    found, after = [], None
    for _ in range(3):
        answer = ask(COUNTY, page=Page(3, after))
        assert answer.total == 8
        found += [(each.household_id, each.risk) for each in answer.households]
        after = answer.next_after
    assert after is None
    assert {each for each, _ in found} == set(EVERYBODY)
    assert found == sorted(found, key=lambda pair: (-round(pair[1], 12), pair[0]))
    # Both have the base rate alone, so the id decides.
    assert [each for each, _ in found[-2:]] == ["h5", "h8"]


def test_a_level_of_ones_own_counts_others_as_high(ask: Ask) -> None:
    assert ask(SHIXI, above=0.001).counts.above_count == 2
    assert ask(SHIXI, above=1.0).counts.above_count == 0


def test_an_area_without_households_says_so(ask: Ask) -> None:
    answer = ask("445200", page=Page(5), with_change=True)
    assert (answer.counts.household_count, answer.counts.returns, answer.causes, answer.chains) == (0, 0.0, (), ())
    assert (answer.places, answer.total, answer.changed_since) == ((), 0, None)
    assert "notice_nobody_lives_here" in {each.code for each in answer.notices}


def test_what_cannot_be_asked_is_refused(ask: Ask) -> None:
    with pytest.raises(SubjectNotFound):
        ask("999999")
    with pytest.raises(QuestionError, match="A level of"):
        ask(COUNTY, above=1.5)
    with pytest.raises(SubjectNotFound):
        ask(COUNTY, page=Page(3, "nobody"))


def test_the_risks_of_the_whole_graph_answer_for_any_area(
    tiny_store: GraphStore, schema: Schema, policy: Policy, model: RiskModel, ask: Ask
) -> None:
    ledger = MemoryLedger(schema)
    known = known_risk(tiny_store, ledger, model, None, day=DAY)
    for area_id in (COUNTY, SIDU, HAMLET, "445200"):
        kept = risk(tiny_store, ledger, schema, policy, model, area_id, day=DAY, known=known)
        alone = ask(area_id)
        assert kept.counts.returns == pytest.approx(alone.counts.returns, abs=1e-12)
        assert np.allclose([each.returns for each in kept.causes], [each.returns for each in alone.causes])
        assert [each.fall for each in kept.links] == pytest.approx([each.fall for each in alone.links])
