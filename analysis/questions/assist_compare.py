"""An assistance plan beside another: first come, first served, the plan without rules, or one that is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

import pandas as pd

from analysis.amounts import yuan
from analysis.assistance.kept_forms import KeptAssistPlan
from analysis.assistance.plan.greedy import greedy_units
from analysis.assistance.plan.program import TIERS
from analysis.assistance.plan.rules import Rules
from analysis.assistance.plan.solve import solve
from analysis.assistance.plan.why.compare import Compared, compared, paid_fen
from analysis.assistance.plan.why.standing import coverage
from analysis.questions.answer import notice
from analysis.questions.assist_compare_answer import AssistCompareAnswer, Beside, PlanSide
from analysis.questions.assist_kept import open_units
from analysis.questions.assist_moves import cause_moves, counts, household_moves, tier_moves, village_moves
from analysis.questions.assist_plan import assist_plan_asked, assist_plan_notices
from analysis.questions.assist_plan_made import MadeAssistPlan
from analysis.questions.assist_plan_told import WEIGHTED_IN_A_YUAN
from analysis.questions.assist_telling import Telling, money, said, together, weighted
from graph_schema import Schema
from graph_schema.messages import Label
from ledger import Ledger


@dataclass(frozen=True)
class Other:
    """What a plan is compared with: its needs with covered_fen (`standing.coverage`), and what programmes pay.

    `is_draft`: only what nobody has accepted of it counts.
    """

    beside: Beside
    needs: pd.DataFrame
    cost_fen: int
    other_id: str | None = None
    is_draft: bool = False


class KeptHelp(Protocol):
    """One help of a plan that is kept."""

    @property
    def household_id(self) -> str:
        """Return who gets it."""

    @property
    def cause_id(self) -> str:
        """Return what it is against."""

    @property
    def cost_fen(self) -> int:
        """Return what it costs."""

    @property
    def cover_fen(self) -> int:
        """Return what it covers."""


def first_come(made: MadeAssistPlan) -> Other:
    """Return what handing out first come, first served comes to, needs in the order of their ids."""
    program = made.allocation.program
    units = greedy_units(program, most_programmes=made.how.most_programmes)
    return Other("first_come", coverage(program, units), paid_fen(program, units))


def without_rules(made: MadeAssistPlan, *, seconds: float | None = None) -> Other:
    """Return the best plan without the rules that people set: what the plan falls short of it is what rules cost."""
    free = replace(made.allocation.program, rules=Rules())
    given = made.how.seconds if seconds is None else seconds
    plan = solve(free, seconds=given, most_programmes=made.how.most_programmes)
    return Other("without_rules", coverage(free, plan.units), paid_fen(free, plan.units))


def other_plan(other: MadeAssistPlan) -> Other:
    """Return another plan that is made, such as one with other rules."""
    program, units = other.allocation.program, other.plan.units
    return Other("other", coverage(program, units), paid_fen(program, units))


def kept_draft(made: MadeAssistPlan, ledger: Ledger, plan: KeptAssistPlan) -> Other:
    """Return what is open of a draft, by the needs of today; what was accepted of it has lessened them already."""
    return replace(kept_plan(made, open_units(ledger, plan, day=made.day), plan.run_id), is_draft=True)


def kept_plan(made: MadeAssistPlan, helps: Iterable[KeptHelp], run_id: str) -> Other:
    """Return a plan that is kept, by the needs of today: of a need that is no more, nothing counts as covered."""
    given = pd.DataFrame(
        [(f"{each.household_id}/{each.cause_id}", each.cover_fen, each.cost_fen) for each in helps],
        columns=["need_id", "cover_fen", "cost_fen"],
    )
    needs = made.allocation.program.needs
    covered = needs["need_id"].map(given.groupby("need_id")["cover_fen"].sum()).fillna(0).astype("int64")
    return Other(
        "other",
        needs.assign(covered_fen=covered.clip(upper=needs["need_fen"])),
        int(given["cost_fen"].sum()),
        run_id,
    )


def told_assist_compare(
    made: MadeAssistPlan, schema: Schema, other: Other, *, show_sensitive: bool = False
) -> AssistCompareAnswer:
    """Return a plan beside another: what it gains and loses, where and for whom."""
    telling = Telling(made, schema, show_sensitive=show_sensitive)
    program, units = made.allocation.program, made.plan.units
    costs = (other.cost_fen, paid_fen(program, units))
    found = compared(other.needs, coverage(program, units), costs=costs)
    households, hidden = household_moves(telling, found)
    more, less = counts(found)
    text = _text(found, other.beside)
    notices = assist_plan_notices(made, hidden)
    if other.is_draft:
        notices = (*notices, notice("notice_assist_draft_open"))
    return AssistCompareAnswer(
        asked=assist_plan_asked(made),
        as_of=made.day,
        is_made_up=made.source.is_made_up,
        notices=notices,
        show_sensitive=show_sensitive,
        hidden_count=hidden,
        beside=other.beside,
        other_id=other.other_id,
        plan=_side(found, "after"),
        other=_side(found, "before"),
        need_fen=int(found.needs["need_fen"].sum()),
        gained_yuan=found.weighted_gain / WEIGHTED_IN_A_YUAN,
        more_count=more,
        less_count=less,
        by_village=village_moves(telling, found),
        by_tier=tier_moves(found),
        by_cause=cause_moves(telling, found),
        households=households,
        text_en=text.en,
        text_zh=text.zh,
    )


def _side(found: Compared, name: str) -> PlanSide:
    covered = found.by_household[f"{name}_fen"]
    is_after = name == "after"
    return PlanSide(
        covered_fen=int(covered.sum()),
        weighted_yuan=(found.weighted_after if is_after else found.weighted_before) / WEIGHTED_IN_A_YUAN,
        cost_fen=found.cost_after if is_after else found.cost_before,
        household_count=int((covered > 0).sum()),
    )


def _text(found: Compared, beside: Beside) -> Label:
    ours, theirs = int(found.needs["after_fen"].sum()), int(found.needs["before_fen"].sum())
    more, less = counts(found)
    other = said(f"assist_beside_{beside}")
    text = said(
        "assist_compare",
        ours=money(ours),
        theirs=money(theirs),
        beside=other,
        gained=signed(ours - theirs),
        weighted=weighted_more(found.weighted_gain),
        more=more,
        less=less,
        cost=signed(found.cost_after - found.cost_before),
    )
    worst = found.by_tier[found.by_tier["tier"] == max(TIERS)]
    if worst.empty:
        return text
    row = worst.iloc[0]
    amounts = {"ours": money(int(row["after_fen"])), "theirs": money(int(row["before_fen"]))}
    return together(text, said("assist_compare_worst", need=money(int(row["need_fen"])), beside=other, **amounts))


def weighted_more(amount: int) -> str:
    """Return how much more (+) or less (−) severity-weighted need it is, in yuan."""
    return ("+" if amount > 0 else "−" if amount < 0 else "") + weighted(abs(amount))


def signed(fen: int) -> Label:
    """Return how much more (+) or less (−) money it is."""
    sign = "+" if fen > 0 else "−" if fen < 0 else ""
    return Label(en=sign + yuan(abs(fen), "en"), zh=sign + yuan(abs(fen), "zh"))
