"""What the filters of `assistance` mean: whom they let through, which help counts, which programmes are asked about."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.assistance.words import target_word
from analysis.errors import SensitiveSubject
from analysis.fetch import assistance as fetch
from analysis.fetch.census import with_cause
from analysis.fetch.places import find_subject
from analysis.links.census import Census, Flags
from analysis.links.parts import Filters, FilterWord
from analysis.links.selection import Narrowing, WithHelp, everything
from analysis.sensitivity import is_sensitive_cause, is_sensitive_help, is_sensitive_measure
from analysis.subject import FoundSubject, Subject
from graph_schema import Schema
from graph_schema.messages import Label
from graph_store import GraphStore


@dataclass(frozen=True)
class AssistanceAsked:
    """The filters as asked: ids of an area and a programme, codes of a measure and a cause; None for no filter."""

    area: str | None = None
    programme: str | None = None
    measure: str | None = None
    cause: str | None = None
    help: WithHelp | None = None


@dataclass(frozen=True)
class FilterMeaning:
    """The filters with their names, the narrowing of the census, and the programmes whose chains are asked about.

    `only_these`: chains through other programmes do not count, since the filters are about these. `may_be_asked`: the
    programmes that are not refused as a filter for what they offer.
    """

    filters: Filters
    narrowing: Narrowing
    programme_ids: tuple[str, ...]
    only_these: bool
    may_be_asked: tuple[str, ...]


def meaning_of(
    store: GraphStore, schema: Schema, census: Census, asked: AssistanceAsked, *, show_sensitive: bool
) -> FilterMeaning:
    """Return what the filters mean.

    Raises SubjectNotFound for an id or code that is not there, and SensitiveSubject where the list of households would
    itself tell who has a sensitive cause.
    """
    filters = _filters(store, schema, asked)
    offers = _offers(store, census)
    if not show_sensitive:
        _refuse_what_tells(schema, census, filters, offers)
    narrowing, against = everything(census), list[set[str]]()
    if asked.area is not None:
        narrowing = replace(narrowing, lives_there=census.living_in(census.areas_under(asked.area)))
    if asked.cause is not None:
        has_cause = with_cause(store, census, [asked.cause])
        narrowing = replace(narrowing, has_cause=has_cause, counts=census.help_aimed_at(asked.cause))
        against.append({asked.cause})
    if asked.measure is not None:
        counts = narrowing.counts & _is(census, "measure_id", asked.measure)
        narrowing = replace(narrowing, counts=counts, of_concern=True)
        against.append(_targets(schema, {asked.measure}))
    if asked.programme is not None:
        counts = narrowing.counts & _is(census, "programme_id", asked.programme)
        narrowing = replace(narrowing, counts=counts, of_concern=True)
        against.append(_targets(schema, offers.get(asked.programme, set())))
    if against:
        has_finding = with_cause(store, census, sorted(set.intersection(*against)))
        narrowing = replace(narrowing, has_finding=has_finding & _may_be_helped(census, asked.programme))
    return FilterMeaning(
        filters=filters,
        narrowing=narrowing,
        programme_ids=_programmes(store, census, asked, offers),
        only_these=bool(against),
        may_be_asked=tuple(
            str(name)
            for name in census.programmes["programme_id"].unique()
            if show_sensitive or not any(is_sensitive_measure(schema, code) for code in offers.get(str(name), ()))
        ),
    )


def _filters(store: GraphStore, schema: Schema, asked: AssistanceAsked) -> Filters:
    words = {"Area": asked.area, "Programme": asked.programme, "Measure": asked.measure, "Cause": asked.cause}
    found = {
        kind.lower(): None if id_ is None else filter_word(find_subject(store, schema, Subject(kind, id_), (kind,)))
        for kind, id_ in words.items()
    }
    return Filters.model_validate({**found, "help": asked.help})


def filter_word(found: FoundSubject) -> FilterWord:
    """Return a subject that was found as an answer states it."""
    name = found.name
    return FilterWord(
        kind=found.subject.kind,
        id=found.subject.id,
        name_en=name.en if name else None,
        name_zh=name.zh if name else None,
    )


def _offers(store: GraphStore, census: Census) -> dict[str, set[str]]:
    offered: dict[str, set[str]] = {}
    for programme_id, measure_id in fetch.offers_of(store, census.programmes["programme_id"])[
        ["programme_id", "measure_id"]
    ].itertuples(index=False):
        offered.setdefault(str(programme_id), set()).add(str(measure_id))
    return offered


def _targets(schema: Schema, measure_ids: set[str]) -> set[str]:
    words = [target_word(schema, measure_id) for measure_id in measure_ids]
    return {word.id for word in words if word is not None}


def _may_be_helped(census: Census, programme_id: str | None) -> Flags:
    """Return for every household whether it lives where the programme may help; everywhere if it names no area."""
    listed = census.programmes[census.programmes["programme_id"] == programme_id]["area_id"].dropna()
    if listed.empty:
        return np.ones(len(census.household_ids), dtype=bool)
    return census.living_in(np.logical_or.reduce([census.areas_under(str(area_id)) for area_id in listed]))


def _programmes(
    store: GraphStore, census: Census, asked: AssistanceAsked, offers: dict[str, set[str]]
) -> tuple[str, ...]:
    if asked.programme is not None:
        return (asked.programme,)
    if asked.area is not None:
        found = {*fetch.programmes_of_area(store, asked.area)}
    else:
        found = {str(name) for name in census.programmes["programme_id"]}
    if asked.cause is not None:
        found &= {*fetch.programmes_of_cause(store, asked.cause)}
    if asked.measure is not None:
        found &= {name for name, measures in offers.items() if asked.measure in measures}
    return tuple(sorted(found))


def _is(census: Census, column: str, id_: str) -> Flags:
    return np.asarray(census.help[column] == id_, dtype=bool)


def _refuse_what_tells(schema: Schema, census: Census, filters: Filters, offers: dict[str, set[str]]) -> None:
    """Refuse a filter whose list would say of a household that it has a sensitive cause, or help that tells of one.

    To leave out single households instead would not do: who then is on neither list has what is hidden.
    """
    cause, measure, programme = filters.cause, filters.measure, filters.programme
    if cause is not None and is_sensitive_cause(schema, cause.id):
        raise SensitiveSubject("sensitive_cause_asked", cause=_label(cause))
    if measure is not None and _tells(schema, census, {measure.id}, _is(census, "measure_id", measure.id)):
        raise SensitiveSubject("sensitive_measure_asked", measure=_label(measure))
    if programme is not None:
        offered = offers.get(programme.id, set())
        if _tells(schema, census, offered, _is(census, "programme_id", programme.id)):
            raise SensitiveSubject("sensitive_programme_asked", programme=_label(programme))


def _tells(schema: Schema, census: Census, measure_ids: set[str], given: Flags) -> bool:
    if any(is_sensitive_measure(schema, measure_id) for measure_id in measure_ids):
        return True
    return any(is_sensitive_help(schema, *help_) for help_ in {*census.aims_of_help(given)})


def _label(word: FilterWord) -> Label:
    return Label(en=word.name_en or word.id, zh=word.name_zh or word.id)
