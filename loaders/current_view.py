"""What is held of each thing on one day: one row made of all that the feeds say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from loaders.disagreements import disagreements, ranks
from loaders.ordering import in_order

FeedOrder = tuple[str, ...]


@dataclass(frozen=True)
class CurrentView:
    """`rows`: one per key, sorted by it: the keys, the values, `feed` (which spoke of it first) and `is_made_up`.

    `disagreements`: what the feeds differ on, in the form of `disagreements.disagreements`; None when on nothing.
    """

    rows: pd.DataFrame
    disagreements: pd.DataFrame | None


def current_view(
    facts: pd.DataFrame,
    *,
    keys: Sequence[str],
    orders: Mapping[str, FeedOrder],
    day: date,
    one_of: Sequence[Sequence[str]] = (),
) -> CurrentView:
    """Return the current view of one fact table.

    `orders` names the value columns, each with the feeds in the order they are believed; feeds that are not listed
    come after, the newest fact first. The first feed that gives a value decides it, so a feed that is silent on a
    property hides nobody. Of the columns of one `one_of` group only one stays filled. A row is made up when any fact
    that gave one of its values is; without any value, when any fact of it is.
    """
    columns = [*keys, *orders, "feed", "is_made_up"]
    if facts.empty:
        return CurrentView(facts[columns], None)
    speaking = speaking_facts(facts, keys=keys, day=day)
    several = speaking.duplicated(list(keys), keep=False)
    rows = speaking.loc[~several, columns]
    differing = None
    if several.any():
        contested = speaking[several]
        merged = _merged(contested, keys=keys, orders=orders, one_of=one_of)
        merged = merged.merge(_first_feeds(facts, contested, keys), on=list(keys))
        blocks = _blocks(list(orders), one_of)
        differing = disagreements(contested, keys=keys, blocks=blocks, orders=orders)
        rows = pd.concat([rows, merged[columns]])
    return CurrentView(in_order(rows, keys), differing)


def speaking_facts(facts: pd.DataFrame, *, keys: Sequence[str], day: date) -> pd.DataFrame:
    """Return the one fact per key and feed that says what the feed holds on `day`, the newest last.

    It is the newest one valid on the day (recorded last, then loaded last, then lower in its file). A newer fact that
    has ended silences an older one that began before that end: so a feed ends what it once said without an end. A whole
    period that was over before the older one was recorded is another one, and silences nothing.
    """
    today = pd.Timestamp(day)
    begun = facts[~(facts["valid_from"] > today)]
    if not begun.duplicated(list(keys)).any():
        return begun[~(begun["valid_to"] < today)]
    begun = begun.iloc[_by_age(begun)].assign(age=np.arange(len(begun)))
    over = begun["valid_to"] < today
    owner = [*keys, "feed"]
    newest = begun[~over].drop_duplicates(owner, keep="last")
    if over.any():
        ends = begun.loc[over, [*owner, "valid_from", "valid_to", "age"]]
        pairs = newest[[*owner, "valid_from", "recorded_at", "age"]].merge(ends, on=owner, suffixes=("", "_end"))
        # What names no beginning held at least when it was recorded: a whole period before that is another one.
        recorded_on = pairs["recorded_at"].dt.tz_convert(None).dt.normalize().astype(pairs["valid_from"].dtype)
        begins = pairs["valid_from"].where(pairs["valid_from"].notna() | pairs["valid_from_end"].isna(), recorded_on)
        silenced = pairs[(pairs["age_end"] > pairs["age"]) & ~(pairs["valid_to"] < begins)]
        newest = newest[~newest["age"].isin(silenced["age"])]
    return newest.drop(columns="age")


def _by_age(facts: pd.DataFrame) -> np.ndarray:
    load_order = pd.factorize(facts["load_id"], sort=True)[0]
    recorded = facts["recorded_at"].astype("int64").to_numpy()
    return np.lexsort((facts["source_row"].to_numpy(dtype="int64"), load_order, recorded))


def _merged(
    contested: pd.DataFrame, *, keys: Sequence[str], orders: Mapping[str, FeedOrder], one_of: Sequence[Sequence[str]]
) -> pd.DataFrame:
    contested = contested.iloc[::-1].reset_index(drop=True)
    group = contested.groupby(list(keys), sort=True).ngroup()
    ranked = {order: _ranked(contested["feed"], group, order) for order in set(orders.values())}
    merged = contested[list(keys)].assign(group=group).drop_duplicates("group").set_index("group").sort_index()
    merged["is_made_up"] = pd.Series(False, index=merged.index, dtype="boolean")
    for names in _blocks(list(orders), one_of):
        order = ranked[orders[names[0]]]
        block = contested[[*names, "is_made_up"]].iloc[order].assign(group=group)
        giving = block[block[list(names)].notna().any(axis=1)].drop_duplicates("group").set_index("group")
        for name in names:
            merged[name] = giving[name].reindex(merged.index)
        merged["is_made_up"] |= giving["is_made_up"].reindex(merged.index).fillna(False)
    valueless = merged[list(orders)].isna().all(axis=1)
    any_made_up = contested["is_made_up"].groupby(group).any()
    merged["is_made_up"] |= valueless & any_made_up
    return merged.reset_index(drop=True)


def _first_feeds(facts: pd.DataFrame, contested: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return keys and feed: who spoke first of each contested thing, however often others added to it since."""
    spoken = facts.merge(contested[list(keys)].drop_duplicates(), on=list(keys))
    return spoken.iloc[_by_age(spoken)].drop_duplicates(list(keys))[[*keys, "feed"]]


def _ranked(feeds: pd.Series, group: pd.Series, order: FeedOrder) -> np.ndarray:
    # The rows stand newest first, and lexsort keeps that order among equals.
    return np.lexsort((ranks(feeds, order), group.to_numpy()))


def _blocks(names: Sequence[str], one_of: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    joined = {name for group in one_of for name in group}
    return [*(tuple(group) for group in one_of), *((name,) for name in names if name not in joined)]
