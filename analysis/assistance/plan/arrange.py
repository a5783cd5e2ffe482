"""A program out of frames that name each other by id, in any order of rows; what cannot be is refused, with its row."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.assistance.plan.program import CHAIN_ORDER, NONE, SLOTS, TIERS, AssistProgram
from analysis.assistance.plan.rules import Rules
from analysis.errors import QuestionError

Places = NDArray[np.int32]
Uses = NDArray[np.int64]

_CHAIN_WHOLE = {"cost_fen": 0, "cover_fen": 1, "most": NONE}


def arranged(
    needs: pd.DataFrame,
    programmes: pd.DataFrame,
    resources: pd.DataFrame,
    chains: pd.DataFrame,
    *,
    rules: Rules | None = None,
) -> AssistProgram:
    """Return the program of frames with the columns of AssistProgram, rows in any order; chains name others by id.

    `chains`: need_id, programme_id, cost_fen, cover_fen, most; measure_id (may be left out, missing: no such bound);
    per slot `<slot>_resource_id` (missing: none) and `<slot>_use` (looked at where there is a resource), both of which
    may be left out. Any further column is kept, and measure_id with them. The order of rows does not matter:
    everything is sorted by id. Raises QuestionError naming frame, row and column of the first value that cannot be: an
    amount below its least, a tier that is none, an id that is missing or there twice, a household in two villages, a
    unit that covers more than its need.
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
    _refuse(resources, ~resources["layer"].isin(SLOTS), "resources", "resource_id", "layer")
    chains = _whole(chains.reset_index(drop=True), "chains", "need_id", _CHAIN_WHOLE)
    found = {
        "need": _places(chains, "need_id", needs["need_id"]),
        "programme": _places(chains, "programme_id", programmes["programme_id"]),
    }
    _refuse(chains, chains["cover_fen"] > needs["need_fen"].to_numpy()[found["need"]], "chains", "need_id", "cover_fen")
    measures, found["measure"] = _measures(chains)
    taken = [_taken(chains, slot, resources) for slot in SLOTS]
    uses = {f"{slot}_use": use for slot, (_, use) in zip(SLOTS, taken, strict=True)}
    found |= {slot: place for slot, (place, _) in zip(SLOTS, taken, strict=True)}
    replaced = ["need_id", "programme_id", *(f"{slot}_resource_id" for slot in SLOTS)]
    placed = chains.drop(columns=replaced, errors="ignore").assign(**found, **uses)
    # Whoever reads the refusal finds the row by its id.
    _refuse(
        placed.assign(need_id=chains["need_id"], programme_id=chains["programme_id"]),
        placed.duplicated([*CHAIN_ORDER]),
        "chains",
        "need_id",
        "programme_id",
    )
    own = [*CHAIN_ORDER, *_CHAIN_WHOLE, *uses]
    placed = placed.sort_values([*CHAIN_ORDER], ignore_index=True)
    placed = placed[[*own, *(name for name in placed.columns if name not in own)]]
    return AssistProgram(needs, programmes, resources, placed, rules or Rules(), measures)


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


def _places(chains: pd.DataFrame, column: str, ids: pd.Series[str], *, may_miss: bool = False) -> Places:
    """Return the position of each id among the ids; -1 for none where it may be missing."""
    place = pd.Index(ids).get_indexer(pd.Index(chains[column]))
    _refuse(chains, pd.Series(place < 0) & ~(chains[column].isna() & may_miss), "chains", "need_id", column)
    return place.astype(np.int32)


def _measures(chains: pd.DataFrame) -> tuple[tuple[str, ...], Places]:
    """Return the measures of all chains, sorted, and per chain the place of its own."""
    if "measure_id" not in chains:
        return (), np.full(len(chains), NONE, dtype=np.int32)
    codes = pd.Series(sorted(chains["measure_id"].dropna().unique()), dtype=object)
    return tuple(codes), _places(chains, "measure_id", codes, may_miss=True)


def _taken(chains: pd.DataFrame, slot: str, resources: pd.DataFrame) -> tuple[Places, Uses]:
    """Return per chain the resource it takes from in a slot (-1: none) and how much of it (0 where none)."""
    if f"{slot}_resource_id" not in chains:
        return np.full(len(chains), NONE, dtype=np.int32), np.zeros(len(chains), dtype=np.int64)
    of_slot = np.flatnonzero(resources["layer"] == slot).astype(np.int32)
    place = _places(chains, f"{slot}_resource_id", resources["resource_id"].iloc[of_slot], may_miss=True)
    uses = chains.assign(**{f"{slot}_use": chains[f"{slot}_use"].where(place >= 0, 0)})
    use = _whole(uses, "chains", "need_id", {f"{slot}_use": 0})[f"{slot}_use"].to_numpy()
    return np.append(of_slot, np.int32(NONE))[place], use


def _refuse(frame: pd.DataFrame, is_wrong: pd.Series[bool], name: str, key: str, column: str) -> None:
    """Raise QuestionError for the first row that is wrong."""
    if is_wrong.any():
        row = frame[is_wrong.to_numpy()].iloc[0]
        raise QuestionError("assist_program_value", frame=name, id=str(row[key]), column=column, value=str(row[column]))
