"""Several rows that say one fact: what is taken of them, and that a fault in one rejects them all."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from graph_schema.meta import Names
from loaders.files.csv_text import parse_csv
from loaders.mapping import FactForm, Mapping
from loaders.rows.fact_rows import FactRows
from loaders.rows.mapped_rows import mapped_rows
from tests.loaders.desk import ToldRejects

Taken = Callable[..., FactRows]

ROWS = "h,v\nA,1.1\nB,5\nA,2.2\nA,\nB,5\n"
INCOME = (
    "wages:\n  version: 1\n  feed: survey\n  label: {en: w, zh: w}\n  facts:\n    - kind: IncomeComponent\n"
    "      group_by: [h]\n      columns:\n        household_id: {column: h}\n        income_year: {value: 2025}\n"
    "        income_kind: {value: wage}\n        certainty: {value: stated}\n"
    "        low_fen: {column: v, unit: 元, take: sum}\n        high_fen: {column: v, unit: 元, take: sum}\n"
)


@pytest.fixture
def taken() -> Taken:
    """Return the facts of rows that column `h` groups, with one cell of the given form."""

    def facts(text: str, **cell: object) -> FactRows:
        form = FactForm.model_validate({"kind": "Area", "columns": {"name": cell}, "group_by": ["h"]})
        mapping = Mapping(name="m", version="1", feed="survey", label=Names(en="m", zh="m"), facts=(form,))
        raw = parse_csv(text.encode(), file="f")
        return mapped_rows(raw, mapping, np.arange(1, len(raw.lines) + 1))[0]

    return facts


@pytest.mark.parametrize(
    ("take", "expected"),
    [
        ("sum", ["3.3", "10"]),
        ("max", ["2.2", "5"]),
        ("min", ["1.1", "5"]),
        ("first", ["1.1", "5"]),
        ("last", ["2.2", "5"]),
        ("count", ["2", "2"]),
    ],
)
def test_each_way_of_taking_passes_over_empty_cells(taken: Taken, take: str, expected: list[str]) -> None:
    facts = taken(ROWS, column="v", take=take)
    assert (facts.columns["name"].to_pylist(), facts.faults) == (expected, ())


def test_rows_know_their_fact_and_the_fact_its_first_row(taken: Taken) -> None:
    facts = taken(ROWS, column="h")
    assert (facts.fact_of_row.tolist(), facts.row_of_fact.tolist()) == ([0, 1, 0, 0, 1], [0, 1])


def test_a_count_needs_no_column(taken: Taken) -> None:
    facts = taken(ROWS, take="count")
    assert (facts.columns["name"].to_pylist(), facts.made_of["name"]) == (["3", "2"], ())


def test_numbers_are_compared_by_value_and_days_by_day(taken: Taken) -> None:
    assert taken("h,v\nA,9\nA,10\n", column="v", take="max").columns["name"].to_pylist() == ["10"]
    facts = taken("h,v\nA,2026年9月1日\nA,2026-10-01\n", column="v", day=True, take="max")
    assert facts.columns["name"].to_pylist() == ["2026-10-01"]


def test_any_is_yes_where_one_row_says_yes(taken: Taken) -> None:
    facts = taken("h,v\nA,否\nA,是\nB,无\nB,\nC,\n", column="v", take="any")
    assert facts.columns["name"].to_pylist() == ["yes", "no", None]


@pytest.mark.parametrize(("take", "code"), [("any", "not_a_flag"), ("sum", "not_a_number")])
def test_what_cannot_be_taken_is_a_fault_of_the_group(taken: Taken, take: str, code: str) -> None:
    (fault,) = taken("h,v\nA,1\nB,x\nB,1\n", column="v", take=take).faults
    assert (fault.code, fault.facts.tolist(), fault.fields_of_fact) == (code, [1], {"value": ["x"]})


def test_rows_that_differ_where_they_should_not_are_named(taken: Taken) -> None:
    (fault,) = taken("h,v\nA,1\nB,5\nA,2\nA,\nB,5\n", column="v").faults
    assert (fault.code, fault.facts.tolist()) == ("group_differs", [0])
    assert fault.fields_of_fact == {"lines": ["2, 4, 5"]}


def test_rows_without_their_key_stay_alone(taken: Taken) -> None:
    facts = taken("h,v\n,1\n,2\nA,3\n", column="v", take="sum")
    assert facts.columns["name"].to_pylist() == ["1", "2", "3"]


def test_a_fault_in_one_row_rejects_every_row_of_its_group(told: ToldRejects) -> None:
    text = "h,v\nH1,100\nH2,5\nH1,many\nH2,0.005\nH3,19.99\n"
    found = told("wages.csv", text, known={"Household": ["H1", "H2", "H3"]}, mapping=INCOME)
    assert {reject[0] for reject in found} == {2, 3, 4, 5}
    assert {(reject[0], reject[3]) for reject in found} >= {(2, "not_a_number"), (4, "not_a_number")}
    assert {(reject[0], reject[3]) for reject in found} >= {(3, "not_whole_in_unit"), (5, "not_whole_in_unit")}


def test_rows_that_cannot_be_read_do_not_say_the_same_as_rows_that_say_nothing() -> None:
    cells = {"id": {"column": "h"}, "name": {"column": "v", "unit": "yuan", "to": "fen"}}
    form = FactForm.model_validate({"kind": "Area", "columns": cells, "distinct": True})
    mapping = Mapping(name="m", version="1", feed="survey", label=Names(en="m", zh="m"), facts=(form,))
    raw = parse_csv(b"h,v\nA,\nA,x\nA,\n", file="f")
    (facts,) = mapped_rows(raw, mapping, np.arange(1, 4))
    assert facts.fact_of_row.tolist() == [0, 1, 0]
    assert [fault.facts.tolist() for fault in facts.faults] == [[1]]
