"""A plan of assistance that is made, with all that questions about it are answered from; nothing of it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from analysis.assistance.words import cause_word
from analysis.frames import rows_of
from analysis.questions.assist_flow import told_assist_flow
from analysis.questions.assist_flow_answer import AssistFlow
from analysis.questions.assist_plan import told_assist_plan
from analysis.questions.assist_plan_answer import AssistPlanAnswer
from analysis.questions.assist_plan_made import MadeAssistPlan
from analysis.questions.assist_plan_told import PlannedFrames, place_of
from analysis.questions.assist_telling import AssistIndex
from analysis.sensitivity import is_sensitive_cause
from api.plans.assistance.answers import AssistHead, AssistSummary, OpenNeed
from api.plans.making import Setting

_TOLD_ALIKE = (*AssistHead.model_fields, "totals", "stages", "by_tier", "uncovered")
_SAME = ("household_id", "tier", "need_fen", "covered_fen", "left_fen", "reason")


@dataclass(frozen=True)
class HeldAssistPlan:
    """A plan in memory, told once for all questions: with or without sensitive causes, as `setting` says."""

    made: MadeAssistPlan
    answer: AssistPlanAnswer
    setting: Setting
    _indexing: Lock = field(default_factory=Lock)
    _drawing: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, made: MadeAssistPlan, setting: Setting) -> HeldAssistPlan:
        """Return a plan that has just been made."""
        schema = setting.workspace.schema
        return cls(made, told_assist_plan(made, schema, show_sensitive=setting.shows_sensitive), setting)

    @property
    def summary(self) -> AssistSummary:
        """Return what the plan comes to."""
        return AssistSummary(**{name: getattr(self.answer, name) for name in _TOLD_ALIKE})

    @property
    def flow(self) -> AssistFlow:
        """Return what flows through whom; worked out by the first who asks, and others wait for that."""
        with self._drawing:
            return self._flow

    @cached_property
    def _flow(self) -> AssistFlow:
        return told_assist_flow(self.answer)

    @property
    def open_needs(self) -> tuple[OpenNeed, ...]:
        """Return the needs with something left that may be shown; made by the first who asks, others wait for that."""
        with self._indexing:
            return self._open_needs

    @property
    def index(self) -> AssistIndex:
        """Return what the plan is explained with; made by the first who asks, and others wait for that."""
        with self._indexing:
            return self._index

    @cached_property
    def _index(self) -> AssistIndex:
        index, households = AssistIndex(self.made), self.made.allocation.needs.households
        # All that is computed or looked up when it is first asked for is made here, while nobody else reads.
        _ = (index.stands, index.covered, self.made.open_needs, households.get_indexer(households[:1]))
        return index

    @cached_property
    def _open_needs(self) -> tuple[OpenNeed, ...]:
        made, schema = self.made, self.setting.workspace.schema
        found = made.open_needs
        needs = PlannedFrames(made).needs.iloc[found["need"].to_numpy()].assign(reason=found["reason"].to_numpy())
        if not self.setting.shows_sensitive:
            hidden = {cause for cause in needs["cause_id"].unique() if is_sensitive_cause(schema, str(cause))}
            needs = needs[~needs["cause_id"].isin(hidden)]
        by_tier = needs.sort_values(["tier", "left_fen", "need_id"], ascending=[False, False, True])
        return tuple(
            OpenNeed.model_validate(
                {
                    **{name: row[name] for name in _SAME},
                    "village": place_of(made, row["village_id"]),
                    "cause": cause_word(schema, str(row["cause_id"])),
                }
            )
            for row in rows_of(by_tier)
        )
