"""What to do with all surplus produce at once: the plan that sells most, on files alone or on the graph."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from analysis.frames import day_stamp, frame_of
from analysis.produce.constraints import OPEN_LOTS
from analysis.produce.files.produce_files import FileTables, ProduceFiles, read_produce_files
from analysis.produce.plan.ways.build import OPEN_DEMANDS
from analysis.produce.plan.ways.roads import places_without_use
from analysis.produce.promises import PROMISES
from analysis.questions.answer import Notice, notice
from analysis.questions.produce_plan_answer import PlanAsked, ProducePlanAnswer
from analysis.questions.produce_plan_deliveries import planned_deliveries
from analysis.questions.produce_plan_made import HowToPlan, MadePlan, PlanInput, make_plan
from analysis.questions.produce_plan_promises import standing_promises
from analysis.questions.produce_plan_told import (
    plan_stages,
    plan_totals,
    plan_weeks,
    planned_demands,
    planned_frames,
    planned_lots,
    terms_used,
)
from graph_schema import Schema
from policy import Policy

# A notice names so many places at most.
_SHOWN_PLACES = 5


@dataclass(frozen=True)
class PlanSource:
    """What a plan is made from: the frames, what was asked, whether any is made up, and what to keep in mind of it.

    `promises`: PROMISES of the products, off the frames already; files have none.
    """

    frames: PlanInput
    asked: PlanAsked
    is_made_up: bool
    notices: tuple[Notice, ...] = ()
    promises: pd.DataFrame = field(default_factory=lambda: frame_of((), PROMISES))


def files_source(tables: FileTables, schema: Schema, day: date) -> PlanSource:
    """Return what files hold on a day. Raises FaultyFiles with every fault of every file."""
    files = read_produce_files(tables, schema, day)
    given = (tables.lots, tables.demands, tables.cooperatives, tables.distances, tables.members)
    return PlanSource(
        frames=PlanInput(files.lots, files.demands, files.cooperatives, files.members, files.roads),
        asked=PlanAsked(
            source="files", files=tuple(table.name for table in given if table is not None), area=None, product=None
        ),
        is_made_up=files.is_made_up,
        notices=_notices_of_files(files),
    )


def produce_plan(
    source: PlanSource, schema: Schema, policy: Policy, *, day: date, how: HowToPlan | None = None
) -> ProducePlanAnswer:
    """Return the plan for a day. Raises as `make_plan`."""
    return told_plan(source, make_plan(source.frames, policy, day, how or HowToPlan()), schema, day)


def told_plan(source: PlanSource, made: MadePlan, schema: Schema, day: date) -> ProducePlanAnswer:
    """Return a plan that is made already as the answer tells it."""
    planned = planned_frames(made)
    deliveries = planned_deliveries(made, planned, schema)
    stages = plan_stages(made)
    return ProducePlanAnswer(
        asked=source.asked,
        as_of=day,
        is_made_up=source.is_made_up,
        notices=plan_notices(source, made, day),
        terms=terms_used(made),
        totals=plan_totals(planned, len(deliveries)),
        stages=stages,
        deliveries=deliveries,
        promised=standing_promises(source.promises, source.frames.lots["lot_id"], schema, day),
        lots=planned_lots(planned, made, schema),
        demands=planned_demands(planned, schema),
        lots_left_out=planned.lots_left_out,
        demands_left_out=planned.demands_left_out,
        weeks=plan_weeks(planned, schema),
    )


def plan_notices(source: PlanSource, made: MadePlan, day: date) -> tuple[Notice, ...]:
    """Return what to keep in mind about a plan and what it was made from."""
    frames, found = made.frames, [notice("notice_made_up")] if source.is_made_up else []
    found.append(notice("notice_plan_prices"))
    if not all(stage.is_optimal for stage in made.plan.stages):
        found.append(notice("notice_plan_gap"))
    is_past = frames.lots["use_by_on"] < day_stamp(day)
    past = int((is_past & frames.lots["lot_status"].isin(OPEN_LOTS)).sum())
    if past:
        found.append(notice("notice_past_lots", count=past))
    is_over = (frames.demands["ends_on"] < day_stamp(day)) | (frames.demands["enterprise_closed_on"] <= day_stamp(day))
    over = int((is_over & frames.demands["demand_status"].isin(OPEN_DEMANDS)).sum())
    if over:
        found.append(notice("notice_past_demands", count=over))
    has_places = bool(frames.lots["lat"].notna().any() or frames.demands["lat"].notna().any())
    factors = sorted(set(frames.lots["road_factor"].tolist())) if has_places else []
    found += [notice("notice_distance_estimated", factor=f"{factor:g}") for factor in factors]
    return (*found, *source.notices)


def _notices_of_files(files: ProduceFiles) -> tuple[Notice, ...]:
    found = []
    if files.left_out_count:
        found.append(notice("notice_plan_rows_left_out", count=files.left_out_count))
    named = (files.lots, "lot_id"), (files.demands, "demand_id"), (files.cooperatives, "cooperative_id")
    used = [place for frame, own_id in named for column in (own_id, "area_id") for place in frame[column].dropna()]
    unused = places_without_use(files.roads, used)
    if unused:
        shown = ", ".join(unused[:_SHOWN_PLACES]) + (", …" if unused[_SHOWN_PLACES:] else "")
        found.append(notice("notice_plan_places_unused", count=len(unused), places=shown))
    return tuple(found)
