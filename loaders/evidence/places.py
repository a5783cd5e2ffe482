"""Areas and what lies above them."""

from __future__ import annotations

import pandas as pd


def areas_upward(areas: pd.DataFrame, *, levels: int) -> pd.DataFrame:
    """Return one row per area and each area above it, itself included: area_id, above_id, steps (0 = itself).

    In: `id`, `area_id` (the area it is part of, null at the top). At most `levels` steps are taken, so that a circle
    in the facts ends.
    """
    parents = areas.loc[areas["area_id"].notna(), ["id", "area_id"]].rename(columns={"id": "at", "area_id": "above_id"})
    reached = pd.DataFrame({"area_id": areas["id"], "above_id": areas["id"], "steps": 0})
    every = [reached]
    for step in range(1, levels):
        reached = reached[["area_id", "above_id"]].rename(columns={"above_id": "at"}).merge(parents, on="at")
        if reached.empty:
            break
        reached = reached.assign(steps=step)
        every.append(reached)
    joined = pd.concat(every)[["area_id", "above_id", "steps"]]
    nearest = joined.sort_values(["area_id", "above_id", "steps"]).drop_duplicates(["area_id", "above_id"])
    return nearest.reset_index(drop=True)


def areas_of_level(upward: pd.DataFrame, areas: pd.DataFrame, *, level: str) -> pd.DataFrame:
    """Return, for each area that lies in or is an area of `level`, that area: area_id, above_id."""
    of_level = areas.loc[areas["area_level"] == level, "id"]
    found = upward[upward["above_id"].isin(of_level)].sort_values(["area_id", "steps"])
    return found.drop_duplicates("area_id")[["area_id", "above_id"]].reset_index(drop=True)


def nearest_lines(upward: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Return the monitoring line that counts in each area and year: area_id, line_year, line_fen.

    It is the line of the nearest area upward that has one for the year. In: `area_id`, `line_year`, `line_fen`.
    """
    found = upward.merge(lines.rename(columns={"area_id": "above_id"}), on="above_id")
    found = found.sort_values(["area_id", "line_year", "steps"]).drop_duplicates(["area_id", "line_year"])
    return found[["area_id", "line_year", "line_fen"]].reset_index(drop=True)
