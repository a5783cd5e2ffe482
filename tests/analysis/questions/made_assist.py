"""A small made-up county for the tests of assistance plans: seven households, three programmes, every sum by hand.

M06 (a weak link to the cooperative) costs 714.29 yuan to cover whole: B39 covers 500.00 for 500.00. M01 (a fall in
prices) costs 400.00: B40 covers 200.00 for 200.00. H02 (chronic illness, sensitive) costs 1,000.00: B05 covers 200.00.
`links` has money for two B39. `markets` has one place for B40, and gives through the enterprise e1, which has a
contract with cooperative c1 (h1, h5), not with c2 (h6); h3 is in none. `health` has money for B05.
"""

from __future__ import annotations

from datetime import date

from analysis.assistance.allocation.frames import CONTRACTS_OF, AllocationFrames, empty_frames
from analysis.assistance.plan.rules import Rules
from analysis.frames import frame_of
from analysis.questions.assist_plan_made import AssistSource, HowToAssist, MadeAssistPlan, make_assist_plan
from graph_schema import Schema

DAY = date(2026, 5, 20)
LONG_AGO = date(2020, 1, 1)

# household, village, causes with their severity.
HOUSEHOLDS: tuple[tuple[str, str, dict[str, float]], ...] = (
    ("h0", "v1", {"M06": 0.3}),
    ("h1", "v1", {"M06": 0.6, "M01": 0.4}),
    ("h2", "v1", {"M06": 0.9, "H02": 1.0}),
    ("h3", "v2", {"M01": 0.5, "A01": 0.5}),
    ("h4", "v2", {}),
    ("h5", "v2", {"M01": 0.3}),
    ("h6", "v2", {"M01": 0.9}),
)
# programme, name, fen, measure, places.
PROGRAMMES = (
    ("p1", "links", 100_000, "B39", None),
    ("p2", "markets", 100_000, "B40", 1),
    ("p3", "health", 100_000, "B05", None),
)


def assist_frames() -> AllocationFrames:
    """Return the frames of the county."""
    ids = {"programme_id": "p2", "programme_name": "markets", "programme_starts_on": LONG_AGO, "starts_on": LONG_AGO}
    rows: dict[str, list[dict[str, object]]] = {
        "findings": [
            {"household_id": household, "cause_id": cause, "severity": severity}
            for household, _, causes in HOUSEHOLDS
            for cause, severity in causes.items()
        ],
        "households": [{"household_id": household, "area_id": village} for household, village, _ in HOUSEHOLDS],
        "areas": [
            {"area_id": "v1", "name": "Shanhe village", "area_level": "village"},
            {"area_id": "v2", "name": "Linhe village", "area_level": "village"},
        ],
        "programmes": [
            {
                "programme_id": programme,
                "programme_name": name,
                "agency_id": "g1",
                "agency_name": "the county",
                "budget_fen": fen,
                "eligible_codes": (),
                "starts_on": LONG_AGO,
            }
            for programme, name, fen, _, _ in PROGRAMMES
        ],
        "offers": [
            {"programme_id": programme, "measure_id": measure, "place_count": places}
            for programme, _, _, measure, places in PROGRAMMES
        ],
        "partnerships": [{**ids, "partner_kind": "Enterprise", "partner_id": "e1", "partner_name": "the mill"}],
        "contracts": [
            {
                "contract_id": "k1",
                "contract_kind": "purchase",
                "starts_on": LONG_AGO,
                "enterprise_id": "e1",
                "enterprise_name": "the mill",
                "partner_kind": "Cooperative",
                "partner_id": "c1",
                "partner_name": "the orchard",
            }
        ],
        "memberships": [
            {"household_id": household, "cooperative_id": cooperative, "cooperative_name": name}
            for household, cooperative, name in (
                ("h1", "c1", "the orchard"),
                ("h5", "c1", "the orchard"),
                ("h6", "c2", "the terrace"),
            )
        ],
    }
    frames = {}
    for name, listed in rows.items():
        form = CONTRACTS_OF[name]
        empty = {column: (True if column == "is_made_up" else None) for column in form}
        frames[name] = frame_of([{**empty, **row} for row in listed], form)
    return empty_frames(**frames)


def made_assist_plan(schema: Schema, *, rules: Rules | None = None) -> MadeAssistPlan:
    """Return the plan of the county."""
    source = AssistSource(assist_frames(), "files", is_made_up=True, files=("households.csv", "programmes.csv"))
    return make_assist_plan(source, schema, DAY, HowToAssist(rules=rules, seconds=20.0))
