"""What the terminal tells of a plan for help, cell by cell."""

from __future__ import annotations

import pytest

from analysis.assistance.parts import Party
from analysis.questions.assist_plan_answer import ResourcePart
from cli.show_assist_plan import resource_cells
from cli.voice import Voice


def part(unit: str, capacity: int, used: int) -> ResourcePart:
    holder = Party(kind="Agency", id="ag", name="bureau")
    return ResourcePart(
        resource_id="r",
        layer="agency",
        holder=holder,
        kind="loan_quota",
        unit=unit,
        capacity=capacity,
        used=used,
        left=capacity - used,
        most_gain_yuan=None,
    )


# 600,000 yuan are 60,000,000 fen.
@pytest.mark.parametrize(
    ("bounded", "there", "used"),
    [
        (part("fen", 60_000_000, 1_250_000), "600,000 yuan", "12,500 yuan"),
        (part("seat", 1_200, 40), "1,200 seats", "40"),
    ],
)
def test_what_is_bounded_is_told_in_its_unit_and_money_in_yuan(bounded: ResourcePart, there: str, used: str) -> None:
    cells = [str(cell) for cell in resource_cells(bounded, Voice("en"))]
    assert there in cells[3]
    assert used in cells[4]
    assert "fen" not in " ".join(cells)
