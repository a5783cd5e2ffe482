"""What a plan gains over selling each time the pair that pays best, as details of a benchmark."""

from __future__ import annotations

from analysis.produce.plan.compare import against_greedy
from analysis.produce.plan.program import Plan, Program


def gained_over_greedy(program: Program, plan: Plan) -> dict[str, float]:
    """Return the tonnes that the other way sells, and what the plan gains over it: tonnes, per cent, yuan."""
    told = against_greedy(program, plan)
    return {
        "greedy_sold_t": round(told.other.sold_kg / 1000),
        "gained_t": round(told.gained_kg / 1000, 1),
        "gained_percent": round(100 * told.gained_kg / max(told.other.sold_kg, 1), 2),
        "gained_yuan": round(told.gained_fen / 100),
    }
