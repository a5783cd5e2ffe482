"""Buyers in words: for each lot who could take it, best first, and for each who cannot, what forbids it."""

from __future__ import annotations

from analysis.produce.parts import Buyer, Lot, LotBuyers, Refusal
from analysis.questions.answer import Answer
from analysis.questions.buyers import BuyersAnswer
from cli.answer_head import show_head
from cli.context import Context
from cli.voice import Voice

KG_IN_A_TONNE = 1000
FEN_IN_A_YUAN = 100


def show_buyers(here: Context, answer: Answer) -> None:
    """Print the possible buyers of every lot of the answer."""
    if not isinstance(answer, BuyersAnswer):
        raise TypeError("not an answer about buyers")
    show_head(here, answer)
    if not answer.lots:
        here.voice.say("buyers.none")
    for lot in answer.lots:
        _show_lot(here.voice, lot)


def _show_lot(voice: Voice, told: LotBuyers) -> None:
    lot = told.lot
    voice.heading(
        "buyers.lot",
        lot=lot.lot_id,
        quantity=f"{lot.lot_quantity_kg / KG_IN_A_TONNE:,.1f}",
        product=lot.product.name_zh if voice.language == "zh" else lot.product.name_en,
        grade=lot.grade,
        ready=lot.ready_on,
        use_by=lot.use_by_on,
        ask=_yuan(lot.ask_fen_per_kg),
    )
    _show_quantities(voice, lot)
    voice.say("buyers.can", count=told.buyer_count)
    if told.buyers:
        columns = [
            "column.buyer",
            "column.place",
            "column.quantity_t",
            "column.price",
            "column.distance",
            "column.arrives",
        ]
        voice.table(columns, [_buyer(buyer) for buyer in told.buyers])
    voice.say("buyers.cannot", count=told.refusal_count)
    if told.refusals:
        voice.table(
            ["column.buyer", "column.place", "column.why_not"], [_refusal(refusal, voice) for refusal in told.refusals]
        )


def _show_quantities(voice: Voice, lot: Lot) -> None:
    if lot.parts:
        households = len({part.seller_id for part in lot.parts if part.seller_kind == "Household"})
        pooled = sum(part.quantity_kg for part in lot.parts) / KG_IN_A_TONNE
        voice.say("buyers.pooled_from", households=households, quantity=f"{pooled:,.1f}")
    for larger in lot.pooled_in:
        voice.say("buyers.pooled_in", lot=larger.lot_id, quantity=f"{larger.quantity_kg / KG_IN_A_TONNE:,.1f}")


def _buyer(buyer: Buyer) -> list[object]:
    demand, way = buyer.demand, buyer.way
    price = None if way.after_transport_fen_per_kg is None else _yuan(way.after_transport_fen_per_kg)
    return [
        f"{demand.enterprise.name or demand.enterprise.id} ({demand.demand_id})",
        demand.area_name,
        buyer.quantity_kg / KG_IN_A_TONNE,
        price,
        None if way.distance_km is None else round(way.distance_km),
        way.arrives_on,
    ]


def _refusal(refusal: Refusal, voice: Voice) -> list[object]:
    demand = refusal.demand
    reasons = [reason.text_zh if voice.language == "zh" else reason.text_en for reason in refusal.reasons]
    return [
        f"{demand.enterprise.name or demand.enterprise.id} ({demand.demand_id})",
        demand.area_name,
        "\n".join(reasons),
    ]


def _yuan(fen: int) -> str:
    return f"{fen / FEN_IN_A_YUAN:.2f}"
