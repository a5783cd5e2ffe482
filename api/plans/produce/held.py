"""A plan that is made, with all that questions about it are answered from; nothing of it changes any more."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from threading import Lock

from analysis.produce.plan.why.index import WhyIndex
from analysis.questions.produce_plan import PlanSource, told_plan
from analysis.questions.produce_plan_answer import ProducePlanAnswer
from analysis.questions.produce_plan_made import HowToPlan, MadePlan
from analysis.questions.produce_why import index_of
from api.plans.making import Setting
from api.plans.produce.answers import PlanSummary
from loaders.workspace import Workspace

_TOLD_ALIKE = ("asked", "as_of", "is_made_up", "notices", "terms", "totals", "stages")


@dataclass(frozen=True)
class HeldPlan:
    """A plan in memory, told once for all questions.

    `source` is what it was made from, `how` in which way; `started_at`: when that began.
    """

    source: PlanSource
    made: MadePlan
    how: HowToPlan
    answer: ProducePlanAnswer
    workspace: Workspace
    started_at: datetime
    _indexing: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, source: PlanSource, made: MadePlan, how: HowToPlan, setting: Setting) -> HeldPlan:
        """Return a plan that has just been made."""
        workspace = setting.workspace
        answer = told_plan(source, made, workspace.schema, setting.day)
        return cls(source, made, how, answer, workspace, setting.started_at)

    @property
    def summary(self) -> PlanSummary:
        """Return what the plan comes to."""
        answer = self.answer
        return PlanSummary(
            **{name: getattr(answer, name) for name in _TOLD_ALIKE},
            lots_left_out_count=len(answer.lots_left_out),
            demands_left_out_count=len(answer.demands_left_out),
        )

    @property
    def index(self) -> WhyIndex:
        """Return what lots and buyers are explained with; made by the first who needs it, and others wait for that."""
        with self._indexing:
            return self._index

    @cached_property
    def _index(self) -> WhyIndex:
        index = index_of(self.made, self.workspace.schema, self.answer.as_of)
        # What looks ids up is made here, while nobody else reads.
        for places in (index.lot_places, index.demand_places):
            places.get_indexer(places[:1])
        return index
