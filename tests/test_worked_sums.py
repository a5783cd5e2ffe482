"""Sums worked by hand in `docs/` come to what stands beside them."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEADER = "|step|sum|result|"
OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def worked(node: ast.expr) -> float:
    """Return the value of numbers put together by the five operators. Raises AssertionError for anything else."""
    if isinstance(node, ast.BinOp):
        return OPERATORS[type(node.op)](worked(node.left), worked(node.right))
    assert isinstance(node, ast.Constant)
    return float(str(node.value))


def sums() -> list[tuple[str, str, str]]:
    """Return each sum of the pages: the page, the sum, and the result as it is written."""
    found = []
    for page in sorted((ROOT / "docs").rglob("*.md")):
        for table in page.read_text(encoding="utf-8").replace("| ", "|").replace(" |", "|").split(HEADER)[1:]:
            for row in re.findall(r"^\|(?!-)(.*)\|$", table.partition("\n\n")[0], re.MULTILINE):
                _, written, result = row.split("|")
                plain = written.replace(" x ", " * ").replace("²", "^2").replace("^", "**")
                if re.fullmatch(r"[0-9.,+\-*/() ]+", plain):
                    pairs = zip(plain.split(", "), result.replace("**", "").split(", "), strict=True)
                    found += [(page.name, each, told) for each, told in pairs]
    return found


SUMS = sums()


def test_there_are_sums_to_check() -> None:
    assert len({page for page, _, _ in SUMS}) >= 4


@pytest.mark.parametrize(("page", "written", "result"), SUMS)
def test_a_sum_comes_to_its_result(page: str, written: str, result: str) -> None:
    # One in the last place: what goes in is rounded too.
    last_place = 10.0 ** -len(result.partition(".")[2])
    value = worked(ast.parse(written, mode="eval").body)
    assert abs(value - float(result)) <= 1.01 * last_place, page
