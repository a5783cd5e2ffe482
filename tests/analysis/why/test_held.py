"""What is found, what it adds, and what is so already."""

from __future__ import annotations

import pytest

from analysis.risk.model import RiskModel
from analysis.why.held import found_causes
from analysis.why.numbers import already_by, next_years, numbers_of
from analysis.why.traced import states_of, traced
from graph_schema import Schema
from tests.analysis.why.one_household import household


def test_what_is_true_today_is_said_to_be_so_already(schema: Schema, model: RiskModel) -> None:
    rows: list[dict[str, object]] = [
        {"cause": "O02", "status": "confirmed"},
        {"cause": "E02", "status": "confirmed"},
        {"cause": "O03", "status": "suspected", "confidence": 0.6},
    ]
    held = household(schema, model, rows)
    numbers = numbers_of(held, 0.3)
    assert (numbers.risk, numbers.is_already) == (1, True)
    assert [each.code for each in already_by(held)] == ["O02"]
    assert all(year.chance == 1 for year in next_years(held, 3))


def test_a_suspected_state_is_a_forecast(schema: Schema, model: RiskModel) -> None:
    held = household(schema, model, [{"cause": "O02", "status": "suspected", "confidence": 0.6}])
    assert (numbers_of(held, 0.3).is_already, already_by(held)) == (False, ())


@pytest.mark.parametrize(("level", "is_above"), [(0.5, False), (0.2, True)])
def test_a_household_stands_high_from_the_level_on(
    schema: Schema, model: RiskModel, level: float, is_above: bool
) -> None:
    # Lack of skill alone (decision 0015): K26 of 0.4 at severity 0.6, and the other ways to O06 stay shut.
    held = household(schema, model, [{"cause": "E02", "status": "confirmed", "severity": 0.6}])
    numbers = numbers_of(held, level)
    shut = 0.9941 * 0.997 * (1 - 0.4 * 0.003) * 0.9988
    assert numbers.risk == pytest.approx(1 - shut * 0.6**0.6, abs=1e-9)
    assert numbers.fields()["is_above"] is is_above
    assert numbers_of(held, numbers.risk).fields()["is_above"] is True


def test_more_findings_than_can_be_shared_out_leave_the_risk(schema: Schema, model: RiskModel) -> None:
    causes = [code for code, cause in schema.causes.items() if cause.cause_kind != "state"][:40]
    held = household(schema, model, [{"cause": code, "status": "suspected", "confidence": 0.1} for code in causes])
    numbers = numbers_of(held, 0.3)
    fields = numbers.fields()
    assert (fields["is_attribution_left_out"], fields["risk_without"]) == (True, None)
    assert 0 < numbers.risk < 1
    found, _ = found_causes(held, numbers.attribution)
    assert len(found) == 40
    assert {each.shapley for each in found} == {None}


def test_the_hidden_row_sums_what_is_not_shown(schema: Schema, model: RiskModel) -> None:
    rows = [{"cause": code, "status": "confirmed", "severity": 0.6} for code in ("H01", "H02", "E02")]
    shown, hiding = household(schema, model, rows), household(schema, model, rows, show_sensitive=False)
    attribution = numbers_of(shown, 0.3).attribution
    added = {each.code: each.shapley or 0 for each in found_causes(shown, attribution)[0]}
    found, hidden = found_causes(hiding, attribution)
    assert [each.code for each in found] == ["E02"]
    assert hidden is not None
    assert hidden.count == 2
    assert hidden.shapley == pytest.approx(added["H01"] + added["H02"], abs=1e-12)


def test_a_state_that_is_found_is_listed_without_a_chain(schema: Schema, model: RiskModel) -> None:
    held = household(schema, model, [{"cause": "O06", "status": "confirmed"}])
    numbers = numbers_of(held, 0.3)
    found, _ = found_causes(held, numbers.attribution)
    states = states_of(held, traced(held, found, 10), numbers.activity)
    assert [(state.code, state.is_found, state.strongest, state.chance) for state in states] == [("O06", True, None, 1)]
