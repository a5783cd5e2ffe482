"""A plan for surplus produce in words: what it comes to, who sends what to whom, and what stays unsold and why."""

from __future__ import annotations

from analysis.amounts import Amount, plain, price, quantity, yuan
from analysis.produce.parts import Product
from analysis.questions.produce_plan_answer import (
    DeliveryPart,
    PlanAsked,
    PlannedDelivery,
    PlannedDemand,
    PlannedLot,
    PlanWeek,
    ProducePlanAnswer,
)
from cli.answer_head import notice_texts
from cli.context import Context
from cli.naming import code_name, party_name, word_name
from cli.voice import Cell, Voice

PER_CENT = 100
DELIVERY_COLUMNS = (
    "column.plan_sender",
    "column.buyer",
    "column.demand",
    "column.plan_quantity",
    "column.plan_after_costs",
    "column.plan_income",
    "column.arrives",
)
UNSOLD_COLUMNS = (
    "column.lot",
    "column.product",
    "column.plan_seller",
    "column.plan_unsold",
    "column.use_by",
    "column.plan_why",
)
PROMISED_COLUMNS = (
    "column.lot",
    "column.buyer",
    "column.demand",
    "column.plan_quantity",
    "column.promised_price",
    "column.promise_state",
    "column.arrives",
)
DEMAND_COLUMNS = ("column.demand", "column.buyer", "column.product", "column.still_wanted", "column.ends")
WEEK_COLUMNS = (
    "column.week",
    "column.product",
    "column.plan_supply",
    "column.plan_sold",
    "column.plan_unsold",
    "column.plan_demand",
    "column.still_wanted",
)


def show_produce_plan(here: Context, answer: ProducePlanAnswer, most_rows: int) -> None:
    """Print the plan, at most `most_rows` of each list."""
    voice = here.voice
    voice.heading("produce.plan_heading", what=asked_words(answer.asked, voice), day=answer.as_of)
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")
    if not answer.lots and not answer.demands:
        voice.say("produce.plan_nothing")
        _show_promised(here, answer, most_rows)
        return
    _show_totals(voice, answer)
    # What cooperatives bring comes first, each with its parts; then what sellers send themselves.
    deliveries = sorted(answer.deliveries, key=lambda each: not each.is_pooled)
    if deliveries:
        voice.heading("produce.plan_deliveries", count=f"{len(deliveries):,}")
        shown = deliveries[:most_rows]
        voice.table(
            DELIVERY_COLUMNS, [_delivery(each, voice) for each in shown], [_parts(each, voice) for each in shown]
        )
        voice.more(len(deliveries) - most_rows)
    _show_promised(here, answer, most_rows)
    unsold = [lot for lot in answer.lots if lot.unsold_kg]
    if unsold:
        voice.heading("produce.plan_unsold", count=f"{len(unsold):,}")
        voice.table(UNSOLD_COLUMNS, [_unsold(lot, voice) for lot in unsold[:most_rows]])
        voice.more(len(unsold) - most_rows)
    open_demands = [demand for demand in answer.demands if demand.unfilled_kg]
    if open_demands:
        voice.heading("produce.plan_unfilled", count=f"{len(open_demands):,}")
        voice.table(DEMAND_COLUMNS, [_demand(demand, voice) for demand in open_demands[:most_rows]])
        voice.more(len(open_demands) - most_rows)
    voice.heading("produce.plan_weeks")
    voice.table(WEEK_COLUMNS, [_week(week, voice) for week in answer.weeks[:most_rows]])
    voice.more(len(answer.weeks) - most_rows)
    if unsold:
        voice.say("produce.plan_close")


def asked_words(asked: PlanAsked, voice: Voice) -> str:
    """Return what was planned in words: the files, or the area and the product."""
    if asked.source == "files":
        return voice.listed(asked.files)
    area = asked.area
    told = [
        voice.text("board.everywhere")
        if area is None
        else voice.text("board.area", id=area.id, name=area.name or area.id)
    ]
    if asked.product is not None:
        told.append(word_name(asked.product, voice))
    return voice.listed(told)


