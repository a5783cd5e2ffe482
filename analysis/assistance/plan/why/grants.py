"""More of something: a change of one bound of a program, and the program in which it is granted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from analysis.assistance.plan.program import NONE, SLOTS, AssistProgram
from analysis.assistance.plan.rules import Rules
from analysis.errors import QuestionError, SubjectNotFound

BUDGET, LIMIT, PROGRAMMES = "budget", "household_limit", "programmes"
FORBIDDEN, CEILING = "forbidden", "ceiling"
# What counts in fen; everything else counts in places, units of a resource, or programmes.
IN_FEN = (BUDGET, LIMIT, "partner_budget", CEILING)


class Change(NamedTuple):
    """So much more of one bound.

    `kind`: `budget` or `household_limit` (id: the programme; fen), a slot (id: the resource; fen for a partner's
    budget, else units of the resource), `programmes` (id: the household, which one more programme may help),
    `forbidden` (id: the household; `programme_id` may then help it) or `ceiling` (id: the enterprise; fen).
    """

    kind: str
    id: str
    amount: int
    programme_id: str | None = None


def granted(program: AssistProgram, changes: Iterable[Change]) -> AssistProgram:
    """Return the program with every change made; where there is no bound, nothing changes.

    How many programmes may help a household is not in a program: `most_programmes_with` says it. Raises
    SubjectNotFound for an id that the program does not know, QuestionError for an unknown kind or a bound below 0.
    """
    for change in changes:
        if change.kind == BUDGET:
            program = replace(program, programmes=_more(program.programmes, "programme_id", "budget_fen", change))
        elif change.kind == LIMIT:
            limits = _more(program.programmes, "programme_id", "household_limit_fen", change)
            program = replace(program, programmes=limits)
        elif change.kind in SLOTS:
            program = replace(program, resources=_more(program.resources, "resource_id", "capacity", change))
        elif change.kind in (FORBIDDEN, CEILING):
            program = replace(program, rules=_relaxed(program.rules, change))
        elif change.kind != PROGRAMMES:
            raise QuestionError("assist_change_kind", kind=change.kind)
    return program


def most_programmes_with(most_programmes: int, changes: Iterable[Change]) -> int:
    """Return how many programmes may help one household once the changes are made."""
    return most_programmes + sum(change.amount for change in changes if change.kind == PROGRAMMES)


def _more(frame: pd.DataFrame, key: str, column: str, change: Change) -> pd.DataFrame:
    """Return the frame with so much more in one column of one row."""
    is_it = frame[key] == change.id
    if not is_it.any():
        raise SubjectNotFound("unknown_in_assist_plan", id=change.id)
    bound = int(frame.loc[is_it, column].iloc[0])
    if bound == NONE:
        return frame
    if bound + change.amount < 0:
        raise QuestionError("assist_change_below", id=change.id, bound=bound, amount=change.amount)
    return frame.assign(**{column: frame[column].mask(is_it, bound + change.amount).astype("int64")})


def _relaxed(rules: Rules, change: Change) -> Rules:
    if change.kind == FORBIDDEN:
        pair = (change.id, change.programme_id)
        return replace(rules, forbidden=tuple(rule for rule in rules.forbidden if tuple(rule) != pair))
    own = [rule.most_fen for rule in rules.ceilings if rule.enterprise_id == change.id]
    if not own:
        return rules
    # The lowest of several ceilings is the one that holds.
    most = min(own) + change.amount
    return replace(
        rules,
        ceilings=tuple(
            rule._replace(most_fen=max(rule.most_fen, most)) if rule.enterprise_id == change.id else rule
            for rule in rules.ceilings
        ),
    )
