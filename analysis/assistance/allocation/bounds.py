"""What is left to give on a day: budgets, places and partners' shares, less what is promised or paid already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analysis.assistance.allocation.frames import AllocationFrames
from analysis.assistance.allocation.joins import NONE, Places, places_in, sums
from analysis.assistance.allocation.needs import promised
from analysis.assistance.links import PARTNERSHIP_ENDS, PARTNERSHIP_STARTS, current, with_state
from analysis.errors import QuestionError
from analysis.frames import day_stamp
from policy.assistance_states import DONE, STANDING, STOPPED


@dataclass(frozen=True)
class Bounds:
    """What programmes, their offers and their partners have left, each frame in the order of its ids.

    `programmes`: programme_id, programme_name, agency_id, agency_name text, budget_fen, promised_fen, left_fen int64
    (never below 0), household_limit_fen int64 (-1: none), eligible_codes, prerequisite, is_running flag. `offers`:
    programme (its place), measure_id, cause_id, share, cost_fen int64, prerequisite, place_count and places_left int64
    (-1: no bound). `partners`: programme (its place), partner_kind, partner_id, place_count, places_left, budget_fen,
    left_fen int64 (-1: no bound): those that hold on the day. `given`: household_id, programme (its place),
    amount_fen: what each household has had of a programme in its period. `unknown_offers`: programme_id and measure_id
    of offers that no measure of the vocabulary stands behind, or none that does something.
    """

    programmes: pd.DataFrame
    offers: pd.DataFrame
    partners: pd.DataFrame
    given: pd.DataFrame
    unknown_offers: pd.DataFrame


def bounds_on(frames: AllocationFrames, table: pd.DataFrame, day: date) -> Bounds:
    """Return what is left on a day. `table`: as `measure_table`.

    Money counts from the day on which the programme begins: what each help holds (`policy.assistance_states.held_fen`),
    and where no amount is told, what the programme offers the measure for. Places count help planned or running.

    Raises QuestionError for a budget, a limit, a cost or a number of places below zero, and for a programme that is
    told twice.
    """
    _check(frames)
    listed = frames.programmes.sort_values("programme_id", ignore_index=True)
    index: pd.Index = pd.Index(listed["programme_id"], dtype="object")
    offers, unknown = _offers(frames.offers, index, table)
    paid = _paid(frames, listed, index, offers, table)
    once = _once(paid)
    spent = sums(once["programme"].to_numpy(), once["amount_fen"].to_numpy(), len(index))
    budget = _whole(listed["budget_fen"], 0)
    stamp = day_stamp(day)
    is_running = (listed["starts_on"] <= stamp) & ~(listed["ends_on"] < stamp)
    programmes = pd.DataFrame(
        {
            **{name: listed[name] for name in ("programme_id", "programme_name", "agency_id", "agency_name")},
            "budget_fen": budget,
            "promised_fen": spent,
            "left_fen": np.maximum(budget - spent, 0),
            "household_limit_fen": _whole(listed["household_limit_fen"], NONE),
            "eligible_codes": listed["eligible_codes"],
            "prerequisite": listed["prerequisite"],
            "is_running": is_running.to_numpy(bool),
        }
    )
    running = promised(frames.help, day).drop_duplicates(["assistance_id"])
    running = running.assign(programme=places_in(index, running["programme_id"]))
    return Bounds(
        programmes=programmes,
        offers=_with_places(offers, running),
        partners=_partners(frames.partnerships, index, day, running, paid),
        given=_of_households(paid),
        unknown_offers=unknown,
    )


def _check(frames: AllocationFrames) -> None:
    counted = {
        "programmes": ("programme_id", ("budget_fen", "household_limit_fen")),
        "offers": ("programme_id", ("place_count", "cost_fen")),
        "partnerships": ("programme_id", ("place_count", "budget_fen")),
        "resources": ("resource_id", ("capacity",)),
    }
    for name, (key, columns) in counted.items():
        frame = getattr(frames, name)
        for column in columns:
            _refuse(frame, (frame[column] < 0).fillna(False), name, key, column)
    _refuse(
        frames.programmes, frames.programmes.duplicated("programme_id"), "programmes", "programme_id", "programme_id"
    )


def _refuse(frame: pd.DataFrame, is_wrong: pd.Series, name: str, key: str, column: str) -> None:
    if is_wrong.any():
        row = frame[is_wrong.to_numpy(bool)].iloc[0]
        raise QuestionError("assist_program_value", frame=name, id=str(row[key]), column=column, value=str(row[column]))


def _whole(column: pd.Series, missing: int) -> Places:
    return column.fillna(missing).to_numpy(dtype=np.int64)


def _offers(offers: pd.DataFrame, index: pd.Index, table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the offers of programmes that there are, at what they cost, and those of measures that are not known."""
    placed = offers.assign(programme=places_in(index, offers["programme_id"]))
    placed = placed[placed["programme"] != NONE].drop_duplicates(["programme", "measure_id"])
    known = placed["measure_id"].isin(table["measure_id"])
    found = placed[known].merge(table.rename(columns={"cost_fen": "usual_fen"}), on="measure_id", how="left")
    found = found.sort_values(["programme", "measure_id"], ignore_index=True)
    cost = found["cost_fen"].astype("Int64").fillna(found["usual_fen"].astype("Int64"))
    columns = ["programme", "measure_id", "cause_id", "share", "prerequisite"]
    kept = found[columns].assign(
        cost_fen=cost.to_numpy(dtype=np.int64), place_count=_whole(found["place_count"].astype("Int64"), NONE)
    )
    return kept, placed[~known][["programme_id", "measure_id"]].reset_index(drop=True)


