"""One page of the households in the answer to `assistance`, with all that reaches each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analysis.assistance.help import running_help
from analysis.assistance.household_parts import HouseholdFrames, Households
from analysis.assistance.links import MEMBERSHIP_ENDS, current, with_state
from analysis.assistance.reach import reach_of_households
from analysis.assistance.showing import Showing
from analysis.assistance.words import party_names
from analysis.fetch import assistance as fetch
from analysis.fetch.help import help_details
from analysis.frames import Row, rows_of
from analysis.links.census import Census, rows_in
from analysis.links.parts import AssistedHousehold
from analysis.links.selection import Selection
from analysis.page import Page
from analysis.questions.chains_answer import Listing
from graph_schema import Schema
from graph_store import GraphStore


@dataclass(frozen=True)
class HouseholdsAsked:
    """Where from and how much of the households is wanted."""

    store: GraphStore
    schema: Schema
    day: date
    show_sensitive: bool
    page: Page


def household_page(
    asked: HouseholdsAsked, census: Census, selection: Selection, chains: pd.DataFrame
) -> Listing[AssistedHousehold]:
    """Return the chosen households after the key of the page; details are read only for these.

    `chains`: those around all chosen households (contract CHAINS), one row per household contract.
    """
    after = asked.page.after
    rows = np.flatnonzero(selection.chosen)
    if after is not None:
        rows = rows[np.searchsorted(census.household_ids[rows].to_numpy(), after, side="right") :]
    shown = rows[: asked.page.limit]
    ids = census.household_ids[shown].tolist()
    return Listing[AssistedHousehold](
        total=int(selection.chosen.sum()),
        rows=tuple(_told(asked, ids, selection, census, chains)),
        next_after=ids[-1] if len(rows) > len(shown) else None,
    )


def _told(
    asked: HouseholdsAsked, ids: list[str], selection: Selection, census: Census, chains: pd.DataFrame
) -> list[AssistedHousehold]:
    details = help_details(asked.store, ids)
    memberships = with_state(details.memberships, asked.day, starts=(), ends=MEMBERSHIP_ENDS)
    households = fetch.households_named(asked.store, ids).drop_duplicates("household_id")
    running = running_help(details.help, asked.day)
    told = Households(
        HouseholdFrames(
            households=households,
            help=details.help,
            targets=details.targets,
            uses=details.uses,
            findings=details.findings,
            memberships=current(memberships),
        ),
        _showing(asked, details.memberships, details.help),
    )
    given: dict[str, list[Row]] = {}
    for row in rows_of(running):
        given.setdefault(str(row["household_id"]), []).append(row)
    place = dict(zip(ids, rows_in(census.household_ids, ids).tolist(), strict=True))
    found = []
    for row in rows_of(reach_of_households(households, chains, memberships)):
        household_id = str(row["household_id"])
        helps = given.get(household_id, [])
        reach = told.reach(row, len(helps), [str(help_["assistance_id"]) for help_ in helps])
        listed = sorted(
            (told.help_of(help_) for help_ in helps),
            key=lambda each: (each.is_hidden, each.starts_on, each.assistance_id or "", each.status),
        )
        found.append(
            AssistedHousehold(
                **{name: getattr(reach, name) for name in type(reach).model_fields},
                is_helped=bool(selection.with_help[place[household_id]]),
                is_without_help=bool(selection.without_help[place[household_id]]),
                help=tuple(listed),
            )
        )
    return found


def _showing(asked: HouseholdsAsked, memberships: pd.DataFrame, help_: pd.DataFrame) -> Showing:
    names = party_names(
        (memberships, "Cooperative", "cooperative_id", "cooperative_name"),
        (help_, "Programme", "programme_id", "programme_name"),
        (help_, "provider_kind", "provider_id", "provider_name"),
    )
    return Showing(asked.schema, names, asked.show_sensitive)
