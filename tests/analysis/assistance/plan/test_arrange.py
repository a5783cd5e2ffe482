"""A program arranged from frames in any order; a value that cannot be is refused with its row."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.assistance.plan.arrange import arranged
from analysis.assistance.plan.program import AssistProgram
from analysis.assistance.plan.solve import solve
from analysis.errors import QuestionError

Frames = dict[str, pd.DataFrame]


@pytest.fixture
def frames() -> Frames:
    return {
        "needs": pd.DataFrame(
            {
                "need_id": ["n1", "n2"],
                "household_id": ["h1", "h1"],
                "village_id": ["v1", "v1"],
                "cause_id": ["illness", "job"],
                "severity_weight": [2, 1],
                "tier": [5, 3],
                "need_fen": [10, 10],
            }
        ),
        "programmes": pd.DataFrame(
            {"programme_id": ["p1", "p2"], "agency_id": "a", "budget_fen": [12, 5], "household_limit_fen": [-1, -1]}
        ),
        "resources": pd.DataFrame(
            {
                "resource_id": ["r1", "r2"],
                "holder_id": ["e1", "c1"],
                "layer": ["enterprise", "cooperative"],
                "capacity": [3, -1],
            }
        ),
        "chains": pd.DataFrame(
            {
                "need_id": ["n1", "n2", "n2"],
                "programme_id": ["p1", "p1", "p2"],
                "enterprise_resource_id": ["r1", None, None],
                "cooperative_resource_id": ["r2", None, "r2"],
                "enterprise_use": [1, None, None],
                "cooperative_use": [1, 1, 1],
                "cost_fen": [1, 1, 1],
                "cover_fen": [1, 1, 1],
                "most": [-1, -1, -1],
            }
        ),
    }


def program_of(frames: Frames) -> AssistProgram:
    return arranged(frames["needs"], frames["programmes"], frames["resources"], frames["chains"])


def test_the_order_of_rows_does_not_matter(frames: Frames) -> None:
    turned = {name: frame.iloc[::-1] for name, frame in frames.items()}
    first, second = program_of(frames), program_of(turned)
    for name in ("needs", "programmes", "resources", "chains"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name), check_dtype=True)
    # Three places at r1; the rest of p1's 12 fen and p2's 5 go to the second need, as far as it goes.
    assert solve(second, seconds=20).units[0] == 3
    assert first.chains[["enterprise", "cooperative"]].to_numpy().tolist() == [[0, 1], [-1, -1], [-1, 1]]


@pytest.mark.parametrize(
    ("frame", "column", "value", "row"),
    [
        ("programmes", "budget_fen", -1, "p2"),
        ("programmes", "programme_id", "p1", "p1"),
        ("needs", "tier", 6, "n2"),
        ("needs", "severity_weight", 0, "n2"),
        ("needs", "need_fen", 1.5, "n2"),
        ("needs", "village_id", "v9", "n1"),
        ("resources", "layer", "village", "r2"),
        ("chains", "programme_id", "gone", "n2"),
        ("chains", "enterprise_resource_id", "r2", "n2"),
        ("chains", "cover_fen", 11, "n2"),
        ("chains", "most", -2, "n2"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_row(
    frames: Frames, frame: str, column: str, value: object, row: str
) -> None:
    values = [*frames[frame][column].tolist()[:-1], value]
    frames[frame] = frames[frame].assign(**{column: values})
    with pytest.raises(QuestionError) as raised:
        program_of(frames)
    assert f"{frame}, row {row}: {column} cannot be " in raised.value.what("en")


def test_chains_name_the_pools_and_the_measure_they_take_from_and_keep_what_else_is_told(frames: Frames) -> None:
    pools = {"resource_id": ["o1", "b1"], "holder_id": "p1", "layer": ["offer", "partner_budget"], "capacity": [1, 7]}
    frames["resources"] = pd.concat([frames["resources"], pd.DataFrame(pools)])
    told: dict[str, Any] = {
        "measure_id": ["training", None, "care"],
        "offer_resource_id": ["o1", None, None],
        "offer_use": [1, None, None],
        "partner_budget_resource_id": [None, "b1", None],
        "partner_budget_use": [9, 1, 9],
        "contract_id": ["k1", "k2", "k3"],
    }
    frames["chains"] = frames["chains"].assign(**told)
    program = program_of(frames)
    chains = program.chains
    # By id: b1, o1, r1, r2.
    assert program.measures == ("care", "training")
    assert chains["contract_id"].tolist() == ["k1", "k2", "k3"]
    assert chains["measure"].tolist() == [1, -1, 0]
    assert chains[["offer", "offer_use"]].to_numpy().tolist() == [[1, 1], [-1, 0], [-1, 0]]
    assert chains[["partner_budget", "partner_budget_use"]].to_numpy().tolist() == [[-1, 0], [0, 1], [-1, 0]]
    assert not (chains[["agency", "partner"]] >= 0).any(axis=None)
    # One unit of each measure; of what is not told apart as far as the seven yuan of the partner go.
    assert solve(program, seconds=20).units.tolist() == [1, 7, 1]


def test_two_chains_alike_in_all_they_take_from_are_refused(frames: Frames) -> None:
    frames["chains"] = pd.concat([frames["chains"], frames["chains"].iloc[[2]]])
    with pytest.raises(QuestionError, match="n2"):
        program_of(frames)
    frames["chains"] = frames["chains"].assign(measure_id=["training", "training", "training", "care"])
    assert len(program_of(frames).chains) == 4


def test_a_county_without_anything_has_an_empty_plan_that_is_best(frames: Frames) -> None:
    plan = solve(program_of({name: frame.iloc[:0] for name, frame in frames.items()}), seconds=20)
    assert plan.units.tolist() == []
    assert all((stage.value, stage.bound, stage.is_optimal) == (0, 0, True) for stage in plan.stages)


def test_needs_without_any_chain_leave_an_empty_plan(frames: Frames) -> None:
    plan = solve(program_of({**frames, "chains": frames["chains"].iloc[:0]}), seconds=20)
    assert (plan.stages[0].value, plan.stages[0].bound) == (0, 0)
