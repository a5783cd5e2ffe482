"""Plans of assistance as one kind of plans."""

from __future__ import annotations

from api.plans.assistance.answers import AssistJob, AssistSummary
from api.plans.assistance.asked import AssistOrder, AssistQuestion
from api.plans.kind import PlanKind
from api.plans.plans_of import PlansOf
from api.plans.room import PlanRoom

ASSISTANCE = PlanKind("assistance", AssistOrder, AssistQuestion, AssistJob, AssistSummary, "assist-plan")


class AssistPlansHeld(PlansOf[AssistOrder, AssistQuestion, AssistJob]):
    """The plans of assistance in a room."""

    def __init__(self, room: PlanRoom) -> None:
        super().__init__(room, ASSISTANCE)

    def ask(self, plan: str, question: AssistQuestion) -> bytes:
        """Return the answer as the process of the plan wrote it; the units of a plan `beside` it go with the question.

        Raises as `PlanRoom.ask`, of either plan.
        """
        if question.beside is not None:
            units = super().ask(question.beside, AssistQuestion(what="units"))
            question = question.model_copy(update={"beside_units": units.decode()})
        return super().ask(plan, question)
