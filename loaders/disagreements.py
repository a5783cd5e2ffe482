"""On which values of one thing the feeds differ, whose value is held, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from loaders.facts import CODE_JOINT
from loaders.graph_frames import empty_frame

SAID_COLUMNS = ("aspect", "held_feed", "other_feed", "held_text", "other_text", "held_on", "other_on", "held_reason")
"""One row per feed that says something else than the one whose value is held."""

FEED_ORDER, NEWEST = "feed_order", "newest"
"""The codes of `held_reason`."""

# Enough digits for any measured number, and few enough that 0.1 + 0.2 reads 0.3.
NUMBER_FORM = "{:.12g}"
DAYS = "datetime64[s]"


def disagreements(
    contested: pd.DataFrame,
    *,
    keys: Sequence[str],
    blocks: Sequence[Sequence[str]],
    orders: Mapping[str, tuple[str, ...]],
) -> pd.DataFrame | None:
    """Return what the feeds differ on: `keys`, `SAID_COLUMNS` and `is_made_up`, a row per value that is not held.

    None when they differ on nothing, which is the rule.

    In: one fact per key and feed, the oldest first, of keys that several feeds speak of; and the value columns in
    blocks that are held together, from the first feed of the order that fills any of them. The days are those on which
    the values were recorded.
    """
    names = [name for block in blocks for name in block]
    different = contested.groupby(list(keys), sort=False)[names].nunique().gt(1).any()
    pieces = [
        _of_column(contested, name, block=block, keys=keys, order=orders[block[0]])
        for block in blocks
        for name in block
        if different[name]
    ]
    found = [piece for piece in pieces if len(piece)]
    return pd.concat(found, ignore_index=True) if found else None


def no_disagreements(keys: Sequence[str]) -> pd.DataFrame:
    """Return the frame of `disagreements` without rows."""
    nothing = empty_frame((*keys, *SAID_COLUMNS))
    return nothing.astype({"held_on": DAYS, "other_on": DAYS}).assign(is_made_up=pd.Series(dtype="boolean"))


def _of_column(
    contested: pd.DataFrame, name: str, *, block: Sequence[str], keys: Sequence[str], order: tuple[str, ...]
) -> pd.DataFrame:
    giving = contested[contested[list(block)].notna().any(axis=1)]
    giving = giving[giving.groupby(list(keys), sort=False)[name].transform("nunique") > 1]
    # The newest first, then by rank: the order in which the current view takes its values.
    giving = giving.iloc[::-1]
    rank = ranks(giving["feed"], order)
    giving = giving.iloc[np.argsort(rank, kind="stable")]
    said = giving[[*keys, "feed", "is_made_up"]].assign(
        text=value_texts(giving[name]), on=days_of(giving["recorded_at"]), is_ranked=np.sort(rank) < len(order)
    )
    return pairs_against_first(said, keys).assign(aspect=name)[[*keys, *SAID_COLUMNS, "is_made_up"]]


def pairs_against_first(
    said: pd.DataFrame, keys: Sequence[str], differ: Callable[[pd.DataFrame], pd.Series] | None = None
) -> pd.DataFrame:
    """Return each later row of a key beside the first, where both give a text and they differ.

    In: `keys`, `feed`, `text`, `on`, `is_made_up`, `is_ranked` (the policy names the feed), the one that is held first;
    other columns come back twice, with `held_` and `other_` before them. `differ` says which pairs differ, in place of
    their texts.
    """
    held = said.drop_duplicates(list(keys))
    others = said[said.duplicated(list(keys))]
    own = [name for name in said.columns if name not in keys]
    pairs = (
        held.rename(columns={name: f"held_{name}" for name in own})
        .merge(others.rename(columns={name: f"other_{name}" for name in own}), on=list(keys))
        .dropna(subset=["held_text", "other_text"])
    )
    is_different = different_texts(pairs) if differ is None else differ(pairs)
    pairs = pairs[is_different.to_numpy()].reset_index(drop=True)
    reason = pd.Series(FEED_ORDER, index=pairs.index, dtype="str").mask(~pairs["held_is_ranked"].astype("bool"), NEWEST)
    is_made_up = pairs["held_is_made_up"].astype("boolean") | pairs["other_is_made_up"].astype("boolean")
    return pairs.assign(held_reason=reason, is_made_up=is_made_up)


def different_texts(pairs: pd.DataFrame) -> pd.Series:
    """Return, pair by pair, whether the two texts differ; several codes in another order are the same."""
    differ = pairs["held_text"] != pairs["other_text"]
    several = differ & pairs["held_text"].str.contains(CODE_JOINT) & pairs["other_text"].str.contains(CODE_JOINT)
    if not several.any():
        return differ
    same = pairs.loc[several, "held_text"].map(_codes) == pairs.loc[several, "other_text"].map(_codes)
    return differ & ~same.reindex(pairs.index, fill_value=False)


def _codes(text: str) -> str:
    return CODE_JOINT.join(sorted({code.strip() for code in text.split(CODE_JOINT)}))


def value_texts(values: pd.Series) -> pd.Series:
    """Return values as texts: days as 2026-04-20, flags as yes and no, numbers as short as they are exact."""
    if pd.api.types.is_bool_dtype(values.dtype):
        return values.map({True: "yes", False: "no"}).astype("str")
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        form = "%Y-%m-%d" if getattr(values.dtype, "tz", None) is None else "%Y-%m-%dT%H:%M:%SZ"
        days: pd.Series = values.dt.strftime(form).astype("str")
        return days
    if pd.api.types.is_float_dtype(values.dtype):
        return values.map(NUMBER_FORM.format, na_action="ignore").astype("str")
    return values.astype("str")


def days_of(instants: pd.Series) -> pd.Series:
    """Return the days (UTC) of instants."""
    days: pd.Series = instants.dt.tz_convert(None).dt.normalize().astype(DAYS)
    return days


def ranks(feeds: pd.Series, order: Sequence[str]) -> np.ndarray:
    """Return the place of each feed in the order of the policy; feeds that it does not name come after, as equals."""
    return feeds.map({feed: place for place, feed in enumerate(order)}).fillna(len(order)).to_numpy(dtype="int64")
