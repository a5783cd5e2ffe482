"""Plans ordered by a form: all lots of a place and product at once, or the same again with other rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from analysis.produce.plan.rules import rules_text
from api.errors import BadParameters
from api.faults import parameter_faults, told_together
from api.graph_keeper import GraphKeeper
from api.pages.area_field import area_code
from api.pages.typed import Typed
from api.plans.asked import MOST_SECONDS
from api.plans.ordering import order_plan, with_more_rules
from api.plans.produce.answers import PlanJob
from api.plans.produce.asked import MOST_KG, PlanOrder, RulesBody
from api.plans.produce.kind import ProducePlans
from graph_schema.messages import Label

LABELS: Mapping[str, str] = {
    "area": "board.area",
    "product": "board.product",
    "day": "plan.day",
    "seconds": "plan.seconds",
    "lot": "board.lot",
    "demand": "plan.demand",
    "buyer": "plan.buyer_or_demand",
    "cooperative": "plan.cooperative",
    "least_kg": "plan.least_kg",
}
# A kind of rule: the fields that name it.
RULE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "locked": ("lot", "demand", "least_kg"),
    "forbidden": ("lot", "demand"),
    "reserved": ("buyer", "least_kg"),
    "floors": ("cooperative", "least_kg"),
}


def ordered(room: ProducePlans, keeper: GraphKeeper, typed: Typed) -> PlanJob:
    """Return the plan that a form asks for, in the queue. Raises BadParameters, and as `order_plan`."""
    area, product = typed.text("area"), typed.text("product")
    day, seconds = typed.day("day"), typed.whole("seconds", least=1, most=int(MOST_SECONDS))
    typed.check()
    with keeper.asking() as graph:
        area = area_code(graph, keeper.workspace.schema, area)
    given: dict[str, Any] = {"area": area, "product": product, "day": day, "seconds": seconds and float(seconds)}
    order = PlanOrder.model_validate({name: value for name, value in given.items() if value is not None})
    return order_plan(room, keeper, order)


def ordered_with_rule(room: ProducePlans, keeper: GraphKeeper, plan: str, typed: Typed) -> PlanJob:
    """Return the plan made again with one rule more. Raises BadParameters, and as `order_plan`."""
    kind = typed.shown("kind")
    if kind not in RULE_FIELDS:
        raise BadParameters("form_not_filled", faults="kind")
    rule: dict[str, object] = {}
    for name in RULE_FIELDS[kind]:
        if name == "least_kg":
            rule[name] = typed.whole(name, least=1, most=MOST_KG, is_needed=True)
        else:
            rule[name] = typed.text(name, is_needed=True)
    typed.check()
    return order_plan(room, keeper, with_more_rules(room, plan, _rules({kind: (rule,)})))


def ordered_without_rule(room: ProducePlans, keeper: GraphKeeper, plan: str, kind: str, place: int) -> PlanJob:
    """Return the plan made again without one of its rules; `place`: which of its kind. Raises as `order_plan`."""
    order = room.job(plan).order
    kept = [rule for number, rule in enumerate(getattr(order.rules, kind)) if number != place]
    rules = order.rules.model_copy(update={kind: tuple(kept)})
    return order_plan(room, keeper, order.model_copy(update={"rules": rules, "based_on": None}))


def told_rules(order: PlanOrder) -> list[tuple[str, Label]]:
    """Return every rule of an order: under which name its button takes it away, and the rule in words."""
    found = []
    for kind in RULE_FIELDS:
        for place, rule in enumerate(getattr(order.rules, kind)):
            alone = RulesBody.model_validate({kind: (rule,)}).read()
            if alone is not None:
                found.append((f"{kind} {place}", rules_text(alone)))
    return found


def _rules(entries: Mapping[str, object]) -> RulesBody:
    try:
        return RulesBody.model_validate(entries)
    except ValidationError as fault:
        raise BadParameters("bad_parameters", faults=told_together(parameter_faults(fault.errors()))) from fault
