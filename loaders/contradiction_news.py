"""What a load did to the contradictions between feeds: how many are open, how many are new, and of which feeds."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from loaders.id_sets import is_among

GROUP = ["subject_kind", "aspect", "held_feed", "other_feed"]
MOST_GROUPS = 50
"""As many groups are told: a report is read by people, and the graph has all of them."""


@dataclass(frozen=True)
class ContradictionGroup:
    """New contradictions alike: of things of one kind, on one property, indicator or relationship, between two feeds.

    `held_feed` is the one that is believed.
    """

    subject_kind: str
    aspect: str
    held_feed: str
    other_feed: str
    count: int


@dataclass(frozen=True)
class ContradictionNews:
    """How many contradictions are open, how many of them are new, and how many that were open are closed or gone.

    `groups`: the new ones by what they are about, the most frequent first.
    """

    open_count: int
    new_count: int
    gone_count: int
    groups: tuple[ContradictionGroup, ...]


def contradiction_news(before: pd.DataFrame | None, after: pd.DataFrame) -> ContradictionNews:
    """Return what is new in the nodes of contradictions `after` beside those `before`; None before a first graph."""
    known = after["id"].iloc[:0] if before is None else before["id"]
    new = after[~is_among(after["id"], known)]
    # A contradiction that people stated names no feeds.
    counted = new[GROUP].fillna("").groupby(GROUP, sort=True).size().reset_index(name="count")
    counted = counted.sort_values("count", ascending=False, kind="stable").head(MOST_GROUPS)
    return ContradictionNews(
        open_count=len(after),
        new_count=len(new),
        gone_count=int((~is_among(known, after["id"])).sum()),
        groups=tuple(
            ContradictionGroup(
                subject_kind=str(row["subject_kind"]),
                aspect=str(row["aspect"]),
                held_feed=str(row["held_feed"]),
                other_feed=str(row["other_feed"]),
                count=int(row["count"]),
            )
            for row in counted.to_dict("records")
        ),
    )
