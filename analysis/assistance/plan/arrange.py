"""A program out of frames that name each other by id, in any order of rows; what cannot be is refused, with its row."""

from __future__ import annotations

import pandas as pd

from analysis.assistance.plan.program import NONE, TIERS, AssistProgram
from analysis.assistance.plan.rules import Rules
from analysis.errors import QuestionError

_CHAIN_ORDER = ["need", "programme", "enterprise", "cooperative"]
_CHAIN_WHOLE = ["cost_fen", "cover_fen", "use", "most"]


def arranged(
    needs: pd.DataFrame,
    programmes: pd.DataFrame,
    resources: pd.DataFrame,
    chains: pd.DataFrame,
    *,
    rules: Rules | None = None,
) -> AssistProgram:
    """Return the program of frames with the columns of AssistProgram, rows in any order; chains name others by id.

    `chains`: need_id, programme_id, enterprise_resource_id and cooperative_resource_id (missing: none), cost_fen,
    cover_fen, use, most. The order of rows does not matter: everything is sorted by id. Raises QuestionError naming
    frame, row and column of the first value that cannot be: an amount below its least, a tier that is none, an id
    that is missing or there twice, a household in two villages, a unit that covers more than its need.
    """
    needs, programmes, resources = (
        _sorted(frame, name, key)
        for frame, name, key in (
            (needs, "needs", "need_id"),
            (programmes, "programmes", "programme_id"),
            (resources, "resources", "resource_id"),
        )
    )
    needs = _whole(needs, "needs", "need_id", {"severity_weight": 1, "tier": min(TIERS), "need_fen": 1})
    _refuse(needs, needs["tier"] > max(TIERS), "needs", "need_id", "tier")
    villages = needs.groupby("household_id")["village_id"].transform("nunique")
    _refuse(needs, villages > 1, "needs", "need_id", "village_id")
    programmes = _whole(programmes, "programmes", "programme_id", {"budget_fen": 0, "household_limit_fen": NONE})
    resources = _whole(resources, "resources", "resource_id", {"capacity": NONE})
    _refuse(resources, ~resources["layer"].isin(["enterprise", "cooperative"]), "resources", "resource_id", "layer")
    least = {"cost_fen": 0, "cover_fen": 1, "use": 0, "most": NONE}
    chains = _whole(chains.reset_index(drop=True), "chains", "need_id", least)
    found = {
        "need": _places(chains, "need_id", needs["need_id"]),
        "programme": _places(chains, "programme_id", programmes["programme_id"]),
    }
    for layer in ("enterprise", "cooperative"):
        ids = resources["resource_id"].where(resources["layer"] == layer, "")
        found[layer] = _places(chains, f"{layer}_resource_id", ids, may_miss=True)
    _refuse(chains, chains["cover_fen"] > needs["need_fen"].to_numpy()[found["need"]], "chains", "need_id", "cover_fen")
    placed = chains.assign(**found)
    _refuse(placed, placed.duplicated(_CHAIN_ORDER), "chains", "need_id", "programme_id")
    placed = placed.sort_values(_CHAIN_ORDER, ignore_index=True)[[*_CHAIN_ORDER, *_CHAIN_WHOLE]]
    return AssistProgram(needs, programmes, resources, placed, rules or Rules())


def _sorted(frame: pd.DataFrame, name: str, key: str) -> pd.DataFrame:
    _refuse(frame, frame[key].isna() | frame.duplicated(key), name, key, key)
    return frame.sort_values(key, ignore_index=True)


def _whole(frame: pd.DataFrame, name: str, key: str, least: dict[str, int]) -> pd.DataFrame:
    """Return the frame with whole columns, each of them at least so much."""
    for column, lowest in least.items():
        numbers = pd.to_numeric(frame[column], errors="coerce")
        _refuse(frame, numbers.isna() | (numbers < lowest) | (numbers % 1 != 0), name, key, column)
        frame = frame.assign(**{column: numbers.astype("int64")})
    return frame


def _places(chains: pd.DataFrame, column: str, ids: pd.Series[str], *, may_miss: bool = False) -> pd.Series[int]:
    """Return the position of each id; -1 for none where it may be missing."""
    place = {name: number for number, name in enumerate(ids) if name}
    places = pd.Series([place.get(name, NONE) for name in chains[column]], dtype="int32")
    is_missing = chains[column].isna() & may_miss
    _refuse(chains, (places < 0) & ~is_missing, "chains", "need_id", column)
    return places


def _refuse(frame: pd.DataFrame, is_wrong: pd.Series[bool], name: str, key: str, column: str) -> None:
    """Raise QuestionError for the first row that is wrong."""
    if is_wrong.any():
        row = frame[is_wrong.to_numpy()].iloc[0]
        raise QuestionError("assist_program_value", frame=name, id=str(row[key]), column=column, value=str(row[column]))
