"""Plans of assistance over HTTP say what the questions say of the same graph; drafts are kept and accepted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from typing import Any

import pytest
from starlette.testclient import TestClient

from analysis.fetch.risk import ToldNumbers
from analysis.questions.assist_compare import first_come, told_assist_compare
from analysis.questions.assist_dependence import told_assist_dependence
from analysis.questions.assist_plan import told_assist_plan
from analysis.questions.assist_plan_graph import GraphAssistAsked, graph_assist_source
from analysis.questions.assist_plan_made import MadeAssistPlan, make_assist_plan
from analysis.questions.assist_telling import AssistIndex
from analysis.questions.assist_why import told_assist_why
from analysis.questions.assist_worth import told_assist_worth
from analysis.questions.model_in_use import model_in_use
from analysis.sensitivity import is_sensitive_help
from api.app import create_app
from api.plans.assistance.answers import AssistJob
from cli.main import perform
from loaders.graph_update import markers
from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.api.plans.planning_here import InThisProcess, made_as, refused, told
from tests.api.small_ledger import HERE, PATIENT
from tests.demonstration import copy_of_demonstration

PLANS, KEPT, HELPS = "/v1/assistance/plans", "/v1/assistance/kept", "/v1/assistance/helps"
COUNTY, UNKNOWN = "350624", "0" * 32
LISTS = {
    "helps": "helps",
    "villages": "by_village",
    "causes": "by_cause",
    "programmes": "by_programme",
    "resources": "by_resource",
}
Body = Mapping[str, Any]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace(Settings(data=copy_of_demonstration(tmp_path_factory).folder))


@pytest.fixture(scope="module")
def asked(workspace: Workspace) -> MadeAssistPlan:
    """Return the plan of the county as the questions make it, before anything is accepted."""
    store, ledger, schema = workspace.open_graph(read_only=True), workspace.open_ledger(), workspace.schema
    day = markers(store).day
    assert day is not None
    model = model_in_use(store, ledger, schema, day=day)
    source = graph_assist_source(
        store, schema, model, GraphAssistAsked(COUNTY, graph_day=day), day, told=ToldNumbers(ledger)
    )
    return make_assist_plan(source, schema, day)


@pytest.fixture(scope="module")
def whole(asked: MadeAssistPlan, workspace: Workspace) -> Body:
    return told_assist_plan(asked, workspace.schema).model_dump(mode="json")


@pytest.fixture(scope="module")
def client(asked: MadeAssistPlan, workspace: Workspace) -> Iterator[TestClient]:
    app = create_app(workspace, patience_seconds=PATIENT, start_plan=InThisProcess)
    with TestClient(app, base_url=HERE) as client:
        yield client


@pytest.fixture(scope="module")
def plan(client: TestClient) -> str:
    """Return the address of a plan of the county that is made."""
    return ordered(client, PLANS, {"area": COUNTY})


def ordered(client: TestClient, address: str, sent: Body) -> str:
    placed = client.post(address, json=sent)
    assert placed.status_code == 202, placed.text
    job = made_as(AssistJob, client, placed.headers["location"])
    assert job.state == "done", job.failure
    location: str = placed.headers["location"]
    return location


def test_the_whole_plan_and_what_it_comes_to_are_what_the_question_answers(
    client: TestClient, plan: str, whole: Body
) -> None:
    assert told(client, f"{plan}/whole") == whole
    summary = told(client, plan)["summary"]
    assert summary["totals"]["covered_fen"] > 0
    assert summary == {name: whole[name] for name in summary}
    assert told(client, f"{plan}/risk")["risk"] == whole["risk"]


def test_the_terminal_says_the_same(client: TestClient, plan: str, workspace: Workspace) -> None:
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as printed:
        assert perform(["--data", str(workspace.settings.data), "--json", "assist", "plan", "--area", COUNTY]) == 0
        printed.flush()
        printed.seek(0)
        assert told(client, f"{plan}/whole") == json.loads(printed.read())


@pytest.mark.parametrize("name", LISTS)
def test_the_pages_of_a_list_are_the_whole_list_in_its_order(
    client: TestClient, plan: str, whole: Body, name: str
) -> None:
    rows: list[Body] = []
    after = 0
    while True:
        page = told(client, f"{plan}/{name}?limit=40&after={after}")
        rows += page[name]
        if page["next_after"] is None:
            break
        after = page["next_after"]
    assert len(rows) == page["count"]
    assert rows == whole[LISTS[name]]


def test_needs_that_are_left_are_listed_the_worst_first_and_add_up_to_their_reasons(
    client: TestClient, plan: str, whole: Body
) -> None:
    page = told(client, f"{plan}/uncovered?limit=1000")
    assert page["count"] + page["hidden_need_count"] == sum(each["need_count"] for each in whole["uncovered"])
    assert page["hidden_need_count"] > 0
    assert [need["tier"] for need in page["uncovered"]] == sorted(
        (need["tier"] for need in page["uncovered"]), reverse=True
    )
    assert all(need["left_fen"] == need["need_fen"] - need["covered_fen"] > 0 for need in page["uncovered"])
    reason = whole["uncovered"][0]["reason"]
    of_it = told(client, f"{plan}/uncovered?reason={reason}&limit=1000")["uncovered"]
    assert of_it == [need for need in page["uncovered"] if need["reason"] == reason]
    table = client.get(f"{plan}/uncovered?format=csv&reason={reason}&limit=1")
    assert len(list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))) == 1 + len(of_it)


def test_filters_keep_what_fits_them_all_and_a_table_holds_every_row(
    client: TestClient, plan: str, whole: Body
) -> None:
    first = whole["helps"][0]
    both = f"programme={first['programme']['id']}&village={first['village']['id']}"
    fitting = [
        each
        for each in whole["helps"]
        if each["programme"] == first["programme"] and each["village"] == first["village"]
    ]
    assert told(client, f"{plan}/helps?{both}&limit=1000")["helps"] == fitting
    assert told(client, f"{plan}/helps?household=nobody")["count"] == 0
    table = client.get(f"{plan}/helps?format=csv&{both}&limit=1")
    assert len(list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))) == 1 + len(fitting)
    book = client.get(f"{plan}/villages?format=xlsx", headers={"Accept-Language": "zh"})
    assert (book.content[:2], book.headers["content-language"]) == (b"PK", "zh")


def test_reasons_worths_and_what_hangs_on_whom_are_those_of_the_questions(
    client: TestClient, plan: str, asked: MadeAssistPlan, workspace: Workspace, whole: Body
) -> None:
    index, schema = AssistIndex(asked), workspace.schema
    household, programme = whole["helps"][0]["household_id"], whole["helps"][0]["programme"]["id"]
    why = told_assist_why(index, schema, household)
    assert told(client, f"{plan}/households/{household}") == why.model_dump(mode="json")
    worth = told_assist_worth(index, schema, party_id=programme)
    assert told(client, f"{plan}/worth?programme={programme}") == worth.model_dump(mode="json")
    falls = told_assist_dependence(index, schema, programme_id=programme)
    assert told(client, f"{plan}/dependence?programme={programme}") == falls.model_dump(mode="json")
    beside = told_assist_compare(asked, schema, first_come(asked))
    assert told(client, f"{plan}/compare") == beside.model_dump(mode="json")


def test_one_more_of_what_is_named_is_planned_anew(client: TestClient, plan: str, whole: Body) -> None:
    programme = whole["helps"][0]["programme"]["id"]
    answer = told(client, f"{plan}/worth?kind=budget&subject={programme}&amount=500000")
    (change,) = answer["solved"]["changes"]
    assert (change["kind"], change["id"], change["amount"]) == ("budget", programme, 500_000)
    assert told(client, f"{plan}/worth")["solved"] is None


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("whole", "whole"),
        ("households/{household_id}", "households/{household}"),
        ("worth", "worth?kind=budget&subject={programme}"),
        ("dependence", "dependence?programme={programme}"),
        ("compare", "compare"),
    ],
    ids=lambda given: given.partition("?")[0],
)
def test_every_table_that_may_be_named_is_one_of_the_answer(
    client: TestClient, plan: str, whole: Body, path: str, part: str
) -> None:
    told_of = told(client, "/openapi.json")["paths"][PLANS + "/{plan}/" + path]["get"]["parameters"]
    (schema,) = [each["schema"] for each in told_of if each["name"] == "table"]
    (names,) = [way["enum"] for way in schema["anyOf"] if "enum" in way]
    first = whole["helps"][0]
    address = f"{plan}/{part}".format(household=first["household_id"], programme=first["programme"]["id"])
    sign = "&" if "?" in address else "?"
    for name in names:
        table = client.get(f"{address}{sign}format=csv&table={name}")
        assert (table.status_code, table.content[:3]) == (200, b"\xef\xbb\xbf"), (name, table.text)


def test_what_rules_cost_is_how_much_less_the_new_plan_reaches_and_the_old_one_stays(
    client: TestClient, plan: str, whole: Body
) -> None:
    banned = whole["helps"][0]
    pair = {"household": banned["household_id"], "programme": banned["programme"]["id"]}
    address = ordered(client, f"{plan}/rules", {"forbidden": [pair]})
    assert address != plan
    query = f"household={pair['household']}&programme={pair['programme']}"
    assert told(client, f"{address}/helps?{query}")["count"] == 0
    assert told(client, f"{plan}/helps?{query}")["count"] > 0
    before, after = (told(client, each)["summary"] for each in (plan, address))
    cost = told(client, f"{address}/compare?beside={plan.rpartition('/')[2]}")
    assert after["asked"]["rule_count"] == 1
    assert cost["gained_yuan"] == pytest.approx(after["stages"][0]["value"] - before["stages"][0]["value"])
    assert cost["plan"]["cost_fen"] - cost["other"]["cost_fen"] == (
        after["totals"]["cost_fen"] - before["totals"]["cost_fen"]
    )
    assert client.delete(address).status_code == 204
    assert refused(client, address) == (404, "unknown_plan")


def test_rules_that_contradict_each_other_end_the_job_and_are_named(client: TestClient, plan: str, whole: Body) -> None:
    first = whole["helps"][0]
    pair = {"household": first["household_id"], "programme": first["programme"]["id"]}
    placed = client.post(f"{plan}/rules", json={"locked": [pair], "forbidden": [pair]})
    job = made_as(AssistJob, client, placed.headers["location"])
    assert job.failure is not None
    assert (job.state, job.failure.code) == ("failed", "assist_rules_contradict")
    assert pair["household"] in job.failure.what.en
    assert pair["household"] in job.failure.what.zh


def test_help_for_a_sensitive_cause_is_planned_and_counted_but_never_named(
    client: TestClient, plan: str, asked: MadeAssistPlan, workspace: Workspace
) -> None:
    schema = workspace.schema
    everything = told_assist_plan(asked, schema, show_sensitive=True).helps
    hidden = [each for each in everything if is_sensitive_help(schema, each.measure.id, [each.cause.id])]
    answer = told(client, f"{plan}/helps?limit=1000")
    assert 0 < len(hidden) == answer["hidden_count"]
    assert answer["count"] + len(hidden) == len(everything)
    causes = {each["cause"]["id"] for each in answer["helps"]}
    assert causes.isdisjoint(each.cause.id for each in hidden)
    named = f"{plan}/households/{hidden[0].household_id}?cause={hidden[0].cause.id}"
    assert refused(client, named) == (403, "sensitive_cause_asked")


def test_what_is_not_there_or_cannot_be_used_is_told(client: TestClient, plan: str) -> None:
    number = plan.rpartition("/")[2]
    # A plan is known as one of its own kind alone.
    assert refused(client, f"/v1/produce/plans/{number}") == (404, "unknown_plan")
    assert refused(client, f"{PLANS}/{UNKNOWN}") == (404, "unknown_plan")
    assert refused(client, f"{plan}/compare?beside={UNKNOWN}") == (404, "unknown_plan")
    assert refused(client, f"{plan}/households/nobody") == (404, "unknown_in_assist_plan")
    assert refused(client, f"{plan}/dependence") == (422, "assist_dependence_of_one")
    assert refused(client, PLANS, json={"area": "999999"}) == (404, "unknown_subject")
    assert refused(client, PLANS, json={"programmes": ["nothing"]}) == (404, "unknown_subject")
    assert refused(client, PLANS, json={"based_on": UNKNOWN}) == (404, "unknown_plan")
    assert refused(client, PLANS, json={"most_programmes": 0}) == (422, "bad_parameters")
    third_of_a_fen = {"rules": {"floors": [{"village": "V", "least_yuan": 0.123}]}}
    assert refused(client, PLANS, json=third_of_a_fen) == (422, "assist_rules_value")
    elsewhere = {"Origin": "http://example.com"}
    assert refused(client, f"{plan}/accept", json={}, headers=elsewhere) == (403, "other_site")


def test_a_draft_is_kept_once_and_what_is_accepted_of_it_is_promised_once(
    client: TestClient, plan: str, whole: Body
) -> None:
    kept = client.post(f"{plan}/keep").json()
    assert client.post(f"{plan}/keep").json() == kept
    assert [each["run_id"] for each in told(client, KEPT)["plans"]] == [kept["run_id"]]
    programme = whole["helps"][0]["programme"]["id"]
    planned = {
        (each["household_id"], each["measure"]["id"], each["cost_fen"])
        for each in whole["helps"]
        if each["programme"]["id"] == programme
    }
    accepted = client.post(f"{plan}/accept", json={"programmes": [programme]})
    assert accepted.status_code == 201, accepted.text
    helps = accepted.json()["helps"]
    assert {(each["household_id"], each["measure_id"], each["amount_fen"]) for each in helps} == planned
    again = client.post(f"{KEPT}/{kept['run_id']}/accept", json={"programmes": [programme]}).json()
    assert (again["load_id"], again["helps"], len(again["standing"])) == (None, [], len(helps))
    begun = client.post(f"{HELPS}/{helps[0]['help_id']}/state", json={"state": "running"})
    assert (begun.status_code, begun.json()["new_status"]) == (200, "running")
    came = told(client, f"{KEPT}/{kept['run_id']}")
    assert (came["helps"]["running"], came["helps"]["planned"]) == (1, len(helps) - 1)
    of_run = told(client, f"{HELPS}?run={kept['run_id']}&state=running")
    assert [each["help_id"] for each in of_run["helps"]] == [helps[0]["help_id"]]
