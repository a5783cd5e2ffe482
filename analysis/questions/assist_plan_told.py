"""An assistance plan told: totals, stages, and what it comes to by tier, village, cause, programme and resource."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.assistance.parts import Party
from analysis.assistance.plan.program import COST, NONE, SLOTS, TIERS, Units, whole_column
from analysis.assistance.plan.why.worth import worths
from analysis.assistance.words import cause_word, party
from analysis.frames import Row, rows_of
from analysis.produce.board_parts import Place
from analysis.questions.assist_plan_answer import (
    AssistStage,
    AssistTotals,
    CausePart,
    ProgrammePart,
    ResourcePart,
    TierPart,
    UncoveredReason,
    VillagePart,
)
from analysis.questions.assist_plan_made import MadeAssistPlan
from analysis.sensitivity import is_sensitive_cause
from graph_schema import Schema

# Fen of need times a weight of 100 for the worst: a yuan of the worst need is ten thousand of them.
WEIGHTED_IN_A_YUAN = 10_000

_HOLDERS = {"offer": "Programme", "agency": "Agency", "enterprise": "Enterprise", "cooperative": "Cooperative"}
_SUMS = ["need_fen", "covered_fen", "left_fen"]


@dataclass(frozen=True)
class PlannedFrames:
    """A plan as frames.

    `needs`: those of the program with covered_fen and left_fen. `used`: the chains that are given, with `chain` (place
    in the program), `units`, household_id, village_id, cause_id, tier, programme_id, paid_fen and covered_fen.
    """

    made: MadeAssistPlan

    @cached_property
    def used(self) -> pd.DataFrame:
        """Return the chains that are given."""
        program, units = self.made.allocation.program, self.made.plan.units
        rows = np.flatnonzero(units > 0)
        chains = program.chains.iloc[rows]
        needs = program.needs.iloc[chains["need"].to_numpy()].reset_index(drop=True)
        return chains.reset_index(drop=True).assign(
            chain=rows,
            units=units[rows],
            paid_fen=whole_column(chains, "cost_fen") * units[rows],
            covered_fen=whole_column(chains, "cover_fen") * units[rows],
            programme_id=program.programmes["programme_id"].to_numpy(dtype=object)[chains["programme"].to_numpy()],
            **{
                name: needs[name]
                for name in ("need_id", "household_id", "village_id", "cause_id", "tier", "need_fen", "severity_weight")
            },
        )

    @cached_property
    def needs(self) -> pd.DataFrame:
        """Return the needs with what is covered."""
        needs = self.made.allocation.program.needs
        covered = np.zeros(len(needs), dtype=np.int64)
        np.add.at(covered, self.used["need"].to_numpy(dtype=np.int64), self.used["covered_fen"].to_numpy())
        return needs.assign(covered_fen=covered, left_fen=whole_column(needs, "need_fen") - covered)


def place_of(made: MadeAssistPlan, area_id: object) -> Place:
    """Return an area with its name."""
    return Place(id=str(area_id), name=made.allocation.names.get(("Area", str(area_id))))


def party_of(made: MadeAssistPlan, kind: str, id_: object) -> Party | None:
    """Return a party with its name, None for no id."""
    return party(made.allocation.names, kind, id_ if isinstance(id_, str) else None)


def plan_totals(planned: PlannedFrames) -> AssistTotals:
    """Return what the plan comes to."""
    needs, used, allocation = planned.needs, planned.used, planned.made.allocation
    return AssistTotals(
        household_count=int(needs["household_id"].nunique()),
        helped_household_count=int(used["household_id"].nunique()),
        need_count=len(needs),
        covered_need_count=int((needs["left_fen"] == 0).sum()),
        part_need_count=int(((needs["left_fen"] > 0) & (needs["covered_fen"] > 0)).sum()),
        unpriced_need_count=len(allocation.unpriced),
        **{name: int(needs[name].sum()) for name in _SUMS},
        cost_fen=int(used["paid_fen"].sum()),
        budget_fen=int(allocation.program.programmes["budget_fen"].sum()),
        help_count=int(used["units"].sum()),
        to_check_count=int(used["to_check"].sum()),
    )


def plan_stages(made: MadeAssistPlan) -> tuple[AssistStage, ...]:
    """Return the stages in the units that people read: severity-weighted yuan, and fen for what it costs."""
    return tuple(
        AssistStage(
            name=stage.name,
            unit="fen" if stage.name == COST else "weighted_yuan",
            value=stage.value / (1 if stage.name == COST else WEIGHTED_IN_A_YUAN),
            bound=stage.bound / (1 if stage.name == COST else WEIGHTED_IN_A_YUAN),
            is_optimal=stage.is_optimal,
            gap_share=abs(stage.bound - stage.value) / max(abs(stage.bound), 1),
        )
        for stage in made.plan.stages
    )


def tier_parts(planned: PlannedFrames) -> tuple[TierPart, ...]:
    """Return the needs by tier, the worst first."""
    rows = {int(str(row["tier"])): row for row in _summed(planned.needs, "tier")}
    empty: Row = dict.fromkeys(("need_count", *_SUMS), 0)
    return tuple(TierPart.model_validate({**rows.get(tier, empty), "tier": tier}) for tier in TIERS)


def village_parts(planned: PlannedFrames) -> tuple[VillagePart, ...]:
    """Return the needs by village, those with most left first."""
    households = planned.needs.groupby("village_id")["household_id"].nunique()
    used = planned.used.groupby("village_id").agg(
        helped_household_count=("household_id", "nunique"), help_count=("units", "sum"), cost_fen=("paid_fen", "sum")
    )
    given = {str(name): row for name, row in used.to_dict("index").items()}
    none = dict.fromkeys(used.columns, 0)
    return tuple(
        VillagePart.model_validate(
            {
                **_only_sums(row),
                **given.get(str(row["village_id"]), none),
                "village": place_of(planned.made, row["village_id"]),
                "household_count": int(households[str(row["village_id"])]),
            }
        )
        for row in _most_left(_summed(planned.needs, "village_id"), "village_id")
    )


def cause_parts(planned: PlannedFrames, schema: Schema, *, show_sensitive: bool) -> tuple[CausePart, ...]:
    """Return the needs by cause, those with most left first; what may not be shown is the last, all of it together."""
    rows = _most_left(_summed(planned.needs, "cause_id"), "cause_id")
    shown = [row for row in rows if show_sensitive or not is_sensitive_cause(schema, str(row["cause_id"]))]
    parts = [
        CausePart.model_validate({**_only_sums(row), "cause": cause_word(schema, str(row["cause_id"]))})
        for row in shown
    ]
    hidden = [row for row in rows if row not in shown]
    if hidden:
        together = {name: sum(int(str(row[name])) for row in hidden) for name in ("need_count", *_SUMS)}
        parts.append(CausePart.model_validate({**together, "cause": None}))
    return tuple(parts)


def programme_parts(planned: PlannedFrames) -> tuple[ProgrammePart, ...]:
    """Return what each programme that runs gives, by id."""
    made = planned.made
    bounds = made.allocation.bounds.programmes
    used = planned.used.groupby("programme_id").agg(
        help_count=("units", "sum"),
        household_count=("household_id", "nunique"),
        spent_fen=("paid_fen", "sum"),
        covered_fen=("covered_fen", "sum"),
    )
    given = {str(name): row for name, row in used.to_dict("index").items()}
    gains = _gains(made)
    found = []
    for row in rows_of(bounds[bounds["is_running"]].drop(columns=["eligible_codes"])):
        programme_id = str(row["programme_id"])
        own = given.get(programme_id, dict.fromkeys(used.columns, 0))
        left = int(str(row["left_fen"]))
        found.append(
            ProgrammePart.model_validate(
                {
                    **own,
                    "programme": party_of(made, "Programme", programme_id),
                    "agency": party_of(made, "Agency", row["agency_id"]),
                    "budget_fen": row["budget_fen"],
                    "promised_fen": row["promised_fen"],
                    "left_before_fen": left,
                    "left_fen": left - int(own["spent_fen"]),
                    "most_gain_yuan": gains.get(("budget", programme_id)),
                }
            )
        )
    return tuple(found)


def resource_parts(planned: PlannedFrames) -> tuple[ResourcePart, ...]:
    """Return everything bounded that a chain of the program takes from, by id."""
    made = planned.made
    program = made.allocation.program
    taken, is_named = np.zeros((2, len(program.resources)), dtype=np.int64)
    for slot in SLOTS:
        places, uses = whole_column(program.chains, slot), whole_column(program.chains, f"{slot}_use")
        is_named[places[places != NONE]] = 1
        _add(taken, places, uses * made.plan.units)
    gains = _gains(made)
    rows = program.resources.assign(used=taken)[(is_named > 0) & (program.resources["capacity"] != NONE)]
    partners = made.allocation.bounds.partners
    kinds = dict(zip(partners["partner_id"], partners["partner_kind"], strict=True))
    return tuple(
        ResourcePart.model_validate(
            {
                **{name: row[name] for name in ("resource_id", "layer", "kind", "unit", "capacity", "used")},
                "holder": party_of(made, _HOLDERS.get(str(row["layer"])) or kinds[row["holder_id"]], row["holder_id"]),
                "left": int(str(row["capacity"])) - int(str(row["used"])),
                "most_gain_yuan": gains.get((str(row["layer"]), str(row["resource_id"]))),
            }
        )
        for row in rows_of(rows)
    )


def uncovered_parts(planned: PlannedFrames) -> tuple[UncoveredReason, ...]:
    """Return why something stays, by reason, what leaves most first."""
    open_needs = planned.made.open_needs
    needs = planned.needs.iloc[open_needs["need"].to_numpy()].assign(reason=open_needs["reason"].to_numpy())
    return tuple(UncoveredReason.model_validate(row) for row in _most_left(_summed(needs, "reason"), "reason"))


def _add(sums: Units, places: Units, amounts: Units) -> None:
    is_there = (places != NONE) & (amounts > 0)
    np.add.at(sums, places[is_there], amounts[is_there])


def _gains(made: MadeAssistPlan) -> dict[tuple[str, str], float]:
    """Return by kind and id what one step more of it covers at most, in severity-weighted yuan."""
    rows = rows_of(worths(made.allocation.program, made.plan))
    return {(str(row["kind"]), str(row["id"])): int(str(row["most_gain"])) / WEIGHTED_IN_A_YUAN for row in rows}


def _summed(needs: pd.DataFrame, column: str) -> list[Row]:
    """Return the sums of the needs by a column, sorted by it."""
    grouped = needs.groupby(column, sort=True)
    sums = grouped[_SUMS].sum().assign(need_count=grouped.size())
    return rows_of(sums.reset_index())


def _only_sums(row: Row) -> Row:
    return {name: row[name] for name in ("need_count", *_SUMS)}


def _most_left(rows: list[Row], column: str) -> list[Row]:
    return sorted(rows, key=lambda row: (-int(str(row["left_fen"])), str(row[column])))
