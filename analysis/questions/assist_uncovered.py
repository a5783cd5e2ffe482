"""All needs that an assistance plan does not cover whole, each with the reason that binds."""

from __future__ import annotations

import numpy as np

from analysis.assistance.plan.why.uncovered import openings
from analysis.assistance.words import cause_word
from analysis.frames import Row, rows_of
from analysis.page import Page, cut_page
from analysis.questions.assist_plan import assist_plan_asked, assist_plan_notices
from analysis.questions.assist_telling import AssistIndex, Telling, money, word
from analysis.questions.assist_why import left_text, open_way
from analysis.questions.assist_why_answer import AssistUncoveredAnswer, UncoveredNeed
from graph_schema import Schema


def told_assist_uncovered(
    index: AssistIndex,
    schema: Schema,
    *,
    page: Page | None = None,
    village_id: str | None = None,
    reason: str | None = None,
    show_sensitive: bool = False,
) -> AssistUncoveredAnswer:
    """Return the needs that are not covered whole, by household; `village_id`, `reason`: only those."""
    made, telling = index.made, Telling(index.made, schema, show_sensitive=show_sensitive)
    found = made.open_needs
    needs = index.covered.iloc[found["need"].to_numpy(dtype=np.int64)].reset_index(drop=True)
    rows = found.reset_index(drop=True).assign(
        **{name: needs[name] for name in ("household_id", "village_id", "cause_id")}
    )
    if village_id is not None:
        rows = rows[rows["village_id"] == village_id]
    if reason is not None:
        rows = rows[rows["reason"] == reason]
    causes = {cause: telling.showing.may_show(str(cause)) for cause in rows["cause_id"].unique()}
    shown = rows[rows["cause_id"].map(causes).astype(bool)]
    cut = cut_page(shown, "household_id", page or Page())
    hidden = len(rows) - len(shown)
    return AssistUncoveredAnswer(
        asked=assist_plan_asked(made),
        as_of=made.day,
        is_made_up=made.source.is_made_up,
        notices=assist_plan_notices(made, hidden),
        show_sensitive=show_sensitive,
        hidden_count=hidden,
        village_id=village_id,
        reason=reason,
        total=cut.total,
        needs=tuple(_uncovered_need(index, telling, row) for row in rows_of(cut.rows[["need", "reason"]])),
        next_after=cut.next_after,
    )


def _uncovered_need(index: AssistIndex, telling: Telling, found: Row) -> UncoveredNeed:
    need = int(str(found["need"]))
    row = index.covered.iloc[need]
    cause = cause_word(telling.schema, str(row["cause_id"]))
    left = int(row["need_fen"] - row["covered_fen"])
    amounts = {"need": money(int(row["need_fen"])), "left": money(left)}
    text = left_text(word(cause), amounts, str(found["reason"]))
    shown = (each for each in openings(index.stands, need) if not telling.hides(each.chain))
    opening = next(shown, None)
    return UncoveredNeed(
        need_id=str(row["need_id"]),
        household_id=str(row["household_id"]),
        village=telling.village_of(need),
        cause=cause,
        tier=int(row["tier"]),
        need_fen=int(row["need_fen"]),
        left_fen=left,
        reason=str(found["reason"]),
        opening=None if opening is None else open_way(telling, opening),
        text_en=text.en,
        text_zh=text.zh,
    )
