"""What the pages of an assistance plan are filled with: parts of its answer, its flow, and what rules may name."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import BaseModel, Field

from analysis.assistance.plan_flow import FLOW_COLUMNS, FlowColumn
from analysis.drawing.assist_flow import assist_flow_svg, stop_name
from analysis.drawing.links_picture import Href
from analysis.drawing.words import word
from analysis.questions.assist_flow_answer import AssistFlow, AssistFlowBand
from analysis.questions.assist_plan_answer import TierPart
from api.errors import PlanUnknown
from api.pages.addresses import address, path_of
from api.pages.asking import PageAsking
from api.parameters import SubjectId
from api.plans.assistance.answers import (
    AssistCauses,
    AssistHelps,
    AssistJob,
    AssistProgrammes,
    AssistSummary,
    AssistVillages,
)
from api.plans.assistance.asked import AssistQuestion
from api.plans.assistance.kind import AssistPlansHeld
from graph_schema.messages import Language

Part = TypeVar("Part", bound=BaseModel)
LARGEST_WHOLE = 2**53 - 1
SHOWN, CAUSES_SHOWN, HELPS_SHOWN, CHOICES = 50, 200, 20, 200
PATH = "/assistance/plans"
Row = Annotated[int, Field(ge=0, le=LARGEST_WHOLE)]
# The column of a flow: the filter of the list of helps that a box leads to.
FILTERS = {"Programme": "programme", "Enterprise": "enterprise", "Cooperative": "cooperative", "Area": "village"}


class AssistPlanAsking(PageAsking):
    """Where the lists of a plan go on, and as which draft it has just been kept."""

    after_village: Row | None = None
    after_programme: Row | None = None
    kept: SubjectId | None = None


class FlowLine(NamedTuple):
    """A row of the table of a flow."""

    from_name: str
    to_name: str
    covered_fen: int
    cost_fen: int
    help_count: int
    household_count: int


class FlowStep(NamedTuple):
    """The bands between two columns."""

    from_column: str
    to_column: str
    bands: list[FlowLine]


def assist_part(plans: AssistPlansHeld, plan: str, form: type[Part], question: AssistQuestion) -> Part:
    """Return an answer of the process of a plan. Raises as `PlanRoom.ask`."""
    return form.model_validate_json(plans.ask(plan, question))


def plan_page(plan: str, *parts: str, **query: object) -> str:
    """Return the address of a plan, or of a part of it."""
    return address(path_of("assistance", "plans", plan, *parts), query.items())


def plan_lists(plans: AssistPlansHeld, plan: str, asking: AssistPlanAsking) -> dict[str, Any]:
    """Return a page of each list of a plan."""
    villages = AssistQuestion(what="villages", after=asking.after_village, limit=SHOWN)
    programmes = AssistQuestion(what="programmes", after=asking.after_programme, limit=SHOWN)
    return {
        "villages": assist_part(plans, plan, AssistVillages, villages),
        "causes": assist_part(plans, plan, AssistCauses, AssistQuestion(what="causes", limit=CAUSES_SHOWN)),
        "programmes": assist_part(plans, plan, AssistProgrammes, programmes),
        "helps": assist_part(plans, plan, AssistHelps, AssistQuestion(what="helps", limit=HELPS_SHOWN)),
    }


def plan_flow_drawn(plans: AssistPlansHeld, plan: str, language: Language) -> dict[str, Any]:
    """Return the flow of a plan as a drawing and as the rows of its table."""
    flow = assist_part(plans, plan, AssistFlow, AssistQuestion(what="flow"))
    drawing = assist_flow_svg(flow, language, href=_flow_links(plan)) if flow.bands else ""
    return {"flow": flow, "flow_drawing": drawing, "flow_steps": list(_flow_steps(flow, language))}


def rule_choices(plans: AssistPlansHeld, plan: str) -> dict[str, list[tuple[str, str]]]:
    """Return what the forms of rules offer by name; nothing of what there is too much of for a list."""
    villages = assist_part(plans, plan, AssistVillages, AssistQuestion(what="villages", limit=CHOICES))
    programmes = assist_part(plans, plan, AssistProgrammes, AssistQuestion(what="programmes", limit=CHOICES))
    offered: dict[str, list[tuple[str, str]]] = {}
    if villages.next_after is None:
        places = [each.village for each in villages.villages if each.village.id]
        offered["village"] = sorted(((each.id, each.name or each.id) for each in places), key=lambda each: each[1])
    if programmes.next_after is None:
        parties = [each.programme for each in programmes.programmes]
        offered["programme"] = sorted(((each.id, each.name or each.id) for each in parties), key=lambda each: each[1])
    return offered


def dependence_choices(plans: AssistPlansHeld, plan: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return who of a plan may go: programmes, enterprises and cooperatives through which most need is covered."""
    flow = assist_part(plans, plan, AssistFlow, AssistQuestion(what="flow"))
    columns: tuple[FlowColumn, ...] = ("programme", "enterprise", "cooperative")
    found = []
    for column in columns:
        stops = (stop for stop in flow.stops if stop.column == column)
        named = [(stop.party_id, stop.name or stop.party_id) for stop in stops if stop.party_id is not None]
        found.append((str(column), sorted(named, key=lambda each: each[1])))
    return found


def summary_before(plans: AssistPlansHeld, job: AssistJob) -> AssistSummary | None:
    """Return what the plan came to that this one was made from, None where it is no longer at hand."""
    if job.order.based_on is None:
        return None
    try:
        return plans.job(job.order.based_on).summary
    except PlanUnknown:
        return None


def tiers_before_now(before: Iterable[TierPart], now: Iterable[TierPart]) -> list[tuple[TierPart | None, TierPart]]:
    """Return the tiers with any need, each beside the same tier of the plan before."""
    known = {each.tier: each for each in before}
    return [(known.get(each.tier), each) for each in now if each.need_fen]


def _flow_links(plan: str) -> Href:
    def link(kind: str, node_id: str) -> str | None:
        return plan_page(plan, "helps", **{FILTERS[kind]: node_id}) if kind in FILTERS else None

    return link


def _flow_steps(flow: AssistFlow, language: Language) -> Iterable[FlowStep]:
    stops = {stop.id: stop for stop in flow.stops}
    for one, other in itertools.pairwise(FLOW_COLUMNS):
        bands = [band for band in flow.bands if stops[band.from_id].column == one]
        if bands:
            yield FlowStep(
                word(f"drawing_assist_flow_column_{one}", language),
                word(f"drawing_assist_flow_column_{other}", language),
                [_line(band, stops, language) for band in bands],
            )


def _line(band: AssistFlowBand, stops: dict[str, Any], language: Language) -> FlowLine:
    return FlowLine(
        stop_name(stops[band.from_id], language),
        stop_name(stops[band.to_id], language),
        band.covered_fen,
        band.cost_fen,
        band.help_count,
        band.household_count,
    )
