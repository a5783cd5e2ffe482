"""What if something were different at one household: what is found there, the help that runs, a link's strength?

asked = HouseholdChanges(confirmed={"M02": 0.8}, given=("B38",))
household_what_if(store, schema, model, "h1", asked, day=day, level=0.3)
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from analysis.assistance.words import cause_word
from analysis.errors import QuestionError
from analysis.fetch.risk import risk_of_household
from analysis.questions.answer import Notice, asked_about, notice
from analysis.questions.household_what_if_answer import HouseholdChange, HouseholdWhatIfAnswer, RiskAt, StateMoved
from analysis.questions.household_what_if_asked import HouseholdChanges
from analysis.questions.household_what_if_told import (
    FoundToday,
    check_changes,
    found_today,
    severity_of,
    told_findings,
    told_measures,
    told_strengths,
)
from analysis.risk.households import RiskHouseholds
from analysis.risk.model import RiskModel
from analysis.scenarios.changes import Changes, changes_of
from analysis.scenarios.effects import Effects
from analysis.scenarios.situation import Situation, situation_of
from analysis.scenarios.what_if import what_if
from analysis.subject import FoundSubject, Subject
from graph_schema import Schema
from graph_store import GraphStore
from policy import Policy

HOUSEHOLD = "Household"
LEVEL = "risk.level"
# Two exact sums of the same thing may differ in their last digits, and no more.
_SAME = 1e-12


def household_what_if(
    store: GraphStore,
    schema: Schema,
    policy: Policy,
    model: RiskModel,
    household_id: str,
    asked: HouseholdChanges,
    *,
    day: date,
    level: float | None = None,
    show_sensitive: bool = False,
    households: RiskHouseholds | None = None,
) -> HouseholdWhatIfAnswer:
    """Return the risk of a household before and after the changes, as of `day`.

    `level`: at or above it a household stands high; that of the policy for its area when None. `households`: some that
    were read of the same graph, network and day, this one among them; read when left out.
    Raises SubjectNotFound for a household that is not there, SensitiveSubject for a change that would tell whether a
    sensitive cause is found there, and QuestionError for a code, link or measure that is not known, a number out of
    range, one cause or measure changed twice, or a severity of what is not found there.
    """
    check_changes(schema, model, asked, show_sensitive=show_sensitive)
    known = households or risk_of_household(store, model.network, model.measures, household_id, day)
    place = known.row_of(household_id)
    now = situation_of(model.engine, model.measures, known).only(np.array([place]))
    today = found_today(now)
    if level is None:
        level = policy.number(LEVEL, area_id=known.place_of[place], day=day)
    effects = what_if(now, _changes(now, household_id, asked, today), level=level)
    changes = (
        *told_findings(schema, asked, today),
        *told_measures(schema, model, asked, now, known.prerequisites[place].tolist()),
        *told_strengths(schema, model, asked.strengths),
    )
    is_made_up = bool(known.is_made_up[place])
    before, after = float(effects.before[0]), float(effects.after[0])
    return HouseholdWhatIfAnswer(
        asked=asked_about(FoundSubject(Subject(HOUSEHOLD, household_id), None, is_made_up)),
        as_of=day,
        is_made_up=is_made_up,
        notices=_notices(model, changes, effects, is_made_up=is_made_up, show_sensitive=show_sensitive),
        network_version=model.version,
        is_learned=model.is_learned,
        level=level,
        show_sensitive=show_sensitive,
        changes=changes,
        before=RiskAt(with_help=before, without_help=float(effects.before_without_help[0])),
        after=RiskAt(with_help=after, without_help=float(effects.after_without_help[0])),
        change=after - before,
        crosses="upward" if len(effects.upward) else "downward" if len(effects.downward) else None,
        is_high_before=before >= level,
        is_high_after=after >= level,
        states=_states(schema, now, effects),
    )


def _changes(now: Situation, household_id: str, asked: HouseholdChanges, today: Mapping[str, FoundToday]) -> Changes:
    def at(code: str) -> dict[str, object]:
        return {"household": household_id, "cause": code}

    for code in asked.severity:
        if code not in today or today[code].severity is None:
            raise QuestionError("what_if_not_found_there", cause=code)
    confirmed = [{**at(code), "severity": severity_of(code, asked, today)} for code in asked.confirmed]
    refuted = [{**at(code), "status": "refuted"} for code in asked.refuted]
    return changes_of(
        now,
        added=[*confirmed, *refuted],
        # What is confirmed takes the place of what was found, so that it may also be less severe than that.
        closed=[at(code) for code in (*asked.confirmed, *asked.closed)],
        severity=[{**at(code), "severity": severity} for code, severity in asked.severity.items()],
        given=[{"household": household_id, "measure": code} for code in asked.given],
        taken=[{"household": household_id, "measure": code} for code in asked.taken],
        strengths=asked.strengths,
    )


def _states(schema: Schema, now: Situation, effects: Effects) -> tuple[StateMoved, ...]:
    told = []
    for each in effects.states:
        # Where nothing is touched the means are those of nobody.
        before = each.mean_before if effects.touched_count else float(now.risk(each.state)[0])
        after = each.mean_after if effects.touched_count else before
        word = cause_word(schema, each.state)
        told.append(
            StateMoved(
                code=word.id,
                name_en=word.name_en,
                name_zh=word.name_zh,
                before=before,
                after=after,
                is_moved=abs(after - before) > _SAME,
            )
        )
    return tuple(told)


def _notices(
    model: RiskModel,
    changes: tuple[HouseholdChange, ...],
    effects: Effects,
    *,
    is_made_up: bool,
    show_sensitive: bool,
) -> tuple[Notice, ...]:
    notices = [notice("notice_made_up")] if is_made_up else []
    if not model.is_learned:
        notices.append(notice("notice_risk_score"))
    notices.append(notice("notice_score_not_decision"))
    if not show_sensitive:
        notices.append(notice("notice_risk_sensitive_hidden"))
    if not changes:
        notices.append(notice("notice_what_if_unchanged"))
    elif not effects.moved_count:
        notices.append(notice("notice_what_if_unmoved"))
    if any(each.prerequisite_met == "not_met" for each in changes):
        notices.append(notice("notice_what_if_not_met"))
    return tuple(notices)
