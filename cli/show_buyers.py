"""Buyers in words: for each lot who could take it, best first, and for each who cannot, what forbids it."""

from __future__ import annotations

from analysis.amounts import Amount, plain, price, quantity, yuan
from analysis.produce.parts import Buyer, Demand, Lot, LotBuyers, Refusal
from analysis.questions.buyers import BuyersAnswer
from cli.answer_head import show_head
from cli.context import Context
from cli.naming import code_name, party_name, word_name
from cli.voice import Cell, Voice

# More lots than this are told in a line each.
LOTS_TOLD_IN_FULL = 3
BUYER_COLUMNS = (
    "column.buyer",
    "column.demand",
    "column.place",
    "column.takes",
    "column.price",
    "column.distance",
    "column.arrives",
)
REFUSAL_COLUMNS = ("column.buyer", "column.demand", "column.place")
LOT_COLUMNS = (
    "column.lot",
    "column.left",
    "column.grade",
    "column.ready",
    "column.use_by",
    "column.buyers",
    "column.price",
    "column.best_buyer",
)


def show_buyers(here: Context, answer: BuyersAnswer) -> None:
    """Print the possible buyers of each lot of the answer; of many lots one line each."""
    voice = here.voice
    show_head(here, answer)
    if answer.lot_count > LOTS_TOLD_IN_FULL:
        voice.heading("buyers.lots", count=answer.lot_count)
        voice.table(LOT_COLUMNS, [_lot_row(here, told) for told in answer.lots])
        voice.more(answer.lot_count - len(answer.lots))
        voice.say("buyers.ask_for_one")
        return
    for told in answer.lots:
        _show_lot(here, told)


def _lot_row(here: Context, told: LotBuyers) -> list[Cell]:
    lot = told.lot
    best = told.buyers[0] if told.buyers else None
    return [
        lot.lot_id,
        quantity(lot.left_quantity_kg, here.voice.language),
        _grade(here, lot),
        lot.ready_on,
        lot.use_by_on,
        told.buyer_count,
        _price(best),
        party_name(best.demand.enterprise) if best else None,
    ]


def _show_lot(here: Context, told: LotBuyers) -> None:
    voice, lot = here.voice, told.lot
    voice.heading(
        "buyers.lot",
        lot=lot.lot_id,
        quantity=quantity(lot.lot_quantity_kg, voice.language),
        product=word_name(lot.product, voice),
        grade=_grade(here, lot),
        ready=lot.ready_on,
        use_by=lot.use_by_on,
        ask=price(lot.ask_fen_per_kg),
    )
    _show_quantities(voice, lot)
    if not told.buyer_count:
        voice.say("buyers.nobody")
    else:
        voice.say("buyers.can", count=told.buyer_count)
        voice.table(
            BUYER_COLUMNS, [_buyer(buyer, voice) for buyer in told.buyers], [_worth(b, lot, voice) for b in told.buyers]
        )
        voice.more(told.buyer_count - len(told.buyers))
    if told.refusal_count:
        voice.say("buyers.cannot", count=told.refusal_count)
        refusals = told.refusals
        voice.table(
            REFUSAL_COLUMNS, [_refusal(each) for each in refusals], [_reasons(each, lot, voice) for each in refusals]
        )
        voice.more(told.refusal_count - len(refusals))


def _show_quantities(voice: Voice, lot: Lot) -> None:
    if lot.left_quantity_kg < lot.lot_quantity_kg:
        voice.say("buyers.left", quantity=quantity(lot.left_quantity_kg, voice.language))
    if lot.parts:
        households = len({part.seller_id for part in lot.parts if part.seller_kind == "Household"})
        pooled = sum(part.quantity_kg for part in lot.parts)
        voice.say("buyers.pooled_from", households=households, quantity=quantity(pooled, voice.language))
    for larger in lot.pooled_in:
        voice.say("buyers.pooled_in", lot=larger.lot_id, quantity=quantity(larger.quantity_kg, voice.language))


def _buyer(buyer: Buyer, voice: Voice) -> list[Cell]:
    demand, way = buyer.demand, buyer.way
    return [
        party_name(demand.enterprise),
        demand.demand_id,
        demand.area_name,
        quantity(buyer.quantity_kg, voice.language),
        _price(buyer),
        None if way.distance_km is None else Amount(plain(way.distance_km, 0)),
        way.arrives_on,
    ]


def _worth(buyer: Buyer, lot: Lot, voice: Voice) -> list[str]:
    wants = _other_product(buyer.demand, lot, voice)
    if buyer.worth_fen is None or not buyer.transport_fen:
        return wants
    worth, transport = yuan(buyer.worth_fen, voice.language), yuan(buyer.transport_fen, voice.language)
    return [*wants, voice.text("buyers.worth", worth=worth, transport=transport)]


def _other_product(demand: Demand, lot: Lot, voice: Voice) -> list[str]:
    """Return that a demand wants another product and takes that of the lot as well, where it is so."""
    if demand.product.id == lot.product.id:
        return []
    names = {"wanted": word_name(demand.product, voice), "own": word_name(lot.product, voice)}
    return [voice.text("buyers.wants_other", **names)]


def _refusal(refusal: Refusal) -> list[Cell]:
    demand = refusal.demand
    return [party_name(demand.enterprise), demand.demand_id, demand.area_name]


def _reasons(refusal: Refusal, lot: Lot, voice: Voice) -> list[str]:
    wants = _other_product(refusal.demand, lot, voice)
    return wants + [reason.text_zh if voice.language == "zh" else reason.text_en for reason in refusal.reasons]


def _price(buyer: Buyer | None) -> Amount | None:
    if buyer is None or buyer.way.after_transport_fen_per_kg is None:
        return None
    return price(buyer.way.after_transport_fen_per_kg)


def _grade(here: Context, lot: Lot) -> str:
    return code_name(here.workspace.schema, ["grade"], lot.grade, here.voice)
