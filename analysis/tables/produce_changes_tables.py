"""The answer to `produce_changes` as tables: each way that changes with its reasons, other days, sellers, buyers."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.questions.produce_changes_answer import (
    ChangeReason,
    DayChange,
    PartyChange,
    ProduceChangesAnswer,
    WayChange,
)
from analysis.tables.cells import party, word
from analysis.tables.produce_plan_tables import plan_asked
from analysis.tables.table import Field, Table, table_of, with_head
from graph_schema.messages import Label


@dataclass(frozen=True)
class _Told:
    change: WayChange
    reason: ChangeReason


def produce_changes_tables(answer: ProduceChangesAnswer) -> tuple[Table, ...]:
    """Return the changes, a row for each reason; then what arrives on another day, the sellers and the buyers."""
    told = [_Told(change, reason) for change in answer.changes for reason in change.reasons]
    return with_head(
        (
            table_of("plan_changes", _CHANGES, told),
            table_of("plan_other_days", _OTHER_DAYS, answer.other_days),
            table_of("plan_sellers_changed", _PARTIES, answer.sellers),
            table_of("plan_buyers_changed", _PARTIES, answer.enterprises),
        ),
        answer,
        [*plan_asked(answer.asked), ("plan_since", answer.since.run_id)],
    )


_CHANGES: tuple[Field[_Told], ...] = (
    Field("lot_id", "text", lambda told: told.change.lot_id),
    Field("product", "text", lambda told: word(told.change.product)),
    Field("seller", "text", lambda told: told.change.seller_name or told.change.seller_id),
    Field("buyer", "text", lambda told: party(told.change.enterprise)),
    Field("demand_id", "text", lambda told: told.change.demand_id),
    Field("brought_by", "text", lambda told: told.change.cooperative_id),
    Field("before_kg", "whole", lambda told: told.change.before_kg),
    Field("now_kg", "whole", lambda told: told.change.now_kg),
    Field("more_kg", "whole", lambda told: told.reason.kg),
    Field("change_reason", "text", lambda told: Label(en=told.reason.text_en, zh=told.reason.text_zh)),
)
_OTHER_DAYS: tuple[Field[DayChange], ...] = (
    Field("lot_id", "text", lambda each: each.lot_id),
    Field("demand_id", "text", lambda each: each.demand_id),
    Field("brought_by", "text", lambda each: each.cooperative_id),
    Field("quantity_kg", "whole", lambda each: each.quantity_kg),
    Field("before_on", "day", lambda each: each.before_on),
    Field("arrives_on", "day", lambda each: each.now_on),
)
_PARTIES: tuple[Field[PartyChange], ...] = (
    Field("party", "text", lambda each: each.name or each.id),
    Field("before_kg", "whole", lambda each: each.before_kg),
    Field("now_kg", "whole", lambda each: each.now_kg),
    Field("before_income_yuan", "yuan", lambda each: each.before_income_fen),
    Field("income_yuan", "yuan", lambda each: each.now_income_fen),
)
