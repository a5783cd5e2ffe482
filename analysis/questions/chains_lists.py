"""The lists by household in the answer to `chains`, cut to a page and told with names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.assistance.help import running_help
from analysis.assistance.household_parts import HouseholdFrames, Households
from analysis.assistance.links import MEMBERSHIP_ENDS, current, with_state
from analysis.assistance.parts import AimlessHelp, Help, HelpedTwice, HouseholdReach, OneBuyer, WithoutHelp
from analysis.assistance.showing import Showing
from analysis.assistance.words import party_names
from analysis.fetch.help import HelpDetails, HelpLists, help_details
from analysis.frames import rows_of
from analysis.page import Cut, Page, cut_page
from analysis.questions.chains_answer import Listing, listing
from analysis.questions.chains_scope import Scope
from graph_schema import Schema
from graph_store import GraphStore


@dataclass(frozen=True)
class HouseholdLists:
    """One page of every list by household."""

    households: Listing[HouseholdReach]
    help: Listing[Help]
    helped_twice: Listing[HelpedTwice]
    without_help: Listing[WithoutHelp]
    aimless_help: Listing[AimlessHelp]
    one_buyer: Listing[OneBuyer]


@dataclass(frozen=True)
class ListsAsked:
    """Where from and how much of the lists is wanted. `with_past_help`: past help is told too."""

    store: GraphStore
    schema: Schema
    day: date
    show_sensitive: bool
    page: Page
    with_past_help: bool


@dataclass(frozen=True)
class _Cuts:
    reach: Cut
    helped: Cut
    helped_twice: Cut
    without_help: Cut
    aimless: Cut
    one_buyer: Cut

    def household_ids(self) -> list[str]:
        """Return the households on the page of any list, sorted."""
        cuts = (self.reach, self.helped, self.helped_twice, self.without_help, self.aimless, self.one_buyer)
        return sorted({str(name) for cut in cuts for name in cut.rows["household_id"]})


def household_lists(asked: ListsAsked, scope: Scope, lists: HelpLists, reach: pd.DataFrame) -> HouseholdLists:
    """Return the lists; details are fetched only for the households on the page."""
    without_help = pd.DataFrame({"household_id": list(lists.without_help)}, dtype="object")
    cuts = _Cuts(
        reach=cut_page(reach, "household_id", asked.page),
        helped=cut_page(lists.helped, "household_id", asked.page),
        helped_twice=cut_page(lists.helped_twice, "household_id", asked.page),
        without_help=cut_page(without_help, "household_id", asked.page),
        aimless=cut_page(lists.aimless, "household_id", asked.page),
        one_buyer=cut_page(lists.one_buyer, "household_id", asked.page),
    )
    details = help_details(asked.store, cuts.household_ids())
    told = Households(_frames(scope, details, asked.day), _showing(asked, details))
    return HouseholdLists(
        households=_reach(cuts.reach, told, lists, running_help(details.help, asked.day)),
        help=_help(asked, cuts.helped, told, lists, details),
        helped_twice=_helped_twice(cuts.helped_twice, told),
        without_help=listing(
            Listing[WithoutHelp],
            cuts.without_help,
            [told.without_help(str(name)) for name in cuts.without_help.rows["household_id"]],
        ),
        aimless_help=_aimless(cuts.aimless, told),
        one_buyer=listing(
            Listing[OneBuyer], cuts.one_buyer, [told.one_buyer(row) for row in rows_of(cuts.one_buyer.rows)]
        ),
    )


def _frames(scope: Scope, details: HelpDetails, day: date) -> HouseholdFrames:
    return HouseholdFrames(
        households=scope.households,
        help=details.help,
        targets=details.targets,
        uses=details.uses,
        findings=details.findings,
        memberships=current(with_state(details.memberships, day, starts=(), ends=MEMBERSHIP_ENDS)),
    )


def _showing(asked: ListsAsked, details: HelpDetails) -> Showing:
    names = party_names(
        (details.memberships, "Cooperative", "cooperative_id", "cooperative_name"),
        (details.help, "Programme", "programme_id", "programme_name"),
        (details.help, "provider_kind", "provider_id", "provider_name"),
    )
    return Showing(asked.schema, names, asked.show_sensitive)


def _reach(cut: Cut, told: Households, lists: HelpLists, running: pd.DataFrame) -> Listing[HouseholdReach]:
    counts = {row["household_id"]: row["help_count"] for row in rows_of(lists.helped)}
    of_household: dict[object, list[str]] = {}
    for row in rows_of(running):
        of_household.setdefault(row["household_id"], []).append(str(row["assistance_id"]))
    return listing(
        Listing[HouseholdReach],
        cut,
        [
            told.reach(row, int(str(counts.get(row["household_id"], 0))), of_household.get(row["household_id"], []))
            for row in rows_of(cut.rows)
        ],
    )


def _help(asked: ListsAsked, cut: Cut, told: Households, lists: HelpLists, details: HelpDetails) -> Listing[Help]:
    """Return help by household and first day; hidden help comes last, so that its place tells nothing."""
    shown = details.help if asked.with_past_help else running_help(details.help, asked.day)
    if not asked.with_past_help:
        shown = shown[shown["household_id"].isin(cut.rows["household_id"])]
    rows = [told.help_of(row) for row in rows_of(shown)]
    rows.sort(key=lambda row: (row.household_id, row.is_hidden, row.starts_on, row.assistance_id or "", row.status))
    total = len(rows) if asked.with_past_help else int(lists.helped["help_count"].sum())
    return Listing[Help](total=total, rows=tuple(rows), next_after=cut.next_after)


def _helped_twice(cut: Cut, told: Households) -> Listing[HelpedTwice]:
    """Return who is helped twice, causes that are not shown last, so that their place tells nothing."""
    rows = [told.helped_twice(row) for row in rows_of(cut.rows)]
    rows.sort(key=lambda row: (row.household_id, row.cause is None, row.cause.id if row.cause else "", row.help_count))
    return listing(Listing[HelpedTwice], cut, rows)


def _aimless(cut: Cut, told: Households) -> Listing[AimlessHelp]:
    rows = [told.aimless(row) for row in rows_of(cut.rows)]
    rows.sort(key=lambda row: (row.household_id, row.is_hidden, row.assistance_id or "", row.has_target))
    return listing(Listing[AimlessHelp], cut, rows)
