"""How plans of assistance are made: read from the graph, solved, and told once."""

from __future__ import annotations

from analysis.fetch.risk import ToldNumbers
from analysis.questions.assist_plan_graph import GraphAssistAsked, graph_assist_source
from analysis.questions.assist_plan_made import AssistSource, HowToAssist, make_assist_plan
from analysis.questions.model_in_use import model_in_use
from api.plans.assistance.answering import AskedAssistPlan
from api.plans.assistance.asked import AssistOrder, AssistQuestion
from api.plans.assistance.held import HeldAssistPlan
from api.plans.making import Setting
from graph_store import GraphStore


class AssistMaker:
    """Makes plans of assistance. See `Maker`."""

    order = AssistOrder
    question = AssistQuestion

    def read(self, store: GraphStore, order: AssistOrder, setting: Setting) -> AssistSource:
        """Return what the graph holds for the order. Raises SubjectNotFound, StoreError and LedgerError."""
        work, known_at = setting.workspace, setting.known_at
        ledger = work.open_ledger()
        model = model_in_use(store, ledger, work.schema, day=setting.graph_day, as_of=known_at)
        return graph_assist_source(
            store,
            work.schema,
            model,
            GraphAssistAsked(order.area, graph_day=setting.graph_day),
            setting.day,
            told=ToldNumbers(ledger, known_at),
        )

    def make(self, source: AssistSource, order: AssistOrder, setting: Setting) -> AskedAssistPlan:
        """Return the plan. Raises as `make_assist_plan`."""
        how = HowToAssist(
            rules=order.rules.read(),
            most_programmes=order.most_programmes,
            seconds=order.seconds,
            programme_ids=order.programmes or None,
        )
        made = make_assist_plan(source, setting.workspace.schema, setting.day, how)
        return AskedAssistPlan(HeldAssistPlan.of(made, setting))
