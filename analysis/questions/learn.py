"""What do the outcomes of an area say of the strengths of the links?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.errors import QuestionError
from analysis.fetch.places import find_subject
from analysis.learning.from_history import Past, YearHistory, past_of, state_indicators
from analysis.learning.learn import learn as learn_from
from analysis.learning.report import LearningReport
from analysis.learning.versions import LearnedNetwork, learned_network
from analysis.questions.answer import Notice, asked_about, notice
from analysis.questions.learn_answer import LearnAnswer, LearnYear
from analysis.questions.learn_told import Telling, base_rate_told, effects_told, held_out_told, links_told, notes_told
from analysis.questions.network import small_areas
from analysis.questions.network_links import sensitive_links
from analysis.risk.model import expert_model
from analysis.subject import FoundSubject, Subject
from graph_schema import Schema
from graph_store import GraphStore

HistoryReader = Callable[[str, date, date], YearHistory]
"""Reads one year of an area: its id, the first and the last day."""


@dataclass(frozen=True)
class Learned:
    """The answer, and the learned network that may be kept or written to a file. `hidden`: links without counts."""

    answer: LearnAnswer
    network: LearnedNetwork
    hidden: frozenset[str]


def learn(
    store: GraphStore,
    schema: Schema,
    area_id: str,
    read_year: HistoryReader,
    *,
    day: date,
    start: date | None = None,
    is_known_then: bool = False,
    show_sensitive: bool = False,
) -> Learned:
    """Return what the outcomes of an area until `day` say of every link.

    Learned from is each whole year from `start` to `day`; the last one when it is None. `read_year` gives the
    households of the area with what was held on the first day and what came; `is_known_then` says that it told only
    what had been recorded by then. Sensitive links of a town or village are told without counts unless
    `show_sensitive`. Raises SubjectNotFound for an unknown area, QuestionError where there is no whole year.
    """
    found = find_subject(store, schema, Subject("Area", area_id), ("Area",))
    model = expert_model(schema)
    years = [read_year(area_id, first, last) for first, last in whole_years(start or _year_after(day, -1), day)]
    past = past_of(model.network, model.measures, years, state_indicators(schema))
    report = learn_from(model.network, past.outcomes)
    learned = learned_network(model.network, report, area=area_id, data_on=years[-1].end, based_on=model.version)
    hides = not show_sensitive and area_id in small_areas(store, [area_id])
    hidden = sensitive_links(schema) if hides else frozenset()
    answer = LearnAnswer(
        asked=asked_about(found),
        as_of=day,
        is_made_up=_is_made_up(found, years),
        notices=_notices(report, past, years, is_known_then=is_known_then, hides=hides, found=found),
        based_on=model.version,
        learned_version=learned.version.id,
        years=tuple(LearnYear(start=year.start, end=year.end, household_count=len(year.households)) for year in years),
        household_count=past.household_count,
        household_year_count=len(past.ids),
        is_known_then=is_known_then,
        **_told(Telling(schema, hidden, hides=hides), learned),
    )
    return Learned(answer, learned, hidden)


def whole_years(start: date, day: date) -> list[tuple[date, date]]:
    """Return first and last day of each whole year from `start` that is over by `day`, one after another.

    Raises QuestionError where there is none.
    """
    years, first = [], start
    while (last := _year_after(first)) <= day:
        years.append((first, last))
        first = last
    if not years:
        raise QuestionError("learn_no_year", start=start, day=day)
    return years


def _year_after(day: date, years: int = 1) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        # The 29th of February: in another year it is the 28th.
        return day.replace(year=day.year + years, day=day.day - 1)


def _told(telling: Telling, learned: LearnedNetwork) -> dict[str, object]:
    report = learned.report
    links = links_told(telling, report)
    return {
        "is_too_few": not report.tested,
        "fewest_exposed": report.rules.fewest_exposed,
        "interval_level": report.rules.level,
        "verdicts": _counted([link.verdict for link in links]),
        "notes": notes_told(report),
        "links": links,
        "effects": effects_told(telling, report),
        "base_rate": base_rate_told(telling, report),
        "leak_factor": learned.leak_factor,
        "held_out": held_out_told(report),
        "residual": report.residual,
    }


def _counted(verdicts: Sequence[str]) -> dict[str, int]:
    return {verdict: verdicts.count(verdict) for verdict in sorted(set(verdicts))}


def _is_made_up(found: FoundSubject, years: Sequence[YearHistory]) -> bool:
    return found.is_made_up or any(bool(year.households["is_made_up"].any()) for year in years)


def _notices(
    report: LearningReport,
    past: Past,
    years: Sequence[YearHistory],
    *,
    is_known_then: bool,
    hides: bool,
    found: FoundSubject,
) -> tuple[Notice, ...]:
    count, households = len(past.ids), past.household_count
    told = [
        (_is_made_up(found, years), notice("notice_made_up")),
        (not report.tested, notice("notice_learn_too_few", fewest=report.rules.fewest_exposed)),
        (len(years) > 1, notice("notice_learn_household_years", count=f"{count:,}", households=f"{households:,}")),
        (not is_known_then, notice("notice_learn_known_now")),
        (is_known_then, notice("notice_learn_known_then")),
        (hides, notice("notice_learn_counts_hidden")),
    ]
    return tuple(each for is_so, each in told if is_so)
