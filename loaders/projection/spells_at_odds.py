"""Spells that exclude each other by two feeds: a person in two households at once, a household at home in two areas."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from graph_schema import Schema
from graph_schema.meta import RelationshipKind
from loaders.disagreements import SAID_COLUMNS, no_disagreements
from loaders.projection.ends import named_ends
from loaders.projection.views import Views

BEGUN_LAST = "begun_last"
"""The code of `held_reason`: of two open spells the one begun last is shown."""

SUBJECT = ("subject_kind", "subject_id")


def spells_at_odds(
    views: Views, spells: Mapping[str, pd.DataFrame], overlapping: pd.DataFrame, *, schema: Schema, day: date
) -> pd.DataFrame:
    """Return one row per open spell that the graph does not show as open, beside the one of another feed that it does.

    A feed that forgot to end its own older spell contradicts nobody; `graph_check` tells of it. In: the spells that the
    graph shows, by kind, and who has two open ones where one is allowed. Out: `SUBJECT`, `SAID_COLUMNS` and
    `is_made_up`; the aspect is the kind, the texts are the far ends, the days those of the begin.
    """
    pieces = []
    for name, members in overlapping.groupby("kind", sort=True):
        kind = schema.relationship_kind(str(name))
        if kind.projected_from in schema.node_kinds:
            pieces.append(
                _of_kind(views, spells[kind.name], kind, members=members["member_id"], day=day, schema=schema)
            )
    full = [piece for piece in pieces if len(piece)]
    return pd.concat(full, ignore_index=True) if full else no_disagreements(SUBJECT)


def _of_kind(
    views: Views, shown: pd.DataFrame, kind: RelationshipKind, *, members: pd.Series, day: date, schema: Schema
) -> pd.DataFrame:
    near, far = ("from", "to") if kind.cardinality == "n:1" else ("to", "from")
    stated = _open_spells(views, kind, members=members, near=near, day=day, schema=schema)
    held = shown.loc[shown["ended_on"].isna() & shown[f"{near}_id"].isin(members), [f"{near}_id", f"{far}_id"]]
    held = held.set_axis(["subject_id", "held_far"], axis=1).drop_duplicates("subject_id")
    joined = stated.merge(held, on="subject_id")
    is_held = joined["far"] == joined["held_far"]
    sides = [
        joined[rows][["subject_id", "subject_kind", "far", "feed", "starts_on", "is_made_up"]]
        .drop_duplicates(["subject_id", "far"])
        .rename(columns={"far": f"{side}_text", "feed": f"{side}_feed", "starts_on": f"{side}_on"})
        for side, rows in (("held", is_held), ("other", ~is_held))
    ]
    pairs = sides[0].merge(sides[1].drop(columns="subject_kind"), on="subject_id", suffixes=("", "_other"))
    pairs = pairs[pairs["held_feed"] != pairs["other_feed"]]
    is_made_up = pairs["is_made_up"].astype("boolean") | pairs["is_made_up_other"].astype("boolean")
    pairs = pairs.assign(aspect=kind.name, held_reason=BEGUN_LAST, is_made_up=is_made_up)
    return pairs[[*SUBJECT, *SAID_COLUMNS, "is_made_up"]]


def _open_spells(
    views: Views, kind: RelationshipKind, *, members: pd.Series, near: str, day: date, schema: Schema
) -> pd.DataFrame:
    """Return the open spells of the members, newest begin first: who, the far end, the feed, the first day."""
    source = str(kind.projected_from)
    rows, columns = views.rows(source), schema.fact_table(source).columns
    sides = {"from": kind.from_kinds, "to": kind.to_kinds}
    ends = {
        side: named_ends(rows, [column for column in columns if set(column.refers_to) & set(kinds)])
        for side, kinds in sides.items()
    }
    far = "to" if near == "from" else "from"
    stated = pd.DataFrame(
        {
            "subject_kind": ends[near]["kind"],
            "subject_id": ends[near]["id"],
            "far": ends[far]["id"],
            **{name: rows[name] for name in ("feed", "starts_on", "ends_on", "is_made_up")},
        }
    )
    today = pd.Timestamp(day)
    is_open = ~(stated["starts_on"] > today) & ~(stated["ends_on"] < today) & stated["subject_id"].isin(members)
    return stated[is_open & stated["far"].notna()].sort_values(["starts_on", "far"], ascending=[False, True])