def _show_promised(here: Context, answer: ProducePlanAnswer, most_rows: int) -> None:
    voice, promised = here.voice, answer.promised
    if not promised:
        return
    amount = quantity(sum(each.quantity_kg for each in promised), voice.language)
    voice.heading("produce.plan_promised", quantity=amount, count=f"{len(promised):,}")
    rows: list[list[Cell]] = [
        [
            each.lot_id,
            party_name(each.enterprise),
            each.demand_id,
            quantity(each.quantity_kg, voice.language),
            price(each.price_fen_per_kg),
            code_name(here.workspace.schema, ("commitment_status",), each.commitment_status, voice),
            each.arrives_on,
        ]
        for each in promised[:most_rows]
    ]
    voice.table(PROMISED_COLUMNS, rows)
    voice.more(len(promised) - most_rows)


def _show_totals(voice: Voice, answer: ProducePlanAnswer) -> None:
    totals, language = answer.totals, voice.language
    voice.say(
        "produce.plan_sold",
        sold=quantity(totals.sold_kg, language),
        offered=quantity(totals.offered_kg, language),
        sold_lots=f"{totals.sold_lot_count:,}",
        lots=f"{totals.lot_count:,}",
        sellers=f"{totals.seller_count:,}",
    )
    if totals.at_risk_offered_kg:
        voice.say(
            "produce.plan_at_risk",
            sold=quantity(totals.at_risk_sold_kg, language),
            offered=quantity(totals.at_risk_offered_kg, language),
            weight=f"{answer.terms.at_risk_weight:g}",
        )
    voice.say("produce.plan_income", income=yuan(totals.income_fen, language), transport=plain(totals.tonne_km))
    voice.say(
        "produce.plan_wanted",
        unfilled=quantity(totals.unfilled_kg, language),
        wanted=quantity(totals.wanted_kg, language),
        demands=f"{totals.demand_count:,}",
    )
    if all(stage.is_optimal for stage in answer.stages):
        voice.say("produce.plan_optimal")
    else:
        most = max(stage.gap_share for stage in answer.stages)
        voice.say("produce.plan_gap", gap=f"{PER_CENT * most:.2g}")


def _delivery(each: PlannedDelivery, voice: Voice) -> list[Cell]:
    sender = each.sender_name or each.sender_id
    # Of what a seller sends himself the lot is named, since he may have several.
    return [
        sender if each.is_pooled else voice.text("produce.plan_sender_lot", sender=sender, lot=each.parts[0].lot_id),
        party_name(each.enterprise),
        each.demand_id,
        quantity(each.quantity_kg, voice.language),
        price(each.after_costs_fen_per_kg),
        yuan(each.income_fen, voice.language),
        each.arrives_on,
    ]


def _parts(each: PlannedDelivery, voice: Voice) -> list[str]:
    if each.is_pooled:
        return [part_words(part, each.product, voice) for part in each.parts]
    return [
        voice.text("produce.plan_other_product", product=word_name(part.product, voice))
        for part in each.parts
        if part.product.id != each.product.id
    ]


def part_words(part: DeliveryPart, wanted: Product, voice: Voice) -> str:
    """Return in words what one lot gives to a delivery; named is a product other than the one that is wanted."""
    told = voice.text(
        "produce.plan_part",
        quantity=quantity(part.quantity_kg, voice.language),
        lot=part.lot_id,
        seller=part.seller_id or "-",
        price=price(part.after_costs_fen_per_kg),
    )
    if part.product.id == wanted.id:
        return told
    return voice.text("produce.plan_part_other", part=told, product=word_name(part.product, voice))


def _unsold(lot: PlannedLot, voice: Voice) -> list[Cell]:
    return [
        lot.lot_id,
        word_name(lot.product, voice),
        lot.seller_name or lot.seller_id,
        quantity(lot.unsold_kg, voice.language),
        lot.use_by_on,
        None if lot.why_unsold is None else voice.text("produce.unsold_" + lot.why_unsold),
    ]


def _demand(demand: PlannedDemand, voice: Voice) -> list[Cell]:
    return [
        demand.demand_id,
        party_name(demand.enterprise),
        word_name(demand.product, voice),
        quantity(demand.unfilled_kg, voice.language),
        demand.ends_on,
    ]


def _week(week: PlanWeek, voice: Voice) -> list[Cell]:
    amounts = (week.supply_kg, week.sold_kg, week.unsold_kg, week.demand_kg, week.unfilled_kg)
    told: list[Amount] = [quantity(amount, voice.language) for amount in amounts]
    return [week.week, word_name(week.product, voice), *told]
