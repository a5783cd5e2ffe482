"""The form of the answer to `chains`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Literal, TypeVar

from pydantic import Field

from analysis.assistance.parts import (
    AimlessHelp,
    Chain,
    Help,
    HelpedTwice,
    HouseholdReach,
    OneBuyer,
    WithoutHelp,
)
from analysis.errors import CATALOGUE
from analysis.page import Cut
from analysis.questions.answer import Answer, Notice, notice
from graph_schema.messages import Label
from graph_schema.meta import Form

Listed = TypeVar("Listed")


class Listing(Form, Generic[Listed]):
    """One page of a list, sorted by its key."""

    total: int = Field(description="How many rows the whole list has.")
    rows: tuple[Listed, ...] = Field(description="The rows of this page.")
    next_after: str | None = Field(description="Where the next page begins; null when this is the last.")


def listing(form: type[Listing[Listed]], cut: Cut, rows: Sequence[Listed]) -> Listing[Listed]:
    """Return the rows told of a page as a list of the form."""
    return form(total=cut.total, rows=tuple(rows), next_after=cut.next_after)


def capped(code: str, page: Listing[Listed]) -> list[Notice]:
    """Return the notice that the list named `code` goes on behind this page, if it does."""
    if page.next_after is None:
        return []
    label = Label(en=CATALOGUE.what(code, {}, "en"), zh=CATALOGUE.what(code, {}, "zh"))
    return [notice("notice_capped", list=label, shown=len(page.rows), total=page.total)]


class HouseholdCounts(Form):
    """How many of the households asked about are reached, and where the chains of the others break."""

    households: int = Field(description="Households that the question is about.")
    in_whole_chain: int = Field(description="Those that a whole chain reaches.")
    missing: dict[str, int] = Field(
        description="Of the others, how many miss which link: the best chain of each counts."
    )


class ChainsAnswer(Answer):
    """Which chains of help reach a household, area, programme, enterprise, cooperative or cause, and who is missed.

    Every list but `chains` is sorted by household and cut after whole households; `chains` is sorted by chain_id.
    """

    version: Literal["chains/1"] = "chains/1"
    show_sensitive: bool = Field(description="Whether sensitive causes are shown.")
    counts: HouseholdCounts = Field(description="Households reached and missed.")
    hidden_count: int = Field(
        description="How often, in the rows below, a cause or a help is not shown, being sensitive."
    )
    chains: Listing[Chain] = Field(description="Whole and broken chains.")
    households: Listing[HouseholdReach] = Field(description="What reaches each household.")
    help: Listing[Help] = Field(description="Help planned or running; for one household also past help.")
    helped_twice: Listing[HelpedTwice] = Field(description="More than one help for one cause.")
    without_help: Listing[WithoutHelp] = Field(description="An open finding and no help.")
    aimless_help: Listing[AimlessHelp] = Field(description="Help aimed at no cause held at its household.")
    one_buyer: Listing[OneBuyer] = Field(description="Households that sell to one enterprise only.")


def hidden_count_of(answer: ChainsAnswer) -> int:
    """Return how often the rows of the answer leave out a cause, or a help that would tell one."""
    causes = [row.hidden_cause_count for row in answer.households.rows]
    causes += [row.hidden_cause_count for row in answer.help.rows]
    causes += [row.hidden_cause_count for row in answer.without_help.rows]
    helps = [row.is_hidden for row in answer.help.rows] + [row.is_hidden for row in answer.aimless_help.rows]
    return sum(causes) + sum(helps) + sum(row.cause is None for row in answer.helped_twice.rows)
