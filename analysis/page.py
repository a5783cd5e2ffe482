"""Long lists, a page at a time, by key: whole households, never half of one."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.errors import QuestionError


@dataclass(frozen=True)
class Page:
    """Which part of the lists is wanted: at most `limit` keys, those after `after` (None = from the first)."""

    limit: int = 100
    after: str | None = None

    def __post_init__(self) -> None:
        if self.limit < 1:
            raise QuestionError("limit_too_small", limit=self.limit)


@dataclass(frozen=True)
class Cut:
    """One page of a frame: its rows, how many rows there are in all, and the key to go on after (None = the end)."""

    rows: pd.DataFrame
    total: int
    next_after: str | None


def cut_page(frame: pd.DataFrame, key: str, page: Page) -> Cut:
    """Return the rows of the first `page.limit` different keys after `page.after`, in the order of the key."""
    keys = sorted({str(value) for value in frame[key] if page.after is None or str(value) > page.after})
    shown = keys[: page.limit]
    rows = frame[frame[key].isin(shown)].sort_values(key, kind="stable", ignore_index=True)
    return Cut(rows=rows, total=len(frame), next_after=shown[-1] if len(keys) > len(shown) else None)
