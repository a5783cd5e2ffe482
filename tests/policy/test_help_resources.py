"""Which resource a measure takes is data: each name is checked, and each amount has a day and a source."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph_schema import Schema, load_schema
from policy import ParameterError
from policy.help_resources import TakenResource, load_help_resources

LOAN = """B30:
  resource_kind: loan_quota
  unit: fen
  amounts:
    - {amount: 3000000, valid_from: 2020-01-01, proposed: true}
    - {amount: 5000000, valid_from: 2021-03-04, reference: N1}
"""


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def written(folder: Path, text: str) -> Path:
    (folder / "help_resources.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_small_loan_takes_what_a_household_may_borrow_from_the_day_of_the_rule(schema: Schema) -> None:
    table = load_help_resources(schema)
    assert table.on(date(2026, 5, 20))["B30"] == TakenResource("loan_quota", "fen", 5_000_000)
    assert "B30" not in table.on(date(2021, 3, 3))


def test_a_job_takes_one_post_and_a_training_one_seat(schema: Schema) -> None:
    takes = load_help_resources(schema).on(date(2026, 5, 20))
    assert takes["B22"] == TakenResource("job", "seat", 1)
    assert takes["B25"] == TakenResource("training", "seat", 1)


def test_each_kind_of_resource_is_counted_in_one_unit(schema: Schema) -> None:
    takes = load_help_resources(schema).on(date(2026, 5, 20)).values()
    assert len({each.resource_kind for each in takes}) == len({(each.resource_kind, each.unit) for each in takes})


@pytest.mark.parametrize(("day", "amount"), [(date(2021, 3, 3), 3_000_000), (date(2021, 3, 4), 5_000_000)])
def test_the_latest_amount_that_has_begun_holds(schema: Schema, tmp_path: Path, day: date, amount: int) -> None:
    assert load_help_resources(schema, written(tmp_path, LOAN)).on(day)["B30"].amount == amount


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("B30:", "B99:", "line 1: B99 is not in the vocabulary"),
        ("loan_quota", "gold", "line 2: gold is not in the vocabulary"),
        (", reference: N1", "", "line 6: an amount of the measure B30 does not say where it comes from"),
    ],
)
def test_a_fault_is_told_with_its_line(schema: Schema, tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(ParameterError, match=said):
        load_help_resources(schema, written(tmp_path, LOAN.replace(old, new)))


def test_one_kind_in_two_units_is_refused(schema: Schema, tmp_path: Path) -> None:
    other = (
        "B33: {resource_kind: loan_quota, unit: seat, amounts: [{amount: 1, valid_from: 2021-01-01, proposed: true}]}"
    )
    with pytest.raises(ParameterError, match="line 7: loan_quota is counted in fen and in seat"):
        load_help_resources(schema, written(tmp_path, f"{LOAN}{other}\n"))
