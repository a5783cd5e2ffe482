"""What must hold of any network, households and changes, drawn by Hypothesis."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from analysis.risk.engine import RiskEngine
from analysis.risk.findings import findings_of
from analysis.risk.measures import RiskMeasure, RiskMeasures
from analysis.scenarios.changes import changed, changes_of
from analysis.scenarios.situation import Situation
from analysis.scenarios.what_if import what_if
from tests.analysis.risk.drawn import SHARES, Drawn, cases

few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class DrawnSituation:
    drawn: Drawn
    situation: Situation

    def dampens(self, code: object) -> bool:
        links = self.drawn.network.links
        return any(item.cause == code and item.factor < 1 for link in links for item in link.amplifiers)


@st.composite
def situations(draw: st.DrawFn) -> DrawnSituation:
    drawn = draw(cases(most_nodes=6, most_households=3))
    network, count = drawn.network, len(drawn.rows)
    targets = (*network.codes, *(link.link_id for link in network.links))
    measures = RiskMeasures(
        network,
        [
            RiskMeasure(f"M{place}", draw(st.sampled_from(targets)), draw(st.sampled_from([0.2, 0.5, 0.8])), 100)
            for place in range(3)
        ],
    )
    running = np.array(draw(st.lists(st.booleans(), min_size=3 * count, max_size=3 * count))).reshape(count, 3)
    names = tuple(f"h{place}" for place in range(count))
    return DrawnSituation(
        drawn, Situation(RiskEngine(network), measures, names, ("v",) * count, drawn.findings, running)
    )


@few
@given(situations())
def test_without_a_change_nothing_moves(each: DrawnSituation) -> None:
    effects = what_if(each.situation, changes_of(each.situation), level=0.5)
    assert effects.after.tolist() == effects.before.tolist()
    assert (effects.touched_count, effects.moved_count) == (0, 0)


@few
@given(situations(), st.integers(0, 2), st.booleans())
def test_help_that_ends_never_lowers_the_risk_and_help_that_comes_never_raises_it(
    each: DrawnSituation, place: int, is_given: bool
) -> None:
    rows = [{"household": name, "measure": f"M{place}"} for name in each.situation.household_ids]
    changes = changes_of(each.situation, given=rows) if is_given else changes_of(each.situation, taken=rows)
    effects = what_if(each.situation, changes, level=0.5)
    change = effects.after - effects.before
    assert np.all(change <= 1e-12) if is_given else np.all(change >= -1e-12)


@few
@given(situations(), st.data())
def test_refuting_a_cause_never_raises_the_risk_unless_it_dampens(each: DrawnSituation, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(each.drawn.network.codes))
    # A refuted state stays open for the coming year; only causes are closed.
    assume(not each.dampens(code) and code not in each.drawn.network.states)
    rows = [{"household": name, "cause": code, "status": "refuted"} for name in each.situation.household_ids]
    effects = what_if(each.situation, changes_of(each.situation, added=rows), level=0.5)
    assert np.all(effects.after <= effects.before + 1e-12)


@few
@given(situations(), st.data())
def test_ending_a_severe_finding_never_raises_the_risk_unless_it_dampens(
    each: DrawnSituation, data: st.DataObject
) -> None:
    # A mild finding says that its cause is milder than one that nobody looked at, so that its end may raise the risk.
    code = data.draw(st.sampled_from(each.drawn.network.codes))
    assume(not each.dampens(code))
    found = [{"household": name, "cause": code, "status": "confirmed"} for name in each.situation.household_ids]
    situation = changed(each.situation, changes_of(each.situation, added=found))
    ended = [{"household": name, "cause": code} for name in situation.household_ids]
    effects = what_if(situation, changes_of(situation, closed=ended), level=0.5)
    assert np.all(effects.after <= effects.before + 1e-12)


@few
@given(situations(), st.data(), SHARES)
def test_changed_findings_count_as_if_they_had_been_found_so(
    each: DrawnSituation, data: st.DataObject, severity: float
) -> None:
    situation, network = each.situation, each.drawn.network
    assume(len(network.codes) > 2)
    code, other, third = data.draw(st.permutations(network.codes))[:3]
    changes = changes_of(
        situation,
        added=[{"household": "h0", "cause": code, "status": "confirmed", "severity": severity}],
        closed=[{"household": "h0", "cause": other}],
        severity=[{"household": "h0", "cause": third, "severity": severity}],
    )
    rows = copy.deepcopy(each.drawn.rows)
    rows[0] = [row for row in rows[0] if row["cause"] != other]
    rows[0] = [row for row in rows[0] if row["cause"] != code or row["status"] != "refuted"]
    rows[0] = [{**row, "severity": severity} if row["cause"] == third else row for row in rows[0]]
    rows[0].append({"cause": code, "status": "confirmed", "severity": severity})
    expected = situation.engine.risk_with(
        findings_of(network, rows, properties=each.drawn.rules), situation.measures, situation.running
    )
    assert what_if(situation, changes, level=0.5).after == pytest.approx(expected, abs=1e-12)


@few
@given(situations(), st.data())
def test_the_order_of_rows_and_households_does_not_matter(each: DrawnSituation, data: st.DataObject) -> None:
    situation = each.situation
    code = data.draw(st.sampled_from(each.drawn.network.codes))
    rows = [
        {"household": name, "cause": code, "status": "suspected", "confidence": 0.4} for name in situation.household_ids
    ]
    effects = what_if(situation, changes_of(situation, added=rows), level=0.5)
    found = situation.findings
    order = np.array(data.draw(st.permutations(range(len(found.household)))), dtype=np.int64)
    mixed = replace(
        situation,
        findings=replace(
            found,
            household=found.household[order],
            cause=found.cause[order],
            status=found.status[order],
            confidence=found.confidence[order],
            severity=found.severity[order],
        ),
    )
    assert what_if(mixed, changes_of(mixed, added=rows[::-1]), level=0.5).after.tolist() == effects.after.tolist()
    places = np.array(data.draw(st.permutations(range(len(situation.household_ids)))), dtype=np.int64)
    turned = situation.only(places)
    again = what_if(turned, changes_of(turned, added=rows), level=0.5)
    assert again.after == pytest.approx(effects.after[places], abs=1e-12)
    assert again.is_touched.tolist() == effects.is_touched[places].tolist()
    assert again.depth.largest_change == pytest.approx(effects.depth.largest_change, abs=1e-12)
