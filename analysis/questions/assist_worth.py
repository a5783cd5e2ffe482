"""What one more yuan or place would bring to an assistance plan, by whoever has it, and what changes bring."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.assistance.parts import Party
from analysis.assistance.plan.program import NONE, SLOTS, whole_column
from analysis.assistance.plan.why.grants import BUDGET, Change
from analysis.assistance.plan.why.price_bound import price_slack
from analysis.assistance.plan.why.worth import Worth, worth_of, worths
from analysis.frames import rows_of
from analysis.questions.answer import notice
from analysis.questions.assist_moves import counts, household_moves, village_moves
from analysis.questions.assist_plan import assist_plan_asked, assist_plan_notices
from analysis.questions.assist_plan_told import WEIGHTED_IN_A_YUAN
from analysis.questions.assist_telling import AssistIndex, Telling, joined, money, said, together, weighted
from analysis.questions.assist_worth_answer import AssistWorthAnswer, SolvedWorth, StepWorth
from graph_schema import Schema
from graph_schema.messages import Label


def told_assist_worth(
    index: AssistIndex,
    schema: Schema,
    *,
    party_id: str | None = None,
    changes: Sequence[Change] = (),
    seconds: float | None = None,
    show_sensitive: bool = False,
) -> AssistWorthAnswer:
    """Return what a step more of each bound brings at most, and what `changes` bring by planning anew with all of them.

    `party_id`: only what this programme, enterprise, cooperative or agency has. `seconds`: what planning anew may take;
    None for as long as the plan was given. Raises SubjectNotFound for an id that the plan does not know, QuestionError
    for a change that cannot be.
    """
    made, telling = index.made, Telling(index.made, schema, show_sensitive=show_sensitive)
    solved, hidden = None, 0
    if changes:
        for change in changes:
            telling.check(change)
        worth = worth_of(
            made.allocation.program,
            made.plan,
            changes,
            seconds=made.how.seconds if seconds is None else seconds,
            most_programmes=made.how.most_programmes,
        )
        solved, hidden = _solved(telling, worth)
    slack = price_slack(made.allocation.program, made.plan)
    notices = [notice("notice_assist_slack", slack=weighted(slack))] if slack else []
    if made.plan.prices is None:
        notices = [notice("notice_assist_no_worths")]
    return AssistWorthAnswer(
        asked=assist_plan_asked(made),
        as_of=made.day,
        is_made_up=made.source.is_made_up,
        notices=(*assist_plan_notices(made, hidden), *notices),
        show_sensitive=show_sensitive,
        hidden_count=hidden,
        party_id=party_id,
        slack_yuan=slack / WEIGHTED_IN_A_YUAN,
        steps=_steps(index, telling, party_id),
        solved=solved,
    )


def _steps(index: AssistIndex, telling: Telling, party_id: str | None) -> tuple[StepWorth, ...]:
    """Return the steps told. What a programme offers tells nothing of a household: all are shown."""
    made = index.made
    program = made.allocation.program
    resources = program.resources.set_index("resource_id")
    left = _left(index)
    found = []
    for row in rows_of(worths(program, made.plan)):
        kind, id_ = str(row["kind"]), str(row["id"])
        change = Change(kind, id_, int(str(row["step"])))
        holder = telling.programme(id_) if kind == BUDGET else telling.holder(kind, str(resources["holder_id"][id_]))
        if party_id is not None and party_id not in (holder.id, _programme_of(telling, change)):
            continue
        found.append(_step(telling, change, holder, left[kind == BUDGET, id_], int(str(row["most_gain"]))))
    return tuple(found)


def _programme_of(telling: Telling, change: Change) -> str | None:
    return None if change.kind not in ("partner", "partner_budget") else telling.programme_of(change)


def _step(telling: Telling, change: Change, holder: Party, left: int, most_gain: int) -> StepWorth:
    part = telling.change(change)
    condition = Label(part.text_en, part.text_zh)
    text = said("assist_worth_nothing", change=condition)
    if most_gain:
        text = said("assist_worth_most", change=condition, gain=weighted(most_gain))
    return StepWorth(
        change=part,
        holder=holder,
        left=left,
        most_gain_yuan=most_gain / WEIGHTED_IN_A_YUAN,
        text_en=text.en,
        text_zh=text.zh,
    )


def _left(index: AssistIndex) -> dict[tuple[bool, str], int]:
    """Return what the plan leaves of each budget (flag true) and of each resource with a bound, by id."""
    program, units = index.made.allocation.program, index.made.plan.units
    chains = program.chains
    spent = np.bincount(
        whole_column(chains, "programme"), units * whole_column(chains, "cost_fen"), len(program.programmes)
    )
    used = np.zeros(len(program.resources) + 1)
    for slot in SLOTS:
        # The last place is for chains that take nothing from the slot.
        np.add.at(used, whole_column(chains, slot), units * whole_column(chains, f"{slot}_use"))
    budget = pd.Series(whole_column(program.programmes, "budget_fen") - spent.astype(np.int64))
    capacity = whole_column(program.resources, "capacity")
    rest = pd.Series(np.where(capacity == NONE, NONE, capacity - used[:-1].astype(np.int64)))
    by_programme = zip(program.programmes["programme_id"], budget.tolist(), strict=True)
    by_resource = zip(program.resources["resource_id"], rest.tolist(), strict=True)
    return {
        **{(True, str(name)): int(amount) for name, amount in by_programme},
        **{(False, str(name)): int(amount) for name, amount in by_resource},
    }


def _solved(telling: Telling, worth: Worth) -> tuple[SolvedWorth, int]:
    """Return what changes bring, told, and how many moves would tell a sensitive cause."""
    parts = tuple(telling.change(change) for change in worth.changes)
    found = worth.compared
    more, less = counts(found)
    households, hidden = household_moves(telling, found)
    covered = int(found.needs["after_fen"].sum() - found.needs["before_fen"].sum())
    conditions = joined([Label(part.text_en, part.text_zh) for part in parts])
    text = said("assist_worth_solved_nothing", changes=conditions)
    if worth.gain:
        fields = {"covered": money(covered), "gain": weighted(worth.gain), "more": more, "less": less}
        text = said("assist_worth_solved", changes=conditions, **fields)
    if not worth.is_exact:
        text = together(text, said("assist_not_exact"))
    solved = SolvedWorth(
        changes=parts,
        gain_yuan=worth.gain / WEIGHTED_IN_A_YUAN,
        most_gain_yuan=worth.most_gain / WEIGHTED_IN_A_YUAN,
        covered_fen=covered,
        cost_fen=found.cost_after - found.cost_before,
        more_count=more,
        less_count=less,
        is_exact=worth.is_exact,
        by_village=village_moves(telling, found),
        households=households,
        text_en=text.en,
        text_zh=text.zh,
    )
    return solved, hidden
