"""Why an assistance plan does what it does for a household, and what would cover more of its needs."""

from __future__ import annotations

import pandas as pd

from analysis.assistance.allocation.refusals import refusals
from analysis.assistance.plan.why.uncovered import Opening, openings, why_open
from analysis.assistance.words import cause_word
from analysis.errors import SensitiveSubject, SubjectNotFound
from analysis.frames import rows_of
from analysis.questions.assist_chain_parts import OpenWay
from analysis.questions.assist_plan import assist_plan_asked, assist_plan_notices
from analysis.questions.assist_plan_told import place_of
from analysis.questions.assist_refused import refused_part
from analysis.questions.assist_second import second_parts
from analysis.questions.assist_telling import (
    AssistIndex,
    Telling,
    joined,
    money,
    named,
    said,
    way_label,
    word,
)
from analysis.questions.assist_why_answer import AssistWhyAnswer, NeedWhy
from graph_schema import Schema
from graph_schema.messages import Label

# So many ways to cover more of a need are told.
TOLD_OPENINGS = 5


def told_assist_why(
    index: AssistIndex,
    schema: Schema,
    household_id: str,
    *,
    cause_id: str | None = None,
    show_sensitive: bool = False,
) -> AssistWhyAnswer:
    """Return what the plan does for a household; `cause_id`: for this cause of it only.

    Raises SubjectNotFound for a household that was not planned for or a cause that is not held open there, and
    SensitiveSubject for a cause that may not be shown.
    """
    made, telling = index.made, Telling(index.made, schema, show_sensitive=show_sensitive)
    if cause_id is not None and not telling.showing.may_show(cause_id):
        raise SensitiveSubject("sensitive_cause_asked", cause=word(cause_word(schema, cause_id)))
    home = made.allocation.needs.households.get_indexer(pd.Index([household_id]))[0]
    if home < 0:
        raise SubjectNotFound("unknown_in_assist_plan", id=household_id)
    needs = _own(index.covered, household_id, cause_id)
    unpriced = _own(made.allocation.unpriced, household_id, cause_id)
    if cause_id is not None and needs.empty and unpriced.empty:
        raise SubjectNotFound("unknown_in_assist_plan", id=f"{household_id}/{cause_id}")
    worst_first = needs.sort_values(["severity_weight", "need_id"], ascending=[False, True])
    places = [place for place in worst_first.index.tolist() if not telling.hides_need(place)]
    parts = [_need_why(index, telling, place) for place in places]
    without, hidden_without = telling.showing.causes(unpriced["cause_id"].astype(str))
    second, hidden_second = second_parts(index, telling, household_id)
    hidden = len(needs) - len(parts) + hidden_without + hidden_second + sum(count for _, count in parts)
    sums = {name: int(needs.loc[places, name].sum()) for name in ("need_fen", "covered_fen")}
    left = sums["need_fen"] - sums["covered_fen"]
    text = said("assist_why_household_none")
    if parts:
        labels = {"need": money(sums["need_fen"]), "covered": money(sums["covered_fen"]), "left": money(left)}
        text = said("assist_why_household", **labels)
    return AssistWhyAnswer(
        asked=assist_plan_asked(made),
        as_of=made.day,
        is_made_up=made.source.is_made_up,
        notices=assist_plan_notices(made, hidden),
        show_sensitive=show_sensitive,
        hidden_count=hidden,
        household_id=household_id,
        village=place_of(made, made.allocation.needs.village[home]),
        **sums,
        left_fen=left,
        needs=tuple(part for part, _ in parts),
        without_measure=without,
        second_helps=second,
        text_en=text.en,
        text_zh=text.zh,
    )


def _own(frame: pd.DataFrame, household_id: str, cause_id: str | None) -> pd.DataFrame:
    own = frame[frame["household_id"] == household_id]
    return own if cause_id is None else own[own["cause_id"] == cause_id]


def _need_why(index: AssistIndex, telling: Telling, need: int) -> tuple[NeedWhy, int]:
    """Return a need (position) told, and how much of it may not be."""
    row, units = index.covered.iloc[need], index.made.plan.units
    cause = cause_word(telling.schema, str(row["cause_id"]))
    given = [chain for chain in index.stands.chains_of(need) if units[chain]]
    left = int(row["need_fen"] - row["covered_fen"])
    found = openings(index.stands, need) if left else []
    shown = [opening for opening in found if not telling.hides(opening.chain)]
    offers = rows_of(refusals(index.made.allocation, str(row["need_id"]))) if left else []
    told = [
        offer for offer in offers if offer["measure_id"] is None or not telling.hides_measure(str(offer["measure_id"]))
    ]
    reason = _reason(index, need) if left else None
    amounts = {"need": money(int(row["need_fen"])), "covered": money(int(row["covered_fen"])), "left": money(left)}
    text = (
        said("assist_why_whole", cause=word(cause), covered=amounts["covered"])
        if reason is None
        else left_text(word(cause), amounts, reason)
    )
    helps = [telling.way(chain) for chain in given if not telling.hides(chain)]
    part = NeedWhy(
        need_id=str(row["need_id"]),
        cause=cause,
        tier=int(row["tier"]),
        need_fen=int(row["need_fen"]),
        covered_fen=int(row["covered_fen"]),
        left_fen=left,
        reason=reason,
        helps=tuple(helps),
        openings=tuple(open_way(telling, opening) for opening in shown[:TOLD_OPENINGS]),
        opening_count=len(shown),
        refused=tuple(refused_part(telling, offer) for offer in told),
        text_en=text.en,
        text_zh=text.zh,
    )
    return part, len(given) - len(helps) + len(found) - len(shown) + len(offers) - len(told)


def left_text(cause: Label, amounts: dict[str, Label], reason: str) -> Label:
    """Return how much of a need stays open and why, in a sentence. `amounts`: its need and what is left."""
    why = said(f"assist_reason_{reason}")
    return said("assist_why_left", cause=cause, left=amounts["left"], need=amounts["need"], reason=why)


def _reason(index: AssistIndex, need: int) -> str:
    """Return why something of a need is left; where no chain reaches it, what stops the offer that gets furthest."""
    if len(index.stands.chains_of(need)):
        return why_open(index.stands, need)[0]
    open_needs = index.made.open_needs
    return str(open_needs.loc[open_needs["need"] == need, "reason"].iloc[0])


def open_way(telling: Telling, opening: Opening) -> OpenWay:
    """Return a chain through which more could be covered, told."""
    way = telling.way(opening.chain)
    changes = tuple(telling.change(change, measure_id=way.measure.id) for change in opening.changes)
    fields: dict[str, object] = {
        "programme": named(way.programme),
        "measure": word(way.measure),
        "way": way_label(way),
        "cover": money(way.cover_fen),
        "cost": money(way.cost_fen),
    }
    if changes:
        fields["changes"] = joined([Label(each.text_en, each.text_zh) for each in changes])
    text = said("assist_opening" if changes else "assist_opening_free", **fields)
    return OpenWay(way=way, changes=changes, text_en=text.en, text_zh=text.zh)
