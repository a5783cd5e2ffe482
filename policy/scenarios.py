"""Named scenarios as data: what happens, whom the graph says it touches, which causes are found there then."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field

from graph_schema import Schema
from graph_schema.meta import Form, Names
from graph_schema.yaml_forms import read_form
from graph_schema.yaml_lines import Document, read_document
from policy.errors import ParameterError, faults_of_policy

Reach = Literal["programme", "product", "enterprise", "works", "area"]
Holds = Literal["node", "share", "severity"]

# By which ways each reach may come to a household, and what the graph tells of it then, as a share.
WAYS: Mapping[Reach, tuple[str, ...]] = {
    "programme": ("help", "help_to_member"),
    "product": ("own_lot", "own_contract", "observed", "cooperative"),
    "enterprise": ("own_contract", "employed_member", "help", "cooperative"),
    "works": ("area", "served_area"),
    "area": ("area",),
}
TOLD_SHARES: Mapping[Reach, tuple[str, ...]] = {
    "programme": ("ended_help_share",),
    "enterprise": ("lost_buyer_share", "lost_worker_share"),
}


class Dated(Form):
    """What holds from a day on. `reference`: its source. `proposed`: the number, or its use here, is our own."""

    valid_from: date
    unit: Literal["share", "severity"]
    reference: str = ""
    proposed: bool = False


class DatedNumber(Dated):
    """A number above 0 and at most 1."""

    value: float = Field(gt=0, le=1)


class Band(Form):
    """The severity that holds from a share on, that share itself included."""

    from_share: float = Field(alias="from", ge=0, le=1)
    severity: float = Field(gt=0, le=1)


class DatedBands(Dated):
    """Bands in rising order of their shares; the first begins at 0."""

    bands: tuple[Band, ...] = Field(min_length=1)

    def severity_at(self, share: float) -> float:
        """Return the severity of the last band that has begun at the share."""
        return [band.severity for band in self.bands if band.from_share <= share][-1]


class ScenarioParameter(Form):
    """What a person fills in, in the order of a form. A parameter without a default must be filled in.

    `kinds`: of which node kinds an id may be; `works_kinds`: of which kinds works may be, any where there are none.
    `one_of`: of all parameters with the same word exactly one is filled in.
    """

    name: str
    label: Names
    holds: Holds
    kinds: tuple[str, ...] = ()
    works_kinds: tuple[str, ...] = ()
    one_of: str | None = None
    default: tuple[DatedNumber, ...] = ()


class ScenarioWay(Form):
    """A path through the graph to a household: node kinds and relationship kinds in turn."""

    code: str
    label: Names
    path: tuple[str, ...] = Field(min_length=3)

    @property
    def depth(self) -> int:
        """Return of how many relationships the path is made."""
        return len(self.path) // 2


class ScenarioCause(Form):
    """A cause that is found at households that are reached. Empty `ways`: by any way."""

    cause: str
    severity_by: str
    severity: tuple[DatedBands, ...] = ()
    ways: tuple[str, ...] = ()


class PublishedContext(Form):
    """A finding that was published, shown beside an answer and not aimed at. `source`: its key in sources.yaml."""

    source: str
    text: Names


class Scenario(Form):
    """A scenario in words and data; what each key means stands at the head of scenarios.yaml."""

    code: str
    label: Names
    says: Names
    reach: Reach
    event_cause: str
    takes_help: bool = False
    parameters: tuple[ScenarioParameter, ...]
    ways: tuple[ScenarioWay, ...] = Field(min_length=1)
    causes: tuple[ScenarioCause, ...]
    context: tuple[PublishedContext, ...] = ()


AnyDated = TypeVar("AnyDated", bound=Dated)


def load_scenarios(schema: Schema, folder: Path | None = None) -> dict[str, Scenario]:
    """Return the scenarios by code, from `scenarios.yaml` of the folder, or of the product.

    Raises ParameterError with file and line for the first key that does not fit, name that the vocabulary or the graph
    does not have, or number without a source.
    """
    with faults_of_policy():
        document = read_document(folder or Path(__file__).parent, "scenarios.yaml")
        scenarios = {code: read_form(document, code, Scenario, {"code": code}) for code in document.entries}
    for code, scenario in scenarios.items():
        _check_names(document, scenario, schema)
        _check_numbers(document, code, scenario)
    return scenarios


def value_on(dated: Sequence[AnyDated], day: date, *, scenario: str, name: str) -> AnyDated:
    """Return the latest of the values that has begun on the day. Raises ParameterError where none has."""
    begun = [each for each in dated if each.valid_from <= day]
    if not begun:
        first = min(each.valid_from for each in dated)
        raise ParameterError("scenario_not_valid_yet", scenario=scenario, name=name, day=day, first=first)
    return max(begun, key=lambda each: each.valid_from)


def _check_names(document: Document, scenario: Scenario, schema: Schema) -> None:
    numbers = [each.name for each in scenario.parameters if each.holds != "node"]
    for place, (name, known) in _names_in(scenario, schema, (*numbers, *TOLD_SHARES.get(scenario.reach, ()))):
        if name not in known:
            raise _fault(document, scenario.code, *place, fault="scenario_unknown_name", name=name)
    for number, way in enumerate(scenario.ways):
        wrong = _broken_step(schema, way.path)
        if wrong is not None:
            raise _fault(document, scenario.code, "ways", number, fault="scenario_broken_path", step=wrong)


def _names_in(
    scenario: Scenario, schema: Schema, decides: Sequence[str]
) -> Iterator[tuple[tuple[str | int, ...], tuple[str, Container[str]]]]:
    """Yield each name that stands somewhere else too: where it stands, and among what it must be."""
    ways = [way.code for way in scenario.ways]
    yield ("event_cause",), (scenario.event_cause, schema.causes)
    for place, parameter in enumerate(scenario.parameters):
        for kind in parameter.kinds:
            yield ("parameters", place, "kinds"), (kind, schema.node_kinds)
        for works_kind in parameter.works_kinds:
            yield ("parameters", place, "works_kinds"), (works_kind, schema.code_list("works_kind"))
    for place, code in enumerate(ways):
        yield ("ways", place, "code"), (code, WAYS[scenario.reach])
    for place, cause in enumerate(scenario.causes):
        yield ("causes", place, "cause"), (cause.cause, schema.causes)
        yield ("causes", place, "severity_by"), (cause.severity_by, decides)
        for way in cause.ways:
            yield ("causes", place, "ways"), (way, ways)
    for place, context in enumerate(scenario.context):
        yield ("context", place, "source"), (context.source, schema.sources)


def _broken_step(schema: Schema, path: Sequence[str]) -> str | None:
    """Return the first step of a path that the graph cannot take, from either end; None where it takes them all."""
    for place in range(0, len(path) - 1, 2):
        start, kind, *end = path[place : place + 3]
        step = " ".join((start, kind, *end))
        if kind not in schema.relationship_kinds or not end:
            return step
        relationship = schema.relationship_kinds[kind]
        joined = (relationship.from_kinds, relationship.to_kinds)
        if not any(start in one and end[0] in other for one, other in (joined, joined[::-1])):
            return step
    return None


def _check_numbers(document: Document, code: str, scenario: Scenario) -> None:
    dated: list[tuple[tuple[str | int, ...], Dated]] = []
    for number, parameter in enumerate(scenario.parameters):
        dated.extend((("parameters", number, "default", item), each) for item, each in enumerate(parameter.default))
    for number, cause in enumerate(scenario.causes):
        for item, dated_bands in enumerate(cause.severity):
            place = ("causes", number, "severity", item)
            dated.append((place, dated_bands))
            shares = [band.from_share for band in dated_bands.bands]
            if shares[0] > 0 or any(later <= earlier for earlier, later in pairwise(shares)):
                raise _fault(document, code, *place, "bands", fault="scenario_wrong_bands", name=cause.cause)
    for steps, each in dated:
        if not each.reference and not each.proposed:
            raise _fault(document, code, *steps, fault="scenario_no_reference")


def _fault(document: Document, *steps: str | int, fault: str, **fields: object) -> ParameterError:
    return ParameterError(fault, file=document.name, line=document.line(*steps), key=steps[0], **fields)
