"""Assistance plans ordered by a form: all households of an area at once, or the same again with other rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from analysis.assistance.plan.rules import rules_text
from api.errors import BadParameters
from api.faults import parameter_faults, told_together
from api.graph_keeper import GraphKeeper
from api.pages.area_field import area_code
from api.pages.typed import Typed
from api.plans.asked import MOST_SECONDS
from api.plans.assistance.answers import AssistJob
from api.plans.assistance.asked import AssistOrder, AssistRulesBody
from api.plans.assistance.kind import AssistPlansHeld
from api.plans.ordering import order_plan, with_more_rules
from graph_schema.messages import Label

LABELS: Mapping[str, str] = {
    "area": "assist_plan.area",
    "programmes": "assist_plan.programmes",
    "most_programmes": "assist_plan.most_programmes",
    "day": "assist_plan.day",
    "seconds": "assist_plan.seconds",
    "household": "assist_plan.household",
    "programme": "assist_plan.programme",
    "village": "assist_plan.village",
    "enterprise": "assist_plan.enterprise",
    "least_yuan": "assist_plan.least_yuan",
    "most_yuan": "assist_plan.most_yuan",
}
MOST_PROGRAMMES = 9
# A kind of rule: the fields that name it.
RULE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "locked": ("household", "programme", "least_yuan"),
    "forbidden": ("household", "programme"),
    "floors": ("village", "least_yuan"),
    "ceilings": ("enterprise", "most_yuan"),
}
YUAN = ("least_yuan", "most_yuan")


def ordered(plans: AssistPlansHeld, keeper: GraphKeeper, typed: Typed) -> AssistJob:
    """Return the plan that a form asks for, in the queue. Raises BadParameters, and as `order_plan`."""
    area, day = typed.text("area"), typed.day("day")
    seconds = typed.whole("seconds", least=1, most=int(MOST_SECONDS))
    most = typed.whole("most_programmes", least=1, most=MOST_PROGRAMMES)
    programmes = [typed.text("programmes", place=place) for place in range(typed.count("programmes"))]
    typed.check()
    with keeper.asking() as graph:
        area = area_code(graph, keeper.workspace.schema, area)
    given: dict[str, Any] = {
        "area": area,
        "day": day,
        "seconds": seconds and float(seconds),
        "most_programmes": most,
        "programmes": tuple(dict.fromkeys(each for each in programmes if each)),
    }
    order = AssistOrder.model_validate({name: value for name, value in given.items() if value is not None})
    return order_plan(plans, keeper, order)


def ordered_with_rule(plans: AssistPlansHeld, keeper: GraphKeeper, plan: str, typed: Typed) -> AssistJob:
    """Return the plan made again with one rule more. Raises BadParameters, and as `order_plan`."""
    kind = typed.shown("kind")
    if kind not in RULE_FIELDS:
        raise BadParameters("form_not_filled", faults="kind")
    rule: dict[str, object] = {}
    for name in RULE_FIELDS[kind]:
        # A lock without an amount asks for any help at all.
        is_needed = (kind, name) != ("locked", "least_yuan")
        value: object = typed.number(name, is_needed=is_needed) if name in YUAN else typed.text(name, is_needed=True)
        if value is not None:
            rule[name] = value
    typed.check()
    return order_plan(plans, keeper, with_more_rules(plans, plan, _rules({kind: (rule,)})))


def ordered_without_rule(plans: AssistPlansHeld, keeper: GraphKeeper, plan: str, kind: str, place: int) -> AssistJob:
    """Return the plan made again without one of its rules; `place`: which of its kind. Raises as `order_plan`."""
    order = plans.order_of(plan)
    kept = [rule for number, rule in enumerate(getattr(order.rules, kind)) if number != place]
    rules = order.rules.model_copy(update={kind: tuple(kept)})
    # What the rule did is shown beside the plan that had it, but its rules are not taken over.
    return order_plan(plans, keeper, order.model_copy(update={"rules": rules, "based_on": None}))


def told_rules(order: AssistOrder) -> list[tuple[str, Label]]:
    """Return every rule of an order: under which name its button takes it away, and the rule in words."""
    found = []
    for kind in RULE_FIELDS:
        for place, rule in enumerate(getattr(order.rules, kind)):
            alone = AssistRulesBody.model_validate({kind: (rule,)}).read()
            if alone is not None:
                found.append((f"{kind} {place}", rules_text(alone)))
    return found


def rule_count(order: AssistOrder) -> int:
    """Return how many rules an order has."""
    return sum(len(getattr(order.rules, kind)) for kind in RULE_FIELDS)


def _rules(entries: Mapping[str, object]) -> AssistRulesBody:
    try:
        return AssistRulesBody.model_validate(entries)
    except ValidationError as fault:
        raise BadParameters("bad_parameters", faults=told_together(parameter_faults(fault.errors()))) from fault
