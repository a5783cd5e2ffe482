"""Plans over HTTP say what the questions themselves say of the same graph, page by page and as tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from analysis.produce.plan.rules import Forbidden, Rules
from analysis.questions.produce_compare import produce_compare
from analysis.questions.produce_gluts import produce_gluts
from analysis.questions.produce_plan import PlanSource, produce_plan
from analysis.questions.produce_plan_answer import ProducePlanAnswer
from analysis.questions.produce_plan_graph import GraphPlanAsked, graph_source
from analysis.questions.produce_plan_made import HowToPlan
from analysis.questions.produce_why import produce_why, produce_worth
from api.app import create_app
from cli.main import perform
from loaders.graph_update import markers
from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.api.plans.planning_here import InThisProcess, made, refused, told
from tests.api.small_ledger import HERE, PATIENT
from tests.demonstration import copy_of_demonstration

PLANS = "/v1/produce/plans"
COUNTY, UNKNOWN = "350624", "0" * 32
HOW = HowToPlan(area_id=COUNTY)
Body = Mapping[str, Any]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace(Settings(data=copy_of_demonstration(tmp_path_factory).folder))


@pytest.fixture(scope="module")
def source(workspace: Workspace, day: date) -> PlanSource:
    store = workspace.open_graph(read_only=True)
    return graph_source(store, workspace.schema, GraphPlanAsked(area_id=COUNTY), day)


@pytest.fixture(scope="module")
def day(workspace: Workspace) -> date:
    """Return the day that the graph shows, which counts where none is asked for."""
    day = markers(workspace.open_graph(read_only=True)).day
    assert day is not None
    return day


@pytest.fixture(scope="module")
def answer(workspace: Workspace, source: PlanSource, day: date) -> ProducePlanAnswer:
    return produce_plan(source, workspace.schema, workspace.policy, day=day, how=HOW)


@pytest.fixture(scope="module")
def client(workspace: Workspace) -> Iterator[TestClient]:
    app = create_app(workspace, patience_seconds=PATIENT, start_plan=InThisProcess)
    with TestClient(app, base_url=HERE) as client:
        yield client


@pytest.fixture(scope="module")
def plan(client: TestClient) -> str:
    """Return the address of a plan of the county that is made."""
    placed = client.post(PLANS, json={"area": COUNTY})
    assert (placed.status_code, placed.json()["order"]["area"]) == (202, COUNTY)
    address: str = placed.headers["location"]
    job = made(client, address)
    assert job.state == "done", job.failure
    return address


def test_the_job_tells_what_the_plan_comes_to(client: TestClient, plan: str, answer: ProducePlanAnswer) -> None:
    summary = told(client, plan)["summary"]
    plain = answer.model_dump(mode="json")
    assert summary["totals"]["sold_kg"] > 0
    assert [summary[name] for name in ("totals", "stages", "notices", "terms")] == [
        plain[name] for name in ("totals", "stages", "notices", "terms")
    ]
    assert told(client, plan)["loads_version"] == told(client, "/readyz")["loads_version"]


def test_the_whole_plan_is_what_the_question_answers(client: TestClient, plan: str, answer: ProducePlanAnswer) -> None:
    assert told(client, f"{plan}/whole") == answer.model_dump(mode="json")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("plan",), "whole"),
        (("explain", "LT-TAIPING-1"), "lots/LT-TAIPING-1"),
        (("compare",), "compare"),
        (("gluts",), "gluts"),
        (("list",), "list"),
    ],
    ids=lambda given: given[0] if isinstance(given, tuple) else "",
)
def test_the_terminal_says_the_same(
    client: TestClient, plan: str, workspace: Workspace, words: tuple[str, ...], part: str
) -> None:
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as printed:
        assert perform(["--data", str(workspace.settings.data), "--json", "produce", *words, "--area", COUNTY]) == 0
        printed.flush()
        printed.seek(0)
        assert told(client, f"{plan}/{part}") == json.loads(printed.read())


@pytest.mark.parametrize("name", ["deliveries", "lots", "demands", "weeks"])
def test_the_pages_of_a_list_are_the_whole_list_in_its_order(
    client: TestClient, plan: str, answer: ProducePlanAnswer, name: str
) -> None:
    rows: list[Body] = []
    after = 0
    while True:
        page = told(client, f"{plan}/{name}?limit=7&after={after}")
        rows += page[name]
        if page["next_after"] is None:
            break
        after = page["next_after"]
        assert after == len(rows)
    assert len(rows) == page["count"]
    assert rows == answer.model_dump(mode="json")[name]


@pytest.mark.parametrize(("name", "own"), [("lots", "lot_id"), ("demands", "demand_id"), ("weeks", "week")])
def test_a_table_holds_every_row_of_a_list(
    client: TestClient, plan: str, answer: ProducePlanAnswer, name: str, own: str
) -> None:
    table = client.get(f"{plan}/{name}?format=csv&limit=1")
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))[1:]
    assert [row[0] for row in rows] == [getattr(each, own) for each in getattr(answer, name)]
    book = client.get(f"{plan}/{name}?format=xlsx", headers={"Accept-Language": "zh"})
    assert (book.content[:2], book.headers["content-language"]) == (b"PK", "zh")


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("whole", "whole"),
        ("lots/{lot_id}", "lots/LT-TAIPING-1"),
        ("compare", "compare"),
        ("gluts", "gluts"),
        ("list", "list"),
    ],
)
def test_every_table_that_may_be_named_is_one_of_the_answer(
    client: TestClient, plan: str, path: str, part: str
) -> None:
    told_of = told(client, "/openapi.json")["paths"][PLANS + "/{plan}/" + path]["get"]["parameters"]
    (schema,) = [each["schema"] for each in told_of if each["name"] == "table"]
    (names,) = [way["enum"] for way in schema["anyOf"] if "enum" in way]
    for name in names:
        table = client.get(f"{plan}/{part}?format=csv&table={name}")
        assert (table.status_code, table.content[:3]) == (200, b"\xef\xbb\xbf"), (name, table.text)


def test_filters_keep_what_fits_them_all(client: TestClient, plan: str, answer: ProducePlanAnswer) -> None:
    delivery = next(each for each in answer.deliveries if each.is_pooled)
    of_sender = told(client, f"{plan}/deliveries?sender={delivery.sender_id}")["deliveries"]
    assert [each["delivery_id"] for each in of_sender] == [
        each.delivery_id for each in answer.deliveries if each.sender_id == delivery.sender_id
    ]
    both = f"enterprise={delivery.enterprise.id}&lot={delivery.parts[0].lot_id}"
    assert told(client, f"{plan}/deliveries?{both}")["deliveries"][0]["enterprise"]["id"] == delivery.enterprise.id
    unsold = told(client, f"{plan}/lots?sold=none&limit=1000")["lots"]
    assert {lot["lot_id"] for lot in unsold} == {lot.lot_id for lot in answer.lots if lot.sold_kg == 0}
    assert told(client, f"{plan}/demands?product=nothing")["count"] == 0


def test_a_lot_is_explained_and_a_buyer_valued_as_by_the_questions(
    client: TestClient, plan: str, workspace: Workspace, source: PlanSource, answer: ProducePlanAnswer
) -> None:
    lot = next(lot.lot_id for lot in answer.lots if lot.unsold_kg)
    demand = answer.demands[0].demand_id
    given = (source, workspace.schema, workspace.policy)
    why = produce_why(*given, lot, day=answer.as_of, how=HOW)
    assert told(client, f"{plan}/lots/{lot}") == why.model_dump(mode="json")
    worth = produce_worth(*given, demand, day=answer.as_of, how=HOW)
    assert told(client, f"{plan}/demands/{demand}") == worth.model_dump(mode="json")


def test_two_others_stand_beside_the_plan_and_gluts_are_seen_as_by_the_questions(
    client: TestClient, plan: str, workspace: Workspace, source: PlanSource, answer: ProducePlanAnswer
) -> None:
    beside = produce_compare(source, workspace.policy, day=answer.as_of, how=HOW)
    assert told(client, f"{plan}/compare") == beside.model_dump(mode="json")
    gluts = produce_gluts(source, workspace.schema, workspace.policy, day=answer.as_of, how=HOW)
    assert told(client, f"{plan}/gluts") == gluts.model_dump(mode="json")


def test_a_rule_makes_a_new_plan_that_keeps_it_and_leaves_the_old_one(
    client: TestClient, plan: str, workspace: Workspace, source: PlanSource, answer: ProducePlanAnswer
) -> None:
    first = answer.deliveries[0]
    lot, demand = first.parts[0].lot_id, first.demand_id
    placed = client.post(f"{plan}/rules", json={"forbidden": [{"lot": lot, "demand": demand}]})
    address = placed.headers["location"]
    assert address != plan
    assert made(client, address).order.area == COUNTY
    rules = Rules.of([Forbidden(lot, demand)])
    ruled = produce_plan(
        source, workspace.schema, workspace.policy, day=answer.as_of, how=HowToPlan(area_id=COUNTY, rules=rules)
    )
    assert told(client, f"{address}/whole") == ruled.model_dump(mode="json")
    assert told(client, f"{address}/deliveries?lot={lot}&demand={demand}")["count"] == 0
    assert told(client, f"{plan}/deliveries?lot={lot}&demand={demand}")["count"] > 0
    assert client.delete(address).status_code == 204
    assert refused(client, address) == (404, "unknown_plan")


def test_a_plan_is_kept_once_and_a_later_one_told_beside_it(client: TestClient, plan: str) -> None:
    before = told(client, "/v1/produce/kept")["plans"]
    kept = client.post(f"{plan}/keep")
    assert kept.status_code == 200, kept.text
    assert client.post(f"{plan}/keep").json() == kept.json()
    assert told(client, "/v1/produce/kept")["plans"] == [kept.json(), *before]
    changed = told(client, f"{plan}/changes?since={kept.json()['run_id']}")
    # Beside itself nothing is more, less or moved.
    assert (changed["changes"], changed["other_days"]) == ([], [])
    assert refused(client, f"{plan}/changes?since=none") == (404, "unknown_kept_plan")


def test_what_is_to_be_loaded_and_the_map_rest_on_the_same_deliveries(
    client: TestClient, plan: str, answer: ProducePlanAnswer
) -> None:
    lists = told(client, f"{plan}/list")["lists"]
    assert sum(each["quantity_kg"] for each in lists) == answer.totals.sold_kg
    drawing = client.get(f"{plan}/map?format=svg")
    assert (drawing.headers["content-type"].partition(";")[0], drawing.text[:4]) == ("image/svg+xml", "<svg")
    sellers = [point for point in told(client, f"{plan}/map")["points"] if point["kind"] == "seller"]
    assert sum(point["moved_kg"] for point in sellers) == answer.totals.sold_kg


def test_rules_that_contradict_each_other_end_the_job_and_are_named(
    client: TestClient, plan: str, answer: ProducePlanAnswer
) -> None:
    first = answer.deliveries[0]
    pair = {"lot": first.parts[0].lot_id, "demand": first.demand_id}
    placed = client.post(f"{plan}/rules", json={"locked": [{**pair, "least_kg": 1}], "forbidden": [pair]})
    job = made(client, placed.headers["location"])
    assert job.failure is not None
    assert (job.state, job.failure.code) == ("failed", "produce_rules_contradict")
    assert pair["lot"] in job.failure.what.en
    assert pair["lot"] in job.failure.what.zh
    assert refused(client, f"{PLANS}/{job.plan}/lots") == (409, "plan_failed")


def test_what_is_not_there_or_cannot_be_used_is_told(client: TestClient, plan: str) -> None:
    assert refused(client, f"{PLANS}/{UNKNOWN}") == (404, "unknown_plan")
    assert refused(client, f"{plan}/lots/none") == (404, "unknown_lot_in_plan")
    assert refused(client, f"{plan}/demands/none") == (404, "unknown_demand_in_plan")
    assert refused(client, PLANS, json={"area": "999999"}) == (404, "unknown_subject")
    assert refused(client, PLANS, json={"based_on": UNKNOWN}) == (404, "unknown_plan")
    assert refused(client, PLANS, json={"seconds": 0}) == (422, "bad_parameters")
    assert refused(client, PLANS, json={"rules": {"floors": [{"cooperative": "C", "least_kg": 1.5}]}})[0] == 422
    assert refused(client, f"{plan}/whole?format=csv&table=nothing")[0] == 422
    assert refused(client, PLANS, content=b"{" + b" " * 70_000)[0] == 413


def test_another_site_can_order_nothing_and_give_nothing_up(client: TestClient, plan: str) -> None:
    elsewhere = {"Origin": "http://example.com"}
    assert refused(client, PLANS, json={}, headers=elsewhere) == (403, "other_site")
    assert client.delete(plan, headers=elsewhere).status_code == 403
    assert client.get(plan).status_code == 200


def test_a_page_that_the_asker_has_is_not_sent_again(client: TestClient, plan: str) -> None:
    first = client.get(f"{plan}/lots?limit=3")
    again = client.get(f"{plan}/lots?limit=3", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
