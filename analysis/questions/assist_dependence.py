"""What falls of an assistance plan if a programme, an enterprise or a cooperative goes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.assistance.parts import Party
from analysis.assistance.plan.classes import Flags
from analysis.assistance.plan.rules import rules_text
from analysis.assistance.plan.why.dependence import Dependence, chains_of, dependence_on
from analysis.errors import QuestionError, SubjectNotFound
from analysis.frames import Row, rows_of
from analysis.questions.assist_dependence_answer import AssistDependenceAnswer, Fall, HouseholdFall, VillageFall
from analysis.questions.assist_moves import may_show
from analysis.questions.assist_plan import assist_plan_asked, assist_plan_notices
from analysis.questions.assist_plan_made import MadeAssistPlan
from analysis.questions.assist_plan_told import WEIGHTED_IN_A_YUAN, place_of
from analysis.questions.assist_telling import AssistIndex, Telling, money, named, said, together
from graph_schema import Schema
from graph_schema.messages import Label

_FALL = ("before_fen", "fallen_fen", "after_fen", "lost_fen")


def told_assist_dependence(
    index: AssistIndex,
    schema: Schema,
    *,
    programme_id: str | None = None,
    enterprise_id: str | None = None,
    cooperative_id: str | None = None,
    seconds: float | None = None,
    show_sensitive: bool = False,
) -> AssistDependenceAnswer:
    """Return what falls if one of these goes, and what the best plan without it makes good.

    `seconds`: what planning anew may take; None for as long as the plan was given. Raises QuestionError where not
    exactly one is named, SubjectNotFound where the plan does not know it.
    """
    asked = {"Programme": programme_id, "Enterprise": enterprise_id, "Cooperative": cooperative_id}
    given = [(kind, id_) for kind, id_ in asked.items() if id_ is not None]
    if len(given) != 1:
        raise QuestionError("assist_dependence_of_one")
    made, telling = index.made, Telling(index.made, schema, show_sensitive=show_sensitive)
    party = telling.party(*given[0])
    found = dependence_on(
        made.allocation.program,
        made.plan,
        _gone(index, *given[0]),
        seconds=made.how.seconds if seconds is None else seconds,
        most_programmes=made.how.most_programmes,
    )
    needs = _needs(found)
    shown = may_show(telling, needs)
    hidden = int(_falls(needs).sum() - _falls(shown).sum())
    households = _summed(needs, ["household_id"])
    total = {name: int(needs[name].sum()) for name in _FALL}
    total["lost_fen"] = total["before_fen"] - total["after_fen"]
    by_village = _summed(needs, ["village_id"])
    text = _text(party, found, (households, by_village), total)
    return AssistDependenceAnswer(
        asked=assist_plan_asked(made),
        as_of=made.day,
        is_made_up=made.source.is_made_up,
        notices=assist_plan_notices(made, hidden),
        show_sensitive=show_sensitive,
        hidden_count=hidden,
        party=party,
        help_count=found.chain_count,
        household_count=_with_fall(households),
        total=Fall.model_validate(total),
        fallen_yuan=-found.falls.weighted_gain / WEIGHTED_IN_A_YUAN,
        lost_yuan=-found.left.weighted_gain / WEIGHTED_IN_A_YUAN,
        is_exact=found.is_exact,
        dropped_rule_count=len(found.dropped.all),
        by_village=tuple(_village_fall(made, row) for row in by_village),
        households=tuple(_household_fall(made, row) for row in _summed(shown, ["household_id", "village_id"])),
        text_en=text.en,
        text_zh=text.zh,
    )


def _gone(index: AssistIndex, kind: str, id_: str) -> Flags:
    """Return the chains through a party; none where it is known, and no chain leads through it."""
    allocation = index.made.allocation
    try:
        return chains_of(allocation.program, **{f"{kind.lower()}_id": id_})
    except SubjectNotFound:
        if (kind, id_) not in allocation.names:
            raise
        return np.zeros(len(allocation.program.chains), dtype=np.bool_)


def _needs(found: Dependence) -> pd.DataFrame:
    """Return per need what the plan covers, what falls, and what is left; both sides name the same needs."""
    needs = found.left.needs
    return needs[["need_id", "household_id", "village_id", "cause_id", "before_fen", "after_fen", "lost_fen"]].assign(
        fallen_fen=found.falls.needs["lost_fen"]
    )


def _falls(needs: pd.DataFrame) -> pd.Series[bool]:
    return (needs["fallen_fen"] > 0) | (needs["lost_fen"] > 0)


def _summed(needs: pd.DataFrame, keys: list[str]) -> list[Row]:
    """Return the sums by keys where something falls or is lost on balance, most fallen first."""
    sums = needs.groupby(keys, sort=True)[list(_FALL)].sum().reset_index()
    sums = sums.assign(lost_fen=(sums["before_fen"] - sums["after_fen"]).clip(lower=0))
    order = sums[_falls(sums)].sort_values(["fallen_fen", "lost_fen", keys[0]], ascending=[False, False, True])
    return rows_of(order)


def _with_fall(rows: list[Row]) -> int:
    return sum(int(str(row["fallen_fen"])) > 0 for row in rows)


def _village_fall(made: MadeAssistPlan, row: Row) -> VillageFall:
    return VillageFall.model_validate({**_amounts(row), "village": place_of(made, row["village_id"])})


def _household_fall(made: MadeAssistPlan, row: Row) -> HouseholdFall:
    place = {"household_id": row["household_id"], "village": place_of(made, row["village_id"])}
    return HouseholdFall.model_validate({**_amounts(row), **place})


def _amounts(row: Row) -> Row:
    return {name: row[name] for name in _FALL}


def _text(party: Party, found: Dependence, rows: tuple[list[Row], list[Row]], total: dict[str, int]) -> Label:
    """Return what falls in sentences. `rows`: by household, by village."""
    if not total["fallen_fen"]:
        return said("assist_dependence_nothing", party=named(party))
    lost = max(total["lost_fen"], 0)
    text = said(
        "assist_dependence",
        party=named(party),
        fallen=money(total["fallen_fen"]),
        households=_with_fall(rows[0]),
        villages=_with_fall(rows[1]),
        made_good=money(total["fallen_fen"] - lost),
        lost=money(lost),
    )
    if not found.dropped.is_empty:
        text = together(text, said("assist_dependence_dropped", rules=rules_text(found.dropped)))
    return text if found.is_exact else together(text, said("assist_not_exact"))
