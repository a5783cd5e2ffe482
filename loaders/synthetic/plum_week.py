"""A plum week in Zhao'an, written as feed files: made-up households, help and trade on real places.

The organisations, contracts, lots and demands are told in `plum_week.yaml`; some 300 households are drawn with a seed.
The same seed gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from random import Random

import yaml

from loaders.synthetic.disputes import draw_disputes
from loaders.synthetic.households import Drawn, Member, draw_household, draw_plum_troubles, draw_troubles
from loaders.synthetic.places import Row, area_rows, villages_of, write_feed_file, write_origin

SEED = 350624
# The Monday of the week in which the plums are ready on Friday.
DAY = date(2026, 4, 20)
TOWNS = ("350624105", "350624106", "350624107", "350624108", "350624204")
VILLAGES_OF_A_TOWN = 4
HOUSEHOLDS_OF_A_VILLAGE = 15
GREEN_PLUM = "green_plum"
# The household of the tutorial: illness and unsold plums are two separate ways into poverty for it.
STORY_HOUSEHOLD = "3506241052030007"
MADE_UP_EN = (
    "Made up for showing: no household, organisation, price, budget or contract is real. The places are real "
    "administrative units of China."
)
MADE_UP_ZH = "演示用虚构数据：农户、机构、价格、预算和合同均非真实，地名为真实行政区划。"
REAL_PLACES_EN = (
    "Real administrative units: codes and names from china-division 2.7.0 (WTFPL), coordinates of counties from cpca "
    "0.5.5 (MIT), datum probably GCJ-02."
)
REAL_PLACES_ZH = (
    "真实行政区划：代码和名称取自 china-division 2.7.0（WTFPL），县级坐标取自 cpca 0.5.5（MIT），坐标系可能为 GCJ-02。"
)


@dataclass(frozen=True)
class Grower:
    """A household that grows plums, its cooperative, and the causes its notes point to."""

    number: str
    cooperative: str | None
    members: tuple[Member, ...]
    causes: tuple[str, ...]


def write_plum_week(folder: Path, *, seed: int = SEED) -> tuple[Path, Path]:
    """Write the feed files and return the folder of real places and the folder of made-up rows, in loading order."""
    random = Random(seed)
    told = yaml.safe_load((files("loaders") / "synthetic" / "plum_week.yaml").read_text(encoding="utf-8"))
    places, made_up = folder / "1_places", folder / "2_made_up"
    write_origin(places, "real", REAL_PLACES_EN, REAL_PLACES_ZH)
    write_feed_file(places, "place", "Area", area_rows())
    write_origin(made_up, "made_up", MADE_UP_EN, MADE_UP_ZH)
    drawn = Drawn()
    growers = _draw_people(drawn, told, random)
    _tell_organisations(drawn, told)
    _draw_trade(drawn, told, growers, random)
    _draw_help(drawn, growers, random)
    draw_disputes(drawn, story=STORY_HOUSEHOLD)
    for (feed, kind), rows in sorted(drawn.rows.items()):
        write_feed_file(made_up, feed, kind, rows)
    return places, made_up


def _draw_people(drawn: Drawn, told: dict[str, list[Row]], random: Random) -> list[Grower]:
    cooperative_of = {town: str(entry["id"]) for entry in told["cooperatives"] for town in _texts(entry["towns"])}
    growers = []
    for town in TOWNS:
        for village in villages_of(town)[:VILLAGES_OF_A_TOWN]:
            for position in range(1, HOUSEHOLDS_OF_A_VILLAGE + 1):
                number = f"{village}{position:04d}"
                members = draw_household(drawn, number, village, 2026, random)
                told_by_hand = number == STORY_HOUSEHOLD
                causes = _story(drawn) if told_by_hand else draw_troubles(drawn, number, members, random)
                grows = told_by_hand or random.random() < 0.6
                if grows and not told_by_hand:
                    causes += draw_plum_troubles(drawn, number, random)
                cooperative = cooperative_of.get(town) if grows and random.random() < 0.8 else None
                if told_by_hand:
                    cooperative = "CO-TAIPING"
                growers.append(Grower(number, cooperative, tuple(members), tuple(causes)))
    return growers


def _story(drawn: Drawn) -> list[str]:
    """Add the notes of the household of the tutorial and return the causes they point to."""
    number = STORY_HOUSEHOLD
    drawn.observe("health", "I14a", number, date(2026, 2, 11), number_value=1)
    drawn.observe("insurance", "I03a", number, date(2026, 3, 5), number_value=2_600_000)
    drawn.observe("agriculture", "I25", number, date(2026, 4, 16), number_value=0.58)
    drawn.observe("trade", "I50", number, date(2026, 4, 17), number_value=0.1)
    drawn.observe("visit", "I30", number, date(2026, 4, 18), answer="H07;M02")
    drawn.observe("bank", "I18", number, date(2026, 3, 31), number_value=1.5)
    return ["H01", "H07", "M02", "M03", "F05"]


def _tell_organisations(drawn: Drawn, told: dict[str, list[Row]]) -> None:
    for line in told["lines"]:
        drawn.add("policy", "PolicyLine", **line)
    for agency in told["agencies"]:
        drawn.add("revitalisation", "Agency", **agency)
        drawn.add("revitalisation", "PLACED_IN", from_kind="Agency", from_id=agency["id"], to_id="350624")
    for programme in told["programmes"]:
        drawn.add("revitalisation", "Programme", **programme)
        drawn.add("revitalisation", "ELIGIBLE_IN", from_id=programme["id"], to_id="350624")
    for kind, key in (("FUNDS", "funds"), ("OFFERS", "offers"), ("PARTNERS_WITH", "partners")):
        for row in told[key]:
            drawn.add("revitalisation", kind, **row)
    for kind, key in (("Enterprise", "enterprises"), ("Cooperative", "cooperatives")):
        for row in told[key]:
            kept = {name: value for name, value in row.items() if name not in {"area", "towns"}}
            drawn.add("market", kind, **kept)
            drawn.add("market", "PLACED_IN", from_kind=kind, from_id=row["id"], to_id=row["area"])
    for row in told["resources"]:
        drawn.add("revitalisation", "Resource", **row)
        drawn.add("revitalisation", "PLACED_IN", from_kind="Resource", from_id=row["id"], to_id="350624")
    for row in told["shocks"]:
        kept = {name: row[name] for name in ("id", "shock_kind", "area_id", "severity", "starts_on")}
        drawn.add("emergency", "Shock", **kept)
        drawn.add("emergency", "HIT", from_id=row["id"], to_id=row["area_id"], exposure_share=row["exposure_share"])
        drawn.add("emergency", "TRIGGERS", from_id=row["id"], to_id=row["cause"], strength=1)


def _draw_trade(drawn: Drawn, told: dict[str, list[Row]], growers: list[Grower], random: Random) -> None:
    place_of = {str(row["id"]): row["area"] for key in ("enterprises", "cooperatives") for row in told[key]}
    for contract in told["contracts"]:
        drawn.add("trade", "Contract", **contract)
    for demand in told["demands"]:
        drawn.add("trade", "Demand", **demand)
        where = place_of[str(demand["enterprise_id"])]
        drawn.add("trade", "PLACED_IN", from_kind="Demand", from_id=demand["id"], to_id=where)
    for lot in told["lots"]:
        drawn.add("trade", "SupplyLot", **lot)
        where = place_of[str(lot["cooperative_id"])]
        drawn.add("trade", "PLACED_IN", from_kind="SupplyLot", from_id=lot["id"], to_id=where)
    pools = {"CO-TAIPING": "LT-TAIPING-2", "CO-GUANPI": "LT-GUANPI-1", "CO-HONGXING": "LT-HONGXING-1"}
    for position, grower in enumerate((g for g in growers if g.cooperative), start=1):
        joined = date(random.randint(2018, 2025), random.randint(1, 12), 1).isoformat()
        drawn.add(
            "trade", "Membership", household_id=grower.number, cooperative_id=grower.cooperative, starts_on=joined
        )
        pool = pools.get(grower.cooperative or "")
        if pool is None or (grower.number != STORY_HOUSEHOLD and random.random() < 0.5):
            continue
        _draw_own_lot(drawn, grower, pool, f"LT-H{position:03d}", random)


def _draw_own_lot(drawn: Drawn, grower: Grower, pool: str, lot: str, random: Random) -> None:
    """Add a household's own small lot, pooled in its cooperative's lot."""
    quantity = random.randint(4, 30) * 100
    drawn.add(
        "trade",
        "SupplyLot",
        id=lot,
        household_id=grower.number,
        product_id=GREEN_PLUM,
        lot_quantity_kg=quantity,
        grade="2",
        ready_on="2026-04-24",
        use_by_on="2026-04-30",
        ask_fen_per_kg=200,
        lot_status="open",
    )
    drawn.add("trade", "PLACED_IN", from_kind="SupplyLot", from_id=lot, to_id=grower.number[:12])
    drawn.add("trade", "POOLED_IN", from_id=lot, to_id=pool, pooled_quantity_kg=quantity)


@dataclass(frozen=True)
class Help:
    """One kind of running help: its programme, measure and agency, and the cause it aims at (None = nothing)."""

    programme: str
    measure: str
    agency: str
    aim: str | None


HELP_FOR = {
    "H01": Help("PR-MEDI", "B03", "AG-MEDI", "H07"),
    "H02": Help("PR-MEDI", "B03", "AG-MEDI", "H07"),
    "H03": Help("PR-DIBAO", "B17", "AG-CIVI", "O02"),
    "L06": Help("PR-POST", "B22", "AG-WORK", "L06"),
    "E03": Help("PR-GRANT", "B13", "AG-EDUC", "E03"),
    "M02": Help("PR-ORDER", "B38", "AG-AGRI", "M02"),
    "M03": Help("PR-ORDER", "B36", "AG-AGRI", "M03"),
}
SECOND_HELP_FOR_SALES = "PR-LINK"


def _draw_help(drawn: Drawn, growers: list[Grower], random: Random) -> None:
    """Add running help: most aims at a recorded cause, some comes twice, some aims at nothing that is recorded."""
    given: list[tuple[Grower, Help]] = []
    for grower in growers:
        if grower.number == STORY_HOUSEHOLD:
            given.append((grower, HELP_FOR["H01"]))
            continue
        for cause in grower.causes:
            if cause not in HELP_FOR or random.random() >= 0.45:
                continue
            given.append((grower, HELP_FOR[cause]))
            if cause in {"M02", "M03"} and random.random() < 0.3:
                given.append((grower, Help(SECOND_HELP_FOR_SALES, "B37", "AG-COMM", cause)))
        if not grower.causes and random.random() < 0.06:
            given.append((grower, HELP_FOR["H03"]))
    for number, (grower, help_given) in enumerate(given, start=1):
        _give_help(drawn, f"AS-{number:04d}", grower, help_given, random)


def _give_help(drawn: Drawn, number: str, grower: Grower, help_given: Help, random: Random) -> None:
    drawn.add(
        "revitalisation",
        "Assistance",
        id=number,
        household_id=grower.number,
        measure_id=help_given.measure,
        programme_id=help_given.programme,
        agency_id=help_given.agency,
        assistance_status="running",
        starts_on=date(2026, random.randint(1, 4), random.randint(1, 18)).isoformat(),
    )
    if help_given.aim:
        drawn.add("revitalisation", "TARGETS", from_id=number, to_id=help_given.aim)


def _texts(value: object) -> list[str]:
    return [str(entry) for entry in value] if isinstance(value, list) else []
