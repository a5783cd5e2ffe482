"""The form of the answer to `assistance`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.assistance.parts import Party
from analysis.links.parts import AssistanceCounts, AssistedHousehold, Filters, FilterWord, PlaceAssistance, TrunkChain
from analysis.questions.answer import Notice
from analysis.questions.chains_answer import Listing
from graph_schema.meta import Form


class AssistanceAnswer(Form):
    """Which links of government, enterprise, cooperative and household exist, for whom, and what is missing.

    `households` is sorted by household, `chains` by chain_id; each is one page.
    """

    version: Literal["assistance/1"] = "assistance/1"
    asked: Filters = Field(description="The filters.")
    as_of: date = Field(description="The day for which the answer holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    show_sensitive: bool = Field(description="Whether sensitive causes are shown.")
    hidden_count: int = Field(
        description="How often, in the rows below, a cause or a help is not shown, being sensitive."
    )
    counts: AssistanceCounts = Field(description="Households with and without help, reached and missed.")
    chains: Listing[TrunkChain] = Field(description="Whole and broken chains, with the chosen households behind each.")
    places_in: FilterWord | None = Field(
        description="The area that `places` lie in: the one asked about, or the lowest one that holds all households."
    )
    places: tuple[PlaceAssistance, ...] = Field(description="The areas directly below it, by id.")
    households: Listing[AssistedHousehold] = Field(description="The chosen households.")
    programmes: tuple[Party, ...] = Field(
        description="The programmes that may be asked about, by id; none whose help would tell a sensitive cause."
    )


def hidden_count_of(households: Listing[AssistedHousehold]) -> int:
    """Return how often the rows leave out a cause, or a help that would tell one."""
    return sum(
        row.hidden_cause_count + sum(given.is_hidden + given.hidden_cause_count for given in row.help)
        for row in households.rows
    )
