"""What falls if a programme, an enterprise or a cooperative goes, and what the best plan without it makes good."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.assistance.plan.classes import Flags
from analysis.assistance.plan.contradictions import keeps_rules, rule_units, smallest_contradiction
from analysis.assistance.plan.program import SLOTS, AssistPlan, AssistProgram, whole_column
from analysis.assistance.plan.rules import AnyRule, Rules
from analysis.assistance.plan.why.compare import Compared, compare
from analysis.assistance.plan.why.standing import is_proved, planned_anew
from analysis.errors import SubjectNotFound


@dataclass(frozen=True)
class Dependence:
    """What hangs on one programme, enterprise or cooperative.

    `chain_count`: its chains in the plan. `falls`: the plan beside itself without these chains. `left`: the plan beside
    the best one without them; both in the same needs. `dropped`: rules that cannot hold any more, which the new plan
    leaves aside. `is_exact`: both plans are proved best. `plan`: the new plan, its units by the old chains.
    """

    chain_count: int
    falls: Compared
    left: Compared
    dropped: Rules
    is_exact: bool
    plan: AssistPlan


def chains_of(
    program: AssistProgram,
    *,
    programme_id: str | None = None,
    enterprise_id: str | None = None,
    cooperative_id: str | None = None,
) -> Flags:
    """Return which chains go through all that is named: a programme, an enterprise, a cooperative.

    An enterprise or a cooperative is on a chain that takes from anything it holds, or names it in a column
    `enterprise_id` or `cooperative_id` of its own. Raises SubjectNotFound for an id that no programme, resource or
    chain has.
    """
    chains = program.chains
    found = np.ones(len(chains), dtype=np.bool_)
    if programme_id is not None:
        is_it = (program.programmes["programme_id"] == programme_id).to_numpy(dtype=np.bool_)
        _refuse_unknown(programme_id, is_it)
        found &= is_it[whole_column(chains, "programme")]
    for name, holder in (("enterprise_id", enterprise_id), ("cooperative_id", cooperative_id)):
        if holder is not None:
            its_own = (program.resources["holder_id"] == holder).to_numpy(dtype=np.bool_)
            on_it = np.zeros(len(chains), dtype=np.bool_)
            for slot in SLOTS:
                # One more place at the end: a chain without a resource has the position -1.
                on_it |= np.append(its_own, False)[whole_column(chains, slot)]
            if name in chains:
                on_it |= (chains[name] == holder).to_numpy(dtype=np.bool_)
            _refuse_unknown(holder, np.append(its_own, on_it))
            found &= on_it
    return found


def dependence(
    program: AssistProgram,
    plan: AssistPlan,
    *,
    programme_id: str | None = None,
    enterprise_id: str | None = None,
    cooperative_id: str | None = None,
    seconds: float,
    most_programmes: int,
) -> Dependence:
    """Return what falls of a plan if what is named goes, before and after the best plan without it.

    A lock on a programme that goes is dropped with it; so are rules that cannot hold without what goes. Raises
    SubjectNotFound as `chains_of`.
    """
    gone = chains_of(program, programme_id=programme_id, enterprise_id=enterprise_id, cooperative_id=cooperative_id)
    return dependence_on(program, plan, gone, seconds=seconds, most_programmes=most_programmes)


def dependence_on(
    program: AssistProgram, plan: AssistPlan, gone: Flags, *, seconds: float, most_programmes: int
) -> Dependence:
    """Return what falls of a plan if these chains go. Where the plan gives nothing through them, nothing is solved."""
    if not plan.units[gone].any():
        same = compare(program, plan.units, plan.units)
        return Dependence(0, same, same, Rules(), is_proved(plan), plan)
    kept = np.flatnonzero(~gone)
    without = replace(program, chains=program.chains.iloc[kept].reset_index(drop=True))
    without, dropped = _holding(without, most_programmes)
    carried = plan.units[kept]
    if not keeps_rules(without, carried):
        carried = rule_units(without, most_programmes=most_programmes)
    after = planned_anew(without, carried, seconds=seconds, most_programmes=most_programmes)
    units = np.zeros(len(program.chains), dtype=np.int64)
    units[kept] = after.units
    return Dependence(
        chain_count=int((plan.units[gone] > 0).sum()),
        falls=compare(program, plan.units, np.where(gone, 0, plan.units)),
        left=compare(program, plan.units, units),
        dropped=dropped,
        is_exact=is_proved(plan) and is_proved(after),
        plan=replace(after, units=units),
    )


def fallen(found: Dependence, key: str) -> pd.DataFrame:
    """Return by `household_id` or `village_id` what falls and what stays lost after the best plan, most fallen first.

    Columns: the key (and village_id), need_fen, before_fen, fallen_fen, after_fen and lost_fen (what is less than
    before in the new plan; somebody may lose who did not depend on what goes, if the new plan helps others instead).
    """
    name = "by_household" if key == "household_id" else "by_village"
    falls: pd.DataFrame = getattr(found.falls, name)
    left: pd.DataFrame = getattr(found.left, name)
    keys = [column for column in ("household_id", "village_id") if column in left]
    frame = left[[*keys, "need_fen", "before_fen", "after_fen"]].assign(fallen_fen=falls["lost_fen"])
    frame["lost_fen"] = (frame["before_fen"] - frame["after_fen"]).clip(lower=0)
    frame = frame[(frame["fallen_fen"] > 0) | (frame["lost_fen"] > 0)]
    return frame.sort_values(["fallen_fen", "lost_fen", key], ascending=[False, False, True], ignore_index=True)


def _holding(program: AssistProgram, most_programmes: int) -> tuple[AssistProgram, Rules]:
    """Return the program with rules that can hold together, and those that are left aside: what asks for help."""
    dropped: list[AnyRule] = []
    while True:
        broken = smallest_contradiction(program, most_programmes=most_programmes)
        asking: tuple[AnyRule, ...] = (*broken.locked, *broken.floors)
        if not asking:
            return program, Rules.of(dropped)
        dropped.append(asking[-1])
        rest = Rules.of(rule for rule in program.rules.all if rule != asking[-1])
        program = replace(program, rules=rest)


def _refuse_unknown(name: str, is_known: Flags) -> None:
    if not is_known.any():
        raise SubjectNotFound("unknown_in_assist_plan", id=name)
