"""Plans for help as they are kept, which were kept, and what came of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

import pandas as pd

from analysis.assistance.kept_forms import (
    KeptAssistParameters,
    KeptAssistPlan,
    KeptAssistResult,
    KeptAssistStage,
    KeptUnit,
)
from analysis.fetch.kept_assist import (
    ASSISTANCE,
    help_aims_on,
    help_on,
    help_sums_on,
    kept_assist_plan_since,
    kept_assist_plans,
)
from analysis.frames import Row, rows_of
from analysis.questions.answer import notice
from analysis.questions.assist_kept_answer import (
    AssistKeptAnswer,
    AssistKeptPlanAnswer,
    HelpAmounts,
    HelpCounts,
    KeptAssistPlanTold,
    KeptUnitTold,
)
from analysis.sensitivity import is_sensitive_help
from graph_schema import Schema
from ledger import Ledger
from policy.assistance_states import HOLDING


class StageLike(Protocol):
    """A stage of a plan, of whatever form."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> int: ...  # noqa: D102
    @property
    def bound(self) -> int: ...  # noqa: D102
    @property
    def is_optimal(self) -> bool: ...  # noqa: D102


def kept_assist_parameters(
    *,
    area: str | None,
    programmes: Sequence[str],
    day: date,
    rules: Mapping[str, list[dict[str, object]]],
    most_programmes: int,
    seconds: float,
) -> dict[str, object]:
    """Return what a plan was made with beside the facts, as it is kept (KeptAssistParameters), in JSON's values."""
    kept = KeptAssistParameters(
        area=area,
        programmes=tuple(sorted(programmes)),
        day=day,
        rules=dict(rules),
        most_programmes=most_programmes,
        seconds=seconds,
    )
    return kept.model_dump(mode="json")


def kept_assist_result(
    *, totals: Mapping[str, int], stages: Iterable[StageLike], units: Iterable[KeptUnit]
) -> dict[str, object]:
    """Return what came of a plan, as it is kept (KeptAssistResult), in values that JSON has."""
    kept = KeptAssistResult(
        totals={name: int(value) for name, value in totals.items()},
        stages=tuple(
            KeptAssistStage(name=each.name, value=int(each.value), bound=int(each.bound), is_optimal=each.is_optimal)
            for each in stages
        ),
        units=tuple(sorted(units, key=_place)),
    )
    return kept.model_dump(mode="json")


def assist_kept(ledger: Ledger, schema: Schema) -> AssistKeptAnswer:
    """Return the plans that were kept and not taken back, and how much was accepted of each.

    Help that tells a sensitive cause is never counted: once one household is accepted, the number would tell.
    """
    plans = kept_assist_plans(ledger)
    hidden = {
        (plan.run_id, unit.household_id, unit.measure_id)
        for plan in plans
        for unit in plan.units
        if is_sensitive_help(schema, unit.measure_id, (unit.cause_id,))
    }
    where = {"run_id": [plan.run_id for plan in plans]}
    columns = ["id", "run_id", "household_id", "measure_id"]
    facts = ledger.facts(ASSISTANCE, columns=columns, where=where).to_pylist() if plans else []
    helps = {(str(fact["run_id"]), fact["household_id"], fact["measure_id"], fact["id"]) for fact in facts}
    accepted = Counter(run_id for run_id, *unit, _ in helps if (run_id, *unit) not in hidden)
    return AssistKeptAnswer(plans=tuple(_told(plan, accepted[plan.run_id]) for plan in reversed(plans)))


