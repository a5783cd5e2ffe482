"""What the pages of a plan are filled with: its lists, its map, and what kept plans it can be set beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar

import pyarrow as pa
from pydantic import BaseModel, Field, TypeAdapter

from analysis.amounts import plain, quantity, yuan
from analysis.drawing.boundaries import BoundariesError, read_boundaries
from analysis.drawing.sketch_map import NARROW, WIDE, sketch_map
from analysis.produce.map_parts import MapPoint, PlanMap
from analysis.questions.produce_kept import KeptPlanTold
from analysis.questions.produce_map import map_rows
from analysis.questions.produce_plan_answer import PlanStage
from api.pages.addresses import address, node_page, path_of
from api.pages.asking import PageAsking
from api.pages.words import worded
from api.parameters import SubjectId
from api.plans.produce.answers import (
    PlanDeliveries,
    PlanDemands,
    PlanJob,
    PlanLots,
    PlanPromises,
    PlanSummary,
    PlanWeeks,
)
from api.plans.produce.asked import ListName, PlanQuestion, Sold
from api.plans.produce.kind import ProducePlans
from graph_schema.messages import Language
from ledger import Ledger
from loaders.kept.own_facts import DERIVED
from loaders.workspace import Workspace

Part = TypeVar("Part", bound=BaseModel)
LARGEST_WHOLE = 2**53 - 1
PER_CENT = 100
SHOWN, WEEKS_SHOWN, MAP_ROWS_SHOWN = 50, 200, 200
Row = Annotated[int, Field(ge=0, le=LARGEST_WHOLE)]
_MAPS = TypeAdapter(PlanMap)
_WIDTHS = {"wide": WIDE, "narrow": NARROW}


class PlanListsAsking(PageAsking):
    """Where the lists of a plan go on, and which lots are listed."""

    after_lot: Row | None = None
    after_demand: Row | None = None
    after_delivery: Row | None = None
    after_promise: Row | None = None
    product: SubjectId | None = None
    sold: Sold = "left"


def plan_part(room: ProducePlans, plan: str, form: type[Part], question: PlanQuestion) -> Part:
    """Return an answer of the process of a plan. Raises as `ProducePlans.ask`."""
    return form.model_validate_json(room.ask(plan, question))


def plan_lists(room: ProducePlans, plan: str, asking: PlanListsAsking) -> dict[str, Any]:
    """Return a page of each list of a plan."""
    product = asking.product

    def question(what: ListName, after: int | None, *, sold: Sold | None = None, limit: int = SHOWN) -> PlanQuestion:
        return PlanQuestion(what=what, product=product, after=after, sold=sold, limit=limit)

    return {
        "lots": plan_part(room, plan, PlanLots, question("lots", asking.after_lot, sold=asking.sold)),
        "demands": plan_part(room, plan, PlanDemands, question("demands", asking.after_demand, sold="left")),
        "deliveries": plan_part(room, plan, PlanDeliveries, question("deliveries", asking.after_delivery)),
        "promised": plan_part(room, plan, PlanPromises, question("promised", asking.after_promise)),
        "weeks": plan_part(room, plan, PlanWeeks, question("weeks", None, limit=WEEKS_SHOWN)),
    }


def plan_drawings(room: ProducePlans, plan: str, workspace: Workspace, language: Language) -> dict[str, Any]:
    """Return the map of a plan as two drawings, a wide and a narrow one, and as rows of a table.

    A file of boundaries that cannot be drawn is told as `map_fault`, and the map comes without.
    """
    shown = _MAPS.validate_json(room.ask(plan, PlanQuestion(what="map")))
    boundaries, fault = None, None
    try:
        path = workspace.settings.boundaries
        boundaries = None if path is None else read_boundaries(path)
    except BoundariesError as error:
        fault = error
    drawings = {
        f"map_{name}": sketch_map(
            shown.points,
            shown.flows,
            language,
            boundaries=boundaries,
            link=_map_links(plan),
            is_made_up=shown.is_made_up,
            width=width,
            id_prefix=f"map-{name}",
        )
        for name, width in _WIDTHS.items()
    }
    rows = map_rows(shown)
    return {
        **drawings,
        "map_rows": rows[:MAP_ROWS_SHOWN],
        "map_rows_left": max(len(rows) - MAP_ROWS_SHOWN, 0),
        "map_fault": fault,
        "map_link": _map_links(plan),
    }


def proof_helpers(summary: PlanSummary, language: Language) -> dict[str, Any]:
    """Return what a template tells the proof of a plan with: values of a stage in its unit, and how far off it is."""
    return {
        "stage_value": lambda stage, value: _staged(stage, value, language),
        "stage_gap": lambda stage: _per_cent(stage.gap_share),
        "gap": _per_cent(max((stage.gap_share for stage in summary.stages), default=0.0)),
    }


def _staged(stage: PlanStage, value: float, language: Language) -> str:
    if stage.unit == "fen":
        return yuan(value, language)
    if stage.unit == "t_km":
        return str(worded("plan.value_t_km", language, value=plain(value)))
    return str(worded("plan.value_weighted_kg", language, value=quantity(value, language)))


def _per_cent(share: float) -> str:
    return f"{PER_CENT * share:.2g} %"


def is_behind(ledger: Ledger, version: int | None) -> bool:
    """Return whether anything but what is computed was entered or taken back since a version of the ledger."""
    if version is None or version == ledger.version:
        return False
    return _told_loads(ledger.loads_at_version(version)) != _told_loads(ledger.loads())


def _told_loads(loads: pa.Table) -> set[str]:
    return {row["load_id"] for row in loads.select(["load_id", "feed"]).to_pylist() if row["feed"] != DERIVED}


def of_the_same(kept: Iterable[KeptPlanTold], job: PlanJob) -> list[KeptPlanTold]:
    """Return the kept plans of the same place and product: those that a plan can be set beside."""
    wanted = (job.order.area, job.order.product)
    return [each for each in kept if (each.area_id, each.product_id) == wanted]


def buyer_page(enterprise_id: str, plan: str | None = None) -> str:
    """Return the address of the page of a buyer, as one plan sees it."""
    return address(path_of("produce", "buyers", enterprise_id), [("plan", plan)])


def _map_links(plan: str) -> Callable[[MapPoint], str | None]:
    def link(point: MapPoint) -> str | None:
        if point.id is None:
            return None
        if point.kind == "buyer":
            return buyer_page(point.id, plan)
        return node_page("Area" if point.kind == "seller" else "Cooperative", point.id)

    return link
