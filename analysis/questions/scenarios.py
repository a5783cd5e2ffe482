"""Which scenarios are there, and what does each ask to be filled in?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from analysis.questions.scenario_answer import Published, Text, WayForm
from analysis.questions.scenario_parts import named, path_text, told_published
from analysis.scenarios.asked import ParameterForm, parameter_forms
from analysis.why.names import cause_name
from analysis.why.parts import Named
from graph_schema import Schema
from graph_schema.meta import Form
from policy.scenarios import Holds, Scenario


class ParameterTold(Named):
    """One line of the form of a scenario; `code` is the name to fill it in by."""

    holds: Holds = Field(description="node: an id of one of `kinds`; share, severity: a number above 0, at most 1.")
    kinds: tuple[Named, ...] = Field(description="Of which node kinds the id may be; none for a number.")
    default: float | None = Field(description="What stands where nothing is filled in; null where nothing does.")
    is_required: bool = Field(description="Whether it must be filled in.")
    one_of: str | None = Field(description="Of all lines with the same word exactly one is filled in; null for none.")


class ScenarioTold(Named):
    """A scenario: what happens, whom it touches, what is found there, and what has to be filled in."""

    says: Text = Field(description="What happens, whom it touches and what is found there then.")
    event: Named = Field(description="The cause that the event itself is.")
    causes: tuple[Named, ...] = Field(description="What is found at the households that are reached.")
    takes_help: bool = Field(description="Whether help that hangs on it ends.")
    parameters: tuple[ParameterTold, ...] = Field(description="What is filled in, in the order of a form.")
    ways: tuple[WayForm, ...] = Field(description="The paths through the graph to a household.")
    published: tuple[Published, ...] = Field(description="What was published: context, not a target.")


class ScenariosAnswer(Form):
    """The named scenarios. They are data: dated numbers with their sources, none of them learned."""

    version: Literal["scenarios/1"] = Field(
        default="scenarios/1", description="The question and the version of this form."
    )
    as_of: date = Field(description="The day for which the numbers that stand by default hold.")
    scenarios: tuple[ScenarioTold, ...] = Field(description="They, in their order.")


def scenarios(schema: Schema, known: Mapping[str, Scenario], *, day: date) -> ScenariosAnswer:
    """Return the scenarios with the form of each. Raises ParameterError where a number begins after the day."""
    return ScenariosAnswer(as_of=day, scenarios=tuple(_scenario(schema, each, day) for each in known.values()))


def _scenario(schema: Schema, scenario: Scenario, day: date) -> ScenarioTold:
    return ScenarioTold(
        code=scenario.code,
        name_en=scenario.label.en,
        name_zh=scenario.label.zh,
        says=Text(text_en=scenario.says.en, text_zh=scenario.says.zh),
        event=named(scenario.event_cause, cause_name(schema, scenario.event_cause)),
        causes=tuple(named(each.cause, cause_name(schema, each.cause)) for each in scenario.causes),
        takes_help=scenario.takes_help,
        parameters=tuple(_parameter(schema, each) for each in parameter_forms(scenario, day)),
        ways=tuple(
            WayForm(**dict(named(way.code, way.label)), path=path_text(schema, way.path), depth=way.depth)
            for way in scenario.ways
        ),
        published=told_published(schema, scenario.context),
    )


def _parameter(schema: Schema, form: ParameterForm) -> ParameterTold:
    return ParameterTold(
        **dict(named(form.name, form.label)),
        holds=form.holds,
        kinds=tuple(named(kind, schema.node_kind(kind).label) for kind in form.kinds),
        default=form.default,
        is_required=form.is_required,
        one_of=form.one_of,
    )
