"""Whether rules can hold together, a plan that keeps them, and which of them cannot hold together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.errors import QuestionError
from analysis.produce.plan.batches.bounds import NO_DELIVERY, Flags
from analysis.produce.plan.batches.linear import Task, searched
from analysis.produce.plan.batches.model import asked_kg, model_of
from analysis.produce.plan.batches.search import closed
from analysis.produce.plan.batches.whole import Checked
from analysis.produce.plan.program import Kilograms, Program
from analysis.produce.plan.rules import AnyRule, Rules, rules_text

# Rules are few and touch few ways, so that whether they can hold is settled long before this.
_SETTLING_SECONDS = 10.0


def kept_rules(checked: Checked, seconds: float) -> Kilograms:
    """Return whole kg per way of the model that keep every rule, with little else sold.

    It takes up to ten seconds even where fewer are given: without such a plan there is none. Raises QuestionError
    where the rules contradict each other (a smallest set of them is named), or where that was not settled in time.
    """
    seconds = max(seconds, _SETTLING_SECONDS)
    kg, is_impossible = _attempt(checked, seconds)
    if kg is not None:
        return kg
    if not is_impossible:
        raise QuestionError("produce_rules_unsettled", seconds=round(seconds))
    raise contradiction(smallest_contradiction(checked.program, seconds=seconds))


def contradiction(rules: Rules) -> QuestionError:
    """Return the error that names rules which cannot hold together, or one that cannot hold at all."""
    code = "produce_rules_contradict" if len(rules.all) > 1 else "produce_rule_impossible"
    return QuestionError(code, rules=rules_text(rules))


def smallest_contradiction(program: Program, *, seconds: float) -> Rules:
    """Return rules of the program that cannot hold together, of which none can be left out; no rule where all can hold.

    A set is taken as possible where the seconds do not settle it. Source: QuickXplain (Junker 2004).
    """
    rules = list(program.rules.all)
    if not program.rules.demands_something or _can_hold(program, rules, seconds):
        return Rules()
    return Rules.of(_smallest(program, [], rules, seconds, is_grown=False))


def _smallest(
    program: Program, base: list[AnyRule], rules: list[AnyRule], seconds: float, *, is_grown: bool
) -> list[AnyRule]:
    if is_grown and not _can_hold(program, base, seconds):
        return []
    if len(rules) == 1:
        return rules
    first, second = rules[: len(rules) // 2], rules[len(rules) // 2 :]
    of_second = _smallest(program, [*base, *first], second, seconds, is_grown=True)
    of_first = _smallest(program, [*base, *of_second], first, seconds, is_grown=bool(of_second))
    return [*of_first, *of_second]


def _can_hold(program: Program, rules: list[AnyRule], seconds: float) -> bool:
    changed = replace(program, rules=Rules.of(rules))
    return not _attempt(Checked(changed, model_of(changed)), seconds)[1]


def _attempt(checked: Checked, seconds: float) -> tuple[Kilograms | None, bool]:
    """Return kg that keep the rules, or None, and whether it is proved that there are none."""
    model = checked.model
    task = Task(model, np.zeros(model.way_count, dtype=np.int64))
    ceiling = closed(model, ~_touched(checked))
    found = searched(task, np.zeros_like(ceiling), ceiling, is_whole=model.is_whole, seconds=seconds)
    return checked.settled(task, found.columns, seconds), found.is_impossible


def _touched(checked: Checked) -> Flags:
    """Return the ways that rules ask for and those pooled with them; all others may stay empty."""
    bounds = checked.model.bounds
    touched = np.zeros(len(bounds.way), dtype=np.bool_)
    for ways, _ in asked_kg(checked.program, bounds):
        touched[ways] = True
    pooled_with: Flags = np.isin(bounds.delivery, bounds.delivery[touched]) & (bounds.delivery != NO_DELIVERY)
    return touched | pooled_with
