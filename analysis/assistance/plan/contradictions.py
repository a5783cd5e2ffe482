"""Whether rules can hold together, units that keep them, and which of them cannot hold together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.assistance.plan.mixed import Mixed, MixedProgram, asked_rows
from analysis.assistance.plan.program import AssistProgram, Units, whole_column
from analysis.assistance.plan.rules import AnyRule, Rules, rules_text
from analysis.errors import QuestionError

# Rules are few and touch few chains, so that whether they can hold is settled long before this.
_SETTLING_SECONDS = 10.0


def keeps_rules(program: AssistProgram, units: Units) -> bool:
    """Return whether units keep every lock, floor and ceiling."""
    covered = units * whole_column(program.chains, "cover_fen")
    rows = asked_rows(program, np.arange(len(units)))
    return all(low <= int(covered[chosen].sum()) <= high for chosen, low, high in rows)


def rule_units(program: AssistProgram, *, most_programmes: int) -> Units:
    """Return whole units per chain that keep every rule, with little else given.

    Raises QuestionError where the rules contradict each other (a smallest set of them is named), or where that was
    not settled within ten seconds.
    """
    found = _attempt(program, most_programmes)
    if found.units is not None:
        return found.units
    if not found.is_proved:
        raise QuestionError("assist_rules_unsettled", seconds=round(_SETTLING_SECONDS))
    raise contradiction(smallest_contradiction(program, most_programmes=most_programmes))


def contradiction(rules: Rules) -> QuestionError:
    """Return the error that names rules which cannot hold together, or one that cannot hold at all."""
    code = "assist_rules_contradict" if len(rules.all) > 1 else "assist_rule_impossible"
    return QuestionError(code, rules=rules_text(rules))


def smallest_contradiction(program: AssistProgram, *, most_programmes: int) -> Rules:
    """Return rules of the program that cannot hold together, of which none can be left out; no rule where all can hold.

    A set is taken as possible where ten seconds do not settle it. Source: QuickXplain (Junker 2004).
    """
    rules = list(program.rules.all)
    if not program.rules.demands_something or _can_hold(program, rules, most_programmes):
        return Rules()
    return Rules.of(_smallest(program, [], rules, most_programmes, is_grown=False))


def _smallest(
    program: AssistProgram, base: list[AnyRule], rules: list[AnyRule], most_programmes: int, *, is_grown: bool
) -> list[AnyRule]:
    if is_grown and not _can_hold(program, base, most_programmes):
        return []
    if len(rules) == 1:
        return rules
    first, second = rules[: len(rules) // 2], rules[len(rules) // 2 :]
    of_second = _smallest(program, [*base, *first], second, most_programmes, is_grown=True)
    of_first = _smallest(program, [*base, *of_second], first, most_programmes, is_grown=bool(of_second))
    return [*of_first, *of_second]


def _can_hold(program: AssistProgram, rules: list[AnyRule], most_programmes: int) -> bool:
    found = _attempt(replace(program, rules=Rules.of(rules)), most_programmes)
    return found.units is not None or not found.is_proved


def _attempt(program: AssistProgram, most_programmes: int) -> Mixed:
    """Return units that keep the rules by the chains that locks and floors ask for; all others may stay empty."""
    touched = np.zeros(len(program.chains), dtype=np.bool_)
    for chosen, low, _ in asked_rows(program, np.arange(len(program.chains))):
        if low > 0:
            touched |= chosen
    rows = np.flatnonzero(touched)
    return MixedProgram(program, rows, most_programmes=most_programmes).least(seconds=_SETTLING_SECONDS)