def assist_kept_plan(
    ledger: Ledger, schema: Schema, run_id: str, *, day: date, show_sensitive: bool = False
) -> AssistKeptPlanAnswer:
    """Return a plan that was kept (`last`: the one kept last) and what came of it by the day.

    Help that tells a sensitive cause is neither listed nor in the counts and amounts unless it may be shown: once one
    household is accepted, they would tell. Raises SubjectNotFound where no such plan is kept.
    """
    plan = kept_assist_plan_since(ledger, run_id)
    helps = help_on(ledger, day, where={"run_id": plan.run_id})
    aims = help_aims_on(ledger, day, {*helps["help_id"]})
    if not show_sensitive:
        helps = _without_sensitive(helps, aims, schema)
    by_unit = _by_unit(helps, aims)
    shown = [
        unit
        for unit in plan.units
        if show_sensitive or not is_sensitive_help(schema, unit.measure_id, (unit.cause_id,))
    ]
    hidden_count = len(plan.units) - len(shown)
    is_made_up = plan.is_made_up or bool(helps["is_made_up"].any())
    notices = [notice("notice_made_up")] if is_made_up else []
    if hidden_count:
        notices.append(notice("notice_helps_hidden", count=hidden_count))
    return AssistKeptPlanAnswer(
        as_of=day,
        is_made_up=is_made_up,
        notices=tuple(notices),
        plan=_told(plan, len(helps)),
        stages=plan.result.stages,
        helps=help_counts(helps),
        amounts=help_amounts(helps, help_sums_on(ledger, day, {*helps["help_id"]})),
        units=tuple(_unit(unit, by_unit.get(_place(unit))) for unit in shown),
        hidden_count=hidden_count,
    )


def open_units(ledger: Ledger, plan: KeptAssistPlan, *, day: date) -> tuple[KeptUnit, ...]:
    """Return what a plan that was kept gives and nobody has accepted by the day."""
    helps = help_on(ledger, day, where={"run_id": plan.run_id})
    entered = _by_unit(helps, help_aims_on(ledger, day, {*helps["help_id"]}))
    return tuple(unit for unit in plan.units if _place(unit) not in entered)


def _without_sensitive(helps: pd.DataFrame, aims: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """Return helps (KEPT_HELP) that tell no sensitive cause."""
    causes = aims.groupby("assistance_id")["cause_id"].agg(tuple).to_dict()
    is_shown = [
        not is_sensitive_help(schema, str(row["measure_id"]), causes.get(row["help_id"], ()))
        for row in rows_of(helps[["help_id", "measure_id"]])
    ]
    return helps.iloc[[place for place, shown in enumerate(is_shown) if shown]].reset_index(drop=True)


def help_counts(helps: pd.DataFrame) -> HelpCounts:
    """Return how many of some helps (KEPT_HELP) are in each state."""
    counted = Counter(helps["assistance_status"])
    return HelpCounts(**{name: counted[name] for name in HelpCounts.model_fields})


def help_amounts(helps: pd.DataFrame, sums: pd.DataFrame) -> HelpAmounts:
    """Return what some helps (KEPT_HELP) and their payments (HELP_SUMS) come to."""
    promised = helps.loc[helps["assistance_status"].isin(HOLDING), "amount_fen"]
    own = sums[sums["assistance_id"].isin(helps["help_id"])]
    paid = {name: int(own[name].sum()) for name in ("approved_fen", "paid_fen", "delivered_fen")}
    return HelpAmounts(promised_fen=int(promised.sum()), **paid)


def _told(plan: KeptAssistPlan, accepted_count: int) -> KeptAssistPlanTold:
    return KeptAssistPlanTold(
        run_id=plan.run_id,
        load_id=plan.load_id,
        kept_at=plan.recorded_at,
        day=plan.day,
        area_id=plan.parameters.area,
        programme_ids=plan.parameters.programmes,
        rule_count=sum(map(len, plan.parameters.rules.values())),
        most_programmes=plan.parameters.most_programmes,
        is_made_up=plan.is_made_up,
        totals=plan.result.totals,
        unit_count=len(plan.units),
        accepted_count=accepted_count,
    )


def _place(unit: KeptUnit) -> tuple[str, str, str, str]:
    """Return by what units are sorted and told apart."""
    return unit.household_id, unit.measure_id, unit.cause_id, unit.programme_id


def _by_unit(helps: pd.DataFrame, aims: pd.DataFrame) -> dict[tuple[str, str, str, str], Row]:
    """Return help by the unit that it was accepted for."""
    joined = helps.merge(aims, left_on="help_id", right_on="assistance_id")
    names = ("household_id", "measure_id", "cause_id", "programme_id")
    return {(str(row[names[0]]), *(str(row[name]) for name in names[1:])): row for row in rows_of(joined)}  # type: ignore[misc]


def _unit(unit: KeptUnit, row: Row | None) -> KeptUnitTold:
    fields = {name: value for name, value in unit._asdict().items() if name != "uses"}
    came = {} if row is None else {"help_id": row["help_id"], "status": row["assistance_status"]}
    return KeptUnitTold.model_validate({**fields, "help_id": None, "status": None, **came})
