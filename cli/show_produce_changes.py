"""In words: what a plan changes against one that was kept, for whom and why; and which plans were kept."""

from __future__ import annotations

from analysis.amounts import quantity, yuan
from analysis.questions.produce_changes_answer import ChangeReason, PartyChange, ProduceChangesAnswer, WayChange
from analysis.questions.produce_kept import KeptPlanTold, ProduceKeptAnswer
from cli.answer_head import notice_texts
from cli.naming import party_name
from cli.show_produce_plan import asked_words
from cli.voice import Cell, Voice

CHANGE_COLUMNS = (
    "column.lot",
    "column.plan_seller",
    "column.buyer",
    "column.demand",
    "column.brought_by",
    "column.plan_before",
    "column.plan_now",
)
PARTY_COLUMNS = ("column.party", "column.plan_before", "column.plan_now")
KEPT_COLUMNS = (
    "column.run",
    "column.kept_at",
    "column.plan_day",
    "column.area",
    "column.product",
    "column.plan_sold",
    "column.plan_income",
)


def show_produce_changes(voice: Voice, answer: ProduceChangesAnswer, most_rows: int) -> None:
    """Print what the plan changes, at most `most_rows` of each list."""
    language, totals = voice.language, answer.totals
    voice.heading(
        "produce.changes_heading",
        what=asked_words(answer.asked, voice),
        day=answer.as_of,
        run=answer.since.run_id,
        since=answer.since.day,
    )
    for text in notice_texts(answer, language):
        voice.line(text, style="yellow")
    if not answer.changes:
        voice.say("produce.changes_nothing", sold=quantity(totals.now_sold_kg, language))
    else:
        voice.say(
            "produce.changes_totals",
            before=quantity(totals.before_sold_kg, language),
            now=quantity(totals.now_sold_kg, language),
            before_income=yuan(totals.before_income_fen, language),
            now_income=yuan(totals.now_income_fen, language),
        )
        for reason in answer.reasons:
            voice.line("  " + _said(reason, voice), hanging="    ")
        if totals.moved_kg:
            voice.line("  " + voice.text("produce.changes_moved", moved=quantity(totals.moved_kg, language)))
    if answer.other_days:
        voice.say("produce.changes_days", count=f"{len(answer.other_days):,}")
    if answer.changes:
        voice.heading("produce.changes_ways", count=f"{len(answer.changes):,}")
        shown = answer.changes[:most_rows]
        voice.table(
            CHANGE_COLUMNS,
            [_change(each, voice) for each in shown],
            [[_said(reason, voice) for reason in each.reasons] for each in shown],
        )
        voice.more(len(answer.changes) - most_rows)
    for code, parties in (
        ("produce.changes_sellers", answer.sellers),
        ("produce.changes_enterprises", answer.enterprises),
    ):
        if parties:
            voice.heading(code, count=f"{len(parties):,}")
            voice.table(PARTY_COLUMNS, [_party(each, voice) for each in parties[:most_rows]])
            voice.more(len(parties) - most_rows)


def show_produce_kept(voice: Voice, found: ProduceKeptAnswer) -> None:
    """Print the plans that were kept, or that there are none."""
    if not found.plans:
        voice.say("produce.kept_none")
        return
    voice.heading("produce.kept_heading")
    voice.table(KEPT_COLUMNS, [_kept(plan, voice) for plan in found.plans])


def _said(reason: ChangeReason, voice: Voice) -> str:
    return reason.text_zh if voice.language == "zh" else reason.text_en


def _change(each: WayChange, voice: Voice) -> list[Cell]:
    return [
        each.lot_id,
        each.seller_name or each.seller_id,
        party_name(each.enterprise),
        each.demand_id,
        each.cooperative_id,
        quantity(each.before_kg, voice.language),
        quantity(each.now_kg, voice.language),
    ]


def _party(each: PartyChange, voice: Voice) -> list[Cell]:
    amounts = (quantity(each.before_kg, voice.language), quantity(each.now_kg, voice.language))
    return [each.name or each.id, *amounts]


def _kept(plan: KeptPlanTold, voice: Voice) -> list[Cell]:
    return [
        plan.run_id,
        plan.kept_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        plan.day,
        plan.area_id or voice.text("risk.everywhere"),
        plan.product_id or voice.text("produce.kept_all"),
        quantity(plan.totals.sold_kg, voice.language),
        yuan(plan.totals.income_fen, voice.language),
    ]
