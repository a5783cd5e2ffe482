"""In words: why a lot stays unsold, what more of a demand is worth, the plan beside others, and gluts ahead."""

from __future__ import annotations

from analysis.amounts import quantity, yuan
from analysis.produce.plan.compare import LotChange
from analysis.produce.plan.gluts import Glut
from analysis.questions.produce_compare import ProduceCompareAnswer
from analysis.questions.produce_gluts import ProduceGlutsAnswer
from analysis.questions.produce_plan_answer import PlannedDelivery
from analysis.questions.produce_why import ProduceWhyAnswer, ProduceWorthAnswer
from cli.answer_head import notice_texts
from cli.naming import party_name, word_name
from cli.voice import Cell, Voice
from graph_schema.messages import Language

CHANGE_COLUMNS = ("column.lot", "column.plan_sold", "column.produce_equal_sold")
GLUT_COLUMNS = (
    "column.product",
    "column.week",
    "column.place",
    "column.produce_ready",
    "column.plan_demand",
    "column.plan_sold",
    "column.plan_unsold",
    "column.produce_from",
)


def show_produce_why(voice: Voice, answer: ProduceWhyAnswer) -> None:
    """Print what the plan does with a lot, what keeps the rest, and every change that would sell it."""
    why, language = answer.why, voice.language
    voice.heading("produce.why_heading", lot=why.lot_id, day=answer.as_of)
    _show_notices(voice, answer)
    voice.say(
        "produce.why_sold",
        sold=quantity(why.sold_kg, language),
        offered=quantity(why.quantity_kg, language),
        left=quantity(why.left_kg, language),
    )
    for delivery in answer.deliveries:
        _show_delivery(voice, delivery, why.lot_id)
    if why.binding is not None:
        voice.line(_in(language, why.binding.text_en, why.binding.text_zh))
    if why.changes:
        voice.heading("produce.why_changes")
        for change in why.changes:
            voice.line("  " + _in(language, change.text_en, change.text_zh), hanging="    ")
    if why.left_kg and not why.changes:
        voice.say("produce.why_no_change")
    nearest = why.nearest
    if why.left_kg and nearest is not None:
        voice.heading("produce.why_nearest", demand=nearest.demand_id, buyer=party_name(nearest.enterprise))
        for reason in nearest.reasons:
            voice.line("  " + _in(language, reason.text_en, reason.text_zh), hanging="    ")


def show_produce_worth(voice: Voice, answer: ProduceWorthAnswer) -> None:
    """Print what it would be worth if a demand were larger."""
    voice.heading("produce.worth_heading", demand=answer.worth.demand_id, day=answer.as_of)
    _show_notices(voice, answer)
    voice.line(_in(voice.language, answer.worth.text_en, answer.worth.text_zh))


def show_produce_compare(voice: Voice, answer: ProduceCompareAnswer, most_rows: int) -> None:
    """Print the plan beside the best pair first, and beside the plan that favours nobody."""
    language, fair = voice.language, answer.fairness
    voice.heading("produce.compare_heading", day=answer.as_of)
    _show_notices(voice, answer)
    voice.line(_in(language, answer.against_greedy.text_en, answer.against_greedy.text_zh))
    voice.line(_in(language, fair.text_en, fair.text_zh))
    for code, lots in (("produce.compare_gained", fair.gained), ("produce.compare_lost", fair.lost)):
        if lots:
            voice.heading(code, count=f"{len(lots):,}")
            voice.table(CHANGE_COLUMNS, [_change(lot, voice) for lot in lots[:most_rows]])
            voice.more(len(lots) - most_rows)


def show_produce_gluts(voice: Voice, answer: ProduceGlutsAnswer, most_rows: int) -> None:
    """Print what will be ready and not sell, most unsold first, and what would help."""
    voice.heading("produce.gluts_heading", day=answer.as_of)
    _show_notices(voice, answer)
    gluts = sorted(answer.gluts, key=lambda glut: -glut.unsold_kg)
    if not gluts:
        voice.say("produce.gluts_nothing")
    voice.table(GLUT_COLUMNS, [_glut(glut, voice) for glut in gluts[:most_rows]])
    voice.more(len(gluts) - most_rows)
    if answer.helps:
        voice.heading("produce.gluts_help")
        for each in answer.helps:
            voice.line("  " + _in(voice.language, each.text_en, each.text_zh), hanging="    ")


def _show_notices(
    voice: Voice, answer: ProduceWhyAnswer | ProduceWorthAnswer | ProduceCompareAnswer | ProduceGlutsAnswer
) -> None:
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")


def _show_delivery(voice: Voice, delivery: PlannedDelivery, lot_id: str) -> None:
    sent = [part for part in delivery.parts if part.lot_id == lot_id]
    voice.say(
        "produce.why_pooled" if delivery.is_pooled else "produce.why_direct",
        quantity=quantity(sum(part.quantity_kg for part in sent), voice.language),
        sender=delivery.sender_name or delivery.sender_id,
        buyer=party_name(delivery.enterprise),
        demand=delivery.demand_id,
        income=yuan(sum(part.income_fen for part in sent), voice.language),
    )


def _change(lot: LotChange, voice: Voice) -> list[Cell]:
    return [lot.lot_id, quantity(lot.sold_kg, voice.language), quantity(lot.equal_sold_kg, voice.language)]


def _glut(glut: Glut, voice: Voice) -> list[Cell]:
    amounts = (glut.ready_kg, glut.wanted_kg, glut.sold_kg, glut.unsold_kg)
    return [
        word_name(glut.product, voice),
        glut.week,
        glut.area_name or glut.area_id,
        *(quantity(amount, voice.language) for amount in amounts),
        glut.unsold_from,
    ]


def _in(language: Language, english: str, chinese: str) -> str:
    return chinese if language == "zh" else english
