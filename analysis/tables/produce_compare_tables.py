"""The answers to `produce_compare` and `produce_gluts` as tables: the plan beside others, and what will not sell."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.produce.plan.compare import LotChange, SellerGroup, Totals
from analysis.produce.plan.gluts import Glut, Help
from analysis.questions.produce_compare import ProduceCompareAnswer
from analysis.questions.produce_gluts import ProduceGlutsAnswer
from analysis.tables.cells import word
from analysis.tables.produce_plan_tables import plan_asked
from analysis.tables.table import Field, Table, table_of, with_head
from analysis.tables.words import cell_word
from graph_schema.messages import Label

PLAN, GREEDY, EQUAL = "plan_is_this", "plan_is_greedy", "plan_is_equal"
AT_RISK, OTHERS = "sellers_at_risk", "sellers_others"


@dataclass(frozen=True)
class _Named:
    name: str
    totals: Totals


def produce_compare_tables(answer: ProduceCompareAnswer) -> tuple[Table, ...]:
    """Return what the plan and two others come to, then the sellers at risk beside the rest, and lots that differ."""
    greedy, fair = answer.against_greedy, answer.fairness
    plans = (_Named(PLAN, greedy.plan), _Named(GREEDY, greedy.other), _Named(EQUAL, fair.cost.other))
    return with_head(
        (
            table_of("compared_plans", _PLANS, plans),
            table_of("compared_sellers", _GROUPS, fair.groups),
            table_of("compared_lots", _LOTS, (*fair.gained, *fair.lost)),
        ),
        answer,
        plan_asked(answer.asked),
    )


def produce_gluts_tables(answer: ProduceGlutsAnswer) -> tuple[Table, ...]:
    """Return what will be ready and not sell by product, week and area, and what would help."""
    tables = (table_of("gluts", _GLUTS, answer.gluts), table_of("glut_helps", _HELPS, answer.helps))
    return with_head(tables, answer, plan_asked(answer.asked))


_PLANS: tuple[Field[_Named], ...] = (
    Field("which_plan", "text", lambda each: cell_word(each.name)),
    Field("sold_kg", "whole", lambda each: each.totals.sold_kg),
    Field("income_yuan", "yuan", lambda each: each.totals.income_fen),
    Field("tonne_km", "number", lambda each: each.totals.tonne_km),
    Field("lots_sold", "whole", lambda each: each.totals.lot_count),
)
_GROUPS: tuple[Field[SellerGroup], ...] = (
    Field("which_sellers", "text", lambda each: cell_word(AT_RISK if each.is_at_risk else OTHERS)),
    Field("lot_count", "whole", lambda each: each.lot_count),
    Field("offered_kg", "whole", lambda each: each.offered_kg),
    Field("sold_kg", "whole", lambda each: each.sold_kg),
    Field("equal_sold_kg", "whole", lambda each: each.equal_sold_kg),
    Field("income_yuan", "yuan", lambda each: each.income_fen),
    Field("equal_income_yuan", "yuan", lambda each: each.equal_income_fen),
)
_LOTS: tuple[Field[LotChange], ...] = (
    Field("lot_id", "text", lambda each: each.lot_id),
    Field("is_at_risk", "flag", lambda each: each.is_at_risk),
    Field("sold_kg", "whole", lambda each: each.sold_kg),
    Field("equal_sold_kg", "whole", lambda each: each.equal_sold_kg),
)
_GLUTS: tuple[Field[Glut], ...] = (
    Field("product", "text", lambda each: word(each.product)),
    Field("week", "text", lambda each: each.week),
    Field("place", "text", lambda each: each.area_name or each.area_id),
    Field("ready_kg", "whole", lambda each: each.ready_kg),
    Field("wanted_kg", "whole", lambda each: each.wanted_kg),
    Field("sold_kg", "whole", lambda each: each.sold_kg),
    Field("unsold_kg", "whole", lambda each: each.unsold_kg),
    Field("unsold_from", "day", lambda each: each.unsold_from),
)
_HELPS: tuple[Field[Help], ...] = (
    Field("product", "text", lambda each: word(each.product)),
    Field("help_measure", "text", lambda each: cell_word(f"glut_help_{each.measure}")),
    Field("change_amount", "number", lambda each: each.amount),
    Field("demand_id", "text", lambda each: each.demand_id),
    Field("gained_kg", "whole", lambda each: each.gained_kg),
    Field("gained_yuan", "yuan", lambda each: each.gained_fen),
    Field("in_words", "text", lambda each: Label(en=each.text_en, zh=each.text_zh)),
)
