"""The pages of assistance plans on the demonstration: numbers are those of the API, rules cost, help is accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from analysis.amounts import yuan
from analysis.assistance.allocation.eligibility import REASONS as NOT_REACHED
from analysis.assistance.plan.why.second_helps import WHY
from analysis.assistance.plan.why.uncovered import REASONS as NOT_COVERED
from api.app import create_app
from api.pages.words import wordings
from api.plans.assistance.answers import AssistJob
from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.api.plans.planning_here import InThisProcess, made_as
from tests.api.small_ledger import HERE, PATIENT
from tests.api.test_board_pages import text_of
from tests.demonstration import copy_of_demonstration

PLANS, COUNTY = "/assistance/plans", "350624"
ENGLISH, CHINESE = {"Accept-Language": "en"}, {"Accept-Language": "zh"}
QUICK_PARTS = (
    "",
    "/helps",
    "/uncovered?reason=capacity",
    "/risk",
    "/print",
    "/worth",
    "/dependence",
    "/compare",
    "/accept",
)
Body = dict[str, Any]


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield an application of this module's own, whose plans are made in its process."""
    workspace = Workspace(Settings(data=copy_of_demonstration(tmp_path_factory).folder))
    app = create_app(workspace, patience_seconds=PATIENT, start_plan=InThisProcess)
    with TestClient(app, base_url=HERE, headers=ENGLISH, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def plan(planner: TestClient) -> str:
    """Return the address of a plan of the county that was ordered on the form."""
    return planned(planner, planner.post(PLANS, data={"area": COUNTY, "most_programmes": "3"}))


@pytest.fixture(scope="module")
def helped(planner: TestClient, plan: str) -> Body:
    """Return one help of the plan."""
    found: Body = planner.get(f"/v1{plan}/helps?limit=1").json()["helps"][0]
    return found


def planned(client: TestClient, sent: Any) -> str:  # noqa: ANN401 - a response of the client
    assert sent.status_code == 303, sent.text
    address: str = sent.headers["location"]
    job = made_as(AssistJob, client, "/v1" + address)
    assert job.state == "done", job.failure
    return address


def test_every_reason_that_a_plan_may_give_has_words() -> None:
    reasons = {"no_measure", "no_programme", *NOT_REACHED, *NOT_COVERED}
    told = {*wordings()}
    wanted = {f"assist_why.{begin}_{reason}" for begin in ("reason", "change") for reason in reasons}
    assert wanted | {f"assist_why.second_why_{why}" for why in WHY} <= told


def test_the_page_of_a_plan_tells_its_totals_and_every_village(planner: TestClient, plan: str) -> None:
    shown = text_of(planner.get(plan).text)
    totals = planner.get(f"/v1{plan}").json()["summary"]["totals"]
    assert all(yuan(totals[name], "en") in shown for name in ("need_fen", "covered_fen", "left_fen", "cost_fen"))
    villages = planner.get(f"/v1{plan}/villages?limit=50").json()["villages"]
    assert villages
    assert all(each["village"]["name"] in shown for each in villages)


def test_the_flow_is_a_drawing_with_words_and_a_table_of_the_same(planner: TestClient, plan: str) -> None:
    page, flow = planner.get(plan).text, planner.get(f"/v1{plan}/flow").json()
    drawing = page[page.index("<svg xmlns") : page.index("</svg>", page.index("<svg xmlns"))]
    assert drawing.count("<path") == len(flow["bands"]) + drawing.count("<pattern")
    assert 'id="flow-title"' in drawing
    assert 'id="flow-desc"' in drawing
    table = page[page.index("<details>\n<summary>The same as a table") :].partition("</table>")[0]
    assert table.count("<tr>") == 1 + len(flow["bands"])


@pytest.mark.parametrize("part", QUICK_PARTS)
def test_every_part_of_a_plan_speaks_both_languages(planner: TestClient, plan: str, part: str) -> None:
    for headers, words in ((ENGLISH, "lan"), (CHINESE, "方案")):
        answer = planner.get(plan + part, headers=headers)
        assert (answer.status_code, answer.headers["content-language"]) == (200, headers["Accept-Language"])
        assert words in text_of(answer.text)


def test_a_household_is_told_what_it_gets_through_whom_and_why_not_more(
    planner: TestClient, plan: str, helped: Body
) -> None:
    found = planner.get(f"{plan}/household", params={"household": helped["household_id"]})
    address = f"{plan}/households/{helped['household_id']}"
    assert found.headers["location"] == address
    shown, told = text_of(planner.get(address).text), planner.get(f"/v1{address}").json()
    assert told["text_en"] in shown
    assert all(need["text_en"] in shown for need in told["needs"])
    assert helped["programme"]["name"] in shown
    assert helped["measure"]["name_en"] in shown


def test_a_household_that_is_not_planned_for_is_not_found(planner: TestClient, plan: str) -> None:
    assert planner.get(f"{plan}/households/nobody").status_code == 404


def test_a_rule_that_cannot_be_read_is_told_and_stays_in_its_form(planner: TestClient, plan: str) -> None:
    answer = planner.post(plan + "/rules", data={"kind": "ceilings", "enterprise": "E-1", "most_yuan": "a lot"})
    assert answer.status_code == 422
    assert "is not a number" in text_of(answer.text)
    assert 'name="enterprise" value="E-1"' in answer.text
    assert 'name="most_yuan" value="a lot"' in answer.text


def test_forbidding_a_help_plans_again_and_shows_what_it_costs_and_can_be_taken_back(
    planner: TestClient, plan: str, helped: Body
) -> None:
    pair = {"household": helped["household_id"], "programme": helped["programme"]["id"]}
    ruled = planned(planner, planner.post(plan + "/rules", data={"kind": "forbidden", **pair}))
    page = planner.get(ruled)
    shown = text_of(page.text)
    before, now = (planner.get(f"/v1{each}").json()["summary"]["totals"] for each in (plan, ruled))
    assert "What your change costs" in shown
    assert yuan(before["left_fen"], "en") in shown
    assert yuan(now["left_fen"], "en") in shown
    given = planner.get(f"/v1{ruled}/helps", params=pair).json()["helps"]
    assert given == []
    freed = planned(planner, planner.post(ruled + "/rules/less", data={"rule": "forbidden 0"}))
    assert planner.get(f"/v1{freed}").json()["summary"]["totals"] == before


def test_a_floor_that_no_plan_can_reach_is_told_with_the_rule_on_the_page_of_the_plan(
    planner: TestClient, plan: str
) -> None:
    village = planner.get(f"/v1{plan}/villages?limit=1").json()["villages"][0]["village"]["id"]
    sent = planner.post(plan + "/rules", data={"kind": "floors", "village": village, "least_yuan": "90000000"})
    assert sent.status_code == 303
    assert made_as(AssistJob, planner, "/v1" + sent.headers["location"]).state == "failed"
    page = planner.get(sent.headers["location"]).text
    assert 'role="alert"' in page
    assert village in text_of(page)
    assert 'name="rule" value="floors 0"' in page


def test_every_page_with_a_form_lets_its_origin_be_told(planner: TestClient, plan: str, helped: Body) -> None:
    for address in (PLANS, plan, f"{plan}/accept", f"{plan}/households/{helped['household_id']}"):
        answer = planner.get(address)
        assert 'method="post"' in answer.text
        assert answer.headers["referrer-policy"] == "same-origin"


def test_one_line_of_the_print_stands_for_each_help(planner: TestClient, plan: str) -> None:
    page = planner.get(f"{plan}/print?all=yes").text
    helps = planner.get(f"/v1{plan}/helps?limit=1").json()
    assert page.count('<td class="sign">') == helps["count"]
    assert page.count('<div class="sheet">') == len(
        [each for each in planner.get(f"/v1{plan}/villages?limit=100").json()["villages"] if each["help_count"]]
    )


def test_a_plan_is_kept_once_and_its_draft_says_that_nothing_is_accepted(planner: TestClient, plan: str) -> None:
    first, again = (planner.post(plan + "/keep").headers["location"] for _ in range(2))
    assert first == again
    run_id = first.partition("kept=")[2]
    shown = text_of(planner.get(f"/assistance/drafts/{run_id}").text)
    assert "not accepted" in shown
    assert run_id in planner.get(PLANS).text
    assert "Something was entered since" not in text_of(planner.get(plan).text)


def test_accepting_one_household_is_looked_at_then_entered_once_and_the_next_plan_starts_from_it(
    planner: TestClient, plan: str, helped: Body
) -> None:
    household = helped["household_id"]
    looked = planner.get(f"{plan}/accept", params={"household": household})
    wanted = planner.get(f"/v1{plan}/helps", params={"household": household}).json()["helps"]
    assert looked.text.count(f"<code>{household}</code>") == len(wanted)
    sent = planner.post(f"{plan}/accept", data={"household": household})
    assert sent.status_code == 303
    draft = sent.headers["location"]
    assert draft.startswith("/assistance/drafts/allocation-")
    assert f"accepted={len(wanted)}" in draft
    page = planner.get(draft).text
    helps = planner.get("/v1/assistance/helps", params={"household": household, "state": "planned"}).json()["helps"]
    assert len(helps) == len(wanted)
    assert all(f'href="/assistance/helps/{each["help_id"]}"' in page for each in helps)
    shown = text_of(page)
    assert f"Accepted helps: {len(wanted)}, {yuan(sum(each['cost_fen'] for each in wanted), 'en')} in all." in shown
    again = planner.post(f"{plan}/accept", data={"household": household})
    assert "accepted=0" in again.headers["location"]
    assert "Something was entered since this plan was made." in text_of(planner.get(plan).text)
    renewed = planned(planner, planner.post(plan + "/again"))
    left = planner.get(f"/v1{renewed}/helps", params={"household": household}).json()["helps"]
    assert {each["measure"]["id"] for each in wanted} & {each["measure"]["id"] for each in left} == set()


def test_what_is_accepted_must_be_in_the_draft(planner: TestClient, plan: str) -> None:
    answer = planner.post(f"{plan}/accept", data={"village": "nowhere"})
    assert answer.status_code == 404
    assert "Nothing was accepted" in text_of(answer.text)
    far = planner.post(f"{plan}/accept", data={"starts_on": "2040-01-01"})
    assert far.status_code == 422
    assert re.search(r'name="starts_on" type="date" value="2040-01-01"', far.text)
