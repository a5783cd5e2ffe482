"""Relationships that stand for spells: residence, stay, membership, employment."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from loaders.graph_frames import empty_frame, telling_ends
from loaders.id_sets import is_among
from loaders.ordering import in_order


@dataclass(frozen=True)
class ShownSpells:
    """`rows`: one per pair of ends, with `ended_on` null while the spell is open.

    `overlapping`: the member (columns `member_kind`, `member_id`) of two open spells where one is allowed.
    """

    rows: pd.DataFrame
    overlapping: pd.DataFrame


def shown_spells(
    spells: pd.DataFrame,
    *,
    cardinality: Literal["n:1", "1:n", "n:m"],
    day: date,
    kept_open: Collection[str] = frozenset(),
) -> ShownSpells:
    """Return the spells that the graph shows on `day`, one per pair of ends: the open one, else the latest.

    In: the ends, `starts_on`, `ends_on` (its last day) and any properties. A spell that has not begun is left out; one
    that is over carries `ended_on`. Where a node may have one relationship of the kind, the spell begun last ends the
    others on the day it begins. The last spell of a node in `kept_open` stays open when it has no other.
    """
    if spells.empty:
        none = spells.drop(columns="starts_on").rename(columns={"ends_on": "ended_on"})
        return ShownSpells(none, empty_frame(("member_kind", "member_id")))
    today = pd.Timestamp(day)
    begun = spells[~(spells["starts_on"] > today)].reset_index(drop=True)
    is_over = begun["ends_on"] < today
    begun = begun.assign(ended_on=begun["ends_on"].where(is_over), is_open=~is_over)
    ends = telling_ends(begun)
    member = _member(cardinality)
    alone = ~begun.duplicated(member or ends, keep=False)
    several = in_order(begun[~alone], ["is_open", "starts_on", "ends_on", *ends], nulls="first")
    several = several.drop_duplicates(ends, keep="last")
    overlapping = pd.DataFrame({"member_kind": several["from_kind"].iloc[:0], "member_id": several["from_id"].iloc[:0]})
    only = begun[alone]
    if member:
        only, several = (_last_kept_open(part, member, kept_open) for part in (only, several))
        several, overlapping = _one_open(several, member)
    rows = pd.concat([only, several]).drop(columns=["is_open", "ends_on", "starts_on"])
    return ShownSpells(in_order(rows, ends), in_order(overlapping, ["member_kind", "member_id"]))


def _member(cardinality: Literal["n:1", "1:n", "n:m"]) -> list[str]:
    """Return the end columns of the node that may have one relationship of the kind; none where many are allowed."""
    sides = {"n:1": "from", "1:n": "to"}
    return [f"{sides[cardinality]}_kind", f"{sides[cardinality]}_id"] if cardinality in sides else []


def _one_open(shown: pd.DataFrame, member: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    still_open = shown[shown["ended_on"].isna()]
    last_open = still_open.drop_duplicates(member, keep="last")
    older = still_open[still_open.duplicated(member, keep="last")]
    if older.empty:
        return shown, older[member].set_axis(["member_kind", "member_id"], axis=1)
    begins = older[member].merge(last_open[[*member, "starts_on"]], on=member, how="left")["starts_on"]
    closed = shown.copy()
    closed.loc[older.index, "ended_on"] = begins.to_numpy()
    members = older[member].drop_duplicates().set_axis(["member_kind", "member_id"], axis=1)
    return closed, members


def _last_kept_open(shown: pd.DataFrame, member: list[str], kept_open: Collection[str]) -> pd.DataFrame:
    if not kept_open:
        return shown
    own = shown[is_among(shown[member[1]], pd.Series(sorted(kept_open), dtype="str"))]
    has_other = own["ended_on"].isna().groupby(own[member[1]]).transform("any")
    wanted = own[~has_other]
    last = wanted.sort_values(["ended_on", "starts_on", *telling_ends(wanted)]).drop_duplicates(member, keep="last")
    kept = shown.copy()
    kept.loc[last.index, "ended_on"] = pd.NaT
    return kept
