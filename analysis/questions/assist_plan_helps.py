"""What a plan gives to whom, help by help, and what it does to risk."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np

from analysis.assistance.allocation.effect import RiskEffect, disagreeing, risk_effect, shares_of
from analysis.assistance.allocation.joins import Places
from analysis.assistance.allocation.uses import Use, uses_of
from analysis.assistance.words import cause_word, measure_word
from analysis.frames import Row, rows_of
from analysis.questions.assist_plan_answer import AssistRisk, HouseholdEffect, PlannedHelp, UsedResource, VillageRisk
from analysis.questions.assist_plan_made import MadeAssistPlan
from analysis.questions.assist_plan_told import PlannedFrames, party_of, place_of
from analysis.sensitivity import is_sensitive_cause, is_sensitive_measure
from graph_schema import Schema

_COLUMNS = [
    "chain",
    "household_id",
    "cause_id",
    "village_id",
    "tier",
    "need_fen",
    "programme_id",
    "measure_id",
    "enterprise_id",
    "contract_id",
    "cooperative_id",
    "pool_id",
    "cover_fen",
    "cost_fen",
    "to_check",
]


def planned_helps(planned: PlannedFrames, schema: Schema) -> tuple[PlannedHelp, ...]:
    """Return every help of the plan, by household and cause, those too that would tell a sensitive cause."""
    made = planned.made
    uses = uses_of(made.allocation, made.plan.units)
    agencies = made.allocation.bounds.programmes.set_index("programme_id")["agency_id"].to_dict()
    rows = rows_of(planned.used[_COLUMNS].sort_values(["household_id", "cause_id", "chain"]))
    return tuple(_help(made, schema, row, agencies, uses.get(int(str(row["chain"])), ())) for row in rows)


def is_hidden(schema: Schema, help_: PlannedHelp) -> bool:
    """Return whether a help would tell a sensitive cause."""
    return is_sensitive_cause(schema, help_.cause.id) or is_sensitive_measure(schema, help_.measure.id)


def _help(
    made: MadeAssistPlan, schema: Schema, row: Row, agencies: Mapping[Hashable, object], uses: tuple[Use, ...]
) -> PlannedHelp:
    way = [row[name] or "-" for name in ("enterprise_id", "cooperative_id", "pool_id")]
    head = [row[name] for name in ("household_id", "cause_id", "programme_id", "measure_id")]
    same = ("household_id", "tier", "contract_id", "need_fen", "cover_fen", "cost_fen", "to_check")
    return PlannedHelp.model_validate(
        {
            **{name: row[name] for name in same},
            "help_id": "/".join(str(part) for part in (*head, *way)),
            "village": place_of(made, row["village_id"]),
            "cause": cause_word(schema, str(row["cause_id"])),
            "measure": measure_word(schema, str(row["measure_id"])),
            "programme": party_of(made, "Programme", row["programme_id"]),
            "agency": party_of(made, "Agency", agencies[str(row["programme_id"])]),
            "enterprise": party_of(made, "Enterprise", row["enterprise_id"]),
            "cooperative": party_of(made, "Cooperative", row["cooperative_id"]),
            "resource_id": row["pool_id"],
            "uses": tuple(UsedResource(kind=use.kind, id=use.resource_id, value=use.value) for use in uses),
        }
    )


def plan_risk(made: MadeAssistPlan) -> AssistRisk | None:
    """Return what the plan does to risk, None where nothing tells of risk."""
    side = made.source.risk
    if side is None:
        return None
    effect = risk_effect(made.allocation, made.plan.units, side.model, side.households)
    much, little = disagreeing(effect)
    return AssistRisk(
        network_version=side.model.version,
        is_learned=side.model.is_learned,
        returns_before=float(effect.before.sum()),
        returns_after=float((effect.before - effect.avoided).sum()),
        avoided=float(effect.avoided.sum()),
        lowered_household_count=int((effect.avoided > 0).sum()),
        by_village=_villages(made, effect),
        much_covered_little_lowered=_households(made, effect, much),
        little_covered_much_lowered=_households(made, effect, little),
    )


def _villages(made: MadeAssistPlan, effect: RiskEffect) -> tuple[VillageRisk, ...]:
    names, place = np.unique(made.allocation.needs.village.astype(str), return_inverse=True)
    before, avoided = (np.bincount(place, part, len(names)) for part in (effect.before, effect.avoided))
    order = [int(row) for row in np.lexsort((np.arange(len(names)), -avoided)) if avoided[row] > 0]
    return tuple(
        VillageRisk(
            village=place_of(made, names[row]),
            returns_before=float(before[row]),
            returns_after=float(before[row] - avoided[row]),
            avoided=float(avoided[row]),
        )
        for row in order
    )


def _households(made: MadeAssistPlan, effect: RiskEffect, rows: Places) -> tuple[HouseholdEffect, ...]:
    needs = made.allocation.needs
    covered, avoided = shares_of(effect)
    return tuple(
        HouseholdEffect(
            household_id=str(needs.households[row]),
            village=place_of(made, needs.village[row]),
            covered_fen=int(effect.covered_fen[row]),
            covered_share=float(covered[row]),
            risk_before=float(effect.before[row]),
            risk_after=float(effect.before[row] - effect.avoided[row]),
            avoided_share=float(avoided[row]),
        )
        for row in rows.tolist()
    )
