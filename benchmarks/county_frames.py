"""A made-up county as graph frames, for measuring: households in villages, their people, and findings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

PERSONS_PER_HOUSEHOLD = 3
FINDINGS_PER_HOUSEHOLD = 2
HOUSEHOLDS_PER_VILLAGE = 400


@dataclass(frozen=True)
class CountyFrames:
    """Frames by kind, in the order they are written. Nodes have `id`; relationships have their ends."""

    nodes: dict[str, pd.DataFrame]
    relationships: dict[str, pd.DataFrame]

    @property
    def row_count(self) -> int:
        """Return how many rows all frames have."""
        return sum(len(frame) for frame in (*self.nodes.values(), *self.relationships.values()))


def made_up_county(households: int, cause_codes: list[str], *, seed: int) -> CountyFrames:
    """Return a county of so many households; the same seed gives the same county."""
    draw = np.random.default_rng(seed)
    villages = pd.Series([f"350624{number:06d}" for number in range(1, households // HOUSEHOLDS_PER_VILLAGE + 2)])
    household_ids = pd.Series(draw.permutation(households)).map("h{:015d}".format).astype("str")
    members = household_ids.repeat(PERSONS_PER_HOUSEHOLD).reset_index(drop=True)
    person_ids = pd.Series(draw.permutation(len(members))).map("p{:015d}".format).astype("str")
    nodes = {
        "Area": pd.DataFrame({"id": villages.astype("str"), "name": villages.astype("str"), "area_level": "village"}),
        "Cause": pd.DataFrame({"id": pd.Series(cause_codes, dtype="str")}),
        "Household": _households(draw, household_ids),
        "Person": _persons(draw, person_ids),
    }
    lives_in = _ends("Household", household_ids, "Area", villages.iloc[draw.integers(0, len(villages), households)])
    has_member = _ends("Household", members, "Person", person_ids)
    has_member["member_role"] = pd.Series(["head", "spouse", "child"] * households, dtype="str")
    has_member["has_shared_budget"] = pd.Series(True, index=has_member.index, dtype="boolean")
    return CountyFrames(
        nodes,
        {"LIVES_IN": lives_in, "HAS_MEMBER": has_member, "AFFECTED_BY": _findings(draw, household_ids, cause_codes)},
    )


def _households(draw: np.random.Generator, ids: pd.Series) -> pd.DataFrame:
    count = len(ids)
    return pd.DataFrame(
        {
            "id": ids,
            "head_name": ids.str.slice(-4),
            "member_count": _whole(draw, count, 1, 8, nulls=0.0),
            "worker_count": _whole(draw, count, 0, 4, nulls=0.1),
            "was_registered_poor": pd.Series(draw.random(count) < 0.3, dtype="boolean"),
            "poverty_exit_on": _days(draw, count, nulls=0.7),
            "arable_mu": np.where(draw.random(count) < 0.2, np.nan, draw.random(count).round(2) * 10),
            "housing_grade": pd.Series(draw.choice(["A", "B", "C"], count), dtype="str"),
            "productive_investment_fen": _whole(draw, count, 0, 10**7, nulls=0.5),
            "household_status": pd.Series("active", index=range(count), dtype="str"),
            "is_made_up": pd.Series(True, index=range(count), dtype="boolean"),
        }
    )


def _persons(draw: np.random.Generator, ids: pd.Series) -> pd.DataFrame:
    count = len(ids)
    return pd.DataFrame(
        {
            "id": ids,
            "name": ids.str.slice(-4),
            "birth_year": _whole(draw, count, 1930, 2025, nulls=0.02),
            "sex": pd.Series(draw.choice(["female", "male"], count), dtype="str"),
            "schooling_years": _whole(draw, count, 0, 16, nulls=0.3),
            "has_chronic_illness": pd.Series(draw.random(count) < 0.1, dtype="boolean"),
            "is_made_up": pd.Series(True, index=range(count), dtype="boolean"),
        }
    )


def _findings(draw: np.random.Generator, household_ids: pd.Series, cause_codes: list[str]) -> pd.DataFrame:
    count = len(household_ids)
    first = draw.integers(0, len(cause_codes), count)
    steps = draw.integers(1, len(cause_codes), count)
    chosen = np.column_stack([first, (first + steps) % len(cause_codes)]).ravel()
    repeated = household_ids.repeat(FINDINGS_PER_HOUSEHOLD).reset_index(drop=True)
    frame = _ends("Household", repeated, "Cause", pd.Series(cause_codes, dtype="str").iloc[chosen])
    frame["severity"] = draw.integers(1, 6, len(frame)) / 5
    frame["confidence"] = draw.integers(1, 6, len(frame)) / 5
    frame["status"] = pd.Series(draw.choice(["suspected", "confirmed"], len(frame)), dtype="str")
    frame["onset_on"] = _days(draw, len(frame), nulls=0.0)
    frame["ended_on"] = _days(draw, len(frame), nulls=0.9)
    return frame


def _ends(from_kind: str, from_ids: pd.Series, to_kind: str, to_ids: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "from_kind": pd.Series(from_kind, index=range(len(from_ids)), dtype="str"),
            "from_id": from_ids.reset_index(drop=True).astype("str"),
            "to_kind": pd.Series(to_kind, index=range(len(from_ids)), dtype="str"),
            "to_id": to_ids.reset_index(drop=True).astype("str"),
        }
    )


def _whole(draw: np.random.Generator, count: int, low: int, high: int, *, nulls: float) -> pd.Series:
    values = pd.Series(draw.integers(low, high, count), dtype="Int64")
    return values.mask(pd.Series(draw.random(count) < nulls))


def _days(draw: np.random.Generator, count: int, *, nulls: float) -> pd.Series:
    days = np.datetime64("2026-01-01") - draw.integers(0, 3000, count).astype("timedelta64[D]")
    return pd.Series(days.astype("datetime64[s]")).mask(pd.Series(draw.random(count) < nulls))
