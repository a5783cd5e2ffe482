"""The parts of the answer to `scenario`, composed of what the what-if found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.page import Page
from analysis.places.words import place
from analysis.questions.answer import asked_about
from analysis.questions.chains_answer import Listing
from analysis.questions.household_what_if_answer import StateMoved
from analysis.questions.scenario_answer import (
    CauseChanged,
    Depth,
    HouseholdCrossing,
    MeasureChanged,
    PlaceChanged,
    Published,
    ScenarioAsked,
    ScenarioValue,
    Text,
    Totals,
    WayReached,
)
from analysis.risk.findings import Flags, Numbers, Places
from analysis.scenarios import effects as found
from analysis.scenarios.asked import Values
from analysis.scenarios.named import ScenarioChanges
from analysis.scenarios.situation import Situation
from analysis.sensitivity import is_sensitive_cause, is_sensitive_measure
from analysis.subject import FoundSubject
from analysis.why.names import cause_name, measure_name
from analysis.why.parts import Named, WhySource
from graph_schema import Schema
from graph_schema.messages import Label
from graph_schema.meta import Names
from policy.scenarios import PublishedContext, Scenario

_SAME = 1e-12
# Ways by which help that ends leads to a household.
_BY_HELP = frozenset({"help", "help_to_member"})


@dataclass(frozen=True)
class AreaName:
    """The name and level of an area, None where no feed gave one."""

    name: str | None
    level: str | None


AreaNames = Mapping[str, AreaName]


def named(code: str, label: Label | Names) -> Named:
    """Return a code with its names."""
    return Named(code=code, name_en=label.en, name_zh=label.zh)


def told_asked(
    schema: Schema, scenario: Scenario, values: Values, filled: Iterable[str], area: FoundSubject | None
) -> ScenarioAsked:
    """Return the scenario with what was filled in; `filled`: the names of the parameters that were."""
    label = scenario.label
    return ScenarioAsked(
        code=scenario.code,
        name_en=label.en,
        name_zh=label.zh,
        says=_text(scenario.says),
        event=named(scenario.event_cause, cause_name(schema, scenario.event_cause)),
        values=tuple(_values(scenario, values, frozenset(filled))),
        area=None if area is None else asked_about(area),
    )


def _values(scenario: Scenario, values: Values, filled: frozenset[str]) -> Iterator[ScenarioValue]:
    for each in scenario.parameters:
        node, number = values.nodes.get(each.name), values.numbers.get(each.name)
        if node is not None or number is not None:
            yield ScenarioValue(
                code=each.name,
                name_en=each.label.en,
                name_zh=each.label.zh,
                holds=each.holds,
                node=None if node is None else asked_about(node),
                number=number,
                is_default=each.name not in filled,
            )


def told_ways(schema: Schema, changes: ScenarioChanges) -> tuple[WayReached, ...]:
    """Return the paths of the scenario, in words and with their counts."""
    return tuple(
        WayReached(
            code=each.way.code,
            name_en=each.way.label.en,
            name_zh=each.way.label.zh,
            path=path_text(schema, each.way.path),
            depth=each.way.depth,
            household_count=each.household_count,
            nearest_count=each.nearest_count,
        )
        for each in changes.ways
    )


def path_text(schema: Schema, path: Sequence[str]) -> Text:
    """Return a path as the kinds of nodes that it runs over."""
    labels = [schema.node_kind(kind).label for kind in path[::2]]
    return Text(text_en=" → ".join(each.en for each in labels), text_zh=" → ".join(each.zh for each in labels))


def totals(risks: Numbers, levels: Numbers) -> Totals:
    """Return the risks of households together."""
    return Totals(
        expected_returns=float(risks.sum()),
        mean=float(risks.mean()) if len(risks) else 0.0,
        high_count=int((risks >= levels).sum()),
    )


def depth(told: found.Depth) -> Depth:
    """Return how far risks move."""
    return Depth(mean_change=told.mean_change, largest_change=told.largest_change)


def told_states(schema: Schema, effects: found.Effects) -> tuple[StateMoved, ...]:
    """Return the states, none where nobody is touched: there are no means of nobody."""
    return tuple(
        StateMoved(
            **dict(named(each.state, cause_name(schema, each.state))),
            before=each.mean_before,
            after=each.mean_after,
            is_moved=abs(each.mean_after - each.mean_before) > _SAME,
        )
        for each in effects.states
        if effects.touched_count
    )


def told_causes(schema: Schema, effects: found.Effects, *, show_sensitive: bool) -> tuple[CauseChanged, ...]:
    """Return what is found anew by cause, the sensitive ones together at the end unless they are shown."""
    shown: list[found.CauseEffect] = []
    hidden: list[found.CauseEffect] = []
    for each in effects.causes:
        is_hidden = not show_sensitive and is_sensitive_cause(schema, each.cause)
        (hidden if is_hidden else shown).append(each)
    told = [
        CauseChanged(
            cause=named(each.cause, cause_name(schema, each.cause)),
            household_count=each.household_count,
            **dict(depth(each.depth)),
        )
        for each in shown
    ]
    if hidden:
        count = sum(each.household_count for each in hidden)
        change = sum(each.depth.mean_change * each.household_count for each in hidden)
        largest = max((each.depth.largest_change for each in hidden), key=abs)
        told.append(CauseChanged(cause=None, household_count=count, mean_change=change / count, largest_change=largest))
    return tuple(told)


def told_measures(schema: Schema, effects: found.Effects, *, show_sensitive: bool) -> tuple[MeasureChanged, ...]:
    """Return the measures that begin or stop, those that tell of a sensitive cause together unless they are shown."""
    shown: list[found.MeasureEffect] = []
    hidden: list[found.MeasureEffect] = []
    for each in effects.measures:
        is_hidden = not show_sensitive and is_sensitive_measure(schema, each.measure)
        (hidden if is_hidden else shown).append(each)
    told = [
        MeasureChanged(
            measure=named(each.measure, measure_name(schema, each.measure)),
            begins_count=each.begins_count,
            stops_count=each.stops_count,
        )
        for each in shown
    ]
    if hidden:
        begins, stops = sum(each.begins_count for each in hidden), sum(each.stops_count for each in hidden)
        told.append(MeasureChanged(measure=None, begins_count=begins, stops_count=stops))
    return tuple(told)


def told_places(
    schema: Schema, names: AreaNames, situation: Situation, effects: found.Effects
) -> tuple[PlaceChanged, ...]:
    """Return the areas where somebody is touched; households whose home is unknown stand in none."""
    told = []
    for each in effects.areas:
        if each.area_id is not None and each.touched_count:
            at = situation.rows_by_area[each.area_id]
            before = totals(effects.before[at], effects.level[at])
            after = totals(effects.after[at], effects.level[at])
            area = names.get(each.area_id, AreaName(None, None))
            told.append(
                PlaceChanged(
                    **dict(place(schema, each.area_id, area.name, area.level)),
                    household_count=each.household_count,
                    touched_count=each.touched_count,
                    moved_count=each.moved_count,
                    expected_before=before.expected_returns,
                    expected_after=after.expected_returns,
                    high_before=before.high_count,
                    high_after=after.high_count,
                    upward_count=each.upward_count,
                    downward_count=each.downward_count,
                    **dict(depth(each.depth)),
                )
            )
    return tuple(sorted(told, key=lambda each: (-each.upward_count, each.area_id)))


def list_hidden(schema: Schema, situation: Situation, changes: ScenarioChanges) -> Flags:
    """Return of each household whether a list may not name it: the help that ends there may not be shown.

    It may be named where a measure stops that tells of no sensitive cause, or where another path leads to it too.
    """
    hidden = np.zeros(len(situation.household_ids), dtype=np.bool_)
    if not changes.scenario.takes_help:
        return hidden
    by_help = [number for number, each in enumerate(changes.ways) if each.way.code in _BY_HELP]
    hidden |= np.isin(changes.nearest, by_help)
    codes = situation.measures.code_of
    taken = changes.changes.taken
    tells = np.array([is_sensitive_measure(schema, codes[each]) for each in taken.other.tolist()], dtype=np.bool_)
    hidden[taken.household[~tells]] = False
    return hidden


def crossing_page(
    names: AreaNames, situation: Situation, effects: found.Effects, hidden: Flags, page: Page
) -> tuple[Listing[HouseholdCrossing], int]:
    """Return a page of those who cross the level, by id, and how many the list may not name."""
    crosses = np.sort(np.concatenate([effects.upward, effects.downward]))
    listed: Places = crosses[~hidden[crosses]]
    ids = sorted((situation.household_ids[row], row) for row in listed.tolist())
    rest = [(household_id, row) for household_id, row in ids if page.after is None or household_id > page.after]
    shown = rest[: page.limit]
    rows = tuple(_crossing(names, situation, effects, row) for _, row in shown)
    next_after = shown[-1][0] if len(rest) > len(shown) else None
    told = Listing[HouseholdCrossing](total=len(ids), rows=rows, next_after=next_after)
    return told, len(crosses) - len(ids)


def _crossing(names: AreaNames, situation: Situation, effects: found.Effects, row: int) -> HouseholdCrossing:
    area_id = situation.area_ids[row]
    area = None if area_id is None else names.get(area_id)
    before, after = float(effects.before[row]), float(effects.after[row])
    return HouseholdCrossing(
        household_id=situation.household_ids[row],
        area_id=area_id,
        area_name=None if area is None else area.name,
        before=before,
        after=after,
        crosses="upward" if after > before else "downward",
    )


def told_published(schema: Schema, context: Sequence[PublishedContext]) -> tuple[Published, ...]:
    """Return what was published about such an event, with where."""
    told = []
    for each in context:
        source = schema.sources[each.source]
        where = WhySource(key=source.key, grade=source.grade, title=source.title, address=source.address)
        told.append(Published(text_en=each.text.en, text_zh=each.text.zh, source=where))
    return tuple(told)


def _text(names: Names) -> Text:
    return Text(text_en=names.en, text_zh=names.zh)
