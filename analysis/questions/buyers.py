"""The second question: who could take this surplus produce, and what forbids it where nobody can?"""

from __future__ import annotations

from datetime import date
from typing import Literal

import pandas as pd
from pydantic import Field

from analysis.errors import CATALOGUE, QuestionError
from analysis.fetch import produce as fetch
from analysis.fetch.places import find_subject
from analysis.frames import day_stamp
from analysis.page import Page, cut_page
from analysis.produce.constraints import with_constraints
from analysis.produce.lot_parts import ProduceFrames, lot_buyers
from analysis.produce.pairs import pair_up
from analysis.produce.parts import Buyer, LotBuyers, Refusal
from analysis.produce.pooling import pooled_quantities
from analysis.produce.ranking import ranked_buyers, ranked_refusals
from analysis.produce.terms import trade_terms, with_terms
from analysis.questions.answer import Answer, Notice, asked_about, notice
from analysis.subject import Subject
from graph_schema import Schema
from graph_schema.messages import Label
from graph_store import GraphStore
from policy import Policy

KINDS = ("SupplyLot", "Household", "Cooperative", "Product")
LOT_LIMIT = 50
DEMAND_LIMIT = 50


class BuyersAnswer(Answer):
    """For each lot: every demand that could take it, in order, and for each that cannot, what forbids it.

    This is no plan: each lot is seen alone, so two lots may be shown the same demand.
    """

    version: Literal["buyers/1"] = "buyers/1"
    lot_count: int = Field(description="How many lots the whole list has.")
    lots: tuple[LotBuyers, ...] = Field(description="The lots of this page, by id.")
    next_after: str | None = Field(description="Where the next page begins; null when this is the last.")


def buyers(
    store: GraphStore,
    schema: Schema,
    policy: Policy,
    subject: Subject,
    *,
    day: date,
    page: Page | None = None,
    demand_limit: int = DEMAND_LIMIT,
) -> BuyersAnswer:
    """Return who could take a lot, the lots of a household or cooperative, or every lot of a product, on `day`.

    `page` cuts the list of lots by id; of each lot at most `demand_limit` demands that could take it and as many that
    cannot are told. Raises QuestionError for another kind of subject, SubjectNotFound for an unknown id,
    ParameterError where the policy has no number of trade for a place.
    """
    if demand_limit < 1:
        raise QuestionError("limit_too_small", limit=demand_limit)
    found = find_subject(store, schema, subject, KINDS)
    lot_ids = fetch.lots_on_offer(store, subject)
    listed = pd.DataFrame({"lot_id": list(lot_ids)}, dtype="object")
    cut = cut_page(listed, "lot_id", page or Page(limit=LOT_LIMIT))
    lots = fetch.lots_named(store, cut.rows["lot_id"])
    areas = [None if pd.isna(area) else str(area) for area in lots["area_id"]]
    terms = {area: trade_terms(policy, area, day) for area in areas}
    lots = with_terms(lots, terms).assign(is_expired=lots["use_by_on"] < day_stamp(day))
    frames = _frames(store, lots, day)
    told = lot_buyers(frames, schema, demand_limit)
    answer = BuyersAnswer(
        asked=asked_about(found),
        as_of=day,
        is_made_up=found.is_made_up or bool(lots["is_made_up"].any()) or _is_made_up(frames),
        notices=(),
        lot_count=cut.total,
        lots=told,
        next_after=cut.next_after,
    )
    return answer.model_copy(update={"notices": _notices(answer, demand_limit)})


def _frames(store: GraphStore, lots: pd.DataFrame, day: date) -> ProduceFrames:
    demands = fetch.demands_of(store, lots["product_id"])
    pairs = with_constraints(pair_up(lots, demands, day))
    pooling = fetch.pooling_of(store, lots["lot_id"])
    too_small = pairs[~pairs["holds_batch"]]["lot_id"]
    cooperatives = pooling.cooperatives[pooling.cooperatives["lot_id"].isin(too_small)]
    member_lots = fetch.member_lots(store, cooperatives["cooperative_id"])
    return ProduceFrames(
        lots=lots,
        pools=pooling.pools,
        parts=pooling.parts,
        buyers=ranked_buyers(pairs),
        refusals=ranked_refusals(pairs),
        pooled=pooled_quantities(pairs, cooperatives, member_lots),
    )


def _is_made_up(frames: ProduceFrames) -> bool:
    return any(bool(pairs["is_made_up_demand"].any()) for pairs in (frames.buyers, frames.refusals))


def _notices(answer: BuyersAnswer, demand_limit: int) -> tuple[Notice, ...]:
    found = [notice("notice_made_up")] if answer.is_made_up else []
    if not answer.lots:
        found.append(notice("notice_no_lot"))
    products = {lot.lot.product.id: lot.lot.product for lot in answer.lots if not lot.buyer_count + lot.refusal_count}
    found += [
        notice("notice_no_demand", product=Label(en=product.name_en, zh=product.name_zh))
        for product in products.values()
    ]
    factors = sorted({lot.terms.road_factor for lot in answer.lots})
    found += [notice("notice_distance_estimated", factor=f"{factor:g}") for factor in factors]
    if any(map(_has_unmeasured_way, answer.lots)):
        found.append(notice("notice_distance_unmeasured"))
    if answer.next_after is not None:
        label = Label(en=CATALOGUE.what("list_lots", {}, "en"), zh=CATALOGUE.what("list_lots", {}, "zh"))
        found.append(notice("notice_capped", list=label, shown=len(answer.lots), total=answer.lot_count))
    if any(max(lot.buyer_count, lot.refusal_count) > demand_limit for lot in answer.lots):
        found.append(notice("notice_demands_capped", limit=demand_limit))
    return tuple(found)


def _has_unmeasured_way(told: LotBuyers) -> bool:
    """Return whether two different places came out 0 km apart, being known only by an area that holds both."""
    entries: tuple[Buyer | Refusal, ...] = (*told.buyers, *told.refusals)
    return any(entry.way.distance_km == 0 and entry.demand.area_id != told.lot.area_id for entry in entries)
