"""Contradictions told with names and ages, and counted by what they are about, by feeds and by place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analysis.contradictions.parts import Contradiction, ContradictionCount, Effect, PlaceContradictions, Said, Wording
from analysis.contradictions.wordings import aspect_label, kind_of, value_wording, wording
from analysis.frames import Row, rows_of, text_in
from graph_schema import Schema

EFFECTS: Mapping[str, Effect] = {"property": "value_held", "observation": "both_count", "spell": "spell_shown"}
ALIKE = ["subject_kind", "aspect", "held_feed", "other_feed"]


def told_contradictions(schema: Schema, rows: pd.DataFrame, *, day: date) -> tuple[Contradiction, ...]:
    """Return contradictions (`frames.CONTRADICTIONS`) as they are shown on `day`, in their order."""
    return tuple(_told(schema, row, day) for row in rows_of(rows))


def counted_alike(schema: Schema, counts: pd.DataFrame) -> tuple[ContradictionCount, ...]:
    """Return how many contradictions are alike, the most frequent first. In: `frames.COUNTS`."""
    alike = counts.groupby(ALIKE, dropna=False, as_index=False, sort=True)[["contradiction_count"]].sum()
    alike = alike.sort_values("contradiction_count", ascending=False, kind="stable")
    return tuple(
        ContradictionCount(
            subject_kind=_kind_word(schema, row["subject_kind"]),
            aspect=_aspect_word(schema, row),
            believed_feed=_feed_word(schema, row["held_feed"]),
            other_feed=_feed_word(schema, row["other_feed"]),
            count=int(str(row["contradiction_count"])),
        )
        for row in rows_of(alike)
    )


def counted_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return contradictions (`frames.CONTRADICTIONS`) counted one by one, as `counted_alike` takes them."""
    return rows[ALIKE].assign(contradiction_count=1)


def counted_places(counts: pd.DataFrame, *, show_sensitive: bool) -> tuple[PlaceContradictions, ...]:
    """Return the places that have contradictions, by id; sensitive ones are counted apart unless they may be shown."""
    is_hidden = counts["is_sensitive"] & (not show_sensitive)
    numbers = counts["contradiction_count"].astype("int64")
    summed = counts[["place_id", "name"]].assign(shown=numbers.where(~is_hidden, 0), hidden=numbers.where(is_hidden, 0))
    places = summed.groupby(["place_id", "name"], dropna=False, as_index=False, sort=True)[["shown", "hidden"]].sum()
    return tuple(
        PlaceContradictions(
            place_id=str(row["place_id"]),
            name=text_in(row, "name"),
            count=int(str(row["shown"])),
            hidden_count=int(str(row["hidden"])),
        )
        for row in rows_of(places)
    )


def _told(schema: Schema, row: Row, day: date) -> Contradiction:
    product = schema.products.get(str(row["product_id"]))
    reasons = {code.code: code.label for code in schema.code_list("held_reason").codes}
    return Contradiction(
        contradiction_id=str(row["contradiction_id"]),
        rule_id=str(row["rule_id"]),
        subject_kind=_kind_word(schema, row["subject_kind"]),
        subject_id=text_in(row, "subject_id"),
        household_id=text_in(row, "household_id"),
        aspect=_aspect_word(schema, row),
        product=wording(row["product_id"], product.label if product else None),
        believed=_said(schema, row, "held", day),
        other=_said(schema, row, "other", day),
        reason=wording(row["held_reason"], reasons.get(str(row["held_reason"]))),
        effect=EFFECTS.get(str(row["rule_id"]), "stated") if row["held_feed"] is not None else "stated",
        is_sensitive=bool(row["is_sensitive"]),
    )


def _said(schema: Schema, row: Row, side: str, day: date) -> Said | None:
    feed = _feed_word(schema, row[f"{side}_feed"])
    if feed is None:
        return None
    on = row[f"{side}_on"]
    said_on = on if isinstance(on, date) else None
    return Said(
        feed=feed,
        value=value_wording(schema, row["subject_kind"], row["aspect"], row[f"{side}_text"]),
        on=said_on,
        age_days=None if said_on is None or said_on > day else (day - said_on).days,
    )


def _kind_word(schema: Schema, kind: object) -> Wording | None:
    found = kind_of(schema, kind)
    return wording(kind, found.label if found else None)


def _aspect_word(schema: Schema, row: Row) -> Wording | None:
    return wording(row["aspect"], aspect_label(schema, row["subject_kind"], row["aspect"]))


def _feed_word(schema: Schema, feed: object) -> Wording | None:
    found = schema.feeds.get(str(feed))
    return wording(feed, found.label if found else None)
