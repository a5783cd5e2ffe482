"""Help of households and what is wrong with it, read from the graph (contracts in `assistance.frames`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.assistance import frames as contract
from analysis.frames import frame_of
from graph_store import GraphStore


@dataclass(frozen=True)
class HelpLists:
    """Which of the households are helped, and how: one frame a list.

    `helped` HELP_COUNTS, `helped_twice` HELPED_TWICE, `aimless` AIMLESS_HELP, `one_buyer` ONE_BUYER, `without_help`
    the ids of households with an open finding and no help.
    """

    helped: pd.DataFrame
    helped_twice: pd.DataFrame
    without_help: tuple[str, ...]
    aimless: pd.DataFrame
    one_buyer: pd.DataFrame


@dataclass(frozen=True)
class HelpDetails:
    """All about the help of some households, and what it would aim at.

    `help` HELP, `targets` TARGETS, `uses` USES, `findings` FINDINGS, `memberships` MEMBERSHIPS.
    """

    help: pd.DataFrame
    targets: pd.DataFrame
    uses: pd.DataFrame
    findings: pd.DataFrame
    memberships: pd.DataFrame


def help_lists(store: GraphStore, household_ids: Sequence[str], day: date) -> HelpLists:
    """Return who of the households is helped, twice, not at all, aimlessly, and who has one buyer only."""
    asked = {"household_ids": list(household_ids), "day": day}
    return HelpLists(
        helped=frame_of(store.ask("assistance/help_counts", **asked), contract.HELP_COUNTS),
        helped_twice=frame_of(store.ask("assistance/helped_twice", **asked), contract.HELPED_TWICE),
        without_help=tuple(str(row["household_id"]) for row in store.ask("assistance/without_help", **asked)),
        aimless=frame_of(store.ask("assistance/aimless_help", **asked), contract.AIMLESS_HELP),
        one_buyer=frame_of(store.ask("assistance/one_buyer", **asked), contract.ONE_BUYER),
    )


def help_details(store: GraphStore, household_ids: Sequence[str]) -> HelpDetails:
    """Return help, running or past, of the households, with targets and resources, and their open findings."""
    ids = list(household_ids)
    return HelpDetails(
        help=frame_of(store.ask("assistance/help_of_households", household_ids=ids), contract.HELP),
        targets=frame_of(store.ask("assistance/help_targets", household_ids=ids), contract.TARGETS),
        uses=frame_of(store.ask("assistance/help_resources", household_ids=ids), contract.USES),
        findings=frame_of(store.ask("assistance/open_findings", household_ids=ids), contract.FINDINGS),
        memberships=frame_of(store.ask("assistance/memberships", household_ids=ids), contract.MEMBERSHIPS),
    )
