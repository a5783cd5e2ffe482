from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from graph_schema.meta import Names
from loaders.files.csv_text import parse_csv
from loaders.mapping import FactForm, Mapping
from loaders.rows.fact_rows import FactRows
from loaders.rows.mapped_rows import mapped_rows, template_rows

Mapped = Callable[..., list[FactRows]]
CellsOf = Callable[..., list[str | None]]


@pytest.fixture
def mapped() -> Mapped:
    """Return the facts that a mapping of these forms makes of a text."""

    def rows(text: str, *facts: dict[str, object]) -> list[FactRows]:
        forms = tuple(FactForm.model_validate(fact) for fact in facts)
        mapping = Mapping(name="small", version="1", feed="survey", label=Names(en="s", zh="小"), facts=forms)
        raw = parse_csv(text.encode(), file="f")
        return mapped_rows(raw, mapping, np.arange(1, len(raw.lines) + 1))

    return rows


@pytest.fixture
def cells_of(mapped: Mapped) -> CellsOf:
    """Return the cells of one column that a mapping makes of a text."""

    def cells(file: str, **cell: object) -> list[str | None]:
        (facts,) = mapped(file, {"kind": "Area", "columns": {"name": cell}})
        made: list[str | None] = facts.columns["name"].to_pylist()
        return made

    return cells


def test_a_column_comes_without_outer_blanks_and_empty_as_nothing(cells_of: CellsOf) -> None:
    assert cells_of("a,b\n x ,1\n ,2\n", column="a") == ["x", None]


def test_some_texts_count_as_empty(cells_of: CellsOf) -> None:
    assert cells_of("a,b\nNA,1\n-9,2\n7,3\n", column="a", empty=["NA", -9]) == [None, None, "7"]


def test_codes_are_translated(cells_of: CellsOf) -> None:
    assert cells_of("a,b\n1,1\n0,2\n,3\n", column="a", codes={"1": True, "0": False}) == ["yes", "no", None]


def test_a_code_without_translation_is_a_fault_and_keeps_its_text(mapped: Mapped) -> None:
    cell = {"column": "a", "codes": {"1": "male", "2": "female"}}
    (facts,) = mapped("a,b\n1,x\n9,y\n", {"kind": "Person", "columns": {"sex": cell}})
    (fault,) = facts.faults
    assert (fault.code, fault.column, fault.facts.tolist()) == ("code_not_in_mapping", "sex", [1])
    assert (fault.fields, facts.columns["sex"].to_pylist()) == ({"known": "1, 2"}, ["male", "9"])


@pytest.mark.parametrize(
    ("text", "cell", "expected"),
    [
        ("62", {"times": -1, "plus": 2010}, "1948"),
        ("19.99", {"times": 100}, "1999"),
        ("30", {"times": 0.01}, "0.3"),
        (".07", {"times": 100}, "7"),
        ("12345678.91", {"times": 100}, "1234567891"),
        ("many", {"times": 100}, "many"),
        ("", {"times": 100}, None),
    ],
)
def test_a_cell_is_calculated(cells_of: CellsOf, text: str, cell: dict[str, float], expected: str | None) -> None:
    assert cells_of(f"a,b\n{text},1\n", column="a", **cell) == [expected]


def test_a_column_is_divided_by_another(cells_of: CellsOf) -> None:
    text = "a,b\n10,4\n10,0\n10,\n,4\n10,x\n"
    assert cells_of(text, column="a", over="b") == ["2.5", "10 / 0", None, None, "10 / x"]


def test_a_text_is_put_together_unless_a_part_is_empty(cells_of: CellsOf) -> None:
    assert cells_of("a,b\nx,1\n,2\n", text="{b}.{a}-{row_number}") == ["1.x-1", None]


def test_a_value_and_the_row_number_need_no_column(cells_of: CellsOf) -> None:
    assert cells_of("a,b\nx,1\ny,2\n", value="county") == ["county", "county"]
    assert cells_of("a,b\nx,1\ny,2\n", row_number=True) == ["1", "2"]


def test_rows_that_say_the_same_say_it_once(mapped: Mapped) -> None:
    fact = {"kind": "Area", "columns": {"id": {"column": "a"}, "name": {"column": "b"}}, "distinct": True}
    (facts,) = mapped("a,b\nx,1\ny,1\nx,1\nx,\n", fact)
    assert facts.columns["id"].to_pylist() == ["x", "y", "x"]
    assert (facts.fact_of_row.tolist(), facts.row_of_fact.tolist()) == ([0, 1, 0, 2], [0, 1, 3])


def test_a_fact_is_given_only_where_its_conditions_hold(mapped: Mapped) -> None:
    where = [{"column": "a", "is": ["x", "y"]}, {"column": "b", "filled": True}]
    (facts,) = mapped("a,b\nx,1\ny,\nz,1\ny,2\n", {"kind": "Area", "columns": {"id": {"column": "b"}}, "where": where})
    assert (facts.columns["id"].to_pylist(), facts.fact_of_row.tolist()) == (["1", "2"], [0, -1, -1, 1])


def test_a_condition_may_ask_for_an_empty_cell(mapped: Mapped) -> None:
    where = [{"column": "b", "filled": False}]
    (facts,) = mapped("a,b\nx,1\ny,\n", {"kind": "Area", "columns": {"id": {"column": "a"}}, "where": where})
    assert facts.columns["id"].to_pylist() == ["y"]


def test_each_cell_knows_the_columns_it_is_made_of(mapped: Mapped) -> None:
    columns = {"id": {"text": "{a}-{row_number}"}, "name": {"column": "a", "over": "b"}, "lat": {"value": 1}}
    (facts,) = mapped("a,b\nx,1\n", {"kind": "Area", "columns": columns})
    assert facts.made_of == {"id": ("a",), "name": ("a", "b"), "lat": ()}


def test_under_a_template_every_row_is_one_fact() -> None:
    facts = template_rows(parse_csv(b"id,name\na,'=x\n", file="f"), "Area")
    assert facts.columns["name"].to_pylist() == ["=x"]
    assert (facts.fact_of_row.tolist(), facts.made_of["name"]) == ([0], ("name",))
