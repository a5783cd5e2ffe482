"""Every kind of page of the demo's data, by a name; a page that is new is added here, and every check looks at it."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote

TOWN, COUNTY = "350624105", "350624"
LOT = "LT-TAIPING-1"

# {household} is one of the town, whose pseudonym hangs on the key of the data folder; {at_risk} is the one of the town
# with most open causes; {load} is the newest load; {plan} is a plan for all plums, {promise} an offer, {assist} a plan
# of help for the county, {assist_household} a household that it helps and {draft} what it was kept as, made for this;
# {help} is the first help that the feeds tell of.
PAGES: Mapping[str, str] = {
    "start": "/",
    "planner": "/chains",
    "planner for a county": f"/chains?area={COUNTY}",
    "planner without help": f"/chains?area={TOWN}&help=without&cause=M02",
    "planner with nobody": "/chains?area=350624&cause=S01&help=with",
    "assistance plans": "/assistance/plans",
    "assistance plan": "{assist}",
    "helps of an assistance plan": "{assist}/helps?cause=M02",
    "needs left by an assistance plan": "{assist}/uncovered?reason=capacity",
    "household in an assistance plan": "{assist_household}",
    "worth of one more": "{assist}/worth",
    "missing links": "{assist}/links",
    "risk of an assistance plan": "{assist}/risk",
    "second helps": "{assist}/second-helps",
    "somebody goes": "{assist}/dependence?cooperative=CO-TAIPING",
    "assistance plan beside another": "{assist}/compare?other=first_come",
    "acceptance": "{assist}/accept",
    "help by village": "{assist}/print",
    "draft of help": "{draft}",
    "help that was given": "/assistance/helps",
    "help that runs": "{help}",
    "assistance plan that is gone": "/assistance/plans/" + "0" * 32,
    "board": "/produce",
    "board of a product": f"/produce?area={COUNTY}&product=green_plum",
    "lot": f"/produce/lots/{LOT}",
    "plans": "/produce/plans",
    "plan": "{plan}",
    "lot in a plan": "{plan}/lots/" + LOT,
    "demand in a plan": "{plan}/demands/DM-PUNING-2",
    "delivery lists": "{plan}/deliveries",
    "changes of a plan": "{plan}/changes",
    "gluts": "{plan}/gluts",
    "plan beside others": "{plan}/compare",
    "plan that is gone": "/produce/plans/" + "0" * 32,
    "promise form": f"/produce/confirm?lot={LOT}&demand=DM-PUNING-2",
    "promises": "/produce/promises",
    "promise": "{promise}",
    "buyer": "/produce/buyers/EN-PUNING-2",
    "top areas": "/areas",
    "county": f"/areas/{COUNTY}",
    "town": f"/areas/{TOWN}?help=without",
    "network": "/network",
    "network of a dimension": "/network?dimension=H&acts=yes",
    "network without a link": "/network?dimension=H&state=O05&evidence=B",
    "link": "/network/K26",
    "link that is opposed": "/network/K71",
    "scenarios": f"/scenarios?area={COUNTY}",
    "form of a scenario": "/scenarios/road_closes",
    "price falls": f"/scenarios/price_down?product=green_plum&share=0.5&area={COUNTY}",
    "drought": f"/scenarios/drought?area={TOWN}&severity=0.8",
    "scenario with a fault": "/scenarios/price_down?product=green_plum&share=2",
    "causes of a county": f"/areas/{COUNTY}/causes?changes=yes",
    "causes of a town": f"/areas/{TOWN}/causes",
    "budget of a town": f"/areas/{TOWN}/causes/budget?budget=20000&most=2",
    "household": "/households/{household}",
    "risk of a household": "/households/{at_risk}/why",
    "risk of a household, supposed": "/households/{at_risk}/why?finding=L03%3Dconfirmed&give=B38",
    "cut of a household": "/households/{at_risk}/why/cut",
    "history of a household": "/households/{household}/history",
    "cooperative": "/cooperatives/CO-TAIPING",
    "enterprise": "/enterprises/EN-PUNING-2",
    "search": "/search?q=太平",
    "loads": "/loads",
    "load": "/loads/{load}",
    "dictionary": "/dictionary?q=plum",
    "causes in the dictionary": "/dictionary/causes",
    "for programs": "/docs",
}
NOT_FOUND = "/nowhere"
PLANNED_WITHIN_SECONDS = 60.0


def asked(origin: str, address: str) -> Any:  # noqa: ANN401 - JSON as it comes
    """Return the JSON answer of the server."""
    with urllib.request.urlopen(origin + address, timeout=20) as answer:  # noqa: S310 - our own address
        return json.loads(answer.read())


def sent(origin: str, address: str, body: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON as it comes
    """Send a body as JSON, and return what the server answers."""
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(origin + address, json.dumps(body).encode(), headers)  # noqa: S310 - our own address
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - our own address
        return json.loads(answer.read())


def plan_that_is_made(origin: str, address: str) -> Any:  # noqa: ANN401 - JSON as it comes
    """Return what the API says of a plan once it is made."""
    give_up_at = time.monotonic() + PLANNED_WITHIN_SECONDS
    while time.monotonic() < give_up_at:
        job = asked(origin, f"/v1{address}")
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.2)
    raise AssertionError("no plan was made")


def text_of(origin: str, address: str, language: str) -> str:
    """Return the page as the server sends it, also one that says that there is none."""
    whole = origin + quote(filled(origin, address), safe="/?&=%")
    request = urllib.request.Request(whole, headers={"Accept": "text/html", "Accept-Language": language})  # noqa: S310 - our own address
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - our own address
            return str(answer.read().decode())
    except HTTPError as error:
        return error.read().decode()


@cache
def filled(origin: str, address: str) -> str:
    """Return the address with the household and the load of this server in their places."""
    if "{household}" in address:
        household = asked(origin, f"/v1/households?area={TOWN}&limit=1")["households"][0]["household_id"]
        return address.format(household=household)
    if "{at_risk}" in address:
        listed = asked(origin, f"/v1/households?area={TOWN}&limit=100")["households"]
        most = max(listed, key=lambda each: (each["open_cause_count"], each["household_id"]))
        return address.format(at_risk=most["household_id"])
    if "{plan}" in address:
        return address.format(plan=_plan(origin))
    if "{assist}" in address:
        return address.format(assist=_assist(origin))
    if "{assist_household}" in address:
        plan = _assist(origin)
        return f"{plan}/households/{asked(origin, f'/v1{plan}/helps?limit=1')['helps'][0]['household_id']}"
    if "{draft}" in address:
        return f"/assistance/drafts/{sent(origin, f'/v1{_assist(origin)}/keep', {})['run_id']}"
    if "{help}" in address:
        return f"/assistance/helps/{asked(origin, '/v1/assistance/helps?limit=1')['helps'][0]['help_id']}"
    if "{promise}" in address:
        return address.format(promise=_promise(origin))
    if "{load}" in address:
        return address.format(load=asked(origin, "/v1/loads?limit=1")["loads"][0]["load_id"])
    return address


@cache
def _plan(origin: str) -> str:
    """Return the address of a plan that is made, and kept, so that it can be set beside itself."""
    plan = sent(origin, "/v1/produce/plans", {"product": "green_plum"})["plan"]
    assert plan_that_is_made(origin, f"/produce/plans/{plan}")["state"] == "done"
    sent(origin, f"/v1/produce/plans/{plan}/keep", {})
    return f"/produce/plans/{plan}"


@cache
def _assist(origin: str) -> str:
    """Return the address of a plan of help for the county that is made."""
    plan = sent(origin, "/v1/assistance/plans", {"area": COUNTY})["plan"]
    assert plan_that_is_made(origin, f"/assistance/plans/{plan}")["state"] == "done"
    return f"/assistance/plans/{plan}"


@cache
def _promise(origin: str) -> str:
    """Return the address of an offer of a little of a lot: it binds nobody, so that no other page changes by it."""
    lots = [{"lot": "LT-HONGXING-1", "quantity_kg": 5000}]
    offer = sent(origin, "/v1/produce/commitments", {"demand": "DM-CHAOZH-1", "lots": lots, "is_offer": True})
    return f"/produce/promises/{offer['commitments'][0]['commitment_id']}"
