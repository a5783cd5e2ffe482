"""What is told of the county as a whole: lines, agencies, programmes, plants, contracts, demands, shocks, places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from loaders.synthetic.county.help import Offer
from loaders.synthetic.county.help_rows import AGENCIES, agency_id, programme_id
from loaders.synthetic.county.plan import PRODUCTS, SHOCK_CAUSES, CountyPlan, Indexes, day_of
from loaders.synthetic.county.seasons import ask_fen, keeps_days, ready_days
from loaders.synthetic.county.trade_rows import first_villages, pool_id
from loaders.synthetic.places import Row

Files = dict[str, list[Row]]

_AGENCY_NAMES = {
    "MEDI": "医疗保障局",
    "CIVI": "民政局",
    "EDUC": "教育局",
    "WORK": "人力资源和社会保障局",
    "AGRI": "农业农村局",
    "REVI": "乡村振兴局",
    "EMER": "应急管理局",
    "HOUS": "住房和城乡建设局",
}
_PLANT_NAMES = {
    "processing": "示例加工厂",
    "wholesale": "示例批发行",
    "retail": "示例超市",
    "platform": "示例电商平台",
}
_CREDIT = ("A", "B", "C")
# Where plants stand that are not in the county itself.
_CITIES = ("350100", "350200", "350600", "445100", "445200")
_SHOCK_FEEDS = {
    "weather": "emergency",
    "geological": "emergency",
    "epidemic": "health",
    "pest": "agriculture",
    "price": "agriculture",
    "closure": "market",
    "road": "transport",
}
# What an indicator of a place says where its cause holds: feed, indicator, value, of a product.
_PLACE_REPORTS = {
    "V03": ("health", "I58", 21, False),
    "V04": ("transport", "I59", 12, False),
    "V05": ("transport", "I60", 150, False),
    "M01": ("agriculture", "I49", 0.6, True),
    "M07": ("agriculture", "I54", 1.4, True),
    "M08": ("agriculture", "I55", 0.8, True),
}
MADE_UP = "（虚构）"


def county_files(plan: CountyPlan, offered: Sequence[Offer], random: np.random.Generator) -> Files:
    """Return the rows by name of file, all but the pools of the cooperatives."""
    found: Files = {}
    _tell_lines(plan, found)
    _tell_help(plan, offered, found)
    plants = _tell_plants(plan, found, random)
    _tell_demands(plan, plants, found, random)
    _tell_shocks(plan, found)
    _tell_places(plan, found)
    return found


def pool_rows(plan: CountyPlan, pooled_kg: Indexes) -> Files:
    """Return the lots into which cooperatives have pooled what their members bring, and where they lie."""
    year = plan.request.last_year
    lots, places = [], []
    products = plan.product_of_village[first_villages(plan)]
    for number, code in enumerate(plan.cooperatives):
        if not pooled_kg[number]:
            continue
        product = products[number : number + 1]
        ready = int(ready_days(product, year)[0]) + 10
        kept = ready + int(keeps_days(plan.schema)[product[0]])
        lots.append(
            {
                "id": pool_id(code),
                "cooperative_id": code,
                "product_id": PRODUCTS[product[0]],
                "lot_quantity_kg": int(pooled_kg[number]),
                "grade": "2",
                "ready_on": day_of(ready).isoformat(),
                "use_by_on": day_of(kept).isoformat(),
                "ask_fen_per_kg": int(ask_fen(product, np.array([2]))[0]),
                "min_split_quantity_kg": min(500, int(pooled_kg[number])),
                "lot_status": "open",
            }
        )
        village = plan.villages[first_villages(plan)[number]]
        places.append({"from_kind": "SupplyLot", "from_id": pool_id(code), "to_id": village})
    # Before the members' own lots in the order of names, for these are pooled in them.
    return {f"trade.SupplyLot.{year}-12-31-pools.csv": lots, f"trade.PLACED_IN.{year}-12-31-pools.csv": places}


def _tell_lines(plan: CountyPlan, found: Files) -> None:
    for year in plan.years:
        row = {"area_id": plan.places.code[:2] + "0000", "line_year": year, "line_fen": plan.line_fen(year)}
        found[f"policy.PolicyLine.{year}-01-01.csv"] = [row]


def _tell_help(plan: CountyPlan, offered: Sequence[Offer], found: Files) -> None:
    county, first = plan.places.code, f"{plan.first_year}-01-01"
    agencies: list[Row] = [
        {"id": f"AG-{county}-{code}", "name": f"{plan.places.name}{name}{MADE_UP}", "area_level": "county"}
        for code, name in _AGENCY_NAMES.items()
        if code in AGENCIES.values()
    ]
    programmes, offers = [], []
    eligible: list[Row] = []
    for offer in offered:
        measure, code = offer.measure, programme_id(county, offer.measure.code)
        households = max(plan.request.households // 200, 1)
        programmes.append(
            {
                "id": code,
                "agency_id": agency_id(county, measure.family),
                "name": f"{measure.label.zh}{MADE_UP}",
                "budget_fen": measure.cost_fen * households,
                "household_limit_fen": measure.cost_fen * 2,
                "prerequisite": measure.prerequisite or "",
                "starts_on": first,
                "ends_on": f"{plan.request.last_year + 1}-12-31",
            }
        )
        offers.append({"from_id": code, "to_id": measure.code, "place_count": households, "cost_fen": measure.cost_fen})
        eligible.append({"from_id": code, "to_id": county})
    found[f"revitalisation.Agency.{first}.csv"] = agencies
    found[f"revitalisation.Programme.{first}.csv"] = list(programmes)
    found[f"revitalisation.OFFERS.{first}.csv"] = list(offers)
    found[f"revitalisation.ELIGIBLE_IN.{first}.csv"] = eligible
    found[f"revitalisation.PLACED_IN.{first}.csv"] = [
        {"from_kind": "Agency", "from_id": row["id"], "to_id": county} for row in agencies
    ]


def _tell_plants(plan: CountyPlan, found: Files, random: np.random.Generator) -> list[tuple[str, int]]:
    """Tell cooperatives, plants, contracts and which programmes partner; return the plants and their products."""
    county, first = plan.places.code, f"{plan.first_year}-01-01"
    villages = first_villages(plan)
    plants: list[tuple[str, int]] = []
    plant_rows, partners = [], []
    placed: list[Row] = []
    contracts: list[Row] = []
    for number in range(max(len(plan.cooperatives) // 2, 4)):
        product = int(plan.product_of_village[villages[int(random.integers(len(villages)))]])
        row, place = _plant(plan, number, random)
        code = str(row["id"])
        plants.append((code, product))
        plant_rows.append(row)
        placed.append({"from_kind": "Enterprise", "from_id": code, "to_id": place})
        # Every sixth plant signs with no cooperative, so that some chains have a gap.
        if number % 6 != 5:
            contracts += _contracts(plan, (code, product), len(contracts), random)
        if number % 2 == 0:
            partners.append(
                {
                    "from_id": programme_id(county, ("B36", "B38")[number % 4 // 2]),
                    "to_kind": "Enterprise",
                    "to_id": code,
                    "budget_fen": int(random.integers(10, 80)) * 1_000_000,
                    "place_count": int(random.integers(20, 200)),
                    "starts_on": first,
                    "ends_on": f"{plan.request.last_year + 1}-12-31",
                }
            )
    cooperatives: list[Row] = []
    for number, (code, village) in enumerate(zip(plan.cooperatives, villages.tolist(), strict=True)):
        town = plan.places.towns.get(plan.villages[village][:9], "")
        name = f"{town}示例合作社{number + 1}{MADE_UP}"
        cooperatives.append({"id": code, "name": name, "credit_grade": _CREDIT[number % len(_CREDIT)]})
        placed.append({"from_kind": "Cooperative", "from_id": code, "to_id": plan.villages[village]})
    found[f"market.Cooperative.{first}.csv"] = cooperatives
    found[f"market.Enterprise.{first}.csv"] = plant_rows
    found[f"market.PLACED_IN.{first}.csv"] = placed
    found[f"trade.Contract.{first}.csv"] = contracts
    found[f"revitalisation.PARTNERS_WITH.{first}.csv"] = list(partners)
    return plants


def _plant(plan: CountyPlan, number: int, random: np.random.Generator) -> tuple[Row, str]:
    """Return a plant and where it stands: half of them in the county, half in a city."""
    towns = list(plan.places.towns)
    sector = tuple(_PLANT_NAMES)[number % len(_PLANT_NAMES) if number % 3 == 0 else 0]
    at_home = random.random() < 0.5
    place = towns[int(random.integers(len(towns)))] if at_home else _CITIES[int(random.integers(len(_CITIES)))]
    return {
        "id": f"EN-{plan.places.code}-{number + 1:03d}",
        "name": f"{plan.places.name}{_PLANT_NAMES[sector]}{number + 1}{MADE_UP}",
        "sector": sector,
        "credit_grade": _CREDIT[int(random.integers(len(_CREDIT)))],
        "employee_count": int(random.integers(10, 200)),
        "day_quantity_kg": int(random.integers(2, 60)) * 1000,
    }, place


def _contracts(plan: CountyPlan, plant: tuple[str, int], before: int, random: np.random.Generator) -> list[Row]:
    """Return the contracts of a plant with one or two cooperatives that have its product, if any has."""
    code, product = plant
    products = plan.product_of_village[first_villages(plan)]
    suited = np.flatnonzero(products == product).tolist()
    if not suited:
        return []
    partners = sorted({int(suited[int(random.integers(len(suited)))]) for _ in range(2)})
    return [
        {
            "id": f"CT-{plan.places.code}-{before + number:03d}",
            "enterprise_id": code,
            "cooperative_id": plan.cooperatives[partner],
            "contract_kind": "purchase",
            "goods_flow": "to_enterprise",
            "product_id": PRODUCTS[product],
            "contract_quantity_kg": int(random.integers(5, 100)) * 1000,
            "floor_fen_per_kg": int(ask_fen(np.array([product]), np.array([3]))[0]),
            "starts_on": f"{plan.first_year}-01-01",
            "ends_on": f"{plan.request.last_year + 1}-12-31",
        }
        for number, partner in enumerate(partners, start=1)
    ]


def _tell_demands(
    plan: CountyPlan, plants: Sequence[tuple[str, int]], found: Files, random: np.random.Generator
) -> None:
    year = plan.request.last_year
    demands, places = [], []
    where = {str(row["from_id"]): row["to_id"] for row in found[f"market.PLACED_IN.{plan.first_year}-01-01.csv"]}
    for number, (plant, product) in enumerate(plants):
        ready = int(ready_days(np.array([product]), year)[0])
        price = int(ask_fen(np.array([product]), np.array([1]))[0])
        code = f"DM-{plan.places.code}-{number + 1:03d}"
        wanted = int(random.integers(5, 200)) * 1000
        demands.append(
            {
                "id": code,
                "enterprise_id": plant,
                "product_id": PRODUCTS[product],
                "wanted_quantity_kg": wanted,
                "min_grade": ("1", "2", "process")[int(random.integers(3))],
                "max_fen_per_kg": round(price * float(random.uniform(0.7, 1.5))),
                "max_distance_km": int(random.integers(3, 30)) * 20,
                "min_batch_quantity_kg": min(int(random.integers(1, 10)) * 1000, wanted),
                "starts_on": day_of(ready - int(random.integers(0, 10))).isoformat(),
                "ends_on": day_of(ready + int(random.integers(5, 40))).isoformat(),
                "demand_status": "open",
            }
        )
        places.append({"from_kind": "Demand", "from_id": code, "to_id": where[plant]})
    found[f"trade.Demand.{year}-01-01.csv"] = list(demands)
    found[f"trade.PLACED_IN.{year}-01-01-demands.csv"] = list(places)


def _tell_shocks(plan: CountyPlan, found: Files) -> None:
    for shock in plan.shocks:
        on = f"{plan.first_year + shock.year}-12-31"
        feed, start = _SHOCK_FEEDS[shock.kind], day_of(shock.day)
        code = f"SH-{shock.kind}-{shock.area}-{start:%Y%m%d}"
        row = {
            "id": code,
            "shock_kind": shock.kind,
            "severity": shock.severity,
            "area_id": shock.area,
            "starts_on": start.isoformat(),
            "ends_on": min(day_of(shock.day + 30), date(start.year, 12, 31)).isoformat(),
        }
        found.setdefault(f"{feed}.Shock.{on}.csv", []).append(row)
        found.setdefault(f"{feed}.HIT.{on}.csv", []).extend(
            {"from_id": code, "to_id": plan.villages[village], "exposure_share": shock.exposure}
            for village in shock.villages.tolist()
        )
        trigger = {"from_id": code, "to_id": SHOCK_CAUSES[shock.kind], "strength": 1}
        found.setdefault(f"{feed}.TRIGGERS.{on}.csv", []).append(trigger)


def _tell_places(plan: CountyPlan, found: Files) -> None:
    """Tell what is measured of villages: where a cause of the place holds, and where it has ended."""
    for cause, (feed, indicator, value, is_of_product) in _PLACE_REPORTS.items():
        marks = plan.place_causes[cause]
        for place, year in enumerate(plan.years):
            before = marks[:, place - 1] if place else np.zeros(len(marks), np.bool_)
            # These feeds tell changes or are asked each year alike: what holds, and once that it has ended.
            for village in np.flatnonzero(marks[:, place] | before).tolist():
                row: Row = {
                    "indicator_id": indicator,
                    "area_id": plan.villages[village],
                    "observed_on": f"{year}-11-{15 + village % 14}",
                    "number_value": _over(indicator) if not marks[village, place] else value,
                    "product_id": PRODUCTS[plan.product_of_village[village]] if is_of_product else "",
                }
                found.setdefault(f"{feed}.Observation.{year}-12-31-places.csv", []).append(row)


def _over(indicator: str) -> float:
    return {"I49": 1.0, "I54": 1.0, "I55": 0.4, "I60": 60}.get(indicator, 0)
