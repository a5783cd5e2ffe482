"""Plans of surplus produce as one kind of plans."""

from __future__ import annotations

from api.plans.kind import PlanKind
from api.plans.plans_of import PlansOf
from api.plans.produce.answers import PlanJob, PlanSummary
from api.plans.produce.asked import PlanOrder, PlanQuestion

PRODUCE = PlanKind("produce", PlanOrder, PlanQuestion, PlanJob, PlanSummary, "plan")
ProducePlans = PlansOf[PlanOrder, PlanQuestion, PlanJob]
