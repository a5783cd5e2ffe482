"""The form of the answer to `scenario`: what happens, whom it reaches by which links, and the risk before and after."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.places.parts import Place
from analysis.questions.answer import Asked, Notice
from analysis.questions.chains_answer import Listing
from analysis.questions.household_what_if_answer import StateMoved
from analysis.why.parts import Named, WhySource
from graph_schema.meta import Form
from policy.scenarios import Holds


class Text(Form):
    """A sentence in both languages."""

    text_en: str = Field(description="In English.")
    text_zh: str = Field(description="In Chinese.")


class ScenarioValue(Named):
    """What was filled in for a parameter, or stands where nothing was; `code` is the name of the parameter."""

    holds: Holds = Field(description="node, or a number above 0 and at most 1: a share, or a severity.")
    node: Asked | None = Field(description="The node that was filled in; null for a number.")
    number: float | None = Field(description="The number; null for a node.")
    is_default: bool = Field(description="Whether nothing was filled in, so that the number of the policy stands.")


class ScenarioAsked(Named):
    """The scenario and what was filled in."""

    says: Text = Field(description="What happens, whom it touches and what is found there then.")
    event: Named = Field(description="The cause that the event itself is.")
    values: tuple[ScenarioValue, ...] = Field(description="What was filled in, in the order of the form.")
    area: Asked | None = Field(description="Only households that live here or below are looked at; null for all.")


class WayForm(Named):
    """A path through the graph to households."""

    path: Text = Field(description="The path in words, from the node filled in to the household.")
    depth: int = Field(description="Of how many links it is made.")


class WayReached(WayForm):
    """A path, and whom it reaches."""

    household_count: int = Field(description="Households that are reached by it.")
    nearest_count: int = Field(description="Of these, those to whom no shorter path leads; these sum to all reached.")


class Totals(Form):
    """The risks of the households looked at, together."""

    expected_returns: float = Field(description="The sum of their risks: households expected to return in 12 months.")
    mean: float = Field(description="Their mean risk, 0 to 1; 0 where there is none.")
    high_count: int = Field(description="Households at the level or above it.")


class Depth(Form):
    """How far the risk of the households touched moves, after minus before."""

    mean_change: float = Field(description="The mean over those touched; 0 where there is none.")
    largest_change: float = Field(description="The change farthest from 0, with its sign.")


class PlaceChanged(Place, Depth):
    """What comes of it in one area, counting the households that live in it itself and in none below it."""

    household_count: int = Field(description="Active households that live there.")
    touched_count: int = Field(description="Those at which something that the risk is computed from is another.")
    moved_count: int = Field(description="Of these, those whose risk moves.")
    expected_before: float = Field(description="The sum of their risks today.")
    expected_after: float = Field(description="The sum of their risks after.")
    high_before: int = Field(description="Households at the level or above it today.")
    high_after: int = Field(description="Households at the level or above it after.")
    upward_count: int = Field(description="Households that come to the level or above it.")
    downward_count: int = Field(description="Households that fall below it.")


class CauseChanged(Depth):
    """A cause of which another thing is found; a household at which several change stands under each of them."""

    cause: Named | None = Field(description="The cause; null for the sensitive ones together, which are not shown.")
    household_count: int = Field(description="At how many households; for those not shown, how often.")


class MeasureChanged(Form):
    """A measure that no longer acts, or acts from now on."""

    measure: Named | None = Field(description="The measure; null for those together that would tell a sensitive cause.")
    begins_count: int = Field(description="Households at which it begins to act; for those not shown, how often.")
    stops_count: int = Field(description="Households at which it stops to act; for those not shown, how often.")


class HouseholdCrossing(Form):
    """A household that comes to the level or falls below it, without a name."""

    household_id: str = Field(description="Its pseudonym.")
    area_id: str | None = Field(description="The area that it lives in; null where that is unknown.")
    area_name: str | None = Field(description="The name of that area.")
    before: float = Field(description="Its risk today, with the help that runs.")
    after: float = Field(description="Its risk after, with the help that runs then.")
    crosses: Literal["upward", "downward"] = Field(description="upward: comes to the level or above it.")


class Published(Text):
    """What was published about such an event: context to read beside the answer, and no target of it."""

    source: WhySource = Field(description="Where it was published.")


class ScenarioAnswer(Form):
    """What comes of a scenario: before and after, who crosses the level, reach and depth by place and by cause.

    Before and after count the help that runs; the same if nothing is done stands beside. The graph stays as it is.
    """

    version: Literal["scenario/1"] = Field(
        default="scenario/1", description="The question and the version of this form."
    )
    asked: ScenarioAsked = Field(description="The scenario and what was filled in.")
    as_of: date = Field(description="The day for which the answer holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    network_version: str = Field(description="Version of the network of causes that the risk is computed on.")
    is_learned: bool = Field(description="Whether its strengths come from outcomes; until then risk is a score.")
    level: float = Field(description="At or above this risk a household stands high.")
    show_sensitive: bool = Field(description="Whether sensitive causes are shown.")
    household_count: int = Field(description="Active households that were looked at.")
    reached_count: int = Field(description="Of these, those to whom a path of the scenario leads.")
    touched_count: int = Field(description="Of these, those at which something is another than today.")
    moved_count: int = Field(description="Of these, those whose risk moves.")
    outside_count: int = Field(description="Households that a path leads to and that were not looked at.")
    ways: tuple[WayReached, ...] = Field(description="The paths, in the order of the scenario.")
    before: Totals = Field(description="Today, with the help that runs.")
    after: Totals = Field(description="After, with the help that runs then.")
    before_without_help: Totals = Field(description="Today, if nothing is done.")
    after_without_help: Totals = Field(description="After, if nothing is done.")
    depth: Depth = Field(description="How far the risk of those touched moves.")
    upward_count: int = Field(description="Households that come to the level or above it.")
    downward_count: int = Field(description="Households that fall below it.")
    states: tuple[StateMoved, ...] = Field(
        description="The states that something can bring about: means over the households touched; none without them."
    )
    causes: tuple[CauseChanged, ...] = Field(description="What is found anew, by cause.")
    measures: tuple[MeasureChanged, ...] = Field(description="Help that begins or stops to act, by measure.")
    places: tuple[PlaceChanged, ...] = Field(
        description="Where somebody is touched, most of all who come to the level first, then by id."
    )
    untouched_place_count: int = Field(description="Places with households, none of them touched.")
    crossing: Listing[HouseholdCrossing] = Field(description="Who crosses the level, a page at a time, by id.")
    hidden_crossing_count: int = Field(
        description="Households that cross it and are not in the list, for the help that ends there may not be shown."
    )
    published: tuple[Published, ...] = Field(description="What was published: context, not a target.")
