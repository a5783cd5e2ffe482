"""What a person filled in for a scenario, checked against the form that the scenario has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.errors import QuestionError
from analysis.fetch.places import find_subject
from analysis.fetch.scenarios import works_named
from analysis.subject import FoundSubject, Subject, unknown_subject
from graph_schema import Schema
from graph_schema.messages import Label
from graph_schema.meta import Names
from graph_store import GraphStore
from policy.scenarios import Holds, Scenario, ScenarioParameter, value_on

_WORKS = "Infrastructure"


@dataclass(frozen=True)
class Asked:
    """A scenario by its code, what was filled in by name of the parameter, and the day it is asked for.

    A number may be given as text. None and an empty text count as not filled in.
    """

    scenario: str
    parameters: Mapping[str, object]
    day: date


@dataclass(frozen=True)
class Values:
    """What was filled in, or stands as default: nodes that the graph holds, and numbers, by name of the parameter."""

    nodes: Mapping[str, FoundSubject]
    numbers: Mapping[str, float]

    def id_of(self, kind: str) -> str | None:
        """Return the id of the node of a kind that was filled in, None where there is none."""
        return next((each.subject.id for each in self.nodes.values() if each.subject.kind == kind), None)


@dataclass(frozen=True)
class ParameterForm:
    """One line of the form of a scenario.

    `holds`: node (an id of one of `kinds`), share or severity (a number above 0, at most 1). `default`: what stands
    where nothing is filled in. `is_required`: something must be filled in. `one_of`: of all lines with the same word
    exactly one is filled in.
    """

    name: str
    label: Names
    holds: Holds
    kinds: tuple[str, ...]
    default: float | None
    is_required: bool
    one_of: str | None


def scenario_named(scenarios: Mapping[str, Scenario], code: str) -> Scenario:
    """Return the scenario of a code. Raises QuestionError when there is none."""
    if code not in scenarios:
        raise QuestionError("scenario_unknown", scenario=code, known=", ".join(scenarios))
    return scenarios[code]


def default_on(scenario: Scenario, parameter: ScenarioParameter, day: date) -> float | None:
    """Return the number that stands where nothing is filled in, None where something must be.

    Raises ParameterError where the defaults begin later.
    """
    if not parameter.default:
        return None
    return value_on(parameter.default, day, scenario=scenario.code, name=parameter.name).value


def parameter_forms(scenario: Scenario, day: date) -> tuple[ParameterForm, ...]:
    """Return the form that a person fills in, line by line. Raises ParameterError where the defaults begin later."""
    forms = []
    for each in scenario.parameters:
        default = default_on(scenario, each, day)
        is_required = default is None and each.one_of is None
        forms.append(ParameterForm(each.name, each.label, each.holds, each.kinds, default, is_required, each.one_of))
    return tuple(forms)


def values_of(store: GraphStore, schema: Schema, scenario: Scenario, asked: Asked) -> Values:
    """Return what was filled in, checked.

    Raises QuestionError for a parameter that the scenario does not have, one that is missing, two of which one is to be
    filled in, a number that is none or out of range, and works of another kind; SubjectNotFound for an id that is not
    known.
    """
    filled = {name: value for name, value in asked.parameters.items() if value not in (None, "")}
    known = {parameter.name: parameter for parameter in scenario.parameters}
    for name in filled:
        if name not in known:
            raise QuestionError(
                "scenario_unknown_parameter", scenario=_label(scenario), name=name, known=", ".join(known)
            )
    _check_groups(scenario, filled)
    nodes: dict[str, FoundSubject] = {}
    numbers: dict[str, float] = {}
    for parameter in scenario.parameters:
        value = filled.get(parameter.name, default_on(scenario, parameter, asked.day))
        if value is None:
            if parameter.one_of is None:
                raise QuestionError("scenario_missing_parameter", scenario=_label(scenario), name=_label(parameter))
        elif parameter.holds == "node":
            nodes[parameter.name] = _node(store, schema, parameter, str(value))
        else:
            numbers[parameter.name] = _share(parameter, value)
    return Values(nodes, numbers)


def _check_groups(scenario: Scenario, filled: Mapping[str, object]) -> None:
    for group in sorted({each.one_of for each in scenario.parameters if each.one_of is not None}):
        members = [each for each in scenario.parameters if each.one_of == group]
        if sum(each.name in filled for each in members) != 1:
            raise QuestionError("scenario_one_of", scenario=_label(scenario), names=_listed(members))


def _label(named: Scenario | ScenarioParameter) -> Label:
    return Label(en=named.label.en, zh=named.label.zh)


def _listed(parameters: Sequence[ScenarioParameter]) -> Label:
    labels = [each.label for each in parameters]
    return Label(en=", ".join(each.en for each in labels), zh="、".join(each.zh for each in labels))


def _node(store: GraphStore, schema: Schema, parameter: ScenarioParameter, node_id: str) -> FoundSubject:
    kind = parameter.kinds[0]
    if kind != _WORKS:
        return find_subject(store, schema, Subject(kind, node_id), parameter.kinds)
    works = works_named(store, node_id)
    if works.empty:
        raise unknown_subject(schema, Subject(kind, node_id))
    works_kind = str(works["works_kind"].iloc[0])
    if parameter.works_kinds and works_kind not in parameter.works_kinds:
        raise QuestionError(
            "scenario_other_works", works=node_id, name=_label(parameter), kind=_works_label(schema, works_kind)
        )
    return FoundSubject(Subject(kind, node_id), name=None, is_made_up=False)


def _works_label(schema: Schema, works_kind: str) -> Label:
    labels = {code.code: code.label for code in schema.code_list("works_kind").codes}
    return Label(en=labels[works_kind].en, zh=labels[works_kind].zh)


def _share(parameter: ScenarioParameter, value: object) -> float:
    try:
        number = float(str(value))
    except ValueError as fault:
        raise QuestionError("scenario_no_number", name=_label(parameter), value=value) from fault
    # Written so that a number that is none (NaN) is wrong too.
    if not 0 < number <= 1:
        raise QuestionError("scenario_share_out_of_range", name=_label(parameter), value=value)
    return number
