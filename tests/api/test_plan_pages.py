"""The pages of plans, promises and buyers on the small ledger: one lot of 1,000 kg, of which demand1 may take all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.api.plans.planning_here import InThisProcess, made
from tests.api.small_ledger import DAY, HERE, PATIENT
from tests.api.test_board_pages import text_of

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(scope="module")
def trader(loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield an application of this module's own, whose plans are made in its process."""
    data = tmp_path_factory.mktemp("trader") / "data"
    shutil.copytree(loaded_folder, data)
    workspace = Workspace(Settings(data=data))
    app = create_app(workspace, today=lambda: DAY, patience_seconds=PATIENT, start_plan=InThisProcess)
    with TestClient(app, base_url=HERE, headers=ENGLISH, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def plan(trader: TestClient) -> str:
    """Return the address of a plan that was ordered on the form of the board."""
    sent = trader.post("/produce/plans", data={"area": "", "product": "green_plum"})
    assert sent.status_code == 303
    assert made(trader, "/v1" + sent.headers["location"]).state == "done"
    return str(sent.headers["location"])


def fields(html: str) -> dict[str, str]:
    """Return what stands in the fields of a page, by name."""
    found = re.findall(r'<input[^>]* name="([^"]*)"[^>]*>', html)
    values = {name: re.search(rf'<input[^>]* name="{name}"[^>]* value="([^"]*)"', html) for name in found}
    return {name: unescape(value[1]) for name, value in values.items() if value}


def test_a_plan_tells_what_is_sold_and_what_stays(trader: TestClient, plan: str) -> None:
    shown = text_of(trader.get(plan).text)
    # demand1 takes the whole lot, at 4 yuan less transport; demand2 wants a better grade.
    assert "Of 1 t on offer 1 t are sold and 0 kg stay." in shown
    assert "It is proven that no plan sells more" in shown
    assert "Nothing stays." in shown


@pytest.mark.parametrize("part", ["/lots/lot1", "/demands/demand1", "/deliveries", "/gluts", "/compare"])
def test_every_part_of_a_plan_speaks_both_languages(trader: TestClient, plan: str, part: str) -> None:
    for language, words in (("en", "Plan"), ("zh", "方案")):
        answer = trader.get(plan + part, headers={"Accept-Language": language})
        assert (answer.status_code, answer.headers["content-language"]) == (200, language)
        assert words in text_of(answer.text)


def test_only_demands_that_a_lot_can_go_to_are_offered_for_locking_and_of_the_others_it_is_told_why(
    trader: TestClient, plan: str
) -> None:
    html = trader.get(plan + "/lots/lot1").text
    forms = re.findall(r'<form class="filter" method="post".*?</form>', html, flags=re.DOTALL)
    assert [re.findall(r'<option value="([^"]+)"', form) for form in forms] == [["demand1"], ["demand1"]]
    promise = html[html.index('id="promise"') :]
    assert re.findall(r'<option value="([^"]+)"', promise) == ["demand1", "demand2"]
    shown = text_of(html)
    # The lot is of grade 1.
    assert "One demand takes the product, but not this lot: why not" in shown
    assert "The buyer wants special or better; the lot is grade 1." in shown


def test_a_rule_that_cannot_be_read_is_told_and_stays_in_its_form(trader: TestClient, plan: str) -> None:
    typed = {"kind": "locked", "lot": "lot1", "demand": "demand1", "least_kg": "a lot"}
    answer = trader.post(plan + "/rules", data=typed)
    assert answer.status_code == 422
    assert "“At least (kg)” is not a number" in text_of(answer.text)
    for name in ("lot", "demand", "least_kg"):
        assert f'name="{name}" value="{typed[name]}"' in answer.text


def test_a_rule_makes_a_new_plan_and_can_be_taken_away_again(trader: TestClient, plan: str) -> None:
    ruled = trader.post(plan + "/rules", data={"kind": "forbidden", "lot": "lot1", "demand": "demand1"})
    assert made(trader, "/v1" + ruled.headers["location"]).state == "done"
    shown = trader.get(ruled.headers["location"]).text
    assert "Of 1 t on offer 0 kg are sold and 1 t stay." in text_of(shown)
    assert 'name="rule" value="forbidden 0"' in shown
    freed = trader.post(ruled.headers["location"] + "/rules/less", data={"rule": "forbidden 0"})
    assert made(trader, "/v1" + freed.headers["location"]).order.rules.forbidden == ()


def test_a_plan_is_kept_once_and_is_not_old_by_that(trader: TestClient, plan: str) -> None:
    first, again = (trader.post(plan + "/keep").headers["location"] for _ in range(2))
    assert first == again
    shown = text_of(trader.get(first).text)
    assert "The plan is kept, under produce-" in shown
    assert "Something was entered since" not in shown
    assert text_of(trader.get("/produce/plans").text).count("produce-2") == 1


def test_every_page_with_a_form_lets_its_origin_be_told(trader: TestClient, plan: str) -> None:
    pages = ("/produce", "/produce/plans", plan, plan + "/lots/lot1", "/produce/buyers/e1", "/produce/confirm")
    for address in pages:
        answer = trader.get(address)
        assert 'method="post"' in answer.text
        assert answer.headers["referrer-policy"] == "same-origin"


def test_a_delivery_of_a_plan_is_offered_agreed_delivered_and_paid_by_its_forms(trader: TestClient, plan: str) -> None:
    form = trader.get("/produce/confirm", params={"plan": plan.rpartition("/")[2], "delivery": "lot1 > demand1"})
    filled = fields(form.text)
    assert (filled["lot"], filled["kg"], filled["price"], filled["demand"]) == ("lot1", "1000", "4.00", "demand1")
    refused = trader.post("/produce/confirm", data={**filled, "kg": "600", "price": "9", "is_offer": "yes"})
    assert refused.status_code == 409
    assert "above the highest price" in text_of(refused.text)
    assert (fields(refused.text)["kg"], fields(refused.text)["price"]) == ("600", "9")
    sent = trader.post("/produce/confirm", data={**filled, "kg": "600", "is_offer": "yes"})
    assert sent.headers["location"].startswith("/produce/promises?demand=demand1&entered=")
    promise = "/produce/promises/lot1-demand1-1"
    assert promise in trader.get(sent.headers["location"]).text
    assert trader.post(promise, data={"step": "agreed"}).status_code == 303
    wrong = {"step": "delivered", "delivered_on": "2026-05-20", "kg": "590", "accepted": "600", "grade": "1"}
    told = trader.post(promise, data=wrong)
    assert told.status_code == 422
    assert fields(told.text)["accepted"] == "600"
    assert trader.post(promise, data={**wrong, "accepted": "580"}).status_code == 303
    assert trader.post(promise, data={"step": "paid", "paid": "2,320.00", "paid_on": "2026-05-20"}).status_code == 303
    shown = text_of(trader.get(promise).text)
    assert all(words in shown for words in ("delivered", "590 kg", "580 kg", "2,320 yuan"))
    assert "Nothing can follow any more." in shown
    assert "Something was entered since this plan was made." in text_of(trader.get(plan).text)


def test_a_buyer_posts_a_demand_and_what_is_wrong_keeps_what_was_typed(trader: TestClient) -> None:
    typed = {"product": "green_plum", "kg": "5,000", "grade": "2", "price": "2.9", "starts_on": "2026-05-21"}
    refused = trader.post("/produce/buyers/e1", data={**typed, "ends_on": "2026-05-01"})
    assert refused.status_code == 422
    assert fields(refused.text)["kg"] == "5,000"
    sent = trader.post("/produce/buyers/e1", data={**typed, "ends_on": "2026-06-01"})
    assert sent.status_code == 303
    assert "e1-green_plum-2026-05-21-1" in trader.get(sent.headers["location"]).text
