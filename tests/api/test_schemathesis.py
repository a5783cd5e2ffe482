"""The whole API asked by a machine that knows only its description: what fits it, what does not, and real ids."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.generation.case import Case
from schemathesis.python import asgi
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from api.app import create_app
from api.plans.assistance.asked import AssistOrder
from api.plans.jobs import LAST_STATES
from api.plans.kind import Job, Order, Question
from api.plans.plans_of import PlansOf
from api.plans.produce.asked import PlanOrder
from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.api.loads.office import InThisProcess
from tests.api.plans.planning_here import InThisProcess as PlansHere
from tests.api.plans.planning_here import until
from tests.api.small_ledger import DAY, HERE, PATIENT, Households

Operation = APIOperation[Any, Any, Any, Any]
AnyCase = Case[Any]
# Cases of each sort; of about 200 sorts some hundreds in all, and ten thousand in the soak.
FEW, MANY = 2, 65
TOO_LONG = 413
# Files and plans are asked for faster than they are done.
PASSING = {"load_queue_full", "plan_queue_full", "plan_busy"}
# Asked with ids that are there, most answers are whole ones.
REAL_IDS: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "chains": ({"kind": "Area", "subject_id": "350624"}, {"kind": "Household", "subject_id": "{household}"}),
    "buyers": ({"kind": "Product", "subject_id": "green_plum"},),
    "cause_graph": ({"kind": "Area", "subject_id": "350624"}, {"kind": "Household", "subject_id": "{household}"}),
    "contradictions": ({"kind": "Area", "subject_id": "350624"}, {"kind": "Household", "subject_id": "{household}"}),
    "history": ({"subject_id": "{household}"},),
    "dictionary_part": ({"name": "causes"}, {"name": "Household"}),
    "household": ({"household_id": "{household}"},),
    "area": ({"area_id": "350624"},),
    "explain": ({"household_id": "{household}"},),
    "household_cut": ({"household_id": "{household}"},),
    "area_cut": ({"area_id": "350624"},),
}

_OF_A_PLAN: Mapping[str, Mapping[str, str]] = {
    "/v1/produce/plans/{plan}/lots/{lot_id}": {"lot_id": "lot1"},
    "/v1/produce/plans/{plan}/demands/{demand_id}": {"demand_id": "demand1"},
    "/v1/assistance/plans/{plan}/households/{household_id}": {"household_id": "{household}"},
}


class UntilTheEnd(InThisProcess):
    """Loads where it stands, and is let end where the server does."""

    def terminate(self) -> None:
        """Go on: it is done in a moment."""

    kill = terminate


@pytest.fixture(scope="module")
def app(loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """Yield an application on `first` that loads in this process; it is begun by the first question."""
    data = tmp_path_factory.mktemp("machine") / "data"
    shutil.copytree(loaded_folder, data)
    yield create_app(
        Workspace(Settings(data=data)),
        today=lambda: DAY,
        patience_seconds=PATIENT,
        start_load=UntilTheEnd,
        start_plan=PlansHere,
    )
    asgi.shutdown_lifespans()


@pytest.fixture(scope="module")
def operations(app: FastAPI) -> list[Operation]:
    """Return every operation of the description."""
    description: BaseSchema = schemathesis.openapi.from_dict(app.openapi())
    found = list(description.get_all_operations())
    # What the machine cannot read of the description is a fault of it.
    assert [each for each in found if not isinstance(each, Ok)] == []
    return [each.ok() for each in found if isinstance(each, Ok)]


def ask_all(app: FastAPI, operations: list[Operation], *, cases: int, households: Households) -> int:
    """Ask each operation so many cases of each sort, and return how many there were in all. Raises what is wrong."""
    asked = 0
    for operation in operations:
        known = REAL_IDS.get(operation.definition.raw["operationId"], ())
        sorts: list[tuple[GenerationMode, dict[str, str] | None]] = [(GenerationMode.POSITIVE, None)]
        sorts += [(GenerationMode.POSITIVE, _filled(ids, households)) for ids in known]
        if "{plan}" in operation.path and operation.method == "get":
            filled = _filled(_OF_A_PLAN.get(operation.path, {}), households)
            sorts.append((GenerationMode.POSITIVE, {**filled, "plan": a_plan_of(app, operation.path)}))
        if takes_something(operation):
            sorts.append((GenerationMode.NEGATIVE, None))
        for mode, ids in sorts:
            asked += ask(app, operation, mode, ids, cases=cases)
    return asked


def ask(app: FastAPI, operation: Operation, mode: GenerationMode, ids: dict[str, str] | None, *, cases: int) -> int:
    """Ask one operation so many cases, and return how many there were."""
    asked = 0

    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(case=operation.as_strategy(generation_mode=mode, path_parameters=ids))
    def machine(case: AnyCase) -> None:
        nonlocal asked
        asked += 1
        answer = case.call(app=app, base_url=HERE, headers={"Origin": HERE})
        give_up_at = time.monotonic() + PATIENT
        while answer.status_code == 503 and time.monotonic() < give_up_at:
            # That is told, and it is no fault of the server.
            assert answer.json()["code"] in PASSING, answer.json()
            time.sleep(0.05)
            answer = case.call(app=app, base_url=HERE, headers={"Origin": HERE})
        # In a form everything is text, so that a value of another type may be sent as one that fits.
        is_form = case.media_type == "multipart/form-data"
        # What is refused as too long is refused, though the machine does not count that as such.
        is_too_long = answer.status_code == TOO_LONG
        beside = [negative_data_rejection] if is_form or is_too_long else []
        case.validate_response(answer, excluded_checks=[positive_data_acceptance, *beside])
        if mode is GenerationMode.POSITIVE and answer.status_code == 422 and not breaks_its_form(operation, case):
            # The description cannot say which feed there is, or that a day comes before another; the code says it.
            assert answer.json()["code"] != "bad_parameters", answer.json()

    machine()
    return asked


def breaks_its_form(operation: Operation, case: AnyCase) -> bool:
    """Return whether an id is none by the pattern of the description: the machine draws one in some thousand cases."""
    known = operation.definition.raw.get("parameters", ())
    patterns = {each["name"]: each["schema"].get("pattern", "") for each in known}
    drawn = {name: unquote(str(value)) for name, value in case.path_parameters.items()}
    return any(re.search(patterns[name], value) is None for name, value in drawn.items())


def a_plan_of(app: FastAPI, path: str) -> str:
    """Return a plan of the kind that stands under a path."""
    if path.startswith("/v1/produce"):
        return a_plan(app.state.plans, PlanOrder())
    return a_plan(app.state.assist_plans, AssistOrder())


def a_plan(plans: PlansOf[Order, Question, Job], order: Order) -> str:
    """Return a plan that is held, a new one where there is none any more."""
    for job in plans.jobs():
        if job.state == "done":
            return job.plan
    ordered = plans.submit(order).plan
    job = until(lambda: plans.job(ordered), lambda job: job.state in LAST_STATES)
    assert job.state == "done", job.failure
    return job.plan


def takes_something(operation: Operation) -> bool:
    """Return whether there is anything in a request of the operation that could be wrong."""
    return bool(operation.path_parameters or operation.query or operation.body)


def _filled(ids: Mapping[str, str], households: Households) -> dict[str, str]:
    return {name: value.format(household=households.with_plums) for name, value in ids.items()}


def test_no_question_of_a_machine_breaks_the_server_or_its_promises(
    app: FastAPI, operations: list[Operation], households: Households
) -> None:
    assert ask_all(app, operations, cases=FEW, households=households) > 200


@pytest.mark.soak
def test_ten_thousand_questions_of_a_machine_break_nothing(
    app: FastAPI, operations: list[Operation], households: Households
) -> None:
    assert ask_all(app, operations, cases=MANY, households=households) >= 10_000
