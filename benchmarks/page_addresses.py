"""The addresses that are asked to measure the pages: every page, by a county's own villages, households and lots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.county_server import COUNTY, Client

HOUSEHOLDS_ASKED = 3
# The day on which the lots of the made-up county are on offer.
MARKET_DAY = "2026-01-05"
CAUSE = "M02"
TOWN_DIGITS = 9


def page_addresses(client: Client) -> Mapping[str, list[str]]:
    """Return by name of the page the addresses that are asked of it."""
    listed = _list(client.told(f"/v1/households?area={COUNTY}&limit={HOUSEHOLDS_ASKED}"), "households")
    households = [str(each["household_id"]) for each in listed]
    village = str(listed[0]["area_id"])
    # The code of a village begins with that of its town.
    town = village[:TOWN_DIGITS]
    offered = _list(client.told(f"/v1/board?day={MARKET_DAY}&limit=1"), "lots")
    lots = [str(each["lot"]["lot_id"]) for each in offered]
    return {
        "start": ["/"],
        "chains": ["/chains"],
        "chains_county": [f"/chains?area={COUNTY}"],
        "chains_town": [f"/chains?area={town}"],
        "chains_without_help": [f"/chains?area={COUNTY}&help=without", "/chains?help=without"],
        "chains_cause": [f"/chains?area={COUNTY}&cause={CAUSE}", f"/chains?area={town}&cause={CAUSE}&help=with"],
        "produce": ["/produce", f"/produce?day={MARKET_DAY}", f"/produce?day={MARKET_DAY}&area={town}"],
        "lot": [f"/produce/lots/{lot}?day={MARKET_DAY}" for lot in lots],
        "household": [f"/households/{household}" for household in households],
        "household_why": [f"/households/{household}/why" for household in households],
        "household_what_if": [
            f"/households/{household}/why?finding={CAUSE}%3Dconfirmed" for household in households[:1]
        ],
        "household_cut": [f"/households/{household}/why/cut" for household in households[:1]],
        "household_history": [f"/households/{household}/history" for household in households[:1]],
        "areas": ["/areas"],
        "county": [f"/areas/{COUNTY}"],
        "town": [f"/areas/{town}"],
        "village": [f"/areas/{village}"],
        "county_causes": [f"/areas/{COUNTY}/causes"],
        "town_causes": [f"/areas/{town}/causes"],
        "village_causes": [f"/areas/{village}/causes"],
        "scenarios": ["/scenarios"],
        "scenario_town": [f"/scenarios/drought?area={town}&severity=0.8"],
        "scenario_county": [f"/scenarios/price_down?product=green_plum&share=0.3&area={COUNTY}"],
        "search": ["/search", "/search?q=350624", f"/search?q={households[0][:4]}", "/search?q=%E6%9D%91"],
        "network": ["/network", "/network?dimension=H"],
        "network_link": ["/network/K26"],
        "loads": ["/loads"],
        "dictionary": ["/dictionary"],
    }


def _list(told: Mapping[str, object], name: str) -> list[dict[str, Any]]:
    listed = told[name]
    if not isinstance(listed, list):
        raise TypeError(name)
    return listed
