"""What a new plan changes against one that was kept, for whom and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from analysis.amounts import quantity
from analysis.errors import CATALOGUE, QuestionError
from analysis.frames import Row, rows_of
from analysis.produce.lot_parts import product_part
from analysis.produce.parts import Enterprise
from analysis.produce.plan.changes.kept import KeptProducePlan, KeptResult
from analysis.produce.plan.changes.reasons import PlanSide, Reasoned, Way, Why, reasons
from analysis.produce.plan.rules import Rules, rules_of
from analysis.produce.promises import holding
from analysis.questions.produce_before import Pair, promised_of
from analysis.questions.produce_changes_answer import (
    ChangeReason,
    ChangeTotals,
    DayChange,
    PartyChange,
    ProduceChangesAnswer,
    WayChange,
)
from analysis.questions.produce_kept import result_of, told_kept
from analysis.questions.produce_plan import PlanSource
from analysis.questions.produce_plan_answer import ProducePlanAnswer
from graph_schema import Schema
from graph_schema.messages import Language

ENTERPRISE = "Enterprise"
Party = tuple[str | None, str, str | None]
MOVED: Why = "moved"
# Reasons for more as well as for less; both are told apart where the kg of all are added up.
BOTH_WAYS: tuple[Why, ...] = ("rule", "rule_otherwise")


class Sent(NamedTuple):
    """What goes by a way in all, and the day by which all of it is there."""

    kg: int
    arrives_on: date


@dataclass(frozen=True)
class _Both:
    """Both plans, the promises of both times by lot and demand in kg, and who stands behind lots and demands."""

    before: KeptResult
    now: KeptResult
    ways_before: Mapping[Way, Sent]
    ways_now: Mapping[Way, Sent]
    promised_before: Mapping[Pair, int]
    promised_now: Mapping[Pair, int]
    sellers: Mapping[str, Party]
    enterprises: Mapping[str, Party]


def produce_changes(
    before: KeptProducePlan,
    now: ProducePlanAnswer,
    source: PlanSource,
    schema: Schema,
    *,
    rules: Rules | None = None,
) -> ProduceChangesAnswer:
    """Return what the plan of now changes against one that was kept.

    `source`, `rules`: what the plan of now was made from, and the rules that people had set for it.

    Raises QuestionError where the plan before is one of another area or product.
    """
    _check_same(before, now)
    both = _both(before.result, result_of(now, source), holding(source.promises, now.as_of))
    found = reasons(
        _side(both, both.before, both.ways_before, both.promised_before, rules_of(before.parameters.rules)),
        _side(both, both.now, both.ways_now, both.promised_now, rules or Rules()),
    )
    return ProduceChangesAnswer(
        asked=now.asked,
        as_of=now.as_of,
        is_made_up=now.is_made_up or before.is_made_up,
        notices=now.notices,
        since=told_kept(before),
        totals=_totals(both, found),
        reasons=_in_all(found),
        changes=_changes(both, found, schema),
        other_days=_other_days(both),
        sellers=_parties(both, both.sellers, lambda lot_id, _: lot_id),
        enterprises=_parties(both, both.enterprises, lambda _, demand_id: demand_id),
        kept_as=now.kept_as,
    )


def _check_same(before: KeptProducePlan, now: ProducePlanAnswer) -> None:
    then = (before.parameters.area, before.parameters.product)
    asked = tuple(None if each is None else each.id for each in (now.asked.area, now.asked.product))
    if now.asked.source != "graph" or then != asked:
        raise QuestionError("changes_of_another_plan", run=before.run_id, area=then[0] or "-", product=then[1] or "-")


def _both(before: KeptResult, now: KeptResult, held: pd.DataFrame) -> _Both:
    promised = promised_of(before, held)
    lots, demands = (*before.lots, *now.lots), (*before.demands, *now.demands)
    rows = rows_of(held)
    sellers: dict[str, Party] = {str(row["lot_id"]): _party(row, "seller") for row in rows if row["seller_id"]}
    sellers.update({lot.lot_id: (lot.seller_kind, lot.seller_id, lot.seller_name) for lot in lots if lot.seller_id})
    enterprises: dict[str, Party] = {
        str(row["demand_id"]): _party(row, "enterprise") for row in rows if row["enterprise_id"]
    }
    enterprises.update({each.demand_id: (ENTERPRISE, each.enterprise_id, each.enterprise_name) for each in demands})
    return _Both(
        before=before,
        now=now,
        ways_before=_ways(before),
        ways_now=_ways(now),
        promised_before=promised.before,
        promised_now=promised.now,
        sellers=sellers,
        enterprises=enterprises,
    )


def _party(row: Row, what: str) -> Party:
    kind = row.get(f"{what}_kind", ENTERPRISE)
    name = row[f"{what}_name"]
    return (None if kind is None else str(kind), str(row[f"{what}_id"]), None if name is None else str(name))


def _ways(result: KeptResult) -> dict[Way, Sent]:
    """Return what goes by each way, and the day by which all of it is there.

    What a cooperative brings of its own lots it sends itself, whether or not lots of members go with it.
    """
    sellers = {lot.lot_id: lot.seller_id for lot in result.lots}
    ways: dict[Way, Sent] = {}
    for each in result.ways:
        is_own = each.cooperative_id == sellers[each.lot_id]
        way = Way(each.lot_id, each.demand_id, "" if is_own else each.cooperative_id or "")
        known = ways.get(way, Sent(0, each.arrives_on))
        ways[way] = Sent(known.kg + each.kg, max(known.arrives_on, each.arrives_on))
    return ways


def _side(
    both: _Both, result: KeptResult, ways: Mapping[Way, Sent], promised: Mapping[Pair, int], rules: Rules
) -> PlanSide:
    return PlanSide(
        ways={way: sent.kg for way, sent in ways.items()},
        offered={lot.lot_id: lot.offered_kg for lot in result.lots},
        wanted={demand.demand_id: demand.wanted_kg for demand in result.demands},
        promised=promised,
        rules=rules,
        sellers={lot_id: party_id for lot_id, (_, party_id, _) in both.sellers.items()},
        enterprises={demand_id: party_id for demand_id, (_, party_id, _) in both.enterprises.items()},
    )


def _totals(both: _Both, found: tuple[Reasoned, ...]) -> ChangeTotals:
    return ChangeTotals(
        before_sold_kg=sum(way.kg for way in both.before.ways),
        now_sold_kg=sum(way.kg for way in both.now.ways),
        before_income_fen=sum(way.kg * way.income_fen_per_kg for way in both.before.ways),
        now_income_fen=sum(way.kg * way.income_fen_per_kg for way in both.now.ways),
        way_count=len({each.way for each in found}),
        moved_kg=sum(each.kg for each in found if each.why == MOVED and each.kg > 0),
    )


def _in_all(found: tuple[Reasoned, ...]) -> tuple[ChangeReason, ...]:
    sums: Counter[tuple[Why, bool]] = Counter()
    for each in found:
        if each.why != MOVED:
            sums[each.why, each.kg > 0] += each.kg
    return tuple(_reason(why, kg) for (why, _), kg in sorted(sums.items()))


def _reason(why: Why, kg: int) -> ChangeReason:
    code = "plan_change_" + why
    if why == MOVED:
        code += "_here" if kg > 0 else "_away"
    elif why in BOTH_WAYS:
        code += "_more" if kg > 0 else "_less"

    def said(language: Language) -> str:
        return CATALOGUE.what(code, {"quantity": quantity(abs(kg), language)}, language)

    return ChangeReason(why=why, kg=kg, text_en=said("en"), text_zh=said("zh"))


def _changes(both: _Both, found: tuple[Reasoned, ...], schema: Schema) -> tuple[WayChange, ...]:
    products = {lot.lot_id: lot.product_id for lot in (*both.before.lots, *both.now.lots)}
    changes = []
    for way, parts in groupby(found, key=lambda each: each.way):
        kind, seller, name = both.sellers.get(way.lot_id, (None, None, None))
        _, enterprise, enterprise_name = both.enterprises[way.demand_id]
        changes.append(
            WayChange(
                lot_id=way.lot_id,
                product=product_part(products[way.lot_id], schema),
                seller_kind=kind,
                seller_id=seller,
                seller_name=name,
                demand_id=way.demand_id,
                enterprise=Enterprise(id=enterprise, name=enterprise_name),
                cooperative_id=way.cooperative_id or None,
                before_kg=both.ways_before[way].kg if way in both.ways_before else 0,
                now_kg=both.ways_now[way].kg if way in both.ways_now else 0,
                reasons=tuple(_reason(each.why, each.kg) for each in parts),
            )
        )
    return tuple(changes)


def _other_days(both: _Both) -> tuple[DayChange, ...]:
    pairs = (
        (way, both.ways_before[way], both.ways_now[way]) for way in sorted(both.ways_now) if way in both.ways_before
    )
    return tuple(
        DayChange(
            lot_id=way.lot_id,
            demand_id=way.demand_id,
            cooperative_id=way.cooperative_id or None,
            quantity_kg=min(then.kg, now.kg),
            before_on=then.arrives_on,
            now_on=now.arrives_on,
        )
        for way, then, now in pairs
        if then.arrives_on != now.arrives_on
    )


def _parties(both: _Both, parties: Mapping[str, Party], side: Callable[[str, str], str]) -> tuple[PartyChange, ...]:
    """Return for whom plan and promises together are more or less, most gained first; `side`: of lot and demand."""
    names = {party_id: (kind, name) for kind, party_id, name in parties.values()}
    kg: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    income: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for place, (result, promised) in enumerate(((both.before, both.promised_before), (both.now, both.promised_now))):
        for way in result.ways:
            party = parties.get(side(way.lot_id, way.demand_id))
            if party is not None:
                kg[place][party[1]] += way.kg
                income[place][party[1]] += way.kg * way.income_fen_per_kg
        for pair, promised_kg in promised.items():
            party = parties.get(side(*pair))
            if party is not None:
                kg[place][party[1]] += promised_kg
    before, now = kg
    changed = [each for each in names if before[each] != now[each]]
    return tuple(
        PartyChange(
            kind=names[each][0],
            id=each,
            name=names[each][1],
            before_kg=before[each],
            now_kg=now[each],
            before_income_fen=income[0][each],
            now_income_fen=income[1][each],
        )
        for each in sorted(changed, key=lambda each: (before[each] - now[each], each))
    )