def _paid(
    frames: AllocationFrames, programmes: pd.DataFrame, index: pd.Index, offers: pd.DataFrame, table: pd.DataFrame
) -> pd.DataFrame:
    """Return the help under programmes that counts in their periods: HELP with programme (its place) and what it holds.

    Columns: household_id, assistance_id, provider_kind, provider_id, programme, amount_fen.
    """
    help_ = frames.help.assign(programme=places_in(index, frames.help["programme_id"]))
    help_ = help_[help_["programme"] != NONE]
    begins = programmes["starts_on"].to_numpy()[help_["programme"].to_numpy()]
    help_ = help_[~(help_["starts_on"].to_numpy() < begins)]
    usual = offers[["programme", "measure_id", "cost_fen"]]
    priced = help_.merge(usual, on=["programme", "measure_id"], how="left").merge(
        frames.payments.drop_duplicates("assistance_id"), on="assistance_id", how="left"
    )
    standard = priced["measure_id"].map(table.set_index("measure_id")["cost_fen"])
    amount = priced["amount_fen"].astype("Int64")
    for other in (priced["cost_fen"], standard):
        amount = amount.fillna(other.astype("Int64"))
    kept = priced[["household_id", "assistance_id", "provider_kind", "provider_id", "programme"]]
    found: pd.DataFrame = kept.assign(amount_fen=_held(priced, _whole(amount, 0))).reset_index(drop=True)
    return found


def _held(help_: pd.DataFrame, amount: Places) -> Places:
    """Return what each help holds of a budget, as `policy.assistance_states.held_fen` says it of one."""
    is_told = (help_["approved_fen"].notna() | help_["paid_fen"].notna()).to_numpy(bool)
    approved, paid = (_whole(help_[name].astype("Int64"), 0) for name in ("approved_fen", "paid_fen"))
    status, most = help_["assistance_status"], np.maximum(approved, paid)
    return np.select(
        [status.isin(STANDING), (status == DONE) & is_told, status == DONE, status == STOPPED],
        [np.maximum(amount, most), most, amount, paid],
        default=0,
    )


def _once(paid: pd.DataFrame) -> pd.DataFrame:
    """Return each help once, though it may stand with two households."""
    return paid.drop_duplicates(["assistance_id", "programme"])


def _with_places(offers: pd.DataFrame, running: pd.DataFrame) -> pd.DataFrame:
    taken = running.groupby(["programme", "measure_id"]).size().rename("taken").reset_index()
    count = offers[["programme", "measure_id"]].merge(taken, how="left")["taken"].fillna(0).to_numpy(dtype=np.int64)
    place_count = offers["place_count"].to_numpy()
    return offers.assign(places_left=np.where(place_count == NONE, NONE, np.maximum(place_count - count, 0)))


def _partners(
    partnerships: pd.DataFrame, index: pd.Index, day: date, running: pd.DataFrame, paid: pd.DataFrame
) -> pd.DataFrame:
    """Return the partnerships that hold on the day and what they have left."""
    state = with_state(partnerships, day, starts=PARTNERSHIP_STARTS, ends=PARTNERSHIP_ENDS)
    held = current(state).assign(programme=lambda frame: places_in(index, frame["programme_id"]))
    held = held[held["programme"] != NONE].drop_duplicates(["programme", "partner_kind", "partner_id"])
    held = held.sort_values(["programme", "partner_kind", "partner_id"], ignore_index=True)
    by = ["programme", "provider_kind", "provider_id"]
    keys = held[["programme", "partner_kind", "partner_id"]].set_axis(by, axis=1)
    taken = running.groupby(by).size().rename("number").reset_index()
    spent = _once(paid).groupby(by)["amount_fen"].sum().rename("number").reset_index()
    places, budget = (_whole(held[name].astype("Int64"), NONE) for name in ("place_count", "budget_fen"))
    taken_count, spent_fen = (
        keys.merge(frame, how="left")["number"].fillna(0).to_numpy(dtype=np.int64) for frame in (taken, spent)
    )
    return held[["programme", "partner_kind", "partner_id"]].assign(
        place_count=places,
        places_left=np.where(places == NONE, NONE, np.maximum(places - taken_count, 0)),
        budget_fen=budget,
        left_fen=np.where(budget == NONE, NONE, np.maximum(budget - spent_fen, 0)),
    )


def _of_households(paid: pd.DataFrame) -> pd.DataFrame:
    return paid.groupby(["household_id", "programme"])["amount_fen"].sum().reset_index()
