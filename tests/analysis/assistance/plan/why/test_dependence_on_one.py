"""What falls when somebody goes, and what the best plan without makes good: by hand and against every plan tried."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.assistance.plan.program import AssistProgram
from analysis.assistance.plan.rules import Floor, Locked, Rules
from analysis.assistance.plan.solve import solve
from analysis.assistance.plan.why.dependence import chains_of, dependence, fallen
from analysis.errors import SubjectNotFound
from tests.analysis.assistance.plan.made import made_program, random_program
from tests.analysis.assistance.plan.oracle import best_values, trial_count

SECONDS = 20.0
MOST_TRIALS = 3_000


def two_villages(rules: Rules | None = None) -> AssistProgram:
    """Return two households: one helped through enterprise o00 for 10, with 6 elsewhere; one by another programme."""
    return made_program(
        [(2, 5, 10), (1, 3, 10)],
        [10, 6],
        [(0, 0, 0, -1, 1, 1), (0, 1, -1, -1, 1, 1), (1, 1, -1, -1, 1, 1)],
        capacities=[-1],
        villages=[0, 1],
        rules=rules,
    )


def test_without_its_enterprise_a_household_falls_and_the_best_plan_takes_from_the_other_to_help_it() -> None:
    program = two_villages()
    plan = solve(program, seconds=SECONDS)
    assert plan.units.tolist() == [10, 0, 6]
    found = dependence(program, plan, enterprise_id="o00", seconds=SECONDS, most_programmes=3)
    # Two weighted fen for each of the 10 that fall; the 6 of the other programme then go to whom they count most for.
    assert (found.chain_count, found.falls.weighted_gain, found.left.weighted_gain) == (1, -20, -14)
    assert found.plan.units.tolist() == [0, 6, 0]
    assert found.is_exact
    columns = ["household_id", "before_fen", "fallen_fen", "after_fen", "lost_fen"]
    assert fallen(found, "household_id")[columns].values.tolist() == [["h00", 10, 10, 6, 4], ["h01", 6, 0, 0, 6]]
    assert fallen(found, "village_id")[["village_id", *columns[1:]]].values.tolist() == [
        ["v00", 10, 10, 6, 4],
        ["v01", 6, 0, 0, 6],
    ]


def test_a_lock_on_a_programme_that_goes_falls_with_it_and_the_other_rules_stand() -> None:
    rules = Rules(locked=(Locked("h01", "p00", 0), Locked("h00", "p00", 3)), floors=(Floor("v01", 2),))
    program = two_villages(rules)
    plan = solve(program, seconds=SECONDS)
    found = dependence(program, plan, programme_id="p00", seconds=SECONDS, most_programmes=3)
    assert found.dropped == Rules(locked=(Locked("h00", "p00", 3),))
    assert found.plan.units.tolist() == [0, 4, 2]


def test_what_stays_is_the_best_plan_of_all_that_do_without() -> None:
    tried = 0
    for seed in range(20):
        program = random_program(seed, size=3, with_measures=bool(seed % 2))
        if trial_count(program) > MOST_TRIALS or not len(program.chains):
            continue
        plan = solve(program, seconds=SECONDS, most_programmes=1)
        found = dependence(program, plan, programme_id="p00", seconds=SECONDS, most_programmes=1)
        gone = chains_of(program, programme_id="p00")
        best = best_values(replace(program, chains=program.chains[~gone].reset_index(drop=True)), most_programmes=1)
        assert best is not None
        assert found.left.weighted_after == best[0], seed
        assert not found.plan.units[gone].any()
        assert found.falls.weighted_after <= found.left.weighted_after <= found.falls.weighted_before
        tried += 1
    assert tried > 5


def test_who_is_named_on_a_chain_is_found_by_what_it_holds_or_by_the_name_alone() -> None:
    program = two_villages()
    assert chains_of(program, enterprise_id="o00").tolist() == [True, False, False]
    assert chains_of(program, programme_id="p01").tolist() == [False, True, True]
    assert chains_of(program, programme_id="p01", enterprise_id="o00").tolist() == [False, False, False]
    named = replace(program, chains=program.chains.assign(cooperative_id=["", "", "c1"]))
    assert chains_of(named, cooperative_id="c1").tolist() == [False, False, True]
    with pytest.raises(SubjectNotFound, match="c2"):
        chains_of(named, cooperative_id="c2")
