"""A plan ordered by a person or a program: what it names must be there, and its day is settled with the order."""

from __future__ import annotations

from analysis.fetch.places import find_subject
from analysis.subject import Subject
from api.graph_keeper import GraphKeeper
from api.plans.answers import PlanJob
from api.plans.asked import PlanOrder, RulesBody
from api.plans.room import PlanRoom

AREA, PRODUCT = "Area", "Product"


def order_plan(room: PlanRoom, keeper: GraphKeeper, order: PlanOrder) -> PlanJob:
    """Return the plan in its place in the queue.

    It is made from a graph that shows at least what is shown now. Raises SubjectNotFound for an unknown area or
    product, PlanUnknown for a plan that it is to be based on and that is not held, QueueFull, and GraphBusy and
    StoreError where there is no graph.
    """
    schema = keeper.workspace.schema
    wanted = _on_its_base(room, order)
    with keeper.asking() as graph:
        for kind, named in ((AREA, wanted.area), (PRODUCT, wanted.product)):
            if named is not None:
                find_subject(graph.store, schema, Subject(kind, named), (kind,))
        day = wanted.day or graph.day
    return room.submit(wanted.model_copy(update={"day": day}))


def with_more_rules(room: PlanRoom, plan: str, rules: RulesBody) -> PlanOrder:
    """Return the order of the same plan with more rules. Raises PlanUnknown."""
    room.job(plan)
    return PlanOrder(based_on=plan, rules=rules)


def _on_its_base(room: PlanRoom, order: PlanOrder) -> PlanOrder:
    """Return the order with what it leaves out as it was in the plan that it is based on."""
    if order.based_on is None:
        return order
    base = room.job(order.based_on).order
    given = {name: getattr(order, name) for name in order.model_fields_set if name != "rules"}
    return base.model_copy(update={**given, "rules": base.rules.with_more(order.rules)})
