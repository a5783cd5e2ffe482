"""The what-if: risk of every household before and after changes, and how far and how deep they reach.

    effects = what_if(situation, changes, level=0.3)
    effects.after[effects.upward]        # the risks of the households that come to the level

Both sides count the help that runs; the risk if nothing is done stands beside. Only the households that are touched are
computed anew, so that what is not touched stays the same to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.errors import QuestionError
from analysis.risk.findings import Cells, Flags, Numbers, Places, cells_of
from analysis.scenarios.changes import Changes, changed
from analysis.scenarios.effects import AreaEffect, CauseEffect, Depth, Effects, MeasureEffect, StateEffect
from analysis.scenarios.situation import Situation
from analysis.scenarios.today import Today, states_that_come

# Two exact sums of the same thing may differ in their last digits, and no more.
_SAME = 1e-12


def what_if(
    situation: Situation,
    changes: Changes,
    *,
    level: float | Numbers,
    target: str | None = None,
    today: Today | None = None,
) -> Effects:
    """Return what comes of the changes.

    `level`: the risk at or above which a household stands high, above 0 and at most 1; one number, or one per
    household. `target`: the state whose risk is meant; the network's own when None. `today`: the risks of that state
    and of others as they are now, where they are known; computed when left out. Raises QuestionError for a level out of
    range, for changes that contradict each other, or as `RiskEngine.risk` does.
    """
    count, network = len(situation.household_ids), situation.engine.network
    levels = _levels(level, count)
    later = changed(situation, changes)
    changed_cells, is_touched = _differences(situation, later, changes)
    touched = np.flatnonzero(is_touched)
    now, then = situation.only(touched), later.only(touched)
    if today is None:
        today = Today(situation.risk(target), situation.risk_without_help(target))
    before, before_without_help = today.with_help, today.without_help
    after, after_without_help = before.copy(), before_without_help.copy()
    if len(touched):
        after[touched] = then.risk(target)
        after_without_help[touched] = then.risk_without_help(target)
    change = after - before
    is_moved = np.abs(change) > _SAME
    upward = np.flatnonzero((before < levels) & (after >= levels))
    downward = np.flatnonzero((before >= levels) & (after < levels))
    crossings = (_flags(upward, count), _flags(downward, count))
    return Effects(
        before=before,
        after=after,
        before_without_help=before_without_help,
        after_without_help=after_without_help,
        level=levels,
        is_touched=is_touched,
        is_moved=is_moved,
        upward=upward,
        downward=downward,
        depth=_depth(change[touched]),
        areas=_areas(situation, change, (is_touched, is_moved, *crossings)),
        causes=_causes(situation, changed_cells, change),
        measures=_measures(situation, later),
        states=_states(now, then, today.only(touched), {target or network.default_target: after[touched]}),
    )


def _levels(level: float | Numbers, count: int) -> Numbers:
    levels = np.asarray(level, dtype=np.float64)
    if levels.shape not in ((), (count,)):
        raise QuestionError("scenario_wrong_shapes", shapes=levels.shape, expected=(count,))
    # Written so that a number that is none (NaN) is wrong too.
    wrong = np.flatnonzero(~((levels > 0) & (levels <= 1)))
    if len(wrong):
        raise QuestionError("scenario_wrong_level", value=float(np.atleast_1d(levels)[wrong[0]]))
    return np.array(np.broadcast_to(levels, (count,)))


def _differences(now: Situation, later: Situation, changes: Changes) -> tuple[Places, Flags]:
    """Return (household, cause) of each cell that is another, and of each household whether anything is another."""
    pairs = (changes.closed, changes.severity_at, changes.given, changes.taken)
    # Only where something was changed anything can be another.
    places = np.unique(np.concatenate([changes.added.household, *(each.household for each in pairs)]))
    before, after = now.only(places), later.only(places)
    cells = _different_cells(
        cells_of(before.engine.network, before.findings), cells_of(after.engine.network, after.findings), now
    )
    cells[:, 0] = places[cells[:, 0]]
    is_touched = np.zeros(len(now.household_ids), dtype=np.bool_)
    is_touched[places] = (before.running != after.running).any(axis=1)
    is_touched[cells[:, 0]] = True
    if now.engine is not later.engine:
        # A link that is another is another for everybody.
        is_touched[:] = True
    return cells, is_touched


def _different_cells(now: Cells, later: Cells, situation: Situation) -> Places:
    width = len(situation.engine.network.nodes)
    before, after = now.household * width + now.cause, later.household * width + later.cause
    both, first, second = np.intersect1d(before, after, assume_unique=True, return_indices=True)
    is_same = (
        (now.source[first] == later.source[second])
        & (now.severity[first] == later.severity[second])
        & (now.is_closed[first] == later.is_closed[second])
    )
    different = np.setdiff1d(np.union1d(before, after), both[is_same], assume_unique=True)
    return np.stack(np.divmod(different, width), axis=1)


def _flags(places: Places, count: int) -> Flags:
    flags = np.zeros(count, dtype=np.bool_)
    flags[places] = True
    return flags


def _depth(change: Numbers) -> Depth:
    if not len(change):
        return Depth(0.0, 0.0)
    highest, lowest = float(change.max()), float(change.min())
    return Depth(float(change.mean()), highest if highest >= -lowest else lowest)


def _areas(situation: Situation, change: Numbers, flags: tuple[Flags, Flags, Flags, Flags]) -> tuple[AreaEffect, ...]:
    effects = []
    for area, rows in situation.rows_by_area.items():
        touched, moved, upward, downward = (int(flag[rows].sum()) for flag in flags)
        effects.append(
            AreaEffect(area, len(rows), touched, moved, upward, downward, _depth(change[rows[flags[0][rows]]]))
        )
    return tuple(effects)


def _causes(situation: Situation, cells: Places, change: Numbers) -> tuple[CauseEffect, ...]:
    codes = situation.engine.network.codes
    return tuple(
        CauseEffect(codes[cause], int((cells[:, 1] == cause).sum()), _depth(change[cells[cells[:, 1] == cause, 0]]))
        for cause in np.unique(cells[:, 1])
    )


def _measures(now: Situation, later: Situation) -> tuple[MeasureEffect, ...]:
    begins, stops = (later.running & ~now.running).sum(axis=0), (now.running & ~later.running).sum(axis=0)
    return tuple(
        MeasureEffect(code, int(begins[place]), int(stops[place]))
        for place, code in enumerate(now.measures.code_of)
        if begins[place] or stops[place]
    )


def _states(
    now: Situation, later: Situation, today: Today, known_later: Mapping[str | None, Numbers]
) -> tuple[StateEffect, ...]:
    """Return the effects on the states that can come about; `known_later`: the risk of the target after the changes."""
    states = states_that_come(now.engine.network)
    others = [state for state in states if state not in known_later]
    now_risks = {**today.states, **now.risks([state for state in others if state not in today.states])}
    later_risks = later.risks(others)
    effects = []
    for state in states:
        is_target = state in known_later
        before = today.with_help if is_target else now_risks[state]
        after = known_later[state] if is_target else later_risks[state]
        moved_count = int((np.abs(after - before) > _SAME).sum())
        effects.append(StateEffect(state, _mean(before), _mean(after), moved_count))
    return tuple(effects)


def _mean(numbers: Numbers) -> float:
    return float(numbers.mean()) if len(numbers) else 0.0
