"""How plans of surplus produce are made: read from the graph, solved, and told once."""

from __future__ import annotations

from analysis.questions.produce_plan import PlanSource
from analysis.questions.produce_plan_graph import GraphPlanAsked, graph_source
from analysis.questions.produce_plan_made import HowToPlan, make_plan
from api.plans.making import Setting
from api.plans.produce.answering import AskedPlan
from api.plans.produce.asked import PlanOrder, PlanQuestion
from api.plans.produce.held import HeldPlan
from graph_store import GraphStore


class ProduceMaker:
    """Makes plans of surplus produce. See `Maker`."""

    order = PlanOrder
    question = PlanQuestion

    def read(self, store: GraphStore, order: PlanOrder, setting: Setting) -> PlanSource:
        """Return what the graph holds for the order. Raises SubjectNotFound and StoreError."""
        asked = GraphPlanAsked(order.area, order.product, graph_day=setting.graph_day)
        return graph_source(store, setting.workspace.schema, asked, setting.day)

    def make(self, source: PlanSource, order: PlanOrder, setting: Setting) -> AskedPlan:
        """Return the plan. Raises as `make_plan`."""
        how = HowToPlan(area_id=order.area, rules=order.rules.read(), seconds=order.seconds)
        made = make_plan(source.frames, setting.workspace.policy, setting.day, how)
        return AskedPlan(HeldPlan.of(source, made, how, setting))
