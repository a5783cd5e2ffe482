"""A plan ordered by a person or a program: what it names must be there, and its day is settled with the order."""

from __future__ import annotations

from analysis.fetch.places import find_subject
from analysis.subject import Subject
from api.graph_keeper import GraphKeeper
from api.plans.asked import AnyRules
from api.plans.kind import Job, Order, Question
from api.plans.plans_of import PlansOf


def order_plan(plans: PlansOf[Order, Question, Job], keeper: GraphKeeper, order: Order) -> Job:
    """Return the plan in its place in the queue.

    It is made from a graph that shows at least what is shown now. Raises SubjectNotFound for what the order names and
    the graph does not hold, PlanUnknown for a plan that it is to be based on and that is not held, QueueFull, what
    `check` of the order raises, and GraphBusy and StoreError where there is no graph.
    """
    schema = keeper.workspace.schema
    wanted = _on_its_base(plans, order)
    wanted.check()
    with keeper.asking() as graph:
        for kind, named in wanted.named:
            find_subject(graph.store, schema, Subject(kind, named), (kind,))
        day = wanted.day or graph.day
    return plans.submit(wanted.model_copy(update={"day": day}))


def with_more_rules(plans: PlansOf[Order, Question, Job], plan: str, rules: AnyRules) -> Order:
    """Return the order of the same plan with more rules. Raises PlanUnknown."""
    plans.job(plan)
    return plans.kind.order.model_validate({"based_on": plan, "rules": rules})


def _on_its_base(plans: PlansOf[Order, Question, Job], order: Order) -> Order:
    """Return the order with what it leaves out as it was in the plan that it is based on."""
    if order.based_on is None:
        return order
    base = plans.order_of(order.based_on)
    given = {name: getattr(order, name) for name in order.model_fields_set if name != "rules"}
    return base.model_copy(update={**given, "rules": base.rules.with_more(order.rules)})
