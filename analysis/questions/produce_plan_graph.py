"""What a plan is made from on the graph: the lots on offer of an area and product, and the demands for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.fetch import produce as fetch
from analysis.fetch.places import find_subject
from analysis.fetch.produce_plan import lots_at_risk, pooling_cooperatives, promises_of
from analysis.frames import frame_of
from analysis.produce.board_parts import Place
from analysis.produce.lot_parts import product_part
from analysis.produce.plan.ways.frames import AT_RISK, COOPERATIVES, MEMBERS, ROADS
from analysis.produce.products import products_taken
from analysis.produce.promises import without_collected, without_offered
from analysis.questions.answer import Notice, notice
from analysis.questions.produce_plan import PlanSource
from analysis.questions.produce_plan_answer import PlanAsked
from analysis.questions.produce_plan_made import PlanInput
from analysis.subject import Subject
from graph_schema import Schema
from graph_store import GraphStore

AREA, PRODUCT = "Area", "Product"


@dataclass(frozen=True)
class GraphPlanAsked:
    """Which lots are planned for: those of an area and below, of one product; None for all. `roads`: ROADS, or none.

    `graph_day`: the day that the graph shows, to be told where it is another than the day planned for; None: it is not.
    """

    area_id: str | None = None
    product_id: str | None = None
    roads: pd.DataFrame | None = None
    graph_day: date | None = None


def graph_source(store: GraphStore, schema: Schema, asked: GraphPlanAsked, day: date) -> PlanSource:
    """Return what the graph holds on a day, without what is promised already; the buyers may be anywhere.

    What is offered and not past is off lots and demands here only: for buyers and on the board nothing is agreed yet.

    Raises SubjectNotFound for an unknown area or product.
    """
    area = None if asked.area_id is None else find_subject(store, schema, Subject(AREA, asked.area_id), (AREA,))
    if asked.product_id is not None:
        find_subject(store, schema, Subject(PRODUCT, asked.product_id), (PRODUCT,))
    recorded = fetch.lots_open(store, asked.area_id)
    if asked.product_id is not None:
        recorded = recorded[recorded["product_id"] == asked.product_id]
    products = [asked.product_id] if asked.product_id is not None else [*schema.products, *recorded["product_id"]]
    lots = fetch.lots_named(store, recorded["lot_id"]).sort_values("lot_id", ignore_index=True)
    lots = lots.assign(**{AT_RISK: lots["lot_id"].isin(lots_at_risk(store, lots["lot_id"]))})
    demands = fetch.demands_of(store, products).sort_values("demand_id", ignore_index=True)
    # What is promised of other products takes up a demand that takes those as well.
    promises = promises_of(store, {*products, *products_taken(demands)["product_id"]}, day)
    pooling = fetch.pooling_of(store, lots["lot_id"])
    cooperatives = pooling_cooperatives(store, pooling.cooperatives["cooperative_id"], day)
    is_made_up = any(bool(frame["is_made_up"].any()) for frame in (lots, demands, cooperatives, promises))
    name = None if area is None or area.name is None else area.name.zh
    return PlanSource(
        frames=PlanInput(
            lots=without_offered(lots, "lot_id", promises, day),
            demands=without_offered(demands, "demand_id", promises, day),
            cooperatives=without_collected(_with_terms(cooperatives), promises, day),
            members=pooling.cooperatives[[*MEMBERS]],
            roads=frame_of((), ROADS) if asked.roads is None else asked.roads,
            parts=pooling.parts,
        ),
        asked=PlanAsked(
            source="graph",
            files=(),
            area=None if area is None else Place(id=area.subject.id, name=name),
            product=None if asked.product_id is None else product_part(asked.product_id, schema),
        ),
        is_made_up=is_made_up,
        promises=promises,
        notices=_notices(asked, day),
    )


def _notices(asked: GraphPlanAsked, day: date) -> tuple[Notice, ...]:
    """Return that what was entered for later days is not planned with, where the day lies after that of the graph."""
    if asked.graph_day is None or day <= asked.graph_day:
        return ()
    return (notice("notice_plan_after_graph", graph_day=asked.graph_day, day=day),)


def _with_terms(cooperatives: pd.DataFrame) -> pd.DataFrame:
    """Return COOPERATIVES with `cooperative_name`; the graph records no fee of theirs and no days of storage."""
    fees = pd.Series(pd.NA, index=cooperatives.index, dtype="Int64")
    return cooperatives.assign(storage_days=float("nan"), pool_fee_fen_per_kg=fees)[[*COOPERATIVES, "cooperative_name"]]
