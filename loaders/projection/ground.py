"""The ground that the rules of the indicators stand on, gathered from the current views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from graph_schema import Schema
from graph_schema.meta import Indicator
from loaders.evidence.places import areas_of_level, areas_upward, nearest_lines
from loaders.evidence.setting import Setting
from loaders.ordering import in_order
from loaders.projection.views import Views
from policy import Policy

COUNTY = "county"
LIVING_STATUS = "active"
OPEN_LOTS = ("open", "part_sold")


@dataclass(frozen=True)
class WholeGround:
    """What the findings of one household rest on of all the others.

    `observed`: the codes of the indicators that `asking_indicators` names and of which something is observed.
    `quantiles`: by rule that compares with a quantile of the county, the number that counts in each county.
    """

    observed: frozenset[str]
    quantiles: Mapping[str, pd.Series]


def asking_indicators(schema: Schema) -> dict[str, Indicator]:
    """Return by code the indicators for which it is read who sells what or who visited."""
    return {
        code: each
        for code, each in schema.indicators.items()
        if each.scope == "product_area" or any(rule.assessors_needed > 1 for rule in each.raises)
    }


def setting_of(
    views: Views,
    lives_in: pd.DataFrame,
    schema: Schema,
    policy: Policy,
    day: date,
    *,
    whole: WholeGround | None = None,
) -> Setting:
    """Return the setting for one day. In: the LIVES_IN rows as the spells show them.

    `whole`: where the views hold only a part of the facts, what is to be known of all. Who sells what and who visited
    is read only when an observation asks for it.
    """
    upward, counties, lines = _of_areas(views, schema)
    homes = homes_of(lives_in)
    observed = set(views.rows("Observation")["indicator_id"].unique()) if whole is None else whole.observed
    asked = [each for code, each in asking_indicators(schema).items() if code in observed]
    return Setting(
        schema=schema,
        policy=policy,
        day=day,
        homes=homes[["household_id", "area_id"]],
        living=_living(homes, views.rows("Household")),
        upward=upward,
        counties=counties,
        lines=lines,
        sellers=_sellers(views, day) if any(each.scope == "product_area" for each in asked) else _no_sellers(),
        visits=_visits(views, any(rule.assessors_needed > 1 for each in asked for rule in each.raises)),
        quantiles=None if whole is None else whole.quantiles,
    )


def _of_areas(views: Views, schema: Schema) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return what lies under what, the counties, and the policy lines of the areas."""
    areas, stated = views.rows("Area"), views.rows("PolicyLine")

    def make() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        upward = areas_upward(areas, levels=len(schema.code_list("area_level").codes))
        counties = areas_of_level(upward, areas, level=COUNTY)
        return upward, counties, nearest_lines(upward, stated[["area_id", "line_year", "line_fen"]])

    return views.pieces.piece("of areas", make, areas, stated)


def homes_of(lives_in: pd.DataFrame) -> pd.DataFrame:
    """Return household_id, area_id, ended_on: where each household lives or last lived."""
    homes = lives_in.rename(columns={"from_id": "household_id", "to_id": "area_id"})
    homes = in_order(homes[["household_id", "area_id", "ended_on"]], ["household_id", "ended_on", "area_id"])
    return homes.drop_duplicates("household_id", keep="last")


def shock_areas(views: Views, upward: pd.DataFrame) -> pd.DataFrame:
    """Return one row per shock, cause it triggers and area in or under one it hit, as `evidence.shocks` takes them."""
    shocks, triggers, hit = views.rows("Shock"), views.rows("TRIGGERS"), views.rows("HIT")

    def make() -> pd.DataFrame:
        causes = triggers[["from_id", "to_id"]].rename(columns={"from_id": "id", "to_id": "cause_id"})
        hits = hit[["from_id", "to_id", "exposure_share"]].rename(columns={"from_id": "id", "to_id": "above_id"})
        joined = shocks[["id", "severity", "starts_on", "ends_on", "feed"]].merge(causes, on="id")
        return joined.merge(hits, on="id").merge(upward, on="above_id").rename(columns={"id": "shock_id"})

    return views.pieces.piece("shock areas", make, shocks, triggers, hit, upward)


def _living(homes: pd.DataFrame, households: pd.DataFrame) -> pd.DataFrame:
    status = households["household_status"]
    gone = households.loc[status.notna() & (status != LIVING_STATUS), "id"]
    is_living = homes["ended_on"].isna() & ~homes["household_id"].isin(gone)
    return homes.loc[is_living, ["household_id", "area_id"]]


def _sellers(views: Views, day: date) -> pd.DataFrame:
    """Return household_id, product_id: operating income in the newest year known, an open lot, a running contract."""
    today = pd.Timestamp(day)
    pair = ["household_id", "product_id"]
    income = views.rows("IncomeComponent")
    newest = income.groupby("household_id")["income_year"].transform("max")
    operating = income[(income["income_kind"] == "operating") & (income["income_year"] == newest)]
    lots = views.rows("SupplyLot")
    contracts = views.rows("Contract")
    running = contracts[(contracts["starts_on"] <= today) & ~(contracts["ends_on"] < today)]
    every = pd.concat([operating[pair], lots.loc[lots["lot_status"].isin(OPEN_LOTS), pair], running[pair]])
    return every.dropna().drop_duplicates().sort_values(pair).reset_index(drop=True)


def _no_sellers() -> pd.DataFrame:
    return pd.DataFrame({"household_id": pd.Series(dtype="str"), "product_id": pd.Series(dtype="str")})


def _visits(views: Views, is_asked: bool) -> pd.DataFrame:
    columns = ["household_id", "visited_on", "visited_by"]
    if is_asked:
        return views.rows("Visit")[columns].dropna().drop_duplicates()
    dtypes = {"household_id": "str", "visited_on": "datetime64[s]", "visited_by": "str"}
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes.items()})
